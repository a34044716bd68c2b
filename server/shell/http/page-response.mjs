// @ts-check
// A page as it is sent: the framework's frame with what the portal drew put in (app/_portal/draw-once.tsx), and without
// the framework's scripts and data, which no page needs (docs/decisions/051-pages-drawn-once.md).
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { pagePolicy } from "./headers.mjs";
import { isOpenPath, isScripted } from "./request-rules.mjs";

const PLACE = /<portal-page[^>]*><\/portal-page>/;
const SCRIPTS =
  /<script\b[^>]*>[^]*?<\/script>|<link\b(?=[^>]*\brel="(?:module)?preload")(?=[^>]*\bas="script")[^>]*>/g;

/**
 * Holds a page back until it is complete, and finishes it. Anything that is not a page passes straight through.
 * @param {import("node:http").ServerResponse} res
 * @param {object} page
 * @param {string} page.path
 * @param {boolean} page.isDevelopment in development, pages keep the framework's scripts
 * @param {{ page?: string, kept?: Buffer[] }} page.context of the request: what the portal drew
 */
export function finishPage(res, { path, isDevelopment, context }) {
  const [write, end, writeHead, flushHeaders] = [res.write, res.end, res.writeHead, res.flushHeaders].map((method) =>
    /** @type {Function} */ (method).bind(res),
  );
  /** @type {Buffer[]} */
  const parts = [];
  /** @type {boolean | undefined} */
  let isPage;
  const isHeld = () => (isPage ??= !res.headersSent && /^text\/html/.test(String(res.getHeader("content-type") ?? "")));
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
      if (!res.hasHeader("content-security-policy"))
        res.setHeader("content-security-policy", pagePolicy({ isScripted: isScripted(path), isDevelopment }));
      if (!isOpenPath(path)) res.setHeader("speculation-rules", '"/speculation-rules.json"');
      const whole = Buffer.concat(parts);
      isPage = false;
      if (res.req.method === "HEAD") {
        writeHead?.(res.statusCode);
        return end?.();
      }
      const html = isDevelopment ? whole : finished(whole.toString(), context);
      const sent = compressed(res, html);
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

/** Of the two that browsers accept, the one that makes pages smaller comes first; at the levels that are worth it. */
const ENCODINGS = /** @type {const} */ ({
  br: (/** @type {Buffer} */ html) => brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (/** @type {Buffer} */ html) => gzipSync(html, { level: 4 }),
});
const ACCEPTED = /^(br|gzip)(?!.*;\s*q=0(\.0*)?$)/;

/**
 * A page is complete and small: compressing it in one go takes a third of the time of a stream, which the front handler
 * uses for anything that is not a page, and for clients that ask for another encoding.
 * @param {import("node:http").ServerResponse} res
 * @param {Buffer} html
 */
function compressed(res, html) {
  const accepted = String(res.req.headers["accept-encoding"] ?? "")
    .toLowerCase()
    .split(",");
  const names = accepted.map((one) => ACCEPTED.exec(one.trim())?.[1]);
  const encoding = names.includes("br") ? "br" : names.includes("gzip") ? "gzip" : null;
  if (encoding === null || html.length < WORTH_BYTES) return html;
  res.setHeader("content-encoding", encoding);
  return ENCODINGS[encoding](html);
}

const WORTH_BYTES = 1_024;
