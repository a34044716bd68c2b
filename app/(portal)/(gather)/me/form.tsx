import { current } from "#app/_portal/form/field.tsx";
import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { Button } from "#app/_ui/layout.tsx";
import { endOwnSessions, listOwnSessions } from "#server/access/identity/session.ts";
import { getOwnData } from "#server/gather/own-data/queries.ts";
import { switchDigest } from "#server/gather/task/service.ts";
import { getBodyName } from "#server/policy/policy/queries.ts";

/** Who the reader is here, where they are signed in, and all that is held about them. */
export const page = definePage({
  path: "/me",
  async read({ actor }) {
    const [data, sessions, bodyName] = await Promise.all([
      getOwnData(actor),
      listOwnSessions(actor),
      getBodyName(actor),
    ]);
    return { data, sessions, bodyName };
  },
  heading: "You in this portal",
  gap: "section",
});

export type ShownMe = Parameters<typeof sessionForm.show>[0];

/** Ends one of the reader's own sessions, or with "others" all others. */
export const sessionForm = defineForm(page, {
  fields: { which: current() },
  button: <Button look="quiet">End all other sessions</Button>,
  submit: ({ actor, values }) => endOwnSessions(actor, values.which),
  done: "/me#sessions",
});

/** Switches the reader's own digest "on" or "off". */
export const digestForm = defineForm(page, {
  action: "/me/digest/send",
  fields: { digest: current() },
  stored: ({ view }) => ({ digest: view.data.mail.wantsDigest ? "off" : "on" }),
  button: ({ view }) => (
    <Button look="quiet">{view.data.mail.wantsDigest ? "Switch the digest off" : "Switch the digest on"}</Button>
  ),
  submit: async ({ actor, values: { digest } }) =>
    digest === "on" || digest === "off" ? switchDigest(actor, digest === "on") : null,
  done: "/me#mail",
});
