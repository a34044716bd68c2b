// @ts-check
import { Agent, createServer, request } from "node:http";

/** A request with this header goes to the server of that number, counted from 0; the others take turns. */
export const SERVER_HEADER = "x-server";
/** Longer than any pause in a test: a request sent on a closing connection would be lost. */
const KEEP_MS = 600_000;
/** Hop-by-hop headers are not passed on. */
const OF_CONNECTION = ["connection", "keep-alive", "proxy-connection"];

/**
 * A minimal version of the reverse proxy that a body has in front of its servers: it gives requests to them in turn,
 * without sticky sessions, so two requests of one page mostly reach two servers.
 * @param {number} port where it listens, on 127.0.0.1
 * @param {readonly number[]} servers the ports of the servers
 * @returns {Promise<import("node:http").Server>}
 */
export function startRoundRobin(port, servers) {
  const agent = new Agent({ keepAlive: true });
  let turn = 0;
  const proxy = createServer((asked, answer) => {
    const wanted = asked.headers[SERVER_HEADER];
    const server = servers[(wanted === undefined ? turn++ : Number(wanted)) % servers.length];
    const headers = withoutConnection({ ...asked.headers, [SERVER_HEADER]: undefined });
    const passedOn = request(
      { agent, host: "127.0.0.1", port: server, method: asked.method, path: encoded(asked.url), headers },
      (given) => {
        answer.writeHead(given.statusCode ?? 502, withoutConnection(given.headers));
        given.pipe(answer);
      },
    );
    passedOn.on("error", (error) => {
      if (answer.headersSent) return void answer.destroy();
      console.error(`${asked.method} ${asked.url} did not get through to ${server}: ${error.message}`);
      answer.writeHead(502).end();
    });
    answer.on("close", () => void (answer.writableEnded || passedOn.destroy()));
    asked.pipe(passedOn);
  });
  Object.assign(proxy, { keepAliveTimeout: KEEP_MS, headersTimeout: KEEP_MS + 5_000, requestTimeout: 0 });
  return new Promise((resolve) => void proxy.listen(port, "127.0.0.1", () => resolve(proxy)));
}

/** @param {import("node:http").IncomingHttpHeaders} headers @returns {import("node:http").OutgoingHttpHeaders} */
function withoutConnection(headers) {
  const passed = Object.entries(headers).filter(
    ([name, value]) => value !== undefined && !OF_CONNECTION.includes(name),
  );
  return Object.fromEntries(passed);
}

/** Bytes above 127, percent-encoded. @param {string | undefined} url */
function encoded(url = "/") {
  return url.replace(/[^\x21-\x7e]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
}
