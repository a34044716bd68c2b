/**
 * Reads a list of people for the process that started it, one question after the other, over the channel between them
 * (server/people/directory/list-reader-process.ts). No command: the portal starts it, with bounds on its memory.
 */
import { ListReader } from "#server/people/directory/list-reader.ts";
import type { ListReaderReply, ListReaderRequest } from "#server/people/directory/list-reader-process.ts";

let reader = new ListReader([]);

process.on("message", (question: ListReaderRequest) => process.send?.(answer(question)));
process.once("disconnect", () => process.exit());

function answer([what, given]: ListReaderRequest): ListReaderReply {
  try {
    if (what === "begin") return { value: void (reader = new ListReader(given)) };
    // TypeScript does not see that what is asked and what is given belong together.
    return { value: (reader[what] as (given: unknown) => unknown)(given) };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
