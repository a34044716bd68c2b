import { RiskLevelTag } from "#app/(portal)/(policy)/_exception/risk-level-tag.tsx";
import { Link } from "#app/_ui/link.tsx";
import type { ExceptionRecord } from "#server/policy/exception/queries.ts";

type Entry = { exception: ExceptionRecord };
type Titles = ReadonlyMap<string, string>;

/** The columns that identify a request in every table: reference, who asks, from which policy, and the remaining risk. */
export function requestColumns(titles: Titles) {
  return {
    Reference: ({ exception: { reference } }: Entry) => (
      <Link href={`/exceptions/${reference}`} className="whitespace-nowrap">
        {reference}
      </Link>
    ),
    "Asked by": ({ exception: { requester } }: Entry) => (
      <>
        {requester.name}
        <span className="block text-small text-soft">{requester.teamName ?? "No team"}</span>
      </>
    ),
    "Policy and clauses": ({ exception }: Entry) => (
      <RequestSubject exception={exception} title={titles.get(exception.policy)} />
    ),
    "Remaining risk": ({ exception }: Entry) => <RiskLevelTag residual={exception.residual} />,
  };
}

export function RequestSubject({ exception: { policy, clauses }, title }: Entry & { title: string | undefined }) {
  return (
    <>
      {title ?? policy}
      <span className="block text-small text-soft">{clauses.join(", ")}</span>
    </>
  );
}
