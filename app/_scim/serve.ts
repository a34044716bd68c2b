import { z } from "zod";
import { challenge, readJson } from "../_api/serve.ts";
import { isNotModified } from "#domain/answers/api/entity-tag.ts";
import { DIRECTORY_SCOPE } from "#domain/access/api-token/api-token.ts";
import { notFound, ScimError, scimErrorBody } from "#domain/people/scim/error.ts";
import { project, readListQuery, readProjection, readSearchBody } from "#domain/people/scim/list-request.ts";
import { identifyProgram } from "#server/access/api-token/service.ts";
import { discover } from "#server/people/scim/discovery-queries.ts";
import { getDirectoryGroup, listScimGroups } from "#server/people/scim/group-queries.ts";
import { createGroup, patchGroupById, removeGroup, replaceGroup } from "#server/people/scim/group-service.ts";
import type { ScimProgram } from "#server/people/scim/program-rules.ts";
import { getUser, listScimUsers } from "#server/people/scim/queries.ts";
import { scimBase } from "#server/people/scim/user-writer.ts";
import { createUser, deleteUser, patchUserById, replaceUser } from "#server/people/scim/user-service.ts";

type Json = Readonly<Record<string, unknown>>;
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

type Call = { program: ScimProgram; request: Request; query: URLSearchParams; id: string };

type Handler = (call: Call) => Promise<Response>;
type Handlers = Partial<Record<Method, Handler>>;

const PREFIX = "/scim/v2";
const metaSchema = z.object({ version: z.string(), location: z.string() });

/**
 * Answers a request below /scim/v2 (RFC 7644). Without a token for the directory it reveals nothing, not even what
 * exists. Whatever happens, the answer is in SCIM's format.
 */
export async function serveScim(request: Request): Promise<Response> {
  try {
    const program = await identifyProgram(request.headers.get("authorization"));
    if (!program) return refuseToken(request);
    if (!program.scopes.includes(DIRECTORY_SCOPE)) {
      const why = "This token is not for the directory. Ask an administrator for one that is.";
      return sendError(
        new ScimError(403, null, why),
        challenge(`error="insufficient_scope", scope="${DIRECTORY_SCOPE}"`),
      );
    }
    const { pathname, searchParams: query } = new URL(request.url);
    if (holdsNul([...query.values()].join())) throw NUL;
    const { handlers, id } = find(pathname.slice(PREFIX.length).split("/").filter(Boolean).map(decode));
    const method = request.method === "HEAD" ? "GET" : request.method;
    const handler = Object.entries(handlers).find(([name]) => name === method)?.[1];
    if (!handler) return refuseMethod(request.method, handlers);
    const { personId: reference, body } = program.actor;
    return await handler({ program: { reference, body, madeById: program.madeById }, request, query, id });
  } catch (error) {
    if (error instanceof ScimError) return error.status === 401 ? refuseToken(request) : sendError(error);
    console.error(`${request.method} ${new URL(request.url).pathname} failed:`, error);
    return sendError(new ScimError(500, null, "The portal could not do this. Try again later."));
  }
}

/** Changes a user, and answers with them as they are then. */
const change =
  (write: typeof replaceUser): Handler =>
  async (call) =>
    sendResource(call, 200, await write(call.program, call.id, await readBody(call.request), ifMatch(call)));
const remove =
  (erase: typeof deleteUser | typeof removeGroup): Handler =>
  async (call) => {
    await erase(call.program, call.id, ifMatch(call));
    return send(204, null);
  };
const search = (list: typeof listScimUsers | typeof listScimGroups): Handlers => ({
  POST: async ({ program, request }) => send(200, await list(program, readSearchBody(await readBody(request)))),
});

const users: Handlers = {
  GET: async ({ program, query }) => send(200, await listScimUsers(program, readListQuery(query))),
  POST: async (call) => sendResource(call, 201, await createUser(call.program, await readBody(call.request))),
};
const user: Handlers = {
  GET: async (call) => sendResource(call, 200, await getUser(call.program, call.id)),
  PUT: change(replaceUser),
  PATCH: change(patchUserById),
  DELETE: remove(deleteUser),
};
const groups: Handlers = {
  GET: async ({ program, query }) => send(200, await listScimGroups(program, readListQuery(query))),
  POST: async (call) => sendGroup({ ...call, id: await createGroup(call.program, await readBody(call.request)) }, 201),
};
const group: Handlers = {
  GET: (call) => sendGroup(call, 200),
  PUT: async (call) => {
    await replaceGroup(call.program, call.id, await readBody(call.request), ifMatch(call));
    return sendGroup(call, 200);
  },
  // Answered without a body, because a group can have thousands of members; clients that want them say so.
  PATCH: async (call) => {
    await patchGroupById(call.program, call.id, await readBody(call.request), ifMatch(call));
    return call.query.has("attributes") ? sendGroup(call, 200) : send(204, null);
  },
  DELETE: remove(removeGroup),
};
const userSearch = search(listScimUsers);
const groupSearch = search(listScimGroups);

