import { choice, date, lines, text, custom } from "#app/_portal/form/field.tsx";
import type { FormState } from "#app/_portal/form-state.ts";
import { CheckboxQuestion, TextField } from "#app/_ui/fields.tsx";
import { dayOf, type TypedDate } from "#domain/base/form/form-values.ts";
import { HOLD_REASONS, LONGEST_HOLD_TEXT, ALL_GROUPS } from "#domain/registers/hold/hold.ts";
import type { GroupsToHold } from "#server/registers/hold/queries.ts";

const UP_TO = `Up to ${LONGEST_HOLD_TEXT.toLocaleString("en-GB")} characters.`;

/** Why a hold is placed, since when, what must be kept, and the officers' note. */
export const HOLD_FIELDS = {
  reason: choice("Why is it placed?", HOLD_REASONS),
  occurredOn: date(
    "When did the request come in, or when did it happen?",
    "the day",
    "Needed for a request. For example, 24 11 2026",
  ),
  keep: text("What must not be deleted?", {
    hint: `The people it concerns read this, also by mail: which messages, about what, from when to when. Do not say who asked. ${UP_TO}`,
    lines: 5,
  }),
  note: text("Your note (optional)", {
    hint: `Only governance officers and auditors see it: who asked, the number of the file. ${UP_TO}`,
    lines: 4,
  }),
};

/** The words that a hold is about, and when somebody looks whether it is still needed. */
export const WORD_FIELDS = {
  words: lines("Which words is it about? (optional)", {
    hint: "One word or phrase on each line. Whatever is recorded here with one of them is kept, whoever wrote it. Longer words that begin with it count too.",
    lines: 3,
  }),
  reviewOn: date("When will you look whether it is still needed? (optional)", "the day", "For example, 27 3 2027"),
};

/** The days of a hold as its form sent them, and what is wrong with them. */
export const holdDays = ({ occurredOn, reviewOn }: { occurredOn: TypedDate; reviewOn: TypedDate }) => ({
  occurredOn: dayOf(occurredOn),
  dayProblem: occurredOn.kind === "wrong" ? occurredOn.message : null,
  reviewOn: dayOf(reviewOn),
  reviewProblem: reviewOn.kind === "wrong" ? reviewOn.message : null,
});

/** What is sent of them. */
export const TARGETS = {
  groups: custom((sent) => sent.all("groups")),
  groupNames: custom((sent) => sent.text("groupNames")),
  people: custom((sent) => sent.text("people")),
};

type TargetProps = { groups: GroupsToHold; formState: FormState; chosen?: string | undefined };

/** What a hold names: groups in the register, and people in the directory. */
export const TargetFields = ({ groups: { groups, count }, formState, chosen }: TargetProps) => (
  <>
    {groups === null && (
      <>
        <TextField
          name="groupNames"
          label="Which groups?"
          hint="One on each line: their reference, or their whole name. Everybody in them is told, including people who join later."
          lines={3}
          defaultValue={formState.value("groupNames") || chosen}
          error={formState.errorOf("groupNames")}
        />
        <CheckboxQuestion
          name="groups"
          heading={false}
          question="Or all of them?"
          error={formState.errorOf("groups")}
          options={[allGroups(count, formState)]}
        />
      </>
    )}
    {groups && groups.length > 0 && (
      <CheckboxQuestion
        name="groups"
        heading={false}
        question="Which groups?"
        help="Everybody in them is told, including people who join later."
        error={formState.errorOf("groups")}
        options={[
          ...(groups.length > 1 ? [allGroups(groups.length, formState)] : []),
          ...groups.map(({ reference, name, isClosed }) => ({
            value: reference,
            label: <bdi>{name}</bdi>,
            hint: isClosed ? `${reference}, closed` : reference,
            checked: formState.isChosen("groups", reference, reference === chosen),
          })),
        ]}
      />
    )}
    <TextField
      name="people"
      label="Which people?"
      hint="One on each line: their work e-mail address, or their whole name."
      lines={3}
      defaultValue={formState.value("people")}
      error={formState.errorOf("people")}
    />
  </>
);

/** A form may have 2,000 fields; a register may have more groups. */
const allGroups = (count: number, formState: FormState) => ({
  value: ALL_GROUPS,
  label: `All ${count.toLocaleString("en-GB")} groups`,
  hint: "Then you do not have to name them one by one.",
  checked: formState.isChosen("groups", ALL_GROUPS),
});
