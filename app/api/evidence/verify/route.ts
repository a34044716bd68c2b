import { verifyForCommand } from "#server/evidence/journal/queries.ts";

const MOST_CHARACTERS = 200_000;
const HEADERS = { "cache-control": "no-store" };

/** For `npm run evidence:verify` beside a running portal: 401 without its token, which only the portal's account can make. */
export async function POST(request: Request): Promise<Response> {
  const token = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  const result = await verifyForCommand(token, await readJson(request));
  if (result === "refused")
    return Response.json(
      { error: "A valid token is needed." },
      { status: 401, headers: { ...HEADERS, "www-authenticate": "Bearer" } },
    );
  if (result === "unreadable")
    return Response.json({ error: "Send { known: [{ body, position, hash }] }." }, { status: 400, headers: HEADERS });
  return Response.json({ chains: result }, { headers: HEADERS });
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
