import { notFound } from "next/navigation";
import { csvResponse } from "#app/_portal/csv-response.ts";
import { REPORT_PART_WORDS } from "#app/_portal/report-words.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { getTeamReport } from "#server/policy/acknowledgement/report-queries.ts";
import { clock } from "#server/base/clock.ts";
import { requireActor } from "#server/access/identity/session.ts";

/** The line manager's own teams, a line for each person and policy. */
export async function GET(): Promise<Response> {
  const report = await getTeamReport(await requireActor());
  if (!report) notFound();
  const rows = report.policies.flatMap(({ policy, members }) =>
    members.map(({ name, team, part, givenAt, due, isOverdue }) => ({
      person: name,
      team: team.name,
      policy: policy.title,
      version: policy.version,
      answer: REPORT_PART_WORDS[part],
      answered: givenAt ? calendarDay(givenAt) : "",
      due: due ?? "",
      overdue: isOverdue ? "yes" : "no",
    })),
  );
  return csvResponse(
    `team-acknowledgements-${calendarDay(clock.now())}`,
    [
      { key: "person", header: "Person" },
      { key: "team", header: "Team" },
      { key: "policy", header: "Policy" },
      { key: "version", header: "Version" },
      { key: "answer", header: "Answer" },
      { key: "answered", header: "Answered on" },
      { key: "due", header: "Due by" },
      { key: "overdue", header: "Overdue" },
    ],
    rows,
  );
}
