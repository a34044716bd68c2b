import { type FieldProblem, FormValues } from "#domain/base/form/form-values.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { signInAgainPath, signInPath } from "#domain/access/identity/return-path.ts";
import { readFormTicket, TICKET_FIELD } from "#server/access/identity/form-ticket.ts";
import { getActor, NotRecentlySignedIn } from "#server/access/identity/session.ts";
import { keepFormInput } from "#server/access/form-input/service.ts";

/**
 * Where to go next; a file to save; what has to be corrected first, `at` being the id of a field to go to; or null for
 * what the actor may not know about.
 */
export type FormResult =
  { to: string } | { file: Response } | { problems: readonly FieldProblem[]; at?: string } | null;

const MOST_BYTES = 1_000_000;
const TOO_LARGE =
  "This is more than we can take, so it was not kept. Go back in your browser, shorten the longest text, and send it again.";
const NOT_SENT_YET = "You had to sign in again, so this is not done yet. Check it and send it again.";
const UNREADABLE = "We could not read what was sent. Fill in the form again.";

/**
 * Takes a form that a page posted: who sends it, its fields, what to do with them; answers with a redirect, or with a file
 * that was asked for. What another site sent never comes here (server/shell/http/front-handler.mjs).
 * What was refused comes back on the form's page, with every value kept: /path?kept=ID. Where the session has ended, the
 * way leads through the sign-in page and back to what was typed, and so it does for an act that asks for a recent sign-in.
 * A form on the list of tasks leads back there.
 * @param formPath address of the page that shows the form, with its query
 * @param handle authorises in the service it calls
 */
export async function receiveForm(
  request: Request,
  formPath: string,
  handle: (actor: Actor, form: FormValues) => Promise<FormResult>,
): Promise<Response> {
  const read = await readForm(request);
  const actor = await getActor();
  const form = typeof read === "string" ? new FormValues({}) : read;
  const typedBy = readFormTicket(form.text(TICKET_FIELD));
  if (!actor || (typedBy !== null && typedBy !== actor.personId)) {
    const back = typedBy ? withKept(formPath, await keepFormInput(typedBy, formPath, copy(form), [])) : formPath;
    return seeOther(signInPath(back));
  }
  const result = typeof read === "string" ? problemOf(read) : await handle(actor, form).catch(problemOfSignIn);
  if (result === null) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  if ("to" in result) return seeOther(form.text("backTo") === "tasks" ? "/tasks?done=1" : result.to);
  if ("file" in result) return result.file;
  const back = withKept(formPath, await keepFormInput(actor.personId, formPath, copy(form), result.problems));
  if ("needsSignIn" in result) return seeOther(signInAgainPath(back));
  return seeOther("at" in result && result.at ? `${back}#${result.at}` : back);
}

const problemOf = (message: string) => ({ problems: [{ field: "", message }] });

function problemOfSignIn(error: unknown) {
  if (!(error instanceof NotRecentlySignedIn)) throw error;
  return { ...problemOf(NOT_SENT_YET), needsSignIn: true };
}

/** A redirect that a browser follows with GET. */
export const seeOther = (to: string): Response => new Response(null, { status: 303, headers: { location: to } });

const withKept = (path: string, id: string): string => `${path}${path.includes("?") ? "&" : "?"}kept=${id}`;

const copy = ({ values }: FormValues): Record<string, string[]> =>
  Object.fromEntries(Object.entries(values).map(([name, all]) => [name, [...all]]));

/** The fields of a posted form, or a sentence about why they cannot be read. */
export async function readForm(request: Request): Promise<FormValues | string> {
  try {
    const bytes = await readBytes(request, MOST_BYTES);
    if (bytes === null) return TOO_LARGE;
    const type = request.headers.get("content-type") ?? "";
    const data = await new Response(bytes, { headers: { "content-type": type } }).formData();
    return FormValues.from(data.entries());
  } catch {
    return UNREADABLE;
  }
}

/** The body of a request; null if it is more than `most` bytes. */
export async function readBytes(request: Request, most: number): Promise<Buffer<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size <= most) chunks.push(chunk); // too large a body is read to its end, so that the browser gets an answer
  }
  return size > most ? null : Buffer.concat(chunks);
}
