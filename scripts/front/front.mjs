// @ts-check
// What every request passes before Next, at one place: who asks, from where, how much and how often; the headers of every
// answer; a line in the log; and a page that can be read where something went wrong (docs/decisions/032).
import { aboutHealth, callIsSlowAfter, limitOf, mostBytes, pathForLog } from "./place.mjs";
import { again, readBody, readFields } from "./body.mjs";
import { clientReader } from "./client.mjs";
import { isForeign } from "./foreign.mjs";
import { addHeaders, usualHeaders } from "./header.mjs";
import { isOwnRequest, problemAnswer } from "./problem.mjs";
import { runRequest } from "./request.mjs";
import { watchResponse } from "./response.mjs";
import { readSessionToken } from "../../server/cookie-name.mjs";

const METHODS = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"];
/** Where nothing is: Next fails on an address that is no text. */
const NOTHING = "/not-found";
const NOTHING_FOR_PROGRAMS = "/api/v1/nothing";
const TRY_AGAIN_AFTER_SECONDS = 10;

/** @typedef {import("./problem.mjs").Problem} Problem */
/** @typedef {(asked: { kind: string, address: string, cookie: string | null, authorization: string | null }) => Promise<number | null>} Limiter */

/** What the portal's code leaves for us (server/start.ts), and others for it. */
const shared =
  /** @type {{ withCareLimit?: Limiter, withCareRequestDone?: (done: { method: string, status: number, seconds: number }) => void }} */ (
    globalThis
  );

/**
 * Wraps Next's request handler.
 * @param {(req: import("node:http").IncomingMessage, res: import("node:http").ServerResponse) => unknown} handler
 * @param {object} options
 * @param {Pick<import("../../server/environment.mjs").Env, "appUrl" | "evaluation" | "trustedProxies">} options.env
 * @param {string} options.origin of this server as it reaches itself, such as http://127.0.0.1:3000
 * @param {import("./log.mjs").Log} options.log
 * @param {boolean} [options.keepsErrorPages] Next's own, which show developers more
 * @returns {import("node:http").RequestListener}
 */
