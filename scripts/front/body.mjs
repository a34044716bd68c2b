// @ts-check
// What a request brings, read as a whole and limited, before anything is done about it.
import { IncomingMessage } from "node:http";

const WITH_BODY = ["POST", "PUT", "PATCH", "DELETE"];
/** So much more is read and thrown away, because a browser shows an answer only when it could send everything. */
const DISCARD_AT_MOST = 50_000_000;
/** @typedef {{ name: string, value: string }[]} Fields */

/**
 * @param {IncomingMessage} req
 * @param {number} most bytes
 * @returns {Promise<Buffer | "too-large" | "broken-off">}
 */
export async function readBody(req, most) {
  if (!WITH_BODY.includes(req.method ?? "")) return Buffer.alloc(0);
  if (Number(req.headers["content-length"] ?? 0) > most + DISCARD_AT_MOST) return "too-large";
  /** @type {Buffer[]} */
  let chunks = [];
  let size = 0;
  try {
    for await (const chunk of req) {
      size += chunk.length;
      if (size > most + DISCARD_AT_MOST) return "too-large";
      if (size > most) chunks = [];
      else chunks.push(chunk);
    }
  } catch {
    return "broken-off";
  }
  return size > most ? "too-large" : Buffer.concat(chunks);
}

/**
 * The request once more, for the handler that comes next: its body was read.
 * @param {IncomingMessage} req
 * @param {Buffer} body
 * @returns {IncomingMessage}
 */
export function again(req, body) {
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
 * The fields of a form, so that it can be sent again.
 * @param {IncomingMessage} req
 * @param {Buffer} body
 * @returns {Promise<{ fields: Fields, hasFile: boolean } | null>} null for what is no form
 */
export async function readFields(req, body) {
  const type = req.headers["content-type"] ?? "";
  if (req.method !== "POST" || !/^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(type)) return null;
  try {
    const entries = [...(await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData())];
    const fields = entries.flatMap(([name, value]) => (typeof value === "string" ? [{ name, value }] : []));
    return { fields, hasFile: entries.some(([, value]) => typeof value !== "string" && value.size > 0) };
  } catch {
    return null;
  }
}
