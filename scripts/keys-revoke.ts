/**
 * `npm run keys:revoke THUMBPRINT -- --because compromised|superseded --for-good`: revokes a key that exports are signed
 * with, and has another one made where it signs now. It cannot be undone. Exit 0: done.
 */
import { KEY_REVOCATIONS, readThumbprint } from "#domain/evidence/journal/signing-key.ts";
import { readArguments, Refusal } from "./command.ts";
import { runKeyCommand } from "./key-command.ts";

const USE = "Use: npm run keys:revoke THUMBPRINT -- --because compromised|superseded --for-good";
const WARNING = [
  "A key that was revoked stays revoked: this cannot be undone. After “compromised”, no export that it signed is proven",
  "any more, of whatever date, and the periods have to be exported again. After “superseded”, what it signed before stays",
  `proven. To revoke it, add --for-good. ${USE}`,
].join("\n");

await runKeyCommand(() => {
  const options = { because: { type: "string" }, "for-good": { type: "boolean", default: false } } as const;
  const { positionals, values } = readArguments(USE, { allowPositionals: true, options });
  const [thumbprint = "", ...more] = positionals;
  if (more.length > 0) throw new Refusal(`Give one thumbprint. ${USE}`);
  const kid = readThumbprint(thumbprint);
  const reason = KEY_REVOCATIONS.find((one) => one === values.because);
  if (kid === null) throw new Refusal(`"${thumbprint}" is not a thumbprint of a key. ${USE}`);
  if (!reason) throw new Refusal(`Say why: --because compromised, or --because superseded. ${USE}`);
  if (!values["for-good"]) throw new Refusal(WARNING);
  return { what: "revoke", kid, because: reason };
});
