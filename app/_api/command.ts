import { readBytes } from "#app/_portal/receive-form.ts";

/** Nothing that a command is answered is kept on the way. */
export const NOT_KEPT = { "cache-control": "no-store" };

/** The token of a command on the server, which only the portal's account can make; "" if there is none. */
export const commandToken = (request: Request): string =>
  /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";

/** 401 for a request without a valid token. */
export function refuseCommand(): Response {
  const headers = { ...NOT_KEPT, "www-authenticate": "Bearer" };
  return Response.json({ error: "A valid token is needed." }, { status: 401, headers });
}

/**
 * Answers a command that sends JSON.
 * @param most bytes that are read; `answer` gets null for more, and for what is no JSON
 * @param shape what should have been sent, for the answer 400
 */
export async function answerJsonCommand<Answer extends object>(
  request: Request,
  { most, shape }: { most: number; shape: string },
  answer: (token: string, sent: unknown) => Promise<Answer | "refused" | "unreadable">,
): Promise<Response> {
  const result = await answer(commandToken(request), await readJson(request, most));
  if (result === "refused") return refuseCommand();
  if (result === "unreadable") return Response.json({ error: `Send ${shape}.` }, { status: 400, headers: NOT_KEPT });
  return Response.json(result, { headers: NOT_KEPT });
}

async function readJson(request: Request, most: number): Promise<unknown> {
  try {
    const bytes = await readBytes(request, most);
    return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as unknown);
  } catch {
    return null;
  }
}
