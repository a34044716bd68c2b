import { createHash } from "node:crypto";
import type { z } from "zod";
import { readBytes } from "#app/_portal/receive-form.ts";
import { TOKEN_SCOPE_WORDS } from "#domain/access/api-token/api-token.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { isNotModified } from "#domain/answers/api/entity-tag.ts";
import { type ApiAnswer, type ApiRefusal, refuse } from "#domain/answers/api/evaluation-schema.ts";
import { type ApiMethod, type ApiPath, type Operation, OPERATIONS } from "#domain/answers/api/openapi.ts";
import { makeProblem, PROBLEMS } from "#domain/answers/api/problem.ts";
import { isDay } from "#domain/base/calendar/calendar.ts";
import { identifyProgram, type Program } from "#server/access/api-token/service.ts";
import type { VersionAddress } from "#server/answers/api/queries.ts";

/** What a handler receives: who asks, about what, and what was sent. */
export interface Call {
  actor: Actor;
  /** Its slug is "" if the path has none. */
  address: VersionAddress;
  query: URLSearchParams;
  /** JSON of any shape, for operations that take a body. */
  sent: unknown;
  program: Program;
  /** The header Idempotency-Key, of operations that write; else "". */
  key: string;
}

type Handler<Resource> = (call: Call) => Promise<ApiAnswer<Resource>>;
type Operations = Partial<Record<ApiMethod, Operation>>;
type Handlers<Of extends Operations> = {
  [Method in keyof Of]: Of[Method] extends { response: z.ZodType<infer Resource> } ? Handler<Resource> : never;
};

/** For the address without parts, Next gives no array at all, not even an empty one. */
type Context = { params: Promise<{ path?: string[] } | undefined> };
type Take = (request: Request, context: Context) => Promise<Response>;

/**
 * The route handlers of every address below /api/v1. They find out which program asks and whether its token allows it,
 * read what was sent, and answer with a resource and its entity tag, or with a problem. They handle every method, and
 * every address, so that unsupported ones get a problem as well.
 */
export function serve(all: { [Path in ApiPath]: Handlers<(typeof OPERATIONS)[Path]> }) {
  const take: Take = async (request, { params }) => {
    try {
      const { path, ...address } = find((await params)?.path ?? []);
      const operations: Operations | null = path && OPERATIONS[path];
      const handlers: Partial<Record<ApiMethod, Handler<unknown>>> = path ? all[path] : {};
      const method = methodOf(request);
      const operation = (method && operations?.[method]) || null;
      const program = await identifyProgram(request.headers.get("authorization"));
      const refusal = refusalOf(request, operations, operation, program);
      if (refusal || !method || !operation) return refusal ?? sendProblem({ code: "not-found" });
      const query = new URL(request.url).searchParams;
      const on = operation.hasDay ? readDay(query) : { ok: true as const, resource: undefined };
      if (!on.ok) return sendProblem(on);
      const key = request.headers.get("idempotency-key") ?? "";
      if (operation.isWrite && !/^[\x21-\x7e]{1,255}$/.test(key)) return sendProblem({ code: "key-missing" });
      const read = operation.request ? await readJson(request) : null;
      if (read?.ok === false) return sendProblem(read);
      const answer = await handlers[method]?.({
        actor: (program ?? NO_PROGRAM).actor,
        address: { ...address, on: on.resource },
        query,
        sent: read?.resource,
        program: program ?? NO_PROGRAM,
        key,
      });
      if (!answer?.ok) return sendProblem(answer ?? { code: "not-found" });
      if (operation.isWrite) return sendCreated(answer.resource);
      return method === "GET" ? sendReadable(request, answer.resource) : sendResult(answer.resource);
    } catch (error) {
      console.error(`${request.method} ${new URL(request.url).pathname} failed:`, error);
      return sendProblem({ code: "unexpected" });
    }
  };
  return { GET: take, HEAD: take, POST: take, PUT: take, PATCH: take, DELETE: take, OPTIONS: take };
}

/** The day to decide for, taken out of the query; undefined for today. */
function readDay(query: URLSearchParams): ApiAnswer<string | undefined> {
  const [day, ...more] = query.getAll("on");
  query.delete("on");
  if (day === undefined) return { ok: true, resource: undefined };
  if (more.length === 0 && isDay(day)) return { ok: true, resource: day };
  const detail = `"${[day, ...more].join(", ")}" is no day. Send one that exists, such as 2027-03-31, or leave it out for today.`;
  return refuse([{ detail, parameter: "on" }]);
}

