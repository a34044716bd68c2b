import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { Button } from "#app/_ui/button.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { getMailList, MAIL_LISTS } from "#server/evidence/outbox/queries.ts";
import { sendTestMail } from "#server/evidence/outbox/service.ts";

/** The outbox of the reader's body, for administrators. */
export const page = definePage({
  path: "/admin/mail",
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
