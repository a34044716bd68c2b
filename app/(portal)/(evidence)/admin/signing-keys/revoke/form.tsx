import { choice, openChoice } from "#app/_portal/form/field.tsx";
import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import type { KeyRevocation } from "#domain/evidence/journal/signing-key.ts";
import { listSigningKeys } from "#server/evidence/signing-key/queries.ts";
import { revokeSigningKey } from "#server/evidence/signing-key/service.ts";

export const page = definePage({
  path: "/admin/signing-keys/revoke",
  async read({ actor }) {
    const keys = await listSigningKeys(actor);
    return keys && keys.filter(({ isRevocable }) => isRevocable);
  },
  heading: "Revoke a key",
  back: { href: "/admin/signing-keys", label: "Signing keys" },
});

/** Which key, and why: a confirmation, because nobody can undo it. */
export const form = defineForm(page, {
  fields: {
    kid: openChoice("Which key?"),
    because: choice<KeyRevocation>("Why?", {
      compromised: {
        label: "Somebody else may have its private half",
        hint: "Exports that it signed prove nothing any more, whatever their date: somebody else could have signed them. Export those periods again.",
      },
      superseded: {
        label: "It is no longer needed, and nobody else had it",
        hint: "What it signed until now stays proven. Nothing that is dated later is.",
      },
    }),
  },
  body: ({ field, view: keys }) => (
    <>
      {field("kid", {
        options: Object.fromEntries(
          keys.map(({ kid, spoken, isCurrent, madeAt }) => [
            kid,
            {
              label: <code className="wrap-anywhere">{spoken}</code>,
              hint: `Made ${momentInWords(madeAt)}.${isCurrent ? " It signs now." : ""}`,
            },
          ]),
        ),
      })}
      {field("because")}
    </>
  ),
  button: "Revoke the key for good",
  submit: ({ actor, values: { kid, because } }) => revokeSigningKey(actor, { kid, because: because ?? "" }),
  done: "/admin/signing-keys?done=revoked",
});
