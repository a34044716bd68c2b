/**
 * `npm run keys:revoke THUMBPRINT -- --because compromised|superseded --for-good`: revokes a key that exports are signed
 * with, and has another one made where it signs now. It cannot be undone. Exit 0: done.
 */
import { parseArgs } from "node:util";
import { KEY_REVOCATIONS, readThumbprint } from "#domain/evidence/journal/signing-key.ts";
import { KeyCommandError, runKeyCommand } from "./key-command.ts";

const USE = "Use: npm run keys:revoke THUMBPRINT -- --because compromised|superseded --for-good";
const WARNING = [
  "A key that was revoked stays revoked: this cannot be undone. After “compromised”, no export that it signed is proven",
  "any more, of whatever date, and the periods have to be exported again. After “superseded”, what it signed before stays",
  `proven. To revoke it, add --for-good. ${USE}`,
].join("\n");

await runKeyCommand(() => {
  const { thumbprint, because, isForGood } = read();
  const kid = readThumbprint(thumbprint);
  const reason = KEY_REVOCATIONS.find((one) => one === because);
  if (kid === null) throw new KeyCommandError(`"${thumbprint}" is not a thumbprint of a key. ${USE}`);
  if (!reason) throw new KeyCommandError(`Say why: --because compromised, or --because superseded. ${USE}`);
  if (!isForGood) throw new KeyCommandError(WARNING);
  return { what: "revoke", kid, because: reason };
});

function read() {
  try {
    const options = {
      because: { type: "string", default: "" },
      "for-good": { type: "boolean", default: false },
    } as const;
    const { positionals, values } = parseArgs({ allowPositionals: true, options });
    const [thumbprint = "", ...more] = positionals;
    if (more.length > 0) throw new KeyCommandError(`Give one thumbprint. ${USE}`);
    return { thumbprint, because: values.because, isForGood: values["for-good"] };
  } catch (error) {
    if (error instanceof KeyCommandError) throw error;
    throw new KeyCommandError(`${error instanceof Error ? error.message.split(". ")[0] : String(error)}. ${USE}`);
  }
}
