import { choice, date, lines, text } from "#app/_portal/form/field.tsx";
import { APP_STATES } from "#domain/registers/app/app.ts";

/** The fields of a decision on an app, new or on the register. */
export const decisionFields = {
  purpose: text("What may it be used for?", { hint: "Or what it was asked for, if it is not approved.", lines: 3 }),
  whoMay: text("Who may use it?", { hint: "“All staff, on work phones”, for example.", lines: 2 }),
  dpiaReference: text("Data protection impact assessment", {
    hint: "Its number, or where it is. Without one an app cannot be approved.",
    width: "half",
  }),
  dpiaOn: date("Day of the assessment", "the day of the assessment", "For example, 27 3 2026"),
  riskOwner: text("Who owns the risk?", {
    hint: "Their name or work e-mail address. They are told.",
    width: "half",
    autoComplete: "off",
  }),
  settings: lines("Settings that it requires", {
    hint: "One on each line: “Disappearing messages off”. Administrators of groups confirm theirs.",
    lines: 5,
  }),
  state: choice("What do you decide?", APP_STATES),
  reviewOn: date("When is it decided again?", "the next decision", "Within two years."),
  reason: text("Why?", { hint: "Everybody here can read it.", lines: 4 }),
};
