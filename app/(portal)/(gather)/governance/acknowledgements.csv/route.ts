import { notFound } from "next/navigation";
import { csvResponse } from "#app/_portal/csv-response.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { getPolicyReport } from "#server/policy/acknowledgement/report-queries.ts";
import { clock } from "#server/base/clock.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { ALL_TEAMS, NO_TEAM } from "#app/_portal/count-words.ts";
import { versionCell } from "#domain/base/table/cell.ts";

/** One policy by team: /governance/acknowledgements.csv?policy=SLUG, with the same numbers as the page shows. */
export async function GET(request: Request): Promise<Response> {
  const actor = await requireActor();
  const slug = new URL(request.url).searchParams.getAll("policy").at(-1) ?? "";
  const report = await getPolicyReport(actor, slug);
  if (!report) notFound();
  const { policy, teams, totals } = report;
  return csvResponse(
    `acknowledgements-${policy.slug}-${policy.version}-${calendarDay(clock.now())}`,
    {
      Policy: () => policy.title,
      Version: () => versionCell(policy.version),
      Team: ({ team }) => team,
      Accepted: ({ counts }) => counts.accepted,
      Declined: ({ counts }) => counts.declined,
      Outstanding: ({ counts }) => counts.outstanding,
    },
    [...teams.map(({ team, counts }) => ({ team: team ?? NO_TEAM, counts })), { team: ALL_TEAMS, counts: totals }],
  );
}
