// @ts-check
// Request bodies, read in full and within limits before anything is done with them.
import { IncomingMessage } from "node:http";
import { USUAL_MOST_BYTES } from "./request-rules.mjs";

/** The bodies of other methods are not read. */
export const WITH_BODY = ["POST", "PUT", "PATCH", "DELETE"];
/** More than any of our forms needs. The cost of parsing a form depends on its fields, not its bytes. */
export const MOST_FIELDS = 2_000;
/** Enough for a thousand situations, or for the members of a large group. */
const MOST_VALUES = 100_000;
const MOST_DEPTH = 32;
/** For all bodies of normal size that are being read at this moment. */
const MOST_HELD_BYTES = 256_000_000;
const LOOK_EVERY_MS = 250;
/** What arrives after a refusal is discarded, since a browser shows an answer only once it could send everything. */
const LINGER_BYTES = 2_000_000;
const KNOWN_LINGER_BYTES = 50_000_000;

/**
 * How long the front handler waits for slow clients.
 * @typedef {object} Patience
 * @property {number} headersMs until the head of a request has arrived
 * @property {number} bodyGraceMs before the rate of a body counts
 * @property {number} bytesPerSecond the slowest average rate at which a body may arrive
 * @property {number} bodyMs for a whole body
 * @property {number} largeBodyMs for one that is larger than usual
 * @property {number} lingerMs after a refusal, for what is still being sent
 * @property {number} knownLingerMs the same for somebody who is signed in
 * @property {number} silenceMs on a connection while a request is in progress: not a byte in either direction
 */

/** @type {Readonly<Patience>} */
export const PATIENCE = {
  headersMs: 15_000,
  bodyGraceMs: 10_000,
  bytesPerSecond: 1_000,
  bodyMs: 60_000,
  largeBodyMs: 300_000,
  lingerMs: 2_000,
  knownLingerMs: 60_000,
  silenceMs: 300_000,
};

/** @typedef {{ name: string, value: string }[]} Fields */
/** @typedef {Pick<import("./problem-answer.mjs").Problem, "kind" | "status"> & Partial<import("./problem-answer.mjs").Problem>} Refusal */

let heldBytes = 0;

/** Whether a request says that it brings something. @param {IncomingMessage} req */
export const hasBody = ({ headers }) =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/**
 * Reads a request's body, as long as it arrives fast enough.
 * @param {IncomingMessage} req
 * @param {object} options
 * @param {() => void} options.begin called before the first byte is read: sends 100 Continue if the client waits for it
 * @param {() => Promise<Refusal | number>} options.askForMore called at most once, if the body is larger than usual and
 *   before more is read: the most bytes that may come, or why they may not
 * @param {Patience} options.patience
 * @returns {Promise<Buffer | Refusal | "broken-off">}
 */
export function readBody(req, { begin, askForMore, patience }) {
  if (!WITH_BODY.includes(req.method ?? "")) return Promise.resolve(Buffer.alloc(0));
  const declared = Number(req.headers["content-length"] ?? 0);
  const startedAt = performance.now();
  return new Promise((resolve) => {
    /** @type {Buffer[]} */
    const chunks = [];
    let [size, held, most] = [0, 0, USUAL_MOST_BYTES];
    const timer = setInterval(() => {
      const ms = performance.now() - startedAt;
      const isLate = ms > (most > USUAL_MOST_BYTES ? patience.largeBodyMs : patience.bodyMs);
      const isSlow = ms > patience.bodyGraceMs && size < (ms / 1_000) * patience.bytesPerSecond;
      if (isLate || isSlow) finish({ kind: "too-slow", status: 408 });
    }, LOOK_EVERY_MS).unref();
    const listeners = { data: take, end: () => finish(Buffer.concat(chunks)), error: breakOff, close: breakOff };
    for (const [event, listener] of Object.entries(listeners)) req.on(event, listener);
    req.pause();
    if (declared > most) void askMore();
    else goOn();

    function goOn() {
      begin();
      req.resume();
    }

    /** @param {Buffer} chunk */
    function take(chunk) {
      size += chunk.length;
      chunks.push(chunk);
      if (most === USUAL_MOST_BYTES) hold(chunk.length);
      if (heldBytes > MOST_HELD_BYTES) finish({ kind: "busy", status: 429, waitSeconds: 10 });
      else if (size > most) void askMore();
    }

    async function askMore() {
      req.pause();
      const more = most === USUAL_MOST_BYTES ? await askForMore() : most;
      if (typeof more !== "number") return finish(more);
      if (Math.max(declared, size) > more) return finish({ kind: "too-large", status: 413, mostBytes: more });
      hold(-held);
      most = more;
      goOn();
    }

    /** @param {number} bytes */
    function hold(bytes) {
      held += bytes;
      heldBytes += bytes;
    }

    function breakOff() {
      finish("broken-off");
    }

    /** @param {Buffer | Refusal | "broken-off"} outcome */
    function finish(outcome) {
      clearInterval(timer);
      hold(-held);
      for (const [event, listener] of Object.entries(listeners)) req.off(event, listener);
      req.on("error", () => {}); // a client that goes away is noticed where the answer is sent
      if (!Buffer.isBuffer(outcome)) req.pause();
      resolve(outcome);
    }
  });
}

