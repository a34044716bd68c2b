import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { startKey, text } from "#app/_portal/form/field.tsx";
import { ACKNOWLEDGE_WITHIN_DAYS } from "#domain/registers/information-request/due.ts";
import { LONGEST_REQUESTED_TEXT } from "#domain/registers/information-request/information-request.ts";
import { makeComplaint } from "#server/registers/information-request/service.ts";

const page = definePage({
  path: "/complaints/new",
  read: () => ({}),
  heading: "Complain about how your data was handled",
  back: { href: "/requests", label: "Information requests" },
  intro: (
    <p>
      Tell your employer here if you think that it used, shared, kept or lost your personal data wrongly. Its receipt is
      acknowledged within {ACKNOWLEDGE_WITHIN_DAYS} days, and you hear what came of it. You can go to the Information
      Commissioner as well.
    </p>
  ),
});

/** For everybody: a complaint about how the body handled their own data. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: {
    startKey: startKey(),
    asked: text("What happened with your data?", {
      hint: `Say when, and what you would like to happen now. Those who handle complaints read it. Up to ${LONGEST_REQUESTED_TEXT.toLocaleString("en-GB")} characters.`,
      lines: 8,
    }),
  },
  button: "Send the complaint",
  submit: ({ actor, values }) => makeComplaint(actor, values),
  done: ({ reference }) => `/requests/${reference}?done=1`,
});
