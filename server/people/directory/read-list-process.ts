/**
 * Reads a list of people for the process that started it, one request at a time, over the channel between them
 * (server/people/directory/list-reader-process.ts). Not a command: the portal starts it, with a limit on its memory.
 */
import { ListReader } from "#server/people/directory/list-reader.ts";
import type { ListReaderReply, ListReaderRequest } from "#server/people/directory/list-reader-process.ts";

let reader = new ListReader([]);

process.on("message", (question: ListReaderRequest) => process.send?.(answer(question)));
process.once("disconnect", () => process.exit());

function answer([what, given]: ListReaderRequest): ListReaderReply {
  try {
    if (what === "begin") return { value: void (reader = new ListReader(given)) };
    // TypeScript cannot see that the request and its argument belong together.
    return { value: (reader[what] as (given: unknown) => unknown)(given) };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
