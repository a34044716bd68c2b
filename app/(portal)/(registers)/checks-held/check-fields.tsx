import { choice, date, text } from "#app/_portal/form/field.tsx";
import { CHECK_KIND_WORDS } from "#domain/registers/understanding-check/understanding-check.ts";

/** What is recorded of a check besides its policy. */
export const CHECK_FIELDS = {
  kind: choice("What was it?", CHECK_KIND_WORDS),
  heldOn: date("When was it held?", "the day", "The last day, if it took several. For example, 27 3 2026"),
  heldBy: text("Who held it?", { hint: "A role or a team.", width: "half" }),
  takenBy: text("Who took part?", {
    hint: "A team or a number: “40 of 60 in Housing”. Do not name anybody.",
    width: "half",
  }),
  result: text("What was the result?", { lines: 5 }),
  actions: text("What will be done about it, if anything?", { lines: 3 }),
};
