// @ts-check
// What every request passes before Next, in one place: who is asking, from where, how much and how often; the headers
// of every answer; a line in the log; and a readable page if something went wrong (docs/decisions/032, 040).
import compression from "compression";
import { isLoopback } from "../../base/environment/environment.mjs";
import { shared } from "../../base/process-shared.mjs";
import { clientReader, networkOf, peerOf, proxyChecker } from "./client-address.mjs";
import { addHeaders, usualHeaders } from "./headers.mjs";
import { MOST_PIPELINED, openCounter, trackRequest } from "./open-connections.mjs";
import { finishPage } from "./page-response.mjs";
import { isOwnRequest, problemAnswer, watchResponse } from "./problem-answer.mjs";
import {
  discardRest,
  excessOf,
  hasBody,
  listTyped,
  PATIENCE,
  readBody,
  readFormFields,
  replayRequest,
  WITH_BODY,
} from "./request-body.mjs";
import { runRequest } from "./request-context.mjs";
import {
  aboutHealth,
  callIsSlowAfter,
  forProgram,
  fromCommand,
  isEmbedded,
  largeBodyOf,
  limitOf,
  pathForLog,
  routedPath,
  SPECULATION_RULES,
  USUAL_MOST_BYTES,
} from "./request-rules.mjs";
import { makeServer } from "./server.mjs";
import { continueTrace, readTraceContext, traceparentOf } from "./trace-context.mjs";

const METHODS = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"];
/** A path where nothing exists: Next fails on an address that cannot be decoded. */
const NOTHING = "/not-found";
const NOTHING_FOR_PROGRAMS = "/api/v1/nothing";
const TRY_AGAIN_AFTER_SECONDS = 10;
/** One of them keeps a processor busy for seconds and holds a hundred megabytes for as long. */
const MOST_LARGE_BODIES = 2;
const LARGE_BODY_WAIT_SECONDS = 60;
/** Log lines about these paths name who was refused. */
const REFUSALS = [400, 401, 403, 404, 405, 408, 413, 417, 421, 429];

/** @typedef {import("./problem-answer.mjs").Problem} Problem */
/** @typedef {import("./request-body.mjs").Refusal} Refusal */
/** @typedef {import("../../access/identity/visitor.ts").Visitor} Visitor */
/** @typedef {import("../../access/identity/visitor.ts").LargeBodySender} LargeBodySender */

/**
 * A server with all of this before Next's request handler. It is not listening yet.
 * @param {(req: import("node:http").IncomingMessage, res: import("node:http").ServerResponse) => unknown} handler
 * @param {object} options
 * @param {Pick<import("../../base/environment/environment.mjs").Env, "appUrl" | "evaluation" | "trustedProxies" | "mostConnections">} options.env
 * @param {() => string} options.origin at which this server reaches itself, such as http://127.0.0.1:3000
 * @param {import("./log.mjs").Log} options.log
 * @param {boolean} [options.keepsErrorPages] keeps Next's own, which show developers more
 * @param {import("node:events").EventEmitter} [options.upgrades] receives requests for another protocol, which the
 * development server handles; without it nobody does
 * @param {import("./request-body.mjs").Patience} [options.patience]
 * @returns {import("node:http").Server}
 */
export function makeFront(handler, { env, origin, log, keepsErrorPages = false, upgrades, patience = PATIENCE }) {
  /** @type {ReturnType<typeof hostReader> | undefined} */
  let hosts;
  /** @type {Front} */
  const front = {
    handler,
    env,
    origin,
    log,
    keepsErrorPages,
    patience,
    readClient: clientReader(env.trustedProxies),
    isProxy: proxyChecker(env.trustedProxies),
    headers: usualHeaders(env.appUrl),
    requestsUnderWay: openCounter(env.mostConnections),
    largeBodies: openCounter(MOST_LARGE_BODIES),
    hostOf: (target) => (hosts ??= hostReader(env, origin()))(target),
  };
  return makeServer({
    headers: front.headers,
    log,
    patience,
    isProxy: front.isProxy,
    mostConnections: env.mostConnections,
    take: (req, res) => void take(front, req, res).catch((error) => fail(error, res)),
    upgrade: upgrades && upgrade,
  });

  /** @param {import("node:http").IncomingMessage} req @param {import("node:stream").Duplex} socket @param {Buffer} head */
  function upgrade(req, socket, head) {
    const target = readTarget(req);
    if (target && front.hostOf(target) !== null) upgrades?.emit("upgrade", req, socket, head);
    else socket.destroy();
  }
}