export function front(handler, { env, origin, log, keepsErrorPages = false }) {
  const readClient = clientReader(env.trustedProxies);
  const headers = usualHeaders(env.appUrl);
  return (req, res) => void take(req, res).catch((error) => fail(error, res));

  /** @param {import("node:http").IncomingMessage} req @param {import("node:http").ServerResponse} res */
  async function take(req, res) {
    addHeaders(res, headers);
    if (isOwnRequest(req)) return void handler(req, res);
    const { address, id } = readClient(req);
    const startedAt = performance.now();
    req.headers["x-request-id"] = id;
    res.setHeader("x-request-id", id);
    const method = req.method ?? "";
    const asked = req.url ?? "/";
    let done = () => {};
    res.once("close", () => {
      done();
      noteDone({ id, method, path: asked.split("?", 1)[0] ?? "", status: res.statusCode, address }, startedAt);
    });
    if (!METHODS.includes(method)) return void res.writeHead(405, { allow: METHODS.join(", ") }).end();
    // An address that is no text; nothing can be there.
    const url = readUrl(asked);
    if (!url) req.url = asked.startsWith("/api/v1/") ? NOTHING_FOR_PROGRAMS : NOTHING;
    const path = url?.pathname ?? req.url ?? "/";
    const cookie = req.headers.cookie ?? null;
    const isKnown = readSessionToken(cookie, env.appUrl) !== null || req.headers.authorization !== undefined;
    /** @type {import("./request.mjs").RequestContext} */
    const context = {
      ...{ id, startedAt, slowAfterMs: callIsSlowAfter(path), calls: new Set() },
      ...{ hasDatabaseFailed: false, isCommitting: false },
    };

    const say = async (/** @type {Problem} */ problem) => ({
      status: problem.status,
      ...(await problemAnswer(problem, { path, origin })),
    });
    const { answer } = watchResponse(res, () => replaced(), say);
    /** @param {Pick<Problem, "kind" | "status"> & Partial<Problem>} problem */
    const refuse = (problem) => answer({ requestId: id, ...problem });

    if (isForeign(req, path, env)) return refuse({ kind: "foreign", status: 403, appUrl: env.appUrl });
    const most = mostBytes(path, isKnown);
    const body = await readBody(req, most);
    if (body === "broken-off") return void res.destroy();
    if (body === "too-large") {
      res.setHeader("connection", "close");
      return refuse({ kind: "too-large", status: 413, mostBytes: most });
    }
    const form = method === "POST" && path.startsWith("/") ? await readFields(req, body) : null;
    const sent = form && { action: asked, ...form };
    const kind = url && limitOf(method, url);
    const served = async () => {
      const authorization = req.headers.authorization ?? null;
      const wait = kind && (await shared.withCareLimit?.({ kind, address, cookie, authorization }));
      if (wait) return refuse({ kind: "too-many", status: 429, waitSeconds: wait, form: sent });
      return handler(again(req, body), res);
    };
    done = runRequest(
      context,
      () => void served().catch((error) => fail(error, res)),
      () => answer(away()),
    );

    /** @returns {Problem} */
    function away() {
      res.removeHeader("set-cookie"); // who was to be signed in or out is not
      const isUnsure = context.isCommitting;
      return { kind: "away", status: 503, requestId: id, waitSeconds: TRY_AGAIN_AFTER_SECONDS, form: sent, isUnsure };
    }

    /** @returns {Problem | null} */
    function replaced() {
      const status = res.statusCode;
      // What changes something has not done it, also where a library passes over that and goes on.
      const isOver = status >= 500 || !["GET", "HEAD"].includes(method);
      if (context.hasDatabaseFailed && isOver && !aboutHealth(path)) return away();
      // Next's own script fetches pages with this, and has its own way with what failed; programs have their own words.
      const isForScript = Boolean(req.headers["rsc"] ?? req.headers["next-action"]);
      if (keepsErrorPages || method === "HEAD" || isForScript || /^\/(api|scim|_next|\.well-known)\//.test(path))
        return null;
      // A page that failed before Next drew it ends in a few plain words, or in none.
      const isPage = /^(text\/(html|plain).*)?$/.test(String(res.getHeader("content-type") ?? ""));
      if (!isPage || path === NOTHING || path === "/problem") return null;
      if (status === 404) return { kind: "not-found", status, requestId: id };
      if (status === 409 || status >= 500) return { kind: "failed", status, requestId: id, form: null };
      return null;
    }
  }

  /**
   * One line: no query, no name; the client's address only where somebody was refused.
   * @param {{ id: string, method: string, path: string, status: number, address: string }} request
   * @param {number} startedAt
   */
  function noteDone({ id, method, path, status, address }, startedAt) {
    const ms = Math.round(performance.now() - startedAt);
    shared.withCareRequestDone?.({ method, status, seconds: ms / 1000 });
    if (!log.hasRequests) return;
    const level = status >= 500 ? "error" : aboutHealth(path) ? "debug" : "info";
    const isRefused = [401, 403, 413, 429].includes(status);
    log.write(level, { id, method, path: pathForLog(path), status, ms, ...(isRefused && { address }) }, "request");
  }
}

/** @param {unknown} error @param {import("node:http").ServerResponse} res */
function fail(error, res) {
  console.error("A request could not be taken:", error);
  if (res.headersSent) return void res.destroy();
  res.writeHead(500, { "content-type": "text/plain; charset=utf-8" }).end("Something went wrong here. Wait a moment, then load the page again."); // prettier-ignore
}

/** @param {string} asked */
function readUrl(asked) {
  try {
    return decodeURIComponent(asked) === "" ? null : new URL(asked, "http://portal.invalid");
  } catch {
    return null;
  }
}
