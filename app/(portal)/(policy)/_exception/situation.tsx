import { SummaryList } from "#app/_ui/summary-list.tsx";
import type { Answers } from "#domain/policy/decision/fault.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { inOneSentence, questionFor } from "#domain/policy/policy/wording.ts";
import { EXCEPTION_FACT } from "#domain/policy/exception/coverage.ts";
import { Quotation } from "#app/_ui/quotation.tsx";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";

/** A situation in one line: "Who is it for: A colleague. How sensitive: Not sensitive." Empty for any. */
export function situationInWords(version: PolicyVersion, situation: Answers): string {
  return version.table.facts
    .flatMap(({ name }) => {
      const answer = situation[name];
      if (answer === undefined) return [];
      const question = questionFor(version, name);
      const words = question.answers.find((one) => one.answer === answer)?.label ?? answer;
      return [`${question.short}: ${words}.`];
    })
    .join(" ");
}

/** The situation that an exception is asked for, in the policy's words; or that it applies to any. */
export function Situation({ version, situation }: { version: PolicyVersion | null; situation: Answers }) {
  const known = (version?.table.facts ?? []).filter(({ name }) => situation[name] !== undefined);
  const unknown = Object.keys(situation).filter((name) => !known.some((fact) => fact.name === name));
  const rows = [
    ...known.map(({ name }) => {
      const answer = situation[name] ?? "";
      const question = version && questionFor(version, name);
      const words = question?.answers.find((one) => one.answer === answer);
      return { term: question?.short ?? name, value: words?.label ?? answer };
    }),
    ...unknown.map((name) => ({ term: name, value: situation[name] })), // from a version that no longer exists
  ];
  if (rows.length === 0) return <p>Any situation that the clauses speak of.</p>;
  const open = (version?.table.facts ?? [])
    .filter(({ name }) => name !== EXCEPTION_FACT && situation[name] === undefined)
    .map(({ name }) => (version ? questionFor(version, name).short : name));
  return (
    <>
      <SummaryList rows={rows} />
      {open.length > 0 && (
        <p className="text-small text-soft">
          It applies whatever you answer to the rest: {inOneSentence(open.map((words) => `“${words}”`))}.
        </p>
      )}
    </>
  );
}

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
