import { commandToken, NOT_KEPT, refuseCommand } from "#app/_api/command.ts";
import { MOST_FILE_BYTES } from "#app/_portal/receive-file.ts";
import { readBytes } from "#app/_portal/receive-form.ts";
import {
  importByCommand,
  mayImportByCommand,
  type ImportCommandOptions,
} from "#server/people/directory/command-service.ts";

const HEADERS = { ...NOT_KEPT, "content-type": "application/x-ndjson" };

/**
 * For `npm run people:import` beside a running portal: 401 without its token, which only the portal's account can make.
 * Takes the file as it is; answers with a line of JSON for each step, the last with the result.
 */
export async function POST(request: Request): Promise<Response> {
  if (!mayImportByCommand(commandToken(request))) return refuseCommand();
  const bytes = await readBytes(request, MOST_FILE_BYTES);
  const query = new URL(request.url).searchParams;
  const options = { isCheck: query.has("check"), manyMayLeave: query.has("many"), body: query.get("body") };
  if (!bytes) return Response.json({ problem: "The file has more than 40 megabytes." }, { status: 413 });
  return new Response(inLines(bytes, options), { headers: HEADERS });
}

function inLines(bytes: Uint8Array, options: ImportCommandOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(controller) {
      const say = (line: object) => controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      try {
        const result = await importByCommand(bytes, options, (doing, done, of) => say({ doing, done, of }));
        say(result ?? { problem: `The portal serves no body "${options.body ?? ""}".` });
      } catch (error) {
        console.error("A list of people could not be imported:", error);
        say({ problem: "The portal could not import it, and wrote nothing: its log says why." });
      }
      controller.close();
    },
  });
}
