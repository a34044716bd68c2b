import { Quotation } from "#app/_ui/quotation.tsx";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";

type QuotedClausesProps = {
  policy: string;
  /** The version from which they are quoted; null if it is gone. */
  version: PolicyVersion | null;
  clauses: readonly string[];
};

/** Clauses in the policy's words, each with a link to it. */
export function QuotedClauses({ policy, version, clauses }: QuotedClausesProps) {
  return clauses.map((id) => (
    <Quotation
      key={id}
      number={id}
      link={{ href: `/policies/${policy}#${clauseAnchor(id)}`, label: `Read clause ${id}` }}
    >
      {version?.clauses.find((clause) => clause.id === id)?.text ?? "This clause is no longer in the policy."}
    </Quotation>
  ));
}
