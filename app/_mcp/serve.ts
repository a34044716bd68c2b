import { randomUUID } from "node:crypto";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { isInitializeRequest } from "@modelcontextprotocol/sdk/types.js";
import { challenge, readJson } from "#app/_api/serve.ts";
import { PROBLEMS, type ProblemCode } from "#domain/answers/api/problem.ts";
import { identifyCaller } from "#server/access/api-token/service.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { makeMcpServer } from "./mcp-server.ts";

const METADATA = "/.well-known/oauth-protected-resource";
const NEVER_KEPT = { "cache-control": "no-store", vary: "Authorization" };

/**
 * Answers a request at /mcp: Model Context Protocol over Streamable HTTP, each request by itself, so that any process of
 * the portal can answer it. Only whoever has a valid token learns anything.
 */
export async function serveMcp(request: Request): Promise<Response> {
  try {
    const origin = request.headers.get("origin");
    if (origin !== null && origin !== getEnv().appUrl)
      return refuseMcp(403, "This was sent from another site. Only the portal's own pages and programs may ask here.");
    const caller = await identifyCaller(request.headers.get("authorization"));
    if (!caller) return refuseUnknown(request);
    if (caller.scopes.length === 0) {
      const missing = challenge('error="insufficient_scope", scope="policies:read evaluate"');
      return refuseMcp(403, "This token is not for reading policies. Use another.", missing);
    }
    if (request.method !== "POST")
      return refuseMcp(405, "Send a message with POST. There is nothing to listen to.", { allow: "POST" });
    const read = await readJson(request);
    if (!read.ok) return refuseCode(read.code);
    if (Array.isArray(read.resource)) return refuseMcp(400, "Send one message in each request, not a list.");
    const server = makeMcpServer(caller);
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await server.connect(transport);
    const response = await transport.handleRequest(request, { parsedBody: read.resource });
    for (const [name, value] of Object.entries(NEVER_KEPT)) response.headers.set(name, value);
    // Some clients expect one. It opens and keeps nothing: whoever asks is known by their token alone.
    if (isInitializeRequest(read.resource)) response.headers.set("mcp-session-id", randomUUID());
    await server.close();
    return response;
  } catch (error) {
    console.error(`${request.method} /mcp failed:`, error);
    return refuseCode("unexpected");
  }
}

function refuseUnknown(request: Request): Response {
  const { appUrl, oidc } = getEnv();
  const why = request.headers.has("authorization") ? ['error="invalid_token"'] : [];
  const where = oidc ? [`resource_metadata="${appUrl}${METADATA}/mcp"`] : [];
  const words = `A valid token is needed. ${oidc ? "Sign in with your work account, or make a token" : "Make one"} at ${appUrl}/me#assistants.`;
  return refuseMcp(401, words, challenge([...why, ...where].join(", ")));
}

function refuseCode(code: ProblemCode): Response {
  return refuseMcp(PROBLEMS[code].status, PROBLEMS[code].means);
}

/** An error of JSON-RPC that belongs to no message. */
function refuseMcp(status: number, message: string, headers: Record<string, string> = {}): Response {
  const error = { jsonrpc: "2.0", error: { code: -32000, message }, id: null };
  return Response.json(error, { status, headers: { ...NEVER_KEPT, ...headers } });
}
