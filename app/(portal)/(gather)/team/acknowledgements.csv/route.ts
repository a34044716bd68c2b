import { notFound } from "next/navigation";
import { csvResponse } from "#app/_portal/csv-response.ts";
import { ANSWERED_COLUMNS } from "#app/_portal/given-on.tsx";
import { FOLLOW_UP_WORDS } from "#domain/policy/acknowledgement/person-state.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { readTeamLines } from "#server/policy/acknowledgement/report-queries.ts";
import { versionCell } from "#domain/base/table/cell.ts";
import { clock } from "#server/base/clock.ts";
import { requireActor } from "#server/access/identity/session.ts";

/** The line manager's own teams, a line for each person and policy. */
export async function GET(): Promise<Response> {
  const actor = await requireActor();
  if (!can(actor, "team.read", actor)) notFound();
  const { "Answered on": answeredOn, "On paper": onPaper } = ANSWERED_COLUMNS;
  return csvResponse(
    `team-acknowledgements-${calendarDay(clock.now())}`,
    {
      Person: ({ member }) => member.name,
      "E-mail": ({ member }) => member.email,
      Team: ({ member }) => member.team.name,
      Policy: ({ policy }) => policy.title,
      Version: ({ policy }) => versionCell(policy.version),
      Answer: ({ member }) => FOLLOW_UP_WORDS[member.state],
      "Answered on": ({ member }) => answeredOn(member),
      "On paper": ({ member }) => onPaper(member),
      "Due by": ({ member }) => member.due,
      Overdue: ({ member }) => (member.state === "overdue" ? "yes" : "no"),
    },
    readTeamLines(actor),
  );
}
