import { choice, date, lines, text } from "#app/_portal/form/field.tsx";
import { dayOf, type TypedDate } from "#domain/base/form/typed-date.ts";
import { HOLD_REASONS, LONGEST_HOLD_TEXT } from "#domain/registers/hold/hold.ts";

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
export function holdDays({ occurredOn, reviewOn }: { occurredOn: TypedDate; reviewOn: TypedDate }) {
  return {
    occurredOn: dayOf(occurredOn),
    dayProblem: occurredOn.kind === "wrong" ? occurredOn.message : null,
    reviewOn: dayOf(reviewOn),
    reviewProblem: reviewOn.kind === "wrong" ? reviewOn.message : null,
  };
}
