import { notFound } from "next/navigation";
import { csvResponse } from "#app/_portal/csv-response.ts";
import { ANSWERED_COLUMNS, answeredCells } from "#app/_portal/given-on.tsx";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { mapEach } from "#domain/base/list/page.ts";
import { PERSON_KIND_NAMES } from "#domain/access/identity/person.ts";
import { can } from "#domain/access/permission/permission.ts";
import { FOLLOW_UP_WORDS } from "#domain/policy/acknowledgement/person-state.ts";
import { versionCell } from "#domain/base/table/cell.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { readFollowUp, readFollowUpFilter } from "#server/policy/acknowledgement/follow-up-queries.ts";
import { clock } from "#server/base/clock.ts";

/** Who has answered a policy, by name, with the filters of the page: /governance/people.csv?policy=SLUG */
export async function GET(request: Request): Promise<Response> {
  const actor = await requireActor();
  if (!can(actor, "acknowledgement.follow-up", actor)) notFound();
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const found = await readFollowUp(actor, query["policy"] ?? "", readFollowUpFilter(query), "body");
  if (!found) notFound();
  const { slug, current } = found.chosen;
  return csvResponse(
    `people-${slug}-${current.version}-${calendarDay(clock.now())}`,
    [
      { key: "name", header: "Person" },
      { key: "email", header: "E-mail" },
      { key: "team", header: "Team" },
      { key: "employer", header: "Employer" },
      { key: "kind", header: "Kind" },
      { key: "state", header: "State" },
      { key: "due", header: "Due by" },
      { key: "version", header: "Answered version" },
      ...ANSWERED_COLUMNS,
      { key: "understanding", header: "Understanding checked" },
    ],
    mapEach(
      found.people,
      ({ name, email, team, employer, kind, state, due, version, isUnderstandingChecked, ...answer }) => ({
        name,
        email,
        employer,
        team: team ?? "",
        kind: PERSON_KIND_NAMES[kind],
        state: FOLLOW_UP_WORDS[state],
        due: due ?? "",
        version: versionCell(version),
        ...answeredCells(answer),
        understanding: isUnderstandingChecked ? "Yes" : "No",
      }),
    ),
  );
}
