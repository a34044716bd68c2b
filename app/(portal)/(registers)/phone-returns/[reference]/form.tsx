import { revision, text } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { Button } from "#app/_ui/button.tsx";
import { getPhoneReturn } from "#server/registers/phone-return/queries.ts";
import { cancelPhoneReturn, checkPhoneReturn, statePhoneReturn } from "#server/registers/phone-return/service.ts";

/** A phone that goes: what was moved from it, what a hold needs, and who checked. */
export const page = definePage({
  path: "/phone-returns/[reference]",
  reference: "PHR",
  read: ({ actor, params }) => getPhoneReturn(actor, params.reference),
  kicker: ({ view }) => view.reference,
  gap: "section",
  back: { href: "/phone-returns", label: "Phone returns" },
  heading: ({ view }) => (view.isOwn ? "Your phone goes" : `The phone of ${view.person.name} goes`),
  title: ({ params }) => `Phone return ${params.reference}`,
});

export const stateForm = defineForm(page, {
  do: "state",
  fields: {
    revision: revision(),
    moved: text("What was moved to the record, and where is it?", {
      hint: "With references, such as REC-… If nothing had value, write that.",
      lines: 4,
    }),
    heldCopied: text("Where was what a hold needs copied to?", {
      hint: "The system and its reference. Leave it empty if no hold is shown above.",
      lines: 2,
    }),
  },
  stored: ({ view: { revision: seen, moved, heldCopied } }) => ({ revision: seen, moved, heldCopied }),
  button: ({ view }) => (view.statedAt ? "Say it again" : "Say what was moved"),
  submit: ({ actor, params, values }) => statePhoneReturn(actor, params.reference, values),
});

export const checkForm = defineForm(page, {
  do: "check",
  fields: { revision: revision(), note: text("What did you look at?", { lines: 2 }) },
  stored: ({ view }) => ({ revision: view.revision }),
  button: "Checked: the phone may go",
  submit: ({ actor, params, values }) => checkPhoneReturn(actor, params.reference, values),
});

export const cancelForm = defineForm(page, {
  do: "cancel",
  fields: { revision: revision(), reason: text("Why does it stay, or is there none?", { lines: 2 }) },
  stored: ({ view }) => ({ revision: view.revision }),
  button: <Button look="quiet">The phone stays</Button>,
  submit: ({ actor, params, values }) => cancelPhoneReturn(actor, params.reference, values),
});
