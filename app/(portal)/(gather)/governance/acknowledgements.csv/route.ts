import { notFound } from "next/navigation";
import { csvResponse } from "#app/_portal/csv-response.ts";
import { REPORT_PART_COLUMNS } from "#app/_portal/report-words.ts";
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
  const row = (team: string, counts: typeof totals) => {
    return { policy: policy.title, version: versionCell(policy.version), team, ...counts };
  };
  return csvResponse(
    `acknowledgements-${policy.slug}-${policy.version}-${calendarDay(clock.now())}`,
    [
      { key: "policy", header: "Policy" },
      { key: "version", header: "Version" },
      { key: "team", header: "Team" },
      ...REPORT_PART_COLUMNS.map(({ key, label }) => ({ key, header: label })),
    ],
    [...teams.map(({ team, counts }) => row(team ?? NO_TEAM, counts)), row(ALL_TEAMS, totals)],
  );
}
