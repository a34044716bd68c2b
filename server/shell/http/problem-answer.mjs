// @ts-check
// The answer if a request cannot be served: a whole page that needs no script and no database, or for programs the
// format that they read. The page looks up what to say by an unguessable number (server/base/request/problem.ts).
import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import { shared } from "../../base/process-shared.mjs";
import { forProgram as isProgramPath } from "./request-rules.mjs";

/**
 * @typedef {object} Problem
 * @property {"not-found" | "failed" | "away" | "foreign" | "misdirected" | "not-understood" | "signed-out" | "not-allowed" | "too-large" | "too-many-fields" | "too-complex" | "too-slow" | "too-many" | "busy" | "crowded"} kind
 * @property {number} status
 * @property {string} requestId
 * @property {number} [waitSeconds] after which it is worth trying again
 * @property {number} [mostBytes]
 * @property {string} [appUrl] the address at which to open this portal
 * @property {{ action: string, fields: { name: string, value: string }[], hasFile: boolean } | null} [form] what was sent
 * @property {boolean} [isUnsure] no answer to the commit was received: it may have been saved
 */

const NOT_FOUND = "/not-found";
const PROBLEM = "/problem";
export const PROBLEM_HEADER = "x-with-care-problem";

/** @typedef {import("../../base/request/problem.ts").RequestProblem} RequestProblem those kinds that a page shows */
/** @type {Map<string, RequestProblem>} */
const waiting = new Map();
shared.problems = waiting;

/** Whether this is our own request for the page that says what is wrong. @param {import("node:http").IncomingMessage} req */
export const isOwnRequest = (req) => waiting.has(String(req.headers[PROBLEM_HEADER] ?? ""));

const TOO_LARGE = [
  "body-too-large",
  "The body is too large",
  "Send at most one megabyte, 100,000 values, 32 levels deep; more situations in another request.",
];
const TOO_MANY = [
  "too-many-requests",
  "Too many requests",
  "Wait as many seconds as the header `Retry-After` says, then go on more slowly.",
];
/** The code and the words that programs get: those of domain/answers/api/problem.ts. */
const FOR_PROGRAMS = {
  misdirected: [
    "misdirected",
    "This portal has another address",
    "Send the request to the portal's own address, and name that as its host.",
  ],
  "signed-out": [
    "unauthenticated",
    "A valid token is needed",
    "There is no token, or it is not valid: unknown, revoked or expired. Ask an administrator of the portal for one.",
  ],
  "too-slow": [
    "too-slow",
    "The body took too long to arrive",
    "Send it again, faster or in smaller parts. Nothing was done.",
  ],
  "too-large": TOO_LARGE,
  "too-many-fields": TOO_LARGE,
  "too-complex": TOO_LARGE,
  busy: TOO_MANY,
  crowded: TOO_MANY,
  "too-many": TOO_MANY,
  away: [
    "unavailable",
    "The portal cannot reach its database",
    "Nothing was changed. Wait as many seconds as the header `Retry-After` says, then send the same again.",
  ],
  failed: [
    "unexpected",
    "Something went wrong here",
    "The fault is the portal's. Wait a moment and try again; if it stays, tell who runs the portal.",
  ],
};

/**
 * The headers and the body of the answer.
 * @param {Problem} problem
 * @param {{ path: string, origin: string }} where the address that was requested; how this server reaches itself
 * @returns {Promise<{ headers: Record<string, string>, body: Buffer }>}
 */
export async function problemAnswer(problem, { path, origin }) {
  const wait = problem.waitSeconds === undefined ? {} : { "retry-after": String(problem.waitSeconds) };
  if (problem.kind === "not-understood") return withLength(inWords(problem));
  if (isProgramPath(path)) return withLength({ ...wait, ...forProgram(problem, path) });
  // A page's own styles would be refused as well.
  if (problem.kind === "misdirected") return withLength(plainPage(problem));
  // Under overload there are very many at once: a page for each would cost what refusing them saves.
  const isPlain = problem.kind === "crowded" || /^\/(_next|\.well-known)\//.test(path);
  if (isPlain) return withLength({ ...wait, ...inWords(problem) });
  const id = randomUUID();
  waiting.set(id, /** @type {RequestProblem} */ (problem));
  try {
    const headers = { "accept-encoding": "identity", [PROBLEM_HEADER]: id };
    const page = await fetch(origin + (problem.kind === "not-found" ? NOT_FOUND : PROBLEM), {
      headers,
      redirect: "manual",
    });
    if (page.status >= 500) throw new Error(`The page answered ${page.status}.`);
    const kept = [...page.headers].filter(([name]) => !NOT_KEPT.test(name));
    return withLength({ ...wait, ...Object.fromEntries(kept), body: Buffer.from(await page.arrayBuffer()) });
  } catch {
    // The server is stopping, or in such a bad state that even this page fails: plain words are better than nothing.
    return withLength({ ...wait, ...inWords(problem) });
  } finally {
    waiting.delete(id);
  }
}

const NOT_KEPT = /^(connection|keep-alive|transfer-encoding|content-length|date|set-cookie|x-request-id|link|etag)$/;

/** @typedef {Record<string, string | Buffer> & { body: Buffer }} Parts */

/** @param {Record<string, string | Buffer>} parts */
function withLength({ body, ...headers }) {
  const whole = Buffer.isBuffer(body) ? body : Buffer.from(body ?? "");
  return {
    headers: { .../** @type {Record<string, string>} */ (headers), "content-length": String(whole.length) },
    body: whole,
  };
}

