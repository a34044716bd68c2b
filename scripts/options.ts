import { parseArgs } from "node:util";

/**
 * The options of a content command: `--content DIR` (default CONTENT_DIR, else `content`) and, where it has one, `--json`.
 * Ends the command with one sentence where an option is unknown or incomplete.
 */
export function readOptions(command: string): { content: string; json: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: "boolean", default: false },
        content: { type: "string", default: process.env.CONTENT_DIR || "content" },
      },
    });
    return values;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(". ")[0] ?? "") : String(error);
    console.error(`${reason}. Use: npm run ${command} [-- --content DIR]`);
    process.exit(1);
  }
}
