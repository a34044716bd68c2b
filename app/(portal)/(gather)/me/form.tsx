import { choice, current, startKey, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, lastOf } from "#app/_portal/form/form.tsx";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { Button } from "#app/_ui/layout.tsx";
import type { PERSONAL_TOKEN_DAYS } from "#domain/access/api-token/api-token.ts";
import { getOwnTokens, OWN_TOKENS } from "#server/access/api-token/queries.ts";
import { makePersonalToken, revokeToken, takeSecret } from "#server/access/api-token/service.ts";
import { endOwnSessions, listOwnSessions } from "#server/access/identity/session.ts";
import { getOwnData } from "#server/gather/own-data/queries.ts";
import { switchDigest } from "#server/gather/task/service.ts";
import { getBodyName } from "#server/policy/policy/queries.ts";

/** Who the reader is here, where they are signed in, and all that is held about them. */
export const page = definePage({
  path: "/me",
  async read({ actor, query }) {
    const show = lastOf(query, "show");
    const [data, sessions, bodyName, own, secret] = await Promise.all([
      getOwnData(actor),
      listOwnSessions(actor),
      getBodyName(actor),
      getOwnTokens(actor),
      show !== undefined && (await isLookedAt()) ? takeSecret(actor, lastOf(query, "token") ?? "", show) : null,
    ]);
    return { data, sessions, bodyName, own, secret };
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

const DAYS = { "30": "30 days", "90": "90 days" } satisfies Record<`${(typeof PERSONAL_TOKEN_DAYS)[number]}`, string>;

/** Makes a token with which an assistant asks the portal as the reader; the page then shows it once. */
export const makeTokenForm = defineForm(page, {
  do: "make",
  action: "/me/token/send",
  fields: {
    startKey: startKey(),
    name: text("Which assistant is it for?", {
      hint: "So that you recognise it: “Assistant on my work laptop”. Give each its own token.",
      autoComplete: "off",
    }),
    days: choice("How long is it valid?", DAYS),
  },
  button: <Button look="quiet">Make a token</Button>,
  submit: ({ actor, values: { startKey, name, days } }) =>
    makePersonalToken(actor, { name, days: days ?? "" }, startKey),
  done: ({ reference, showKey }) => OWN_TOKENS.replace("#", `?token=${reference}&show=${showKey}#`),
});

/** Revokes one of the reader's own tokens. */
export const revokeTokenForm = defineForm(page, {
  do: "revoke",
  action: "/me/token/send",
  fields: { which: current() },
  submit: ({ actor, values }) => revokeToken(actor, values.which),
  done: OWN_TOKENS,
});
