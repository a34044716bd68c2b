// @ts-check
// Stands between a portal and its database in tests: it can disconnect, swallow what is sent, and recover.
import { connect, createServer } from "node:net";

/**
 * @typedef {object} TcpProxy
 * @property {string} url the address of the database through the proxy
 * @property {() => void} cut ends every connection and accepts no new one
 * @property {() => void} hang keeps connections, accepts new ones, and lets nothing through: what is sent meanwhile is
 *   lost
 * @property {() => void} comeBack accepts new connections again; those that hung stay dead, as if a firewall forgot
 *   them
 * @property {() => Promise<void>} close
 */

/**
 * Starts a proxy in front of the server that `databaseUrl` names, on a free port of this machine.
 * @param {string} databaseUrl
 * @param {() => (chunk: Buffer) => void} [listen] called for each connection; receives what the portal sends on it
 * @returns {Promise<TcpProxy>}
 */
export async function startTcpProxy(databaseUrl, listen) {
  const target = new URL(databaseUrl);
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  /** @type {"open" | "cut" | "hung"} */
  let state = "open";
  const server = createServer((inner) => {
    if (state === "cut") return void inner.destroy();
    keep(inner);
    if (state === "hung") return;
    const outer = keep(connect(Number(target.port), target.hostname));
    let isDead = false;
    const pass = (/** @type {import("node:net").Socket} */ to) => (/** @type {Buffer} */ chunk) => {
      isDead ||= state !== "open";
      if (!isDead) to.write(chunk);
    };
    inner.on("data", pass(outer));
    if (listen) inner.on("data", listen());
    outer.on("data", pass(inner));
    inner.on("close", () => outer.destroy());
    outer.on("close", () => inner.destroy());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(null)));
  const address = server.address();
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const endAll = () => sockets.forEach((socket) => socket.destroy());
  return {
    url: url.href,
    cut: () => {
      state = "cut";
      endAll();
    },
    hang: () => void (state = "hung"),
    comeBack: () => void (state = "open"),
    close: async () => {
      endAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  /** @param {import("node:net").Socket} socket */
  function keep(socket) {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    return socket;
  }
}