/** @param {Problem} problem @param {string} path */
function forProgram(problem, path) {
  const known = problem.kind in FOR_PROGRAMS ? problem.kind : "failed";
  const [code, title, detail = ""] = FOR_PROGRAMS[/** @type {keyof typeof FOR_PROGRAMS} */ (known)];
  if (path.startsWith("/scim")) {
    const said = { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: String(problem.status), detail };
    return { "content-type": "application/scim+json", body: JSON.stringify(said) };
  }
  const type = `/api/v1/openapi.json#/components/responses/${code}`;
  const said = { type, title, status: problem.status, detail };
  return { "content-type": "application/problem+json", vary: "Authorization", body: JSON.stringify(said) };
}

const WORDS = {
  "not-found": "There is nothing here.",
  failed: "Something went wrong here. Wait a moment, then load the page again.",
  away: "The portal cannot reach its database. Nothing was saved. Wait a moment, then try again.",
  foreign: "This form was sent from another site.",
  misdirected: "This is not the address of the portal.",
  "not-understood": "The portal does not take requests of this kind.",
  "signed-out": "Sign in, then send it again.",
  "not-allowed": "You may not send this.",
  "too-large": "This is more than we can take, so it was not kept.",
  "too-many-fields": "This form has more fields than we can take, so nothing was saved.",
  "too-complex": "This is more than we can take, so it was not kept.",
  "too-slow": "It took too long to arrive, so nothing was saved. Send it again.",
  "too-many": "You asked for this too often. Wait a moment, then try again.",
  busy: "Somebody else is sending a large file. Wait a minute, then send yours again.",
  crowded: "Too much is asked from your network at once. Wait a moment, then try again.",
};

/** @param {Problem} problem */
function plainPage({ appUrl = "", requestId }) {
  const title = "This portal has another address";
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title></head><body><h1>${title}</h1><p>Nothing was done. Open it here, and correct your bookmark: <a href="${appUrl}">${appUrl}</a></p><p>If you run this portal and people reach it by this address, set APP_URL to it.</p><p>If you ask for help, give this number: ${requestId}</p></body></html>`;
  return { "content-type": "text/html; charset=utf-8", body };
}

/** @param {Problem} problem */
function inWords({ kind, status, requestId }) {
  const body = `${STATUS_CODES[status] ?? "Error"}: ${WORDS[kind]} (${requestId})`;
  return { "content-type": "text/plain; charset=utf-8", body };
}

// @ts-check
// For a page that is missing or failed, Next answers with an empty document that only its script fills. Those pages
// must be readable without JavaScript as well, so a whole page takes their place (docs/decisions/005).

/**
 * Watches a response: if `problemFor` finds that the handler's answer has to be replaced, `say` says by what; and
 * anybody may take the response from the handler as long as nothing of it was sent.
 * @template Problem
 * @param {import("node:http").ServerResponse} res
 * @param {() => Problem | null} problemFor called when the handler begins to answer; status and headers are in `res`
 * @param {(problem: Problem) => Promise<{ status: number, headers: Record<string, string>, body: Buffer, before?: Promise<void> | null }>} say
 * `before` completes what has to come before the end of the answer
 * @returns {{ answer(problem: Problem): void }} takes over the response, unless its head was sent
 */
export function watchResponse(res, problemFor, say) {
  const [write, end, writeHead, flushHeaders] = [res.write, res.end, res.writeHead, res.flushHeaders].map((method) =>
    /** @type {Function} */ (method).bind(res),
  );
  /** @type {Problem | null} */
  let problem = null;
  let isTaken = false;
  const isReplaced = () => {
    if (!isTaken && problem === null && !res.headersSent) problem = problemFor();
    return isTaken || problem !== null;
  };
  Object.assign(res, {
    /** @param {unknown[]} args */
    write: (...args) => (isReplaced() ? true : write?.(...args)),
    /** @param {unknown[]} args */
    end: (...args) => {
      if (!isReplaced()) return end?.(...args);
      if (problem !== null) take(problem);
      return res;
    },
    // The first write sends the status line; if a page replaces the answer, it has to wait for that page.
    /** @param {unknown[]} args */
    writeHead: (...args) => {
      if (!isTaken && typeof args[0] === "number") res.statusCode = args[0];
      return isReplaced() ? res : writeHead?.(...args);
    },
    flushHeaders: () => void (isReplaced() || flushHeaders?.()),
  });
  return { answer: take };

  /** @param {Problem} found */
  function take(found) {
    if (isTaken || res.headersSent) return;
    isTaken = true;
    for (const name of res.getHeaderNames()) if (!KEPT.includes(name)) res.removeHeader(name);
    // Whatever the handler still writes is discarded.
    const { setHeader, setHeaders, appendHeader, removeHeader } = res;
    const ignore = () => res;
    Object.assign(res, { setHeader: ignore, setHeaders: ignore, appendHeader: ignore, removeHeader: ignore });
    void say(found).then(async ({ status, headers, body, before }) => {
      if (res.destroyed) return;
      Object.assign(res, { setHeader, setHeaders, appendHeader, removeHeader });
      writeHead?.(status, headers);
      if (res.req.method !== "HEAD") write?.(body);
      await before;
      end?.();
    });
  }
}

const KEPT = ["set-cookie", "x-request-id", "traceresponse", "connection", "allow"];
