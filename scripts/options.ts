import { parseArgs } from "node:util";

/** Where the content is; every content command has this option. */
export const CONTENT = { type: "string", default: process.env.CONTENT_DIR || "content" } as const;

/** Where the tests of features are, in the sources. */
export const JOURNEYS = "e2e";

/**
 * The options of a content command: `--content DIR` (default CONTENT_DIR, else `content`) and, where it has them, `--json`
 * and `--watch`; `--journeys DIR` (default `e2e`) is where the tests of features are. Ends the command with one sentence where an option is unknown or incomplete.
 */
export const readOptions = (command: string): { content: string; json: boolean; watch: boolean; journeys: string } =>
  orUsage(`${command} [-- --content DIR]`, () => {
    const { values } = parseArgs({
      options: {
        json: { type: "boolean", default: false },
        watch: { type: "boolean", default: false },
        content: CONTENT,
        journeys: { type: "string", default: JOURNEYS },
      },
    });
    return values;
  });

/** Parses the options and arguments of a command; exits with one sentence and its usage if they are invalid. */
export function orUsage<Result>(usage: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(". ")[0] ?? "") : String(error);
    console.error(`${reason}. Use: npm run ${usage}`);
    process.exit(1);
  }
}
