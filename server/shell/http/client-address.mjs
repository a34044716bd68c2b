// @ts-check
// Where a request comes from. Anybody can send any header: what proxies say counts only if the settings trust them.
import { randomInt } from "node:crypto";
import { isIP } from "node:net";
import proxyAddr from "proxy-addr";

const FORWARDED = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];
/** Without look-alikes, for reading out over the telephone. */
const LETTERS = "23456789abcdefghjkmnpqrstvwxyz";

/**
 * @param {number | string[]} trusted see Env
 * @returns {(req: import("node:http").IncomingMessage) => { address: string, id: string }} the client's address and the
 *   request's id; headers from untrusted senders are removed from the request
 */
export function clientReader(trusted) {
  const trust = trustIn(trusted);
  return (req) => {
    const given = String(req.headers["x-request-id"] ?? "");
    if (!trust(peerOf(req.socket), 0)) {
      for (const name of FORWARDED) delete req.headers[name];
      return { address: peerOf(req.socket), id: makeId() };
    }
    return { address: originOf(req, trust), id: /^[\w.:-]{8,64}$/.test(given) ? given : makeId() };
  };
}

/**
 * @param {number | string[]} trusted see Env
 * @returns {(address: string) => boolean} whether whoever connects to us is a trusted proxy
 */
export function proxyChecker(trusted) {
  const trust = trustIn(trusted);
  return (address) => trust(address, 0);
}

/** @param {number | string[]} trusted @returns {(address: string, hop: number) => boolean} */
function trustIn(trusted) {
  if (typeof trusted === "number") return (_, hop) => hop < trusted;
  const isMember = proxyAddr.compile(trusted);
  return (address, hop) => isIP(address) > 0 && isMember(address, hop);
}

/**
 * The address of whoever connects to us. @param {import("node:stream").Duplex & { remoteAddress?: string | undefined }}
 * socket
 */
export const peerOf = (socket) => plain(socket.remoteAddress ?? "");

/** What to count an address as: for IPv6, the network of one household or office. @param {string} address */
export const networkOf = (address) =>
  isIP(address) === 6
    ? new URL(`http://[${address.split("%")[0]}]`).hostname.split(":").slice(0, 4).join(":")
    : address;

/**
 * The nearest proxy is believed first, and so on until one names somebody untrusted; anything that is not an address
 * ends it.
 * @param {import("node:http").IncomingMessage} req
 * @param {(address: string, hop: number) => boolean} trust
 */
function originOf(req, trust) {
  const chain = proxyAddr.all(req, trust).map(plain);
  const end = chain.findIndex((address) => !isIP(address));
  return chain[(end < 0 ? chain.length : end) - 1] ?? peerOf(req.socket);
}

/** IPv4 as it is, even if a dual-stack socket writes it as IPv6. @param {string} address */
const plain = (address) => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");

/** Short enough to read out: about 59 bits. */
export function makeId() {
  const letters = Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return letters.replace(/(.{4})(?=.)/g, "$1-");
}
