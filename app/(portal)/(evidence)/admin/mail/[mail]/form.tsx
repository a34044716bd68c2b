import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { Button } from "#app/_ui/layout.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { getMail } from "#server/evidence/outbox/queries.ts";
import { resendMail, settleMail } from "#server/evidence/outbox/service.ts";
import { mailTitle } from "../mail-words.tsx";

/** One mail: its recipient, its state, and what it says if the reader may know that. */
export const page = definePage({
  path: "/admin/mail/[mail]",
  async read({ actor, params }) {
    const mail = await getMail(actor, params.mail);
    return mail && { ...mail, isManaged: can(actor, "mail.manage", actor) };
  },
  heading: ({ view }) => mailTitle(view),
  back: ({ view }) =>
    view.isManaged ? { href: "/admin/mail", label: "Mail" } : { href: "/me#mail", label: "You in this portal" },
});

export const form = defineForm(page, {
  fields: {},
  button: <Button look="quiet">Send it again</Button>,
  submit: ({ actor, params }) => resendMail(actor, params.mail),
  done: (_, { path }) => `${path}?again=1`,
});

/** Says that they know it otherwise, so that it is nobody's task any more. */
export const settleForm = defineForm(page, {
  do: "settle",
  fields: {},
  button: <Button look="quiet">They know already</Button>,
  submit: ({ actor, params }) => settleMail(actor, params.mail),
});