/**
 * What stands before Next for every request.
 * @typedef {object} Front
 * @property {(req: import("node:http").IncomingMessage, res: import("node:http").ServerResponse) => unknown} handler Next's
 * @property {Pick<import("../../base/environment/environment.mjs").Env, "appUrl" | "evaluation">} env
 * @property {() => string} origin
 * @property {import("./log.mjs").Log} log
 * @property {boolean} keepsErrorPages
 * @property {import("./request-body.mjs").Patience} patience
 * @property {ReturnType<typeof clientReader>} readClient
 * @property {ReturnType<typeof proxyChecker>} isProxy
 * @property {ReturnType<typeof usualHeaders>} headers
 * @property {ReturnType<typeof openCounter>} requestsUnderWay
 * @property {ReturnType<typeof openCounter>} largeBodies
 * @property {ReturnType<typeof hostReader>} hostOf
 */

/** @typedef {ReturnType<typeof readAsked>} Asked */

/**
 * One request with its answer.
 * @typedef {object} Exchange
 * @property {Front} front
 * @property {import("node:http").IncomingMessage} req
 * @property {import("node:http").ServerResponse} res
 * @property {Asked} asked
 * @property {import("./request-context.mjs").RequestContext} context
 * @property {() => Promise<Visitor>} findVisitor
 * @property {import("../../base/request/context.ts").OpenSpan | undefined} span
 * @property {Buffer | null} body as far as it has been read
 * @property {boolean} isLarge it has one of the slots for large bodies
 */

/** @param {Front} front @param {import("node:http").IncomingMessage} req @param {import("node:http").ServerResponse} res */
async function take(front, req, res) {
  compress(req, res, () => {});
  addHeaders(res, front.headers);
  if (isOwnRequest(req)) {
    finishPage(res, { path: req.url ?? "/", isDevelopment: front.keepsErrorPages, context: {} });
    return void front.handler(req, res);
  }
  const asked = readAsked(req, front.readClient);
  const { network } = asked;
  res.setHeader("x-request-id", asked.id);
  const { span, trace } = beginTrace(req, asked);
  if (trace) res.setHeader("traceresponse", traceparentOf(trace));
  const [context, findVisitor] = [contextOf(asked, trace), visitorFinder(asked)];
  /** @type {Exchange} */
  const exchange = { front, req, res, asked, context, findVisitor, span, body: null, isLarge: false };
  let [done, isCounted] = [() => {}, false];
  finishPage(res, { path: asked.path, isDevelopment: front.keepsErrorPages, context });
  const unanswered = trackRequest(req, res, () => {
    done();
    if (isCounted) front.requestsUnderWay.giveBack(network);
    if (exchange.isLarge) front.largeBodies.giveBack("");
    void noteDone(exchange);
  });
  const { answer } = watchResponse(
    res,
    () => replacementOf(exchange),
    (problem) => wordsOf(exchange, problem),
  );
  /** @param {Refusal} problem */
  const refuse = (problem) => {
    if (isRestDue(req)) res.setHeader("connection", "close");
    answer({ requestId: asked.id, ...problem });
  };

  if (unanswered > MOST_PIPELINED) {
    res.statusCode = 429; // for the log: clients that send so many without reading are told nothing
    return void req.socket.destroy();
  }
  if (front.isProxy(peerOf(req.socket))) {
    isCounted = true;
    if (!front.requestsUnderWay.take(network))
      return refuse({ kind: "crowded", status: 429, waitSeconds: TRY_AGAIN_AFTER_SECONDS });
  }
  const misfit = misfitOf(exchange);
  if (misfit) return refuse(misfit);
  const expects = req.headers.expect !== undefined;
  const read = await readBody(req, {
    begin: () => void (expects && res.writeContinue()),
    askForMore: () => askForMore(exchange),
    patience: front.patience,
  });
  if (read === "broken-off") return void res.destroy();
  if (!Buffer.isBuffer(read)) return refuse(read);
  exchange.body = read;
  context.typed = () => listTyped(req.headers["content-type"] ?? "", read, asked.url);
  const excess = excessOf(req.headers["content-type"] ?? "", read);
  if (excess) return refuse({ kind: excess, status: 413 });
  done = runRequest(
    context,
    () => void serve(exchange, read, refuse).catch((error) => fail(error, res)),
    () => answer(away(exchange)),
  );
}

