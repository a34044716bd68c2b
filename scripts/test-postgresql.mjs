// @ts-check
// A PostgreSQL server only for the tests: its own folder, its own port, removed afterwards.
import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Starts a server, if this machine has PostgreSQL.
 * @param {{ cert: string, key: string }} [tls] files of a certificate that it shows
 * @returns {Promise<{ url: string, startReplica(): Promise<string>, stop(): void } | null>} null where it has none;
 *   `startReplica` makes a streaming replica of it, once, and returns its address
 */
export async function startPostgresql(tls) {
  const programs = findPrograms();
  if (!programs) return null;
  const folder = mkdtempSync(path.join(tmpdir(), "with-care-postgresql-"));
  const run = runner(folder);
  const [data, copy] = [path.join(folder, "data"), path.join(folder, "replica")];
  const port = await findFreePort();
  const stop = () => {
    for (const one of [copy, data])
      try {
        run(path.join(programs, "pg_ctl"), ["-D", one, "-m", "immediate", "-w", "stop"]);
      } catch {
        // It never started.
      }
    rmSync(folder, { recursive: true, force: true });
  };
  const start = (/** @type {string} */ one, /** @type {number} */ at) => {
    const options = `-p ${at} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200`;
    const more = tls ? ` -c ssl=on -c ssl_cert_file=${folder}/cert -c ssl_key_file=${folder}/key` : "";
    run(path.join(programs, "pg_ctl"), ["-D", one, "-l", `${one}.log`, "-o", options + more, "-w", "start"]);
  };
  const urlOf = (/** @type {number} */ at) => `postgresql://postgres@127.0.0.1:${at}/postgres`;
  const startReplica = async () => {
    const own = await findFreePort();
    const from = ["-h", "127.0.0.1", "-p", String(port), "-U", "postgres"];
    run(path.join(programs, "pg_basebackup"), [...from, "-D", copy, "-R", "-c", "fast", "--no-sync"]);
    start(copy, own);
    return urlOf(own);
  };
  try {
    const { uid, gid } = statSync(folder);
    for (const [name, from] of Object.entries(tls ?? {})) {
      copyFileSync(from, path.join(folder, name));
      chmodSync(path.join(folder, name), 0o600);
      chownSync(path.join(folder, name), uid, gid);
    }
    run(path.join(programs, "initdb"), [
      "-D",
      data,
      "-U",
      "postgres",
      "-A",
      "trust",
      "-E",
      "UTF8",
      "--locale=C",
      "--no-sync",
    ]);
    start(data, port);
  } catch (error) {
    stop();
    throw error;
  }
  return { url: urlOf(port), startReplica, stop };
}

/** Whether there is a PostgreSQL to test on: the one that TEST_DATABASE_URL names, or programs to start one. */
export const hasPostgresql = () => Boolean(process.env["TEST_DATABASE_URL"]) || findPrograms() !== undefined;

/** Folder of initdb and pg_ctl: the newest of Debian's, or else on the PATH. */
function findPrograms() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [
    ...versions.map((version) => path.join(debian, version, "bin")),
    ...(process.env["PATH"] ?? "").split(":"),
  ];
  return folders.find((folder) => existsSync(path.join(folder, "initdb")) && existsSync(path.join(folder, "pg_ctl")));
}

/**
 * PostgreSQL refuses to run as root, so root runs it as the user created by the package.
 * @param {string} folder given to that user
 * @returns {(program: string, args: string[]) => void}
 */
function runner(folder) {
  /** @type {import("node:child_process").ExecFileSyncOptions} */
  const options = { cwd: folder, stdio: ["ignore", "ignore", "pipe"] };
  if (process.getuid?.() !== 0) return (program, args) => void execFileSync(program, args, options);
  const id = (/** @type {string} */ flag) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  const [uid, gid] = [id("-u"), id("-g")];
  chownSync(folder, uid, gid);
  return (program, args) => void execFileSync(program, args, { ...options, uid, gid });
}

/** A port of 127.0.0.1 that nobody is listening on at this moment. @returns {Promise<number>} */
export const findFreePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
