import type { Actor } from "#domain/access/permission/permission.ts";
import { signInPath } from "#domain/access/identity/return-path.ts";
import { getActor } from "#server/access/identity/session.ts";
import { keepFormInput } from "#server/access/form-input/service.ts";
import { nothingThere } from "./file-response.ts";
import { readBytes, seeOther } from "./receive-form.ts";

/** A list of a hundred thousand people has about fifteen million bytes. */
export const MOST_FILE_BYTES = 40_000_000;

export type SentFile = { name: string; bytes: Uint8Array };

/**
 * Takes a file posted by a page's form, in its field "file". Problems are shown on that page; the file has to be chosen
 * again, as browsers keep none.
 * @param may whether somebody may use the form at all; those who may not get a 404
 * @param handle authorises in the service it calls; returns where to go on, what is wrong with the file, or null
 *   for what the actor may not know of
 */
export async function receiveFile(
  request: Request,
  formPath: string,
  may: (actor: Actor) => boolean,
  handle: (actor: Actor, file: SentFile) => Promise<string | { problem: string } | null>,
): Promise<Response> {
  const read = await readFile(request);
  const actor = await getActor();
  if (!actor) return seeOther(signInPath(formPath));
  if (!may(actor)) return nothingThere();
  const done = typeof read === "string" ? { problem: read } : await handle(actor, read);
  if (done === null) return nothingThere();
  return seeOther(typeof done === "string" ? done : await refuse(actor, formPath, done.problem));
}

const refuse = async ({ personId }: Actor, formPath: string, message: string): Promise<string> =>
  `${formPath}?kept=${await keepFormInput(personId, formPath, {}, [{ field: "file", message }])}`;

/** The file, or a sentence about why there is none. */
async function readFile(request: Request): Promise<SentFile | string> {
  const bytes = await readBytes(request, MOST_FILE_BYTES + 10_000);
  if (bytes === null)
    return "The file is larger than 40 megabytes. Leave out the columns that are not used, and choose it again.";
  try {
    const type = request.headers.get("content-type") ?? "";
    const file = (await new Response(bytes, { headers: { "content-type": type } }).formData()).get("file");
    if (!(file instanceof File) || (file.name === "" && file.size === 0)) return "Choose a file.";
    return { name: file.name.replaceAll(/\p{C}/gu, "").slice(-200), bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    return "We could not read what was sent. Choose the file again.";
  }
}
