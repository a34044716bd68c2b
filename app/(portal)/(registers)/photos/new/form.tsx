import { choice, date, startKey, text } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { recordConsent } from "#server/registers/consent/service.ts";
import { ConsentFormLinks } from "../consent-form-links.tsx";

const page = definePage({
  path: "/photos/new",
  read: () => ({}),
  heading: "Record a photo consent",
  back: { href: "/photos", label: "Photo consents" },
  intro: ({ actor }) => (
    <>
      <p>Copy what the form says. One consent for each person.</p>
      <ConsentFormLinks actor={actor} />
    </>
  ),
});

/** The details of the form that somebody in a picture has filled in. */
export const form = defineForm(page, {
  fields: {
    startKey: startKey(),
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
  },
  button: "Record the consent",
  submit: ({ actor, values: { startKey, ...draft } }) => recordConsent(actor, { startKey, draft }),
  done: ({ reference }) => `/photos/${reference}?done=1`,
});