/**
 * Hands a complete request to Next, unless there were too many or it is answered here.
 * @param {Exchange} exchange
 * @param {Buffer} body
 * @param {(problem: Refusal) => void} refuse
 */
async function serve(exchange, body, refuse) {
  const { front, req, res, asked } = exchange;
  const { method, url, path, network, cookie, authorization } = asked;
  const kind = url && limitOf(method, url);
  const wait = kind && (await shared.limitRequest?.({ kind, network, cookie, authorization }));
  if (wait) return refuse({ kind: "too-many", status: 429, waitSeconds: wait });
  if (answerHere(req, res, path)) return;
  if (method === "HEAD") req.headers["purpose"] = "prefetch"; // nobody is looking at it: see is-page-view.ts
  await front.handler(replayRequest(req, body), res);
}

/**
 * What is answered here, before Next. @type {Readonly<Record<string, { type: string, cache: string, words: object }>>}
 */
const ANSWERS = {
  // Says that the process answers, whatever the state of its database: as long as this is 200, restarting would not
  // help.
  "/api/health/live": { type: "application/json", cache: "no-store", words: { status: "ok" } },
  // Which pages a browser may fetch in advance.
  "/speculation-rules.json": {
    type: "application/speculationrules+json",
    cache: "private, max-age=86400",
    words: SPECULATION_RULES,
  },
};

/**
 * @param {import("node:http").IncomingMessage} req
 * @param {import("node:http").ServerResponse} res
 * @param {string} path
 * @returns {boolean} whether it has been answered
 */
function answerHere({ method }, res, path) {
  const answer = Object.hasOwn(ANSWERS, path) ? ANSWERS[path] : undefined;
  if (!answer || (method !== "GET" && method !== "HEAD")) return false;
  res.setHeader("content-type", answer.type);
  res.setHeader("cache-control", answer.cache);
  res.end(method === "HEAD" ? undefined : JSON.stringify(answer.words));
  return true;
}

/** Written for Express, but needs nothing from it. @type {(req: object, res: object, next: () => void) => void} */
const compress = /** @type {Function} */ (compression()).bind(null);

/**
 * What is requested, and by whom. The request gets its id, and an address that Next can read.
 * @param {import("node:http").IncomingMessage} req
 * @param {Front["readClient"]} readClient
 */
function readAsked(req, readClient) {
  const { address, id } = readClient(req);
  const startedAt = performance.now();
  req.headers["x-request-id"] = id;
  const target = readTarget(req);
  const url = target?.url ?? null;
  const said = (req.url ?? "/").split("?", 1)[0] ?? "";
  const pathOfLog = url?.pathname ?? (/^(\/|\*$)/.test(said) ? said : "…"); // an address may contain a password
  // An address that cannot be decoded; nothing can be there.
  if (target)
    req.url = url
      ? routedPath(url.pathname, req.headers.accept) + url.search
      : said.startsWith("/api/v1/")
        ? NOTHING_FOR_PROGRAMS
        : NOTHING;
  const action = req.url ?? "/";
  const path = url?.pathname ?? action;
  if (isEmbedded(path)) delete req.headers.cookie; // whoever sees it there stays unknown
  return {
    id,
    startedAt,
    method: req.method ?? "",
    target,
    url,
    /** Path and query. */
    action,
    path,
    pathOfLog,
    address,
    network: networkOf(address),
    cookie: req.headers.cookie ?? null,
    authorization: req.headers.authorization ?? null,
    large: largeBodyOf(path),
  };
}

/**
 * The trace that a request belongs to: the one that it names, or with OpenTelemetry else one of its own.
 * @param {import("node:http").IncomingMessage} req
 * @param {Asked} asked
 */
