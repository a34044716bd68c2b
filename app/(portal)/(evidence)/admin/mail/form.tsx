import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { Button } from "#app/_ui/button.tsx";
import { getMailList, MAIL_LISTS } from "#server/evidence/outbox/queries.ts";
import { sendTestMail } from "#server/evidence/outbox/service.ts";

/** The outbox of the reader's body, for administrators. */
export const page = definePage({
  path: "/admin/mail",
  async read({ actor, query }) {
    const [list, wanted] = [query["list"], query["page"]].map((value) => [value ?? []].flat().at(-1));
    const which = MAIL_LISTS.find((name) => name === list) ?? "unsent";
    const found = await getMailList(actor, which, /^\d{1,6}$/.test(wanted ?? "") ? Number(wanted) : 1);
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
