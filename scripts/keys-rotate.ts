/**
 * `npm run keys:rotate [-- --body SLUG]`: has a new key sign the exports of every body, or of one. What the earlier ones
 * signed still verifies. Exit 0: done.
 */
import { parseArgs } from "node:util";
import { KeyCommandError, runKeyCommand } from "./key-command.ts";

const USE = "Use: npm run keys:rotate, or npm run keys:rotate -- --body SLUG";

await runKeyCommand(() => {
  try {
    const { values } = parseArgs({ options: { body: { type: "string" } } });
    return { what: "rotate", body: values.body ?? null };
  } catch (error) {
    throw new KeyCommandError(`${error instanceof Error ? error.message.split(". ")[0] : String(error)}. ${USE}`);
  }
});