function beginTrace(req, { method: name, pathOfLog }) {
  const parent = readTraceContext(req.headers);
  const known = METHODS.includes(name) ? name : "_OTHER";
  const attributes = { "http.request.method": known, "url.path": pathForLog(pathOfLog) };
  const span = aboutHealth(pathOfLog)
    ? undefined
    : shared.beginSpan?.({ name: known, kind: "server", attributes, parent });
  return { span, trace: span?.trace ?? (parent && continueTrace(parent)) };
}

/**
 * @param {Asked} asked
 * @param {import("../../base/request/context.ts").TraceContext | null} trace
 * @returns {import("./request-context.mjs").RequestContext}
 */
const contextOf = ({ id, startedAt, method, path, pathOfLog, action }, trace) => ({
  id,
  address: action,
  method,
  path: pathForLog(pathOfLog),
  trace,
  startedAt,
  slowAfterMs: callIsSlowAfter(path),
  calls: new Set(),
  hasDatabaseFailed: false,
  isCommitting: false,
});

/** Finds out who is asking, once. @param {Asked} asked @returns {() => Promise<Visitor>} */
function visitorFinder({ cookie, authorization, large }) {
  /** @type {Promise<Visitor> | undefined} */
  let visitor;
  return async () => {
    if (cookie === null && (authorization === null || large === null)) return NOBODY;
    visitor ??= shared.findVisitor?.({ cookie, authorization, from: large?.from ?? null });
    return (await visitor) ?? NOBODY;
  };
}

/** @param {import("node:http").IncomingMessage} req */
const isRestDue = (req) => hasBody(req) && !req.complete && !req.destroyed;

/** Answers with a problem. @param {Exchange} exchange @param {Problem} problem */
async function wordsOf(exchange, problem) {
  const { front, req, body, asked } = exchange;
  const isSentAgain = problem.kind === "too-many" || problem.kind === "away";
  const form = isSentAgain && body ? await readFormFields(req, body) : null;
  const whole = form ? { ...problem, form: { action: asked.action, ...form } } : problem;
  const words = await problemAnswer(whole, { path: asked.path, origin: front.origin() });
  return { status: problem.status, ...words, before: endRest(exchange) };
}

/**
 * How many bytes may come if more than usual are allowed. @param {Exchange} exchange @returns {Promise<Refusal |
 * number>}
 */
async function askForMore(exchange) {
  const { front, asked, findVisitor } = exchange;
  const { large } = asked;
  if (!large) return { kind: "too-large", status: 413, mostBytes: USUAL_MOST_BYTES };
  const found = await findVisitor().catch(
    (error) => void console.error(`Request ${asked.id} failed, who sends it is not known:`, error),
  );
  if (!found) return { kind: "away", status: 503, waitSeconds: TRY_AGAIN_AFTER_SECONDS };
  const { personId, maySendLarge } = found;
  if (!maySendLarge)
    return personId === null ? { kind: "signed-out", status: 401 } : { kind: "not-allowed", status: 403 };
  exchange.isLarge = true;
  return front.largeBodies.take("") ? large.bytes : { kind: "busy", status: 429, waitSeconds: LARGE_BODY_WAIT_SECONDS };
}

/** Waits for the rest of a request that has been answered. @param {Exchange} exchange */
function endRest({ front, req, findVisitor }) {
  if (!isRestDue(req)) return null;
  const found = findVisitor().catch(() => NOBODY);
  return found.then(({ personId }) => discardRest(req, personId !== null, front.patience));
}

/** @param {Exchange} exchange @returns {Problem} */
function away({ res, asked: { id }, context: { isCommitting: isUnsure } }) {
  res.removeHeader("set-cookie"); // whoever was to be signed in or out is not
  return { kind: "away", status: 503, requestId: id, waitSeconds: TRY_AGAIN_AFTER_SECONDS, isUnsure };
}

