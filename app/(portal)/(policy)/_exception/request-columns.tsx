import { Link } from "#app/_ui/layout.tsx";
import type { ExceptionRecord } from "#server/policy/exception/queries.ts";
import { Tag } from "#app/_ui/content.tsx";
import { levelOf, RISK_LEVEL_WORDS } from "#domain/base/risk/risk.ts";

type Entry = { exception: ExceptionRecord };
/** The columns that identify a request in every table: reference, who asks, from which policy, and the remaining risk. */
export const requestColumns = (titles: ReadonlyMap<string, string>) => ({
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
});

export const RequestSubject = ({ exception: { policy, clauses }, title }: Entry & { title: string | undefined }) => (
  <>
    {title ?? policy}
    <span className="block text-small text-soft">{clauses.join(", ")}</span>
  </>
);

/** The level and number of the remaining risk, 1 to 25; a dash if there is none. */
export function RiskLevelTag({ residual }: { residual: number | null }) {
  if (residual === null) return "–";
  const level = levelOf(residual);
  return (
    <span className="whitespace-nowrap">
      <Tag tone={level === "high" ? "warning" : "neutral"}>{RISK_LEVEL_WORDS[level]}</Tag> {residual}
    </span>
  );
}
