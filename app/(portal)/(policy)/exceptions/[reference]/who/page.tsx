import type { Metadata } from "next";
import { EditingPage, readEditing, type EditingProps } from "#app/_exception/request-form-page.tsx";
import { SaveButtons } from "#app/_exception/save-buttons.tsx";
import { sendPath } from "#app/_exception/section-path.ts";
import { PostForm } from "#app/_portal/post-form.tsx";
import type { Refill } from "#app/_portal/form-values.ts";
import { DateField } from "#app/_ui/date-field.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { addMonths, dateInWords } from "#domain/base/calendar/calendar.ts";
import { LONGEST_MONTHS, SECTION_WORDS } from "#domain/policy/exception/request.ts";
import { listOwnTeams } from "#server/people/directory/queries.ts";
import { getToday } from "#server/policy/exception/queries.ts";

export async function generateMetadata(props: EditingProps): Promise<Metadata> {
  const { refill, exception } = await readEditing(props, "who");
  return { title: `${refill.titlePrefix}${SECTION_WORDS.who}, ${exception.reference}` };
}

/** The second part of a request: oneself or a team, the first day and the last. */
export default async function WhoPage(props: EditingProps) {
  const editing = await readEditing(props, "who");
  const { actor, exception, refill, isFromCheck } = editing;
  const teams = await listOwnTeams(actor);
  const stored = exception.scope === "team" ? `team:${exception.teamId}` : exception.scope;
  const latest = dateInWords(addMonths(exception.wantedFrom ?? getToday(), LONGEST_MONTHS));
  const option = (value: string, label: string, hint: string) => ({
    ...{ value, label, hint, checked: refill.isChosen("scope", value, stored === value) },
  });
  return (
    <EditingPage editing={editing} title={SECTION_WORDS.who} section="who">
      <PostForm actor={actor} action={sendPath(exception.reference, "who", isFromCheck)}>
        <RadioQuestion
          name="scope"
          heading={false}
          question="Who is it for?"
          error={refill.errorOf("scope")}
          options={[
            option("person", "Only me", "Nobody else is covered."),
            ...teams.map(({ id, name, isManagedByActor }) =>
              option(
                `team:${id}`,
                `Everyone in ${name}`,
                isManagedByActor
                  ? "The team that you manage, and you."
                  : "Your team. Everyone in it is covered, and can read what is permitted.",
              ),
            ),
          ]}
        />
        <DateField
          name="wantedFrom"
          legend="First day (optional)"
          hint="Leave it empty to start on the day it is approved."
          error={refill.errorOf("wantedFrom")}
          values={dateValues(refill, "wantedFrom", exception.wantedFrom)}
        />
        <DateField
          name="wantedUntil"
          legend="Last day"
          hint={`It lasts ${LONGEST_MONTHS} months at most: until ${latest}. Ask for no longer than you need.`}
          error={refill.errorOf("wantedUntil")}
          values={dateValues(refill, "wantedUntil", exception.wantedUntil)}
        />
        <SaveButtons />
      </PostForm>
    </EditingPage>
  );
}

function dateValues(refill: Refill, name: string, stored: string | null) {
  const [year = "", month = "", day = ""] = stored?.split("-") ?? [];
  return {
    day: refill.value(`${name}-day`, day && String(Number(day))),
    month: refill.value(`${name}-month`, month && String(Number(month))),
    year: refill.value(`${name}-year`, year),
  };
}
