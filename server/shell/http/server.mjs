// @ts-check
// The server itself: how many connections it keeps, how long it waits on them, and what it answers if no valid request
// arrives. Whatever it refuses gets a line in the log.
import { createServer } from "node:http";
import { makeId, networkOf, peerOf } from "./client-address.mjs";
import { openCounter } from "./open-connections.mjs";

/** Longer than the proxies in front keep a connection: otherwise they would send a request on one that is closing. */
const KEEP_ALIVE_MS = 75_000;
/** How long a client has to read a refusal. */
const CLOSE_AFTER_MS = 1_000;

/** @typedef {import("node:http").IncomingMessage} IncomingMessage */
/** @typedef {import("node:stream").Duplex} Duplex */

const REFUSALS = {
  crowded: {
    status: "429 Too Many Requests",
    words: "Too many connections are open from your network. Close some, then try again.",
  },
  connect: { status: "405 Method Not Allowed", words: "This is not a proxy." },
  overflow: {
    status: "431 Request Header Fields Too Large",
    words: "The address or the cookies are too long. Delete the cookies of this site, then try again.",
  },
  slow: { status: "408 Request Timeout", words: "The request took too long to arrive. Send it again." },
  unreadable: { status: "400 Bad Request", words: "The request could not be read. Check the address, then try again." },
};

/**
 * Makes the server. It is not listening yet.
 * @param {object} options
 * @param {Readonly<Record<string, string>>} options.headers of every answer
 * @param {import("./log.mjs").Log} options.log
 * @param {import("./request-body.mjs").Patience} options.patience
 * @param {(address: string) => boolean} options.isProxy who connects for many, and may open any number of connections
 * @param {number} options.mostConnections from one place on the network
 * @param {import("node:http").RequestListener} options.take handles a request
 * @param {((req: IncomingMessage, socket: Duplex, head: Buffer) => void) | undefined} options.upgrade takes one for
 *   another protocol; without it they come to `take` as well
 * @returns {import("node:http").Server}
 */
export function makeServer({ headers, log, patience, isProxy, mostConnections, take, upgrade }) {
  const { headersMs, largeBodyMs, silenceMs } = patience;
  const server = createServer({
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: headersMs,
    requestTimeout: headersMs + largeBodyMs,
    connectionsCheckingInterval: Math.min(1_000, headersMs / 2),
    requireHostHeader: false, // front-handler.mjs refuses it, as an answer of the portal's own
  });
  server.timeout = silenceMs;
  const connections = openCounter(mostConnections);
  /** @type {WeakSet<Duplex>} */
  const refused = new WeakSet();

  server.on("connection", (socket) => {
    const address = peerOf(socket);
    if (isProxy(address)) return;
    const network = networkOf(address);
    socket.once("close", () => connections.giveBack(network));
    if (!connections.take(network)) refuse(socket, "crowded");
  });
  /** @type {import("node:http").RequestListener} */
  const takeOrDrop = (req, res) => {
    if (!refused.has(req.socket) && !req.socket.destroyed) take(req, res);
  };
  server.on("request", takeOrDrop);
  server.on("checkContinue", takeOrDrop);
  server.on("checkExpectation", takeOrDrop);
  server.on("connect", (req, socket) => refuse(socket, "connect", { method: "CONNECT" }));
  if (upgrade) server.on("upgrade", upgrade);
  server.on("clientError", (/** @type {NodeJS.ErrnoException} */ error, socket) => {
    const isAnswering = /** @type {{ _httpMessage?: { headersSent: boolean } }} */ (socket)._httpMessage?.headersSent;
    if (error.code === "ECONNRESET" || !socket.writable || isAnswering || refused.has(socket))
      return void socket.destroy();
    if (error.code === "HPE_HEADER_OVERFLOW") return refuse(socket, "overflow");
    if (error.code !== "ERR_HTTP_REQUEST_TIMEOUT") return refuse(socket, "unreadable");
    // Browsers open connections before they need them.
    if (bytesRead(socket) === 0) return void socket.destroy();
    refuse(socket, "slow");
  });
  return server;

  /** @param {Duplex} socket @param {keyof typeof REFUSALS} kind @param {Record<string, string>} more */
  function refuse(socket, kind, more = {}) {
    refused.add(socket);
    const { status, words } = REFUSALS[kind];
    const id = makeId();
    const all = { ...headers, "x-request-id": id, "content-type": "text/plain; charset=utf-8", connection: "close" };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.on("error", () => {}); // it may be gone already
    socket.end(`HTTP/1.1 ${status}\r\n${lines.join("")}content-length: ${words.length}\r\n\r\n${words}`);
    setTimeout(() => socket.destroy(), CLOSE_AFTER_MS).unref();
    if (!log.hasRequests) return;
    const line = { id, ...more, status: Number.parseInt(status, 10), address: peerOf(socket), why: kind };
    log.write("info", line, "request");
  }
}

/** @param {Duplex} socket */
const bytesRead = (socket) => ("bytesRead" in socket ? socket.bytesRead : 0);