/**
 * Discards the rest of a request that was refused: not for long, and not much.
 * @param {IncomingMessage} req
 * @param {boolean} isKnown whether the sender is signed in
 * @param {Patience} patience
 * @returns {Promise<void>} when everything has arrived, or enough of it
 */
export function discardRest(req, isKnown, patience) {
  const most = isKnown ? KNOWN_LINGER_BYTES : LINGER_BYTES;
  let left = most;
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, isKnown ? patience.knownLingerMs : patience.lingerMs).unref();
    const stop = () => (clearTimeout(timer), resolve());
    req.on("data", (chunk) => {
      left -= chunk.length;
      if (left < 0) req.pause(); // it waits; the answer can be read meanwhile
    });
    for (const event of ["end", "close", "error"]) req.once(event, stop);
    req.resume();
  });
}

/**
 * The request again for the next handler, since its body has been read.
 * @param {IncomingMessage} req
 * @param {Buffer} body
 * @returns {IncomingMessage}
 */
export function replayRequest(req, body) {
  if (!WITH_BODY.includes(req.method ?? "")) return req;
  const copy = new IncomingMessage(req.socket);
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = req;
  Object.assign(copy, { method, url, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor, complete: true });
  copy.headers = headers;
  if (body.length > 0) copy.push(body);
  copy.push(null);
  return copy;
}

/**
 * Whether a body has so many parts that parsing it would cost more than it is worth: counted on its bytes.
 * @param {string} type its content type
 * @param {Buffer} body
 * @returns {"too-many-fields" | "too-complex" | null}
 */
export function excessOf(type, body) {
  if (/application\/x-www-form-urlencoded/i.test(type) && hasMore(body, "&", MOST_FIELDS - 1)) return "too-many-fields";
  // One boundary before each field, one after the last.
  for (const [, boundary = ""] of /multipart\/form-data/i.test(type) ? type.matchAll(/boundary="?([^";,\s]+)/gi) : [])
    if (hasMore(body, `--${boundary}`, MOST_FIELDS + 1)) return "too-many-fields";
  return /json/i.test(type) && isComplex(body) ? "too-complex" : null;
}

/** @param {Buffer} body @param {string} part @param {number} most */
function hasMore(body, part, most) {
  let count = 0;
  for (let at = body.indexOf(part); at !== -1 && count <= most; at = body.indexOf(part, at + part.length)) count++;
  return count > most;
}

/** Whether JSON is too deep, or has too many values, whatever stands in its texts. @param {Buffer} body */
function isComplex(body) {
  let [depth, values, isText] = [0, 1, false];
  for (let at = 0; at < body.length; at++) {
    const sign = String.fromCharCode(body[at] ?? 0);
    if (sign === '"') isText = !isText;
    else if (isText) at += Number(sign === "\\");
    else if (sign === "]" || sign === "}") depth--;
    else if (sign === "[" || sign === "{") depth++;
    if (!isText && "[{,".includes(sign)) values++;
    if (depth > MOST_DEPTH || values > MOST_VALUES) return true;
  }
  return false;
}

/**
 * The fields of a form, so that it can be sent again.
 * @param {IncomingMessage} req
 * @param {Buffer} body
 * @returns {Promise<{ fields: Fields, hasFile: boolean } | null>} null if it is not a form
 */
export async function readFormFields(req, body) {
  const type = req.headers["content-type"] ?? "";
  if (req.method !== "POST" || !/^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(type)) return null;
  if (body.length > USUAL_MOST_BYTES) return { fields: [], hasFile: true }; // only a file is that large
  try {
    const entries = [...(await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData())];
    const fields = entries.flatMap(([name, value]) => (typeof value === "string" ? [{ name, value }] : []));
    return { fields, hasFile: entries.some(([, value]) => typeof value !== "string" && value.size > 0) };
  } catch {
    return null;
  }
}

/**
 * The values that were sent with a request, in the address and in the body.
 * @param {string} type its content type
 * @param {Buffer} body
 * @param {URL | null} url
 * @returns {string[]}
 */
export function listTyped(type, body, url) {
  const inQuery = [...(url?.searchParams.values() ?? [])];
  return body.length > USUAL_MOST_BYTES ? inQuery : [...inQuery, ...valuesIn(type, body.toString("utf8"))];
}

/** @param {string} type @param {string} text @returns {string[]} */
function valuesIn(type, text) {
  if (/application\/x-www-form-urlencoded/i.test(type)) return [...new URLSearchParams(text).values()];
  const boundary = /multipart\/form-data.*boundary="?([^";,\s]+)/i.exec(type)?.[1];
  if (boundary) return text.split(`--${boundary}`).map((part) => part.slice(part.indexOf("\r\n\r\n")));
  if (!/json/i.test(type)) return [text];
  /** @type {string[]} */
  const values = [];
  try {
    JSON.parse(text, (_, value) => void (typeof value === "string" && values.push(value)));
    return values;
  } catch {
    return [text];
  }
}
