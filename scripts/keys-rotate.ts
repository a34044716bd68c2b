/**
 * `npm run keys:rotate [-- --body SLUG]`: has a new key sign the exports of every body, or of one. What the earlier ones
 * signed still verifies. Exit 0: done.
 */
import { readArguments } from "./command.ts";
import { runKeyCommand } from "./key-command.ts";

const USE = "Use: npm run keys:rotate, or npm run keys:rotate -- --body SLUG";

await runKeyCommand(() => {
  const { values } = readArguments(USE, { options: { body: { type: "string" } } });
  return { what: "rotate", body: values.body ?? null };
});
