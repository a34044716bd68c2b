// @ts-check
// One process per folder. Plain JavaScript on Node's own modules, because scripts/start.mjs also uses it before
// anything is installed .
//
// A socket in the folder is held by the kernel for as long as its process lives: kill -9 frees it at once, a reused
// process id means nothing, and containers that share the folder see each other's. A dead process leaves its file
// behind. Taking that name over would race with a third process, so every owner binds the next number instead:
// binding is atomic, and only somebody with a higher number may remove a lower one.
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const SOCKET_NAME = /^lock-(\d+)$/;
const LONGEST_SOCKET_PATH = 100; // the kernel takes 108 bytes on Linux, 104 on macOS

/** @typedef {{ release(): Promise<void> }} ProcessLock */

/**
 * Makes this process the only one that uses `folder`, until released or dead.
 * @param {string} folder absolute, and existing
 * @returns {Promise<ProcessLock | null>} null if another live process has it
 */
export async function lockFolder(folder) {
  const short = shortPath(folder);
  const number = await take(folder, short.path).catch((error) => {
    short.remove();
    throw error;
  });
  if (number === null) {
    short.remove();
    return null;
  }
  return {
    release: async () => {
      await close(number.server);
      rmSync(socketPath(folder, number.own), { force: true });
      short.remove();
    },
  };
}

/** @param {string} folder @param {string} shortFolder */
async function take(folder, shortFolder) {
  for (;;) {
    const last = Math.max(0, ...socketNumbers(folder));
    if (last > 0 && (await isAlive(socketPath(shortFolder, last)))) return null;
    const own = last + 1;
    const server = await bind(socketPath(shortFolder, own));
    if (server === null) continue; // somebody else was faster: look at theirs
    if (Math.max(...socketNumbers(folder)) > own) {
      await close(server);
      return null;
    }
    for (const number of socketNumbers(folder)) {
      if (number < own) rmSync(socketPath(folder, number), { force: true });
    }
    return { server, own };
  }
}

/** @param {string} folder @param {number} number */
const socketPath = (folder, number) => path.join(folder, `lock-${number}`);

/** @param {string} folder */
const socketNumbers = (folder) =>
  readdirSync(folder).flatMap((name) => Number(SOCKET_NAME.exec(name)?.[1] ?? []) || []);

/**
 * The folder itself, or a link to it if its own path leaves no room for the name of a socket.
 * @param {string} folder
 */
function shortPath(folder) {
  if (Buffer.byteLength(socketPath(folder, 999_999)) <= LONGEST_SOCKET_PATH) return { path: folder, remove: () => {} };
  const parent = mkdtempSync(path.join(Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : "/tmp", "wc-"));
  const link = path.join(parent, "d");
  symlinkSync(folder, link, "dir");
  return { path: link, remove: () => rmSync(parent, { recursive: true, force: true }) };
}

/**
 * Whether a process is listening there. Checked twice, because a name exists for a moment before its owner listens.
 * @param {string} socket
 */
const isAlive = async (socket) => (await isListening(socket)) || (await pause(100), await isListening(socket));

/** @param {string} socket @returns {Promise<boolean>} */
const isListening = (socket) =>
  new Promise((resolve) => {
    const connection = connect(socket);
    connection.once("connect", () => (connection.destroy(), resolve(true)));
    connection.once("error", () => resolve(false));
  });

/** @param {string} socket @returns {Promise<import("node:net").Server | null>} null if the name is taken */
const bind = (socket) =>
  new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) =>
      error.code === "EADDRINUSE" ? resolve(null) : reject(error),
    );
    server.listen(socket, () => resolve(server.unref()));
  });

/** @param {import("node:net").Server} server */
const close = (server) => new Promise((resolve) => server.close(resolve));
