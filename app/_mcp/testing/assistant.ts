import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { serveMcp } from "#app/_mcp/serve.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { mcpAddress } from "#server/access/identity/access-token-queries.ts";
import { makePersonalToken, takeSecret } from "#server/access/api-token/service.ts";

/** A token that somebody made for themselves, as their page shows it. */
export async function makeOwnToken(actor: Actor, startKey = "own"): Promise<string> {
  const made = await makePersonalToken(actor, { name: "Test", days: "30" }, startKey);
  const token = made.code === "made" ? await takeSecret(actor, made.reference, made.showKey) : null;
  if (token === null) throw new Error(`The token was not made: ${made.code}.`);
  return token;
}

/** An assistant as its maker writes one, with the SDK's client; the requests go to the handler itself. */
export async function connectAssistant(token: string): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(mcpAddress()), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
      fetch: (url, init) => serveMcp(new Request(url, init)),
    }),
  );
  return client;
}

/** What a tool answers: its structured content, or the words of its refusal. */
export async function callTool(client: Client, name: string, given: Record<string, unknown> = {}) {
  const { structuredContent, content, isError } = await client.callTool({ name, arguments: given });
  const [first] = content as { text: string }[];
  return { answer: structuredContent as Record<string, unknown>, words: first?.text ?? "", isError: isError === true };
}
