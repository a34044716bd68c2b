// @ts-check
// npm run test:wide: what `npm test` leaves out because it needs more than one machine has: other versions of Node, and a
// pooler between portal and database. A part that cannot run says why. `npm run test:wide -- pgbouncer` runs one part.
import "./node-version.mjs";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const { prepare, ROOT } = await import("./prepare.mjs");
const { findFreePort, startPostgresql } = await import("./test-postgresql.mjs");
process.chdir(ROOT);

/** @typedef {{ name: string, end: "passed" | "failed" | "left out", why?: string }} Outcome */

const VITEST = ["node_modules/vitest/vitest.mjs", "run", "--reporter=dot", "--no-color"];
/** What another version of Node may change: dates and numbers in words, files, processes, HTTP and the embedded database. */
const ON_OTHER_NODE = ["server/base", "server/shell/http", "server/evidence/journal", "server/people/directory"];
/** What a pooler may break: transactions, locks that hold for one, waiting for a turn, statements that are used again. */
const THROUGH_POOLER = [
  "server/evidence/journal/transact",
  "server/base/db/unique-violation",
  "server/registers/hold",
  "server/people/directory/service",
  "server/policy/exception/service",
  "server/shell/limit",
];

/** @type {Record<string, () => Promise<Outcome[]>>} */
const PARTS = {
  nodes: otherNodes,
  pgbouncer: throughPgbouncer,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in PARTS));
if (unknown) {
  console.error(`There is no part "${unknown}": choose from ${Object.keys(PARTS).join(", ")}.`);
  process.exit(1);
}
await prepare(console.log);
const outcomes = [];
for (const [name, run] of Object.entries(PARTS))
  if (wanted.length === 0 || wanted.includes(name))
    for (const outcome of await run()) {
      console.log(`${outcome.end}  ${outcome.name}${outcome.why ? `: ${outcome.why}` : ""}`);
      outcomes.push(outcome);
    }
const count = (/** @type {Outcome["end"]} */ end) => outcomes.filter((one) => one.end === end).length;
console.log(`${count("passed")} passed, ${count("failed")} failed, ${count("left out")} left out`);
process.exitCode = count("failed") > 0 ? 1 : 0;

/** The rules, and the part of the server that stands closest to Node, on each that NODES names: NODES=/opt/node-22/bin/node,… */
async function otherNodes() {
  const programs = (process.env["NODES"] ?? "").split(",").filter(Boolean);
  if (programs.length === 0)
    return [outcome("another version of Node", "left out", "NODES names none: NODES=/path/to/node,/path/to/another")];
  /** @type {Outcome[]} */
  const all = [];
  for (const program of programs) {
    const found = spawnSync(program, ["--version"], { encoding: "utf8" });
    const version = found.status === 0 ? found.stdout.trim() : "";
    const name = version ? `Node ${version.slice(1)}` : program;
    if (!version) all.push(outcome(name, "left out", "it does not run here"));
    else if (version === process.version) all.push(outcome(name, "left out", "npm test runs on it"));
    else all.push(await vitest(name, program, ["domain", ...ON_OTHER_NODE]));
  }
  return all;
}

/** The tests in which much happens at once, by way of PgBouncer in transaction mode: every transaction on any connection. */
async function throughPgbouncer() {
  const name = "PgBouncer, a connection for each transaction";
  const program = process.env["PGBOUNCER"] ?? "pgbouncer";
  if (spawnSync(program, ["--version"]).status !== 0)
    return [outcome(name, "left out", "pgbouncer is not installed (Debian and Ubuntu: apt install pgbouncer)")];
  const postgresql = await startPostgresql();
  if (!postgresql)
    return [outcome(name, "left out", "PostgreSQL is not installed (Debian and Ubuntu: apt install postgresql)")];
  const folder = mkdtempSync(path.join(tmpdir(), "with-care-pgbouncer-"));
  const [port, server] = [await findFreePort(), new URL(postgresql.url)];
  const settings = path.join(folder, "pgbouncer.ini");
  writeFileSync(
    settings,
    [
      "[databases]",
      `* = host=${server.hostname} port=${server.port} user=${server.username}`,
      "[pgbouncer]",
      "pool_mode = transaction",
      "listen_addr = 127.0.0.1",
      `listen_port = ${port}`,
      "unix_socket_dir =",
      "auth_type = any",
      "logfile =",
      // What the portal sets for its connections (server/base/db/pool.ts), a pooler does not pass on.
      "ignore_startup_parameters = options,extra_float_digits",
      "max_client_conn = 500",
      "default_pool_size = 20",
      "max_prepared_statements = 200",
      "server_idle_timeout = 5",
      "",
    ]
      .filter((line) => !line.startsWith("max_prepared_statements") || keepsStatements(program))
      .join("\n"),
  );
  const isRoot = process.getuid?.() === 0; // it refuses to run as root, as PostgreSQL does
  const uid = isRoot ? Number(execFileSync("id", ["-u", "postgres"], { encoding: "utf8" })) : undefined;
  if (uid !== undefined) for (const one of [folder, settings]) chownSync(one, uid, -1);
  const pooler = spawn(program, ["-q", settings], { stdio: "ignore", ...(uid !== undefined && { uid }) });
  try {
    const url = new URL(postgresql.url);
    url.port = String(port);
    return [await vitest(name, process.execPath, THROUGH_POOLER, { TEST_DATABASE_URL: url.href })];
  } finally {
    pooler.kill();
    postgresql.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From version 1.21 on it keeps statements that are used again. @param {string} program */
function keepsStatements(program) {
  const [, major = 0, minor = 0] = (
    /(\d+)\.(\d+)/.exec(spawnSync(program, ["--version"], { encoding: "utf8" }).stdout) ?? []
  ).map(Number);
  return major > 1 || minor >= 21;
}

/** @param {string} name @param {string} program @param {string[]} files @param {Record<string, string>} [more] @returns {Promise<Outcome>} */
function vitest(name, program, files, more = {}) {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", ...more };
    const started = spawn(program, [...VITEST, ...files], { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [started.stdout, started.stderr]) stream.on("data", (chunk) => (output += chunk));
    started.once("close", (code) => {
      if (code !== 0) console.log(output.trim().split("\n").slice(-150).join("\n"));
      const tests = / Tests +(.+)/.exec(output)?.[1] ?? "no test ran";
      resolve(outcome(name, code === 0 ? "passed" : "failed", tests));
    });
  });
}

/** @param {string} name @param {Outcome["end"]} end @param {string} [why] @returns {Outcome} */
function outcome(name, end, why) {
  return { name, end, ...(why !== undefined && { why }) };
}
