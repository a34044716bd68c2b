import { defineFormPage, definePage } from "#app/_portal/form/form.tsx";
import { choice, date, startKey, text } from "#app/_portal/form/field.tsx";
import { GIVEN_REASONS, PHONE_RETURN_REASONS } from "#domain/registers/phone-return/phone-return.ts";
import { startPhoneReturn } from "#server/registers/phone-return/service.ts";

const { replacement, reset, lost_number: lost } = PHONE_RETURN_REASONS;
const REASONS: Record<(typeof GIVEN_REASONS)[number], string> = { replacement, reset, lost_number: lost };

/** Says that a phone goes: one's own, or that of somebody one manages. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(
  definePage({
    path: "/phone-returns/new",
    read: () => ({}),
    heading: "A phone goes",
    back: { href: "/phone-returns", label: "Phone returns" },
    intro: (
      <p>
        Before a phone is replaced, wiped or given up, what has value on it goes to the record, and nothing goes that a
        hold needs. Do not wipe it before this has been checked.
      </p>
    ),
  }),
  {
    fields: {
      startKey: startKey(),
      reason: choice("What happens to the phone?", REASONS),
      dueOn: date("On which day does it go?", "the day", "If it is gone already, enter today."),
      person: text("Whose phone is it, if it is not yours?", {
        hint: "Of somebody you manage: their name or work e-mail address. Leave it empty for your own.",
        width: "half",
        autoComplete: "off",
      }),
    },
    button: "Continue",
    submit: ({ actor, values }) => startPhoneReturn(actor, values),
    done: ({ reference }) => `/phone-returns/${reference}`,
  },
);
