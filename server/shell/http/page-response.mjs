// @ts-check
// A page as it is sent: the framework's frame with what the portal drew put in (app/_portal/draw-once.tsx), and without
// the framework's scripts and data, which no page needs (docs/decisions/051-pages-drawn-once.md).
import { createHash } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { pagePolicy } from "./headers.mjs";
import { isOpenPath, isScripted, mayRegisterWorker, textAddressOf } from "./request-rules.mjs";

const PLACE = /<portal-page[^>]*><\/portal-page>/;
/** Files whose name has a hash of what is in them. */
const LASTING_FILE = /^\/_next\/static\/.+\.(css|js)$/;
const SCRIPTS =
  /<script\b[^>]*>[^]*?<\/script>|<link\b(?=[^>]*\brel="(?:module)?preload")(?=[^>]*\bas="script")[^>]*>/g;

/**
 * Holds a page back until it is complete, and finishes it; style sheets and scripts that never change are held to be
 * compressed once. Anything else passes straight through.
 * @param {import("node:http").ServerResponse} res
 * @param {object} page
 * @param {string} page.path
 * @param {boolean} page.isDevelopment in development, pages keep the framework's scripts
 * @param {{ page?: string, kept?: Buffer[], framedBy?: readonly string[] }} page.context of the request: what the portal
 * drew, and who may frame it
 */
export function finishPage(res, { path, isDevelopment, context }) {
  const [write, end, writeHead, flushHeaders] = [res.write, res.end, res.writeHead, res.flushHeaders].map((method) =>
    /** @type {Function} */ (method).bind(res),
  );
  /** @type {Buffer[]} */
  const parts = [];
  /** @type {"page" | "file" | "nothing" | undefined} */
  let held;
  const isHeld = () => (held ??= res.headersSent ? "nothing" : heldOf(res, path, isDevelopment)) !== "nothing";
  /** @param {unknown[]} args of a write */
  const keep = ([part, encoding]) => {
    if (typeof part === "string") parts.push(Buffer.from(part, /** @type {BufferEncoding} */ (encoding)));
    else if (part instanceof Uint8Array) parts.push(Buffer.from(part));
  };
  Object.assign(res, {
    /** @param {unknown[]} args */
    write: (...args) => {
      if (!isHeld()) return write?.(...args);
      keep(args);
      /** @type {unknown} */
      const done = args.at(-1);
      if (typeof done === "function") process.nextTick(done);
      return true;
    },
    /** @param {unknown[]} args */
    end: (...args) => {
      if (!isHeld()) return end?.(...args);
      if (typeof args[0] !== "function") keep(args);
      const isPage = held === "page";
      held = "nothing";
      if (isPage) addPageHeaders(res, path, isDevelopment, context.framedBy);
      if (res.req.method === "HEAD") {
        writeHead?.(res.statusCode);
        return end?.();
      }
      const whole = Buffer.concat(parts);
      const sent = isPage
        ? compressed(res, isDevelopment ? whole : finished(whole.toString(), context), encode)
        : compressed(res, whole, encodeOnce);
      res.setHeader("content-length", sent.length);
      writeHead?.(res.statusCode);
      return end?.(sent);
    },
    /** @param {[number, ...unknown[]]} args */
    writeHead: (...args) => {
      const [status, ...rest] = args;
      for (const [name, value] of Object.entries(
        rest.find((one) => typeof one === "object" && !Array.isArray(one)) ?? {},
      ))
        res.setHeader(name, value);
      if (!isHeld()) return writeHead?.(...args);
      res.statusCode = status;
      return res;
    },
    flushHeaders: () => void (isHeld() || flushHeaders?.()),
  });
}

/** What another site shows in a frame is the same for everybody, who may keep it for a while. */
const FRAMED = Object.entries({
  "cache-control": "public, max-age=300",
  "cross-origin-resource-policy": "cross-origin",
});