/** What replaces an answer that nobody could read. @param {Exchange} exchange @returns {Problem | null} */
function replacementOf(exchange) {
  const { front, req, res, asked, context } = exchange;
  const { id, method, path } = asked;
  const status = res.statusCode;
  // What changes something has not done it, also where a library passes over that and goes on.
  const isOver = status >= 500 || !["GET", "HEAD"].includes(method);
  if (context.hasDatabaseFailed && isOver && !aboutHealth(path)) return away(exchange);
  // Next's own script fetches pages with this, and has its own way with what failed; programs have their own words.
  const isForScript = Boolean(req.headers["rsc"] ?? req.headers["next-action"]);
  const isNoPage = forProgram(path) || /^\/(_next|\.well-known)\//.test(path);
  if (front.keepsErrorPages || method === "HEAD" || isForScript || isNoPage) return null;
  // A page that failed before Next drew it ends in a few plain words, or in none.
  const isPage = /^(text\/(html|plain).*)?$/.test(String(res.getHeader("content-type") ?? ""));
  if (!isPage || path === NOTHING || path === "/problem") return null;
  if (status === 404) return { kind: "not-found", status, requestId: id };
  if (status === 409 || status >= 500) return { kind: "failed", status, requestId: id, form: null };
  return null;
}

/**
 * Why a request is nothing for this portal, whoever sends it; null where it goes on, with one host.
 * @param {Exchange} exchange
 * @returns {Refusal | null}
 */
function misfitOf({ front: { env, hostOf }, req, res, asked: { method, target, path } }) {
  if (!METHODS.includes(method)) {
    res.setHeader("allow", METHODS.join(", "));
    return { kind: "not-understood", status: 405 };
  }
  if (!target) return { kind: "not-understood", status: 400 };
  const host = hostOf(target);
  if (host === null) return { kind: "misdirected", status: 421, appUrl: env.appUrl };
  req.headers.host = host;
  delete req.headers["x-forwarded-host"]; // said by the host now
  const { upgrade, expect } = req.headers;
  // What a request of this method brings is not read; and after an offer of another protocol comes that, or nothing.
  const isEnd = upgrade !== undefined || (hasBody(req) && !WITH_BODY.includes(method));
  if (isEnd) res.setHeader("connection", "close");
  // Some programs offer HTTP/2, and go on without it; nothing else that could be asked for is here.
  if (upgrade !== undefined && !/^h2c$/i.test(upgrade)) return { kind: "not-understood", status: 400 };
  if (expect !== undefined && !/^100-continue$/i.test(expect)) return { kind: "not-understood", status: 417 };
  return isCrossOrigin(req, path, env) ? { kind: "foreign", status: 403, appUrl: env.appUrl } : null;
}

/**
 * One line: no query, no name. Where somebody was refused, the client's address, and by its id who is signed in there.
 * @param {Exchange} exchange
 */
async function noteDone({ front: { log }, res, asked, context: { trace }, findVisitor, span }) {
  const { id, method, startedAt, pathOfLog: path, address } = asked;
  const status = res.statusCode;
  const ms = Math.round(performance.now() - startedAt);
  shared.requestDone?.({ method, status, seconds: ms / 1000 });
  span?.end({ attributes: { "http.response.status_code": status }, hasFailed: status >= 500 });
  if (!log.hasRequests) return;
  const level = status >= 500 ? "error" : aboutHealth(path) ? "debug" : "info";
  const line = { id, method, path: pathForLog(path), status, ms, ...(trace && { trace_id: trace.traceId }) };
  if (!REFUSALS.includes(status)) return log.write(level, line, "request");
  const { personId } = await findVisitor().catch(() => NOBODY);
  log.write(level, { ...line, address, ...(personId !== null && { person: personId }) }, "request");
}

/** @type {Visitor} */
const NOBODY = { personId: null, maySendLarge: false };

/** @param {unknown} error @param {import("node:http").ServerResponse} res */
function fail(error, res) {
  console.error(`Request ${String(res.getHeader("x-request-id"))} could not be taken:`, error);
  if (res.headersSent) return void res.destroy();
  res
    .writeHead(500, { "content-type": "text/plain; charset=utf-8" })
    .end("Something went wrong here. Wait a moment, then load the page again.");
}

// Whether another site made a browser send this. The session cookie is not sent from other sites; this also refuses if
// a browser is old or configured differently, and says so (OWASP, Cross-Site Request Forgery Prevention).

const SAFE = ["GET", "HEAD", "OPTIONS"];

/**
 * @param {import("node:http").IncomingMessage} req
 * @param {string} path
 * @param {{ appUrl: string, evaluation: boolean }} env
 * @returns {boolean}
 */
