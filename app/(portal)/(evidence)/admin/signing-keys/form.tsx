import { current } from "#app/_portal/form/field.tsx";
import { defineForm, definePage } from "#app/_portal/form/form.tsx";
import { Button } from "#app/_ui/layout.tsx";
import { listSigningKeys } from "#server/evidence/signing-key/queries.ts";
import { rotateSigningKey } from "#server/evidence/signing-key/service.ts";

/** The keys that exports of the body's evidence are signed with, for administrators. */
export const page = definePage({
  path: "/admin/signing-keys",
  async read({ actor }) {
    const keys = await listSigningKeys(actor);
    return keys && { keys, current: keys.find(({ isCurrent }) => isCurrent) };
  },
  heading: "Signing keys",
});

/** Switches to a new signing key; `seen` is the name of the one that the page showed. */
export const form = defineForm(page, {
  fields: { seen: current() },
  stored: ({ view }) => ({ seen: view.current?.kid }),
  button: ({ view }) => <Button look="quiet">{view.current ? "Make a new key" : "Make the first key"}</Button>,
  submit: ({ actor, values }) => rotateSigningKey(actor, values.seen),
  done: "/admin/signing-keys?done=1",
});
