// @ts-check
// PgBouncer in front of a PostgreSQL server, only for the tests: every transaction on any connection, and otherwise as
// configured by Debian.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findFreePort } from "./test-postgresql.mjs";

const PROGRAM = process.env["PGBOUNCER"] ?? "pgbouncer";

/** Whether it is installed on this machine. */
export const hasPgbouncer = () => spawnSync(PROGRAM, ["--version"]).status === 0;

/**
 * Starts it; only if `hasPgbouncer`.
 * @param {string} serverUrl of PostgreSQL
 * @returns {Promise<{ url: string, stop(): void }>} the same database through PgBouncer
 */
export async function startPgbouncer(serverUrl) {
  const folder = mkdtempSync(path.join(tmpdir(), "with-care-pgbouncer-"));
  const [port, server] = [await findFreePort(), new URL(serverUrl)];
  const settings = path.join(folder, "pgbouncer.ini");
  const lines = [
    "[databases]",
    `* = host=${server.hostname} port=${server.port} user=${server.username}`,
    "[pgbouncer]",
    "pool_mode = transaction",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = any",
    "logfile =",
    "max_client_conn = 500",
    "default_pool_size = 20",
    "server_idle_timeout = 5", // so that a database can be dropped soon
  ];
  writeFileSync(settings, lines.map((line) => `${line}\n`).join(""));
  const isRoot = process.getuid?.() === 0; // it refuses to run as root, as PostgreSQL does
  const uid = isRoot ? Number(execFileSync("id", ["-u", "postgres"], { encoding: "utf8" })) : undefined;
  if (uid !== undefined) for (const one of [folder, settings]) chownSync(one, uid, -1);
  const pooler = spawn(PROGRAM, ["-q", settings], { stdio: "ignore", ...(uid !== undefined && { uid }) });
  const stop = () => {
    pooler.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  while (!(await takesConnections(port))) {
    if (pooler.exitCode !== null) throw new Error("PgBouncer did not start.");
    await pause(100);
  }
  server.port = String(port);
  return { url: server.href, stop };
}

/** @param {number} port */
async function takesConnections(port) {
  const socket = connect(port, "127.0.0.1");
  const isOpen = await once(socket, "connect").then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isOpen;
}