/**
 * What a page may load, who may frame it, and where it is as Markdown, which its own address answers with, too.
 * @param {import("node:http").ServerResponse} res
 * @param {string} path
 * @param {boolean} isDevelopment
 * @param {readonly string[] | undefined} framedBy
 */
function addPageHeaders(res, path, isDevelopment, framedBy) {
  if (!res.hasHeader("content-security-policy"))
    res.setHeader(
      "content-security-policy",
      pagePolicy({ isScripted: isScripted(path), hasWorker: mayRegisterWorker(path), isDevelopment, framedBy }),
    );
  if (!isOpenPath(path)) res.setHeader("speculation-rules", '"/speculation-rules.json"');
  if (framedBy) for (const [name, value] of FRAMED) res.setHeader(name, value);
  const text = textAddressOf(path);
  if (text === null) return;
  res.appendHeader("vary", "Accept");
  const [, query] = (res.req.url ?? "").split("?");
  if (res.statusCode === 200)
    res.appendHeader("link", `<${text}${query ? `?${query}` : ""}>; rel="alternate"; type="text/markdown"`);
}

/** @param {import("node:http").ServerResponse} res @param {string} path @param {boolean} isDevelopment */
function heldOf(res, path, isDevelopment) {
  if (/^text\/html/.test(String(res.getHeader("content-type") ?? ""))) return "page";
  return LASTING_FILE.test(path) && res.statusCode === 200 && !isDevelopment ? "file" : "nothing";
}

/** @param {string} html @param {{ page?: string, kept?: Buffer[] }} context */
function finished(html, { page, kept = [] }) {
  const bare = html.replace(SCRIPTS, "");
  const whole = page === undefined ? bare : bare.replace(PLACE, () => page);
  if (kept.length === 0) return Buffer.from(whole);
  // Every second part is the number in a mark.
  return Buffer.concat(
    whole.split(KEPT).map((part, at) => (at % 2 === 0 ? Buffer.from(part) : (kept[Number(part)] ?? EMPTY))),
  );
}

const KEPT = /<kept-bytes>(\d+)<\/kept-bytes>/;
const EMPTY = Buffer.alloc(0);

/** Of the two that browsers accept, the one that makes pages smaller comes first. @typedef {"br" | "gzip"} Encoding */
const ACCEPTED = /^(br|gzip)(?!.*;\s*q=0(\.0*)?$)/;

/**
 * A page is complete and small: compressing it in one go takes a third of the time of a stream, which the front handler
 * uses for anything else, and for clients that ask for another encoding.
 * @param {import("node:http").ServerResponse} res
 * @param {Buffer} text
 * @param {(text: Buffer, encoding: Encoding) => Buffer} encodeText
 */
function compressed(res, text, encodeText) {
  const accepted = String(res.req.headers["accept-encoding"] ?? "")
    .toLowerCase()
    .split(",");
  const names = accepted.map((one) => ACCEPTED.exec(one.trim())?.[1]);
  const encoding = names.includes("br") ? "br" : names.includes("gzip") ? "gzip" : null;
  if (encoding === null || text.length < WORTH_BYTES) return text;
  res.setHeader("content-encoding", encoding);
  return encodeText(text, encoding);
}

const WORTH_BYTES = 1_024;

/** At the levels that are worth it for a page. @param {Buffer} text @param {Encoding} encoding */
const encode = (text, encoding) =>
  encoding === "br"
    ? brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
    : gzipSync(text, { level: 4 });

/** @type {Map<string, Buffer>} */
const encoded = new Map();

/**
 * As far as it goes, once for each text: on a phone each packet more may be another round trip.
 * @param {Buffer} text
 * @param {Encoding} encoding
 */
function encodeOnce(text, encoding) {
  const key = `${encoding} ${createHash("sha256").update(text).digest("base64")}`;
  const encodedText = encoded.get(key) ?? (encoding === "br" ? brotliCompressSync(text) : gzipSync(text, { level: 9 }));
  encoded.set(key, encodedText);
  return encodedText;
}
