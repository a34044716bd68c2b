import { DisappearingWarning } from "#app/(portal)/(registers)/_group/entry-fields.tsx";
import { readAbout, readMessages } from "#app/(portal)/(registers)/_group/read-entry.ts";
import type { FormState } from "#app/_portal/form-state.ts";
import { CheckboxQuestion } from "#app/_ui/checkbox-question.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { SummaryList, type SummaryRow } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { FormValues } from "#domain/base/form/form-values.ts";
import { disappearingInWords, GROUP_KINDS, isGroupKind, retentionInWords } from "#domain/registers/group/group.ts";
import { listPeopleById } from "#server/people/directory/queries.ts";
import { NEW_PATH, SLOTS, STEP_NAMES, STEPS, type StepName } from "./steps.ts";

type Props = {
  actor: Actor;
  formState: FormState;
  /** The part of the address that leads back to what was typed. */
  keptQuery: string;
};

/** All answers, each with a link to change it. */
export async function CheckStep({ actor, formState, keptQuery }: Props) {
  const names = STEP_NAMES.flatMap((step) => [...STEPS[step]]);
  const form = new FormValues(Object.fromEntries(names.map((name) => [name, [formState.value(name)]])));
  const { name, purpose, app, hasLogo } = readAbout(form);
  const read = readMessages(form);
  const messages = "messages" in read ? read.messages : null;
  const kind = form.text("kind");
  const ids = SLOTS.map((slot) => form.text(`${slot}Id`)).filter(Boolean);
  const people = await listPeopleById(actor, ids);
  const nameOf = (slot: string) => people.find(({ id }) => id === form.text(`${slot}Id`))?.name;
  const row = (step: StepName, term: string, value: SummaryRow["value"]): SummaryRow => ({
    term,
    value: value === "" || value === undefined ? <Missing what={term} /> : value,
    change: { href: `${NEW_PATH}?step=${step}&back=check${keptQuery}`, context: term.toLowerCase() },
  });
  const second = nameOf("administrator2");
  return (
    <>
      <SummaryList
        rows={[
          row("kind", "Kind", isGroupKind(kind) ? GROUP_KINDS[kind].label : ""),
          row("about", "Name", name),
          row("about", "Purpose", purpose && <UserText>{purpose}</UserText>),
          row("about", "App", app),
          row("about", "Carries the logo", hasLogo === null ? "" : hasLogo ? "Yes" : "No"),
          row("who", "Administrators", [nameOf("administrator1"), second].filter(Boolean).join(", ")),
          ...(kind === "emergency"
            ? [
                row(
                  "who",
                  "Partner's administrator",
                  `${form.text("partnerName")}, ${form.text("partnerOrganisation")}`,
                ),
              ]
            : []),
          row("who", "Deputy", nameOf("deputy")),
          row("messages", "Messages", messages ? retentionInWords(messages) : ""),
          row("messages", "Disappearing messages", messages ? disappearingInWords(messages.disappearDays) : ""),
          row("messages", "Next review", messages ? dateInWords(messages.reviewOn) : ""),
        ]}
      />
      <DisappearingWarning days={messages?.disappearDays ?? null} />
      {ids.includes(actor.personId) && (
        <CheckboxQuestion
          name="agrees"
          heading={false}
          question="Do you agree to share your number?"
          help={<p>Everybody in the group sees it. You can also answer later, and change your mind at any time.</p>}
          options={[
            {
              value: "yes",
              label: "I agree to share my number with the members of this group",
              checked: formState.isChosen("agrees", "yes"),
            },
          ]}
        />
      )}
      <p>
        A governance officer decides on it. It counts once it is approved, and two administrators have agreed to share
        their numbers.
      </p>
    </>
  );
}
