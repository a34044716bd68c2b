import { text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { Button } from "#app/_ui/layout.tsx";
import { getProposal } from "#server/policy/proposal/queries.ts";
import { publishProposal, returnVersion, signVersion, withdrawProposal } from "#server/policy/proposal/service.ts";

/** A version that is proposed to be published: its state, what it changes, and who signed. */
export const page = definePage({
  path: "/proposals/[reference]",
  reference: "PRO",
  read: ({ actor, params }) => getProposal(actor, params.reference),
  heading: ({ view: { version } }) => `Publish version ${version}`,
  title: ({ view: { version, title } }) => `Publish version ${version}: ${title}`,
  kicker: ({ view: { reference, title } }) => `${reference} · ${title}`,
  section: "policies",
  back: { href: "/proposals", label: "Versions to publish" },
  gap: "section",
});

/** The signature of who has read it. */
export const signForm = defineForm(page, {
  do: "sign",
  fields: {},
  button: ({ view: { version } }) => `Sign version ${version}`,
  submit: ({ actor, params }) => signVersion(actor, params.reference),
});

/** Sends it back to its author. */
export const returnForm = defineForm(page, {
  do: "return",
  fields: { reason: text("What has to change?", { hint: "Its author reads it. It is kept as evidence.", lines: 3 }) },
  button: <Button look="quiet">Send it back</Button>,
  submit: ({ actor, params, values }) => returnVersion(actor, params.reference, values.reason),
});

/** Publishes it, once everybody has signed. */
export const publishForm = defineForm(page, {
  do: "publish",
  fields: {},
  button: ({ view: { version } }) => `Publish version ${version}`,
  submit: ({ actor, params }) => publishProposal(actor, params.reference),
});

/** Ends it without publishing. */
export const withdrawalForm = defineForm(page, {
  do: "withdraw",
  fields: {},
  button: <Button look="quiet">Withdraw the proposal</Button>,
  submit: ({ actor, params }) => withdrawProposal(actor, params.reference),
});
