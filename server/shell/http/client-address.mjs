// @ts-check
// From whom a request comes. Anybody can write any header: what proxies say counts only where the settings trust them.
import { randomInt } from "node:crypto";
import { BlockList, isIP } from "node:net";

const FORWARDED = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];
/** Without look-alikes, as it is read out on the telephone. */
const LETTERS = "23456789abcdefghjkmnpqrstvwxyz";

/**
 * @param {number | string[]} trusted see Env
 * @returns {(req: import("node:http").IncomingMessage) => { address: string, id: string }} the client's address and the
 *   request's id; the headers of whoever is not trusted are gone from the request afterwards
 */
export function clientReader(trusted) {
  const isTrusted = proxyChecker(trusted);
  return (req) => {
    const peer = peerOf(req.socket);
    const given = String(req.headers["x-request-id"] ?? "");
    if (!isTrusted(peer)) {
      for (const name of FORWARDED) delete req.headers[name];
      return { address: peer, id: makeId() };
    }
    const chain = String(req.headers["x-forwarded-for"] ?? "")
      .split(",")
      .map((one) => plain(one.trim()));
    return { address: originOf(chain, peer, trusted, isTrusted), id: /^[\w.:-]{8,64}$/.test(given) ? given : makeId() };
  };
}

/**
 * @param {number | string[]} trusted see Env
 * @returns {(address: string) => boolean} whether somebody who connects to us is a proxy that is trusted
 */
export function proxyChecker(trusted) {
  return typeof trusted === "number" ? () => trusted > 0 : memberOf(trusted);
}

/** The address of who connects to us. @param {import("node:stream").Duplex & { remoteAddress?: string | undefined }} socket */
export function peerOf(socket) {
  return plain(socket.remoteAddress ?? "");
}

/** Whom to count an address as: of IPv6, the network that one household or office has. @param {string} address */
export function networkOf(address) {
  return isIP(address) === 6
    ? new URL(`http://[${address.split("%")[0]}]`).hostname.split(":").slice(0, 4).join(":")
    : address;
}

/**
 * @param {string[]} chain as X-Forwarded-For has it, the last proxy's word last
 * @param {string} peer
 * @param {number | string[]} trusted
 * @param {(address: string) => boolean} isTrusted
 */
function originOf(chain, peer, trusted, isTrusted) {
  let address = peer;
  let left = typeof trusted === "number" ? trusted : chain.length;
  // Each proxy adds who spoke to it: the word of the nearest counts first, and ends where trust does.
  for (const next of chain.reverse()) {
    if (left-- === 0 || (typeof trusted !== "number" && !isTrusted(address)) || !isIP(next)) break;
    address = next;
  }
  return address;
}

/** @param {string[]} entries */
function memberOf(entries) {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", bits] = entry.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (/** @type {string} */ address) =>
    isIP(address) > 0 && list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** IPv4 as it is, also where a socket for both writes it as IPv6. @param {string} address */
function plain(address) {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
}

/** Short enough to read out: about 59 bits. */
export function makeId() {
  const letters = Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return letters.replace(/(.{4})(?=.)/g, "$1-");
}
