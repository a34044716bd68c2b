import { sectionForm, sectionPage } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import { date, openChoice } from "#app/_portal/form/field.tsx";
import { addMonths, dateInWords } from "#domain/base/calendar/calendar.ts";
import { dayOf } from "#domain/base/form/form-values.ts";
import { monthsInWords, scopeProblems, SECTION_WORDS, type RequestContent } from "#domain/policy/exception/request.ts";
import { listOwnTeams } from "#server/people/directory/queries.ts";
import { saveWho } from "#server/policy/exception/draft-service.ts";
import { getRequestLimits, listGroupsToAskFor } from "#server/policy/exception/queries.ts";

const page = sectionPage({ path: "/exceptions/[reference]/who", heading: SECTION_WORDS.who, section: "who" });

/** The second part of a request: for the requester or a team, and the first and last day. */
export const { generateMetadata, Page, GET, POST } = sectionForm(page, {
  fields: {
    scope: openChoice("Who is it for?"),
    wantedFrom: date("First day (optional)", "the first day", "Leave it empty to start on the day it is approved."),
    wantedUntil: date("Last day", "the last day"),
  },
  stored: ({ view: { exception } }) => ({
    scope: chosenIn(exception),
    wantedFrom: exception.wantedFrom,
    wantedUntil: exception.wantedUntil,
  }),
  async body({ actor, view: { exception }, field }) {
    const { today, rules } = await getRequestLimits(actor, exception);
    const { months } = rules.longest;
    const latest = dateInWords(addMonths(exception.wantedFrom ?? today, months));
    const teams = (await listOwnTeams(actor)).map(({ id, name, isManagedByActor }) => {
      const hint = isManagedByActor
        ? "The team that you manage, and you."
        : "Your team. Everyone in it is covered, and can read what is permitted.";
      return [`team:${id}`, { label: `Everyone in ${name}`, hint }] as const;
    });
    const groups = (await listGroupsToAskFor(actor)).map(
      ({ id, reference: group, name }) =>
        [`group:${id}`, { label: `Everyone in the chat group “${name}”`, hint: `${GROUP_HINT} ${group}` }] as const,
    );
    const { who } = rules.for;
    const options = {
      ...(who.includes("person") && { person: { label: "Only me", hint: "Nobody else is covered." } }),
      ...(who.includes("team") && Object.fromEntries(teams)),
      ...(who.includes("group") && Object.fromEntries(groups)),
    };
    return (
      <>
        {field("scope", { options })}
        {field("wantedFrom")}
        {field("wantedUntil", {
          hint: `It lasts ${monthsInWords(months)} at most: until ${latest}. Ask for no longer than you need.`,
        })}
      </>
    );
  },
  async save({ actor, exception, reference, values: { scope, ...days }, isLater }) {
    const whom = readScope(scope);
    // A day that does not exist can't be stored, so it is refused whether or not the form is to be finished later.
    const wrong = Object.entries(days).flatMap(([field, day]) =>
      day.kind === "wrong" ? [{ field, message: day.message }] : [],
    );
    if (wrong.length > 0) {
      const { rules } = await getRequestLimits(actor, exception);
      return { problems: [...(isLater ? [] : scopeProblems(whom, rules)), ...wrong] };
    }
    const period = { wantedFrom: dayOf(days.wantedFrom), wantedUntil: dayOf(days.wantedUntil) };
    return saveWho(actor, reference, { ...whom, ...period }, isLater);
  },
});

const GROUP_HINT = "A registered chat group that you administer. It applies to messages in that chat only.";

type Whom = Pick<RequestContent, "scope" | "teamId" | "groupId">;

function readScope(chosen: string): Whom {
  const [scope, id = ""] = chosen.split(/:(.*)/s);
  if (scope === "team") return { scope, teamId: id, groupId: null };
  if (scope === "group") return { scope, teamId: null, groupId: id };
  return { scope: scope === "person" ? "person" : null, teamId: null, groupId: null };
}

function chosenIn({ scope, teamId, groupId }: Whom): string | null {
  const id = scope === "team" ? teamId : groupId;
  return scope === null || scope === "person" ? scope : `${scope}:${id}`;
}
