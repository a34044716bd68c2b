import { notFound } from "next/navigation";
import { csvResponse } from "#app/_portal/csv-response.ts";
import { ANSWERED_COLUMNS } from "#app/_portal/given-on.tsx";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
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
    {
      Person: ({ name }) => name,
      "E-mail": ({ email }) => email,
      Team: ({ team }) => team,
      Employer: ({ employer }) => employer,
      Kind: ({ kind }) => PERSON_KIND_NAMES[kind],
      State: ({ state }) => FOLLOW_UP_WORDS[state],
      "Due by": ({ due }) => due,
      "Answered version": ({ version }) => versionCell(version),
      ...ANSWERED_COLUMNS,
      "Understanding checked": ({ isUnderstandingChecked }) => (isUnderstandingChecked ? "Yes" : "No"),
    },
    found.people,
  );
}
