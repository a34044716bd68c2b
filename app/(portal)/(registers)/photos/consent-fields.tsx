import { choice, date, text } from "#app/_portal/form/field.tsx";

/** What a form on paper or in a system says of a consent. */
export const CONSENT_FIELDS = {
  name: text("Who is in the picture?", { width: "half", autoComplete: "off" }),
  age: choice("Is it a child?", {
    adult: "No",
    child: { label: "Yes", hint: "A parent or guardian has to agree." },
  }),
  guardian: text("Who agreed on the child’s behalf?", {
    hint: "Leave it empty for an adult.",
    width: "half",
    autoComplete: "off",
  }),
  givenOn: date("Day on the form", "the day on the form", "For example, 27 3 2026"),
  purpose: text("What may the picture be used for?", {
    hint: "As the form says: “The summer newsletter, on paper and online”.",
    lines: 2,
  }),
  until: date("Last day of the consent", "the last day", "For example, 27 3 2028"),
  formReference: text("Where is the form?", {
    hint: "Its number, or the system or folder that it is in.",
    width: "half",
  }),
};