/** The handlers of an address. @throws ScimError 404 for an unknown one, 501 for parts that are not implemented */
function find(parts: readonly string[]): { handlers: Handlers; id: string } {
  const [kind = "", id, ...rest] = parts;
  if (rest.length > 0) throw notFound(parts.join("/"));
  switch (kind) {
    case "Users":
      return { handlers: id === undefined ? users : id === ".search" ? userSearch : user, id: id ?? "" };
    case "Groups":
      return { handlers: id === undefined ? groups : id === ".search" ? groupSearch : group, id: id ?? "" };
    case "ServiceProviderConfig":
    case "ResourceTypes":
    case "Schemas":
      return { handlers: { GET: ({ query }) => sendDiscovery(kind, id, query) }, id: "" };
    case "Bulk":
    case "Me":
    case ".search":
      throw new ScimError(501, null, `"${kind}" is not supported.`);
    default:
      throw notFound(parts.join("/"));
  }
}

async function sendDiscovery(
  kind: "ServiceProviderConfig" | "ResourceTypes" | "Schemas",
  id: string | undefined,
  query: URLSearchParams,
) {
  if (query.has("filter")) throw new ScimError(403, null, "These are not filtered.");
  return send(200, await discover(kind, id, scimBase()));
}

async function sendGroup(call: Call, status: number): Promise<Response> {
  const projection = readProjection(call.query);
  return sendResource(call, status, await getDirectoryGroup(call.program, call.id, projection));
}

/** A resource with its location and version, or without a body if the client has it already. */
function sendResource({ request, query }: Call, status: number, resource: Json): Response {
  const meta = metaSchema.parse(resource["meta"]);
  const headers = { etag: meta.version, location: meta.location };
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (isRead && isNotModified(request.headers.get("if-none-match"), headers.etag.replace(/^W\//, "")))
    return send(304, null, headers);
  return send(status, project(resource, readProjection(query)), headers);
}

function send(status: number, body: Json | null, headers: Record<string, string> = {}): Response {
  const always = { "cache-control": "no-store", vary: "Authorization" };
  if (body === null) return new Response(null, { status, headers: { ...always, ...headers } });
  const type = { "content-type": "application/scim+json" };
  return new Response(JSON.stringify(body), { status, headers: { ...type, ...always, ...headers } });
}

const sendError = (error: ScimError, headers: Record<string, string> = {}): Response =>
  send(error.status, scimErrorBody(error), headers);

function refuseToken(request: Request): Response {
  const isSent = request.headers.has("authorization");
  const why = "A valid token is needed. Send it as Authorization: Bearer wc_…";
  return sendError(new ScimError(401, null, why), challenge(isSent ? 'error="invalid_token"' : undefined));
}

function refuseMethod(method: string, handlers: Handlers): Response {
  const allow = Object.keys(handlers)
    .flatMap((name) => (name === "GET" ? ["GET", "HEAD"] : [name]))
    .join(", ");
  return sendError(new ScimError(405, null, `${method} is not possible here.`), { allow });
}

const ifMatch = ({ request }: Call) => request.headers.get("if-match");

const BODY_ERRORS = {
  "wrong-content-type": new ScimError(415, null, "Send JSON with Content-Type: application/scim+json."),
  "body-too-large": new ScimError(413, null, "The body is larger than one megabyte."),
} as const;
const NUL = new ScimError(400, "invalidValue", "A text holds the character U+0000, which cannot be kept.");

async function readBody(request: Request): Promise<Record<string, unknown>> {
  const read = await readJson(request);
  if (!read.ok) {
    const known = read.code === "wrong-content-type" || read.code === "body-too-large" ? BODY_ERRORS[read.code] : null;
    throw known ?? new ScimError(400, "invalidSyntax", "The body cannot be read as JSON in UTF-8.");
  }
  const { resource } = read;
  if (typeof resource !== "object" || resource === null || Array.isArray(resource))
    throw new ScimError(400, "invalidSyntax", "The body has to be a JSON object.");
  if (holdsNul(JSON.stringify(resource))) throw NUL;
  return { ...resource };
}

const holdsNul = (text: string): boolean => text.includes("\u0000") || /(?<!\\)(?:\\\\)*\\u0000/.test(text);

function decode(part: string): string {
  try {
    const text = decodeURIComponent(part);
    if (!holdsNul(text)) return text;
  } catch {
    // Handled below.
  }
  throw notFound(part);
}
