import { RiskLevelTag } from "#app/(portal)/(policy)/_exception/risk-level-tag.tsx";
import { Link } from "#app/_ui/link.tsx";
import type { ExceptionRecord } from "#server/policy/exception/queries.ts";

/** The cells that identify a request in every table: reference, who asks, from which policy, and the remaining risk. */
export function requestCells(exception: ExceptionRecord, titles: ReadonlyMap<string, string>) {
  return {
    reference: (
      <Link href={`/exceptions/${exception.reference}`} className="whitespace-nowrap">
        {exception.reference}
      </Link>
    ),
    who: (
      <>
        {exception.requester.name}
        <span className="block text-small text-soft">{exception.requester.teamName ?? "No team"}</span>
      </>
    ),
    what: (
      <>
        {titles.get(exception.policy) ?? exception.policy}
        <span className="block text-small text-soft">{exception.clauses.join(", ")}</span>
      </>
    ),
    risk: <RiskLevelTag residual={exception.residual} />,
  };
}
