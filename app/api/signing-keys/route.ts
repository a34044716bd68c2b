import { carryOutAskedKeyCommand } from "#server/evidence/signing-key/command-service.ts";

const MOST_CHARACTERS = 1000;
const HEADERS = { "cache-control": "no-store" };

/** For `keys:rotate` and `keys:revoke` beside a running portal: 401 without their token, which only the portal's account can make. */
export async function POST(request: Request): Promise<Response> {
  const token = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  const answer = await carryOutAskedKeyCommand(token, await readJson(request));
  if (answer === "refused")
    return Response.json(
      { error: "A valid token is needed." },
      { status: 401, headers: { ...HEADERS, "www-authenticate": "Bearer" } },
    );
  if (answer === "unreadable")
    return Response.json(
      { error: "Send { what, … } as scripts/key-command.ts does." },
      { status: 400, headers: HEADERS },
    );
  return Response.json(answer, { headers: HEADERS });
}

/** What was sent; null if it is not JSON or larger than we accept. */
async function readJson(request: Request): Promise<unknown> {
  let text = "";
  const decoder = new TextDecoder();
  try {
    for await (const chunk of request.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > MOST_CHARACTERS) return null;
    }
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
