import { notFound } from "next/navigation";
import { csvResponse } from "#app/_portal/csv-response.ts";
import { ANSWERED_COLUMNS, answeredCells } from "#app/_portal/given-on.tsx";
import { FOLLOW_UP_WORDS } from "#domain/policy/acknowledgement/person-state.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { readTeamLines } from "#server/policy/acknowledgement/report-queries.ts";
import { mapEach } from "#domain/base/list/page.ts";
import { versionCell } from "#domain/base/table/cell.ts";
import { clock } from "#server/base/clock.ts";
import { requireActor } from "#server/access/identity/session.ts";

/** The line manager's own teams, a line for each person and policy. */
export async function GET(): Promise<Response> {
  const actor = await requireActor();
  if (!can(actor, "team.read", actor)) notFound();
  const rows = mapEach(readTeamLines(actor), ({ policy, member }) => ({
    person: member.name,
    email: member.email,
    team: member.team.name,
    policy: policy.title,
    version: versionCell(policy.version),
    answer: FOLLOW_UP_WORDS[member.state],
    ...answeredCells(member),
    due: member.due ?? "",
    overdue: member.state === "overdue" ? "yes" : "no",
  }));
  return csvResponse(
    `team-acknowledgements-${calendarDay(clock.now())}`,
    [
      { key: "person", header: "Person" },
      { key: "email", header: "E-mail" },
      { key: "team", header: "Team" },
      { key: "policy", header: "Policy" },
      { key: "version", header: "Version" },
      { key: "answer", header: "Answer" },
      ...ANSWERED_COLUMNS,
      { key: "due", header: "Due by" },
      { key: "overdue", header: "Overdue" },
    ],
    rows,
  );
}