/** Who reads what needs no token: has no permissions. */
const NO_PROGRAM: Program = {
  actor: { personId: "", name: "", email: "", roles: [], body: "", employer: "", team: null },
  tokenId: "",
  madeById: "",
  scopes: [],
};

function methodOf({ method }: Request): ApiMethod | null {
  if (method === "HEAD") return "GET";
  return method === "GET" || method === "POST" ? method : null;
}

/** Why a request is refused; null if it may proceed. Without a valid token it reveals nothing, not even what exists. */
function refusalOf(
  request: Request,
  operations: Operations | null,
  operation: Operation | null,
  program: Program | null,
): Response | null {
  const scope = operation?.scope;
  if (scope === null) return null;
  if (!program) {
    const isSent = request.headers.has("authorization");
    return sendProblem({ code: "unauthenticated" }, challenge(isSent ? 'error="invalid_token"' : undefined));
  }
  if (!operations) return sendProblem({ code: "not-found" });
  if (scope === undefined) return sendProblem({ code: "method-not-allowed" }, { allow: allowed(operations) });
  if (program.scopes.includes(scope)) return null;
  const detail = `This token was made without the scope "${scope}": ${TOKEN_SCOPE_WORDS[scope]}. Ask an administrator for another.`;
  return sendProblem({ code: "missing-scope", detail }, challenge(`error="insufficient_scope", scope="${scope}"`));
}

const allowed = (operations: Operations): string =>
  Object.keys(operations)
    .flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]))
    .join(", ");

const PATHS = Object.keys(OPERATIONS) as ApiPath[];

/** Which path of the document an address has, null for none, and what stands in its place of a slug and a version. */
function find(parts: readonly string[]): Pick<VersionAddress, "slug" | "version"> & { path: ApiPath | null } {
  for (const path of PATHS) {
    const names = path.slice(1).split("/");
    if (names.length !== parts.length) continue;
    if (!names.every((name, at) => name.startsWith("{") || name === parts[at])) continue;
    const part = (name: string) => parts[names.indexOf(name)];
    return { path, slug: part("{slug}") ?? "", version: part("{version}") };
  }
  return { path: null, slug: "", version: undefined };
}

const MOST_BYTES = 1_000_000;

/** The JSON that a program sent, of any shape; refused if it is too large, not JSON, or declared as something else. */
export async function readJson(request: Request): Promise<ApiAnswer<unknown>> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/(json|[\w.-]+\+json)\s*(;|$)/i.test(type)) return { ok: false, code: "wrong-content-type" };
  try {
    const bytes = await readBytes(request, MOST_BYTES);
    if (bytes === null) return { ok: false, code: "body-too-large" };
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { ok: true, resource: JSON.parse(text, refusePrototype) as unknown };
  } catch {
    return { ok: false, code: "unreadable-body" };
  }
}

/** A name with a special meaning in objects: no fact has it. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new SyntaxError("No name may be __proto__.");
  return value;
}

/** A resource that can be fetched again: with its entity tag, or without a body if the client has it already. */
function sendReadable(request: Request, resource: unknown): Response {
  const text = JSON.stringify(resource);
  const etag = `"${createHash("sha256").update(text, "utf8").digest("base64url")}"`;
  const headers = { etag, "cache-control": "private, no-cache", vary: "Authorization" };
  if (isNotModified(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  return new Response(text, { headers: { ...headers, "content-type": "application/json" } });
}

/** The result of a request that had a body. */
const sendResult = (
  resource: unknown,
  { status = 200, location }: { status?: number; location?: string } = {},
): Response =>
  new Response(JSON.stringify(resource), {
    status,
    headers: {
      "content-type": "application/json",
      "cache-control": "no-store",
      vary: "Authorization",
      ...(location !== undefined && { location }),
    },
  });

/** What was written, and where it is in the portal. */
function sendCreated(resource: unknown): Response {
  const hasAddress = typeof resource === "object" && resource !== null && "address" in resource;
  return sendResult(resource, { status: 201, ...(hasAddress && { location: String(resource.address) }) });
}

/** @param headers in addition to those of every problem */
const sendProblem = (
  { code, detail, errors }: Pick<ApiRefusal, "code" | "detail" | "errors">,
  headers: Record<string, string> = {},
): Response =>
  new Response(JSON.stringify(makeProblem(code, detail, errors)), {
    status: PROBLEMS[code].status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      vary: "Authorization",
      ...headers,
    },
  });

/** The header that says how to authenticate. @param more why what was sent is not sufficient */
export function challenge(more?: string): Record<string, string> {
  return { "www-authenticate": ['Bearer realm="With Care"', more].filter(Boolean).join(", ") };
}
