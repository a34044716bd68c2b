import { custom } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, refused, wholeQuery } from "#app/_portal/form/form.tsx";
import { Button } from "#app/_ui/layout.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { getMailList, MAIL_LISTS } from "#server/evidence/outbox/queries.ts";
import { resendMails, sendTestMail } from "#server/evidence/outbox/service.ts";
import { MailTable } from "./mail-table.tsx";

/** The outbox of the reader's body, for administrators. */
export const page = definePage({
  path: "/admin/mail",
  suffix: wholeQuery,
  async read({ actor, query }) {
    const list = [query["list"] ?? []].flat().at(-1);
    const which = MAIL_LISTS.find((name) => name === list) ?? "unsent";
    const found = await getMailList(actor, which, readPageCursor(query));
    return found && { ...found, which };
  },
  heading: "Mail",
});

/** Sends a test mail to whoever asks. */
export const form = defineForm(page, {
  fields: {},
  button: <Button look="quiet">Send a test mail to me</Button>,
  submit: ({ actor }) => sendTestMail(actor),
  done: "/admin/mail?tested=1",
});

/** Sends the ticked mails of a page of the list again. */
export const resendForm = defineForm(page, {
  do: "again",
  fields: { mails: custom((sent) => sent.all("mail")) },
  body: ({ view: { which, hasServer, page: list }, formState }) => (
    <MailTable which={which} hasServer={hasServer} rows={list.rows} isChosen={(id) => formState.isChosen("mail", id)} />
  ),
  button: <Button look="quiet">Send those ticked again</Button>,
  async submit({ actor, values: { mails } }) {
    const result = await resendMails(actor, mails);
    if (result === "not-found") return result;
    return result.found === 0 ? refused("Tick the mails to send again.") : { to: `/admin/mail?again=${result.queued}` };
  },
});
