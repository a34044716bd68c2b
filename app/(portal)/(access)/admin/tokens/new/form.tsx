import { boxes, choice, startKey, text } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage, type Query } from "#app/_portal/form/form.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { TOKEN_SCOPE_WORDS, type TokenDays } from "#domain/access/api-token/api-token.ts";
import { can } from "#domain/access/permission/permission.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { getToken } from "#server/access/api-token/queries.ts";
import { makeToken } from "#server/access/api-token/service.ts";
import { tokenPath } from "../token-words.tsx";

const DAYS = { "30": "30 days", "90": "90 days", "365": "A year" } satisfies Record<`${TokenDays}`, string>;

const page = definePage({
  path: "/admin/tokens/new",
  // A form that has to be corrected still replaces the same token.
  suffix: (query) => followed(query) && `?follows=${followed(query)}`,
  read: async ({ actor, query }) =>
    can(actor, "api-token.manage", actor) ? { before: await getToken(actor, followed(query)) } : null,
  heading: "Make a token",
  back: { href: "/admin/tokens", label: "Tokens for programs" },
  intro: ({ view: { before } }) =>
    before && (
      <p>
        It is made in place of <Link href={tokenPath(before.reference)}>{before.reference}</Link>
        {before.state === "active" && ", which works until you revoke it, so that the program can switch over"}.
      </p>
    ),
});

/** Which program a new token is for, what it may do, and for how long; leads to the page that shows the token once. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: {
    startKey: startKey(),
    name: text("Which program is it for?", {
      hint: "So that you and other administrators recognise it: “Intranet home page”, “Entra ID”. Give each program its own token.",
      autoComplete: "off",
    }),
    scopes: boxes(
      "What may it do?",
      TOKEN_SCOPE_WORDS,
      "Choose only what the program needs. A token that changes people may do nothing else.",
    ),
    days: choice("How long is it valid?", DAYS, "A shorter time is safer. When it is over, make a new one."),
  },
  stored: ({ view: { before } }) => ({ name: before?.name, scopes: before?.scopes }),
  button: "Make the token",
  submit: ({ actor, query, values: { startKey, days, ...asked } }) =>
    makeToken(actor, { ...asked, days: days ?? "" }, startKey, followed(query)),
  done: ({ reference, showKey }) => `${tokenPath(reference)}?show=${showKey}`,
});

/** Reference of the token that it replaces; "" for none. */
const followed = ({ follows }: Query): string => (typeof follows === "string" && parseReference("TOK", follows)) || "";
