// @ts-check
// What a request is for: the address it asks for, in whichever form it is written (RFC 9112, 3.2), and whether that is
// this portal's. A server that answers to every name can be reached under an attacker's name (DNS rebinding).
import { isLoopback } from "../../base/environment/environment.mjs";
import { aboutHealth, fromCommand } from "./request-rules.mjs";

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
export function readTarget(req) {
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
export function hostReader({ appUrl, evaluation }, origin) {
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