function isCrossOrigin(req, path, env) {
  if (SAFE.includes(req.method ?? "") || forProgram(path)) return false;
  const site = req.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  // Browsers of the last six years send the origin with every post; older ones at least the referring page.
  const source = req.headers.origin ?? req.headers.referer;
  if (source === undefined) return false; // not a browser: nobody's cookies were used without their knowledge
  if (!URL.canParse(source)) return true;
  const { origin, host } = new URL(source);
  if (origin === env.appUrl) return false;
  // In an evaluation, people type whatever address leads to this machine.
  return !(env.evaluation && host === req.headers.host);
}

// What a request is for: the address it asks for, in whichever form it is written (RFC 9112, 3.2), and whether that is
// this portal's. A server that answers to every name can be reached under an attacker's name (DNS rebinding).

/** In a URL a host may be written in ways that no browser sends. */
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{0,5})?$/i;
/**
 * @typedef {object} Target
 * @property {URL | null} url null for an address that cannot be decoded, where nothing can exist
 * @property {string | null} host null if the request names none
 */

/**
 * What a request asks for.
 * @param {import("node:http").IncomingMessage} req after headers from untrusted senders were removed
 * @returns {Target | null} null if it cannot be determined: `*`, another scheme, two hosts, none where one is required
 */
function readTarget(req) {
  // Bytes above 127 are kept, percent-encoded as in a URL.
  const asked = (req.url ?? "").replace(
    /[^\x21-\x7e]/g,
    (one) => `%${one.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  const hosts = req.headersDistinct["host"] ?? [];
  if (hosts.length > 1 || (hosts.length === 0 && req.httpVersion !== "1.0")) return null;
  const forwarded = req.headers["x-forwarded-host"];
  // A proxy appends the host that it was asked for; the first is the one that somebody typed.
  const named = forwarded === undefined ? hosts[0] : String(forwarded).split(",", 1)[0];
  const host = named === undefined ? null : named.trim();
  if (asked.startsWith("/")) return { url: readUrl(`http://portal.invalid${asked}`), host };
  if (!/^https?:\/\//i.test(asked)) return null;
  const url = readUrl(asked);
  if (!url || url.username || url.password) return null;
  return { url, host: forwarded === undefined ? url.host : host };
}

/**
 * An address in its normal form (RFC 3986, 6.2.2), so that rules for it apply however it is written.
 * @param {string} address
 */
function readUrl(address) {
  try {
    decodeURIComponent(address);
    const plain = address.replace(/%[0-9a-f]{2}/gi, (one) => {
      const sign = decodeURIComponent(one.replace(/%[89a-f]./i, "%25")); // those are parts of a character, and stay
      return /[\w.~-]/.test(sign) ? sign : one;
    });
    return new URL(plain);
  } catch {
    return null;
  }
}

/**
 * @param {{ appUrl: string, evaluation: boolean }} env
 * @param {string} origin of this server as commands on this machine reach it
 * @returns {(target: Target) => string | null} the portal's host in the form that browsers write, whichever of its
 *   names the request uses; null if the request is meant for another host
 */
function hostReader({ appUrl, evaluation }, origin) {
  const { protocol, host: given } = new URL(appUrl);
  const own = readHost(given, protocol)?.host ?? given;
  const listening = new URL(origin).host;
  return ({ url, host }) => {
    const path = url?.pathname ?? "";
    const asked = readHost(host ?? "", protocol);
    const isLocal = asked !== null && evaluation && isLoopback(asked.hostname);
    const isCommand = fromCommand(path) && asked?.host === listening;
    if (asked?.host === own || isLocal || isCommand) return asked?.host ?? own;
    return aboutHealth(path) ? own : null; // load balancers and monitoring address each machine by its own name
  };
}

/**
 * A host as browsers compare it: lower case, without a trailing dot or the default port.
 * @param {string} value
 * @param {string} protocol
 */
function readHost(value, protocol) {
  if (!HOST.test(value)) return null;
  try {
    const url = new URL(`${protocol}//${value}`);
    url.hostname = url.hostname.replace(/\.$/, "");
    return url;
  } catch {
    return null;
  }
}
