// @ts-check
// npm run test:wide: what `npm test` leaves out because it needs more than one machine has: other versions of Node, a body of 100,000 people, and a
// pooler between portal and database. A part that cannot run says why. `npm run test:wide -- pgbouncer` runs one part.
import "./node-version.mjs";
import { spawn, spawnSync } from "node:child_process";

const { prepare, ROOT } = await import("./prepare.mjs");
const { hasPostgresql, startPostgresql } = await import("./test-postgresql.mjs");
const { hasPgbouncer, startPgbouncer } = await import("./test-pgbouncer.mjs");
process.chdir(ROOT);

/** @typedef {{ name: string, end: "passed" | "failed" | "left out", why?: string }} Outcome */

const VITEST = ["node_modules/vitest/vitest.mjs", "run", "--reporter=dot", "--no-color"];
/** What another version of Node may change: dates and numbers in words, files, processes, HTTP and the embedded database. */
const ON_OTHER_NODE = ["server/base", "server/shell/http", "server/evidence/journal", "server/people/directory"];
/** What a pooler may break: transactions, locks held by a session, waiting for a turn, prepared statements. */
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
  plans: plansOfLargeBody,
  pgbouncer: throughPgbouncer,
  journeys: journeysThroughPgbouncer,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in PARTS));
if (unknown) {
  console.error(`There is no part "${unknown}": choose from ${Object.keys(PARTS).join(", ")}.`);
  process.exit(1);
}
await prepare(console.log);
const outcomes = [];
for (const [name, part] of Object.entries(PARTS))
  if (wanted.length === 0 || wanted.includes(name))
    for (const outcome of await part()) {
      console.log(`${outcome.end}  ${outcome.name}${outcome.why ? `: ${outcome.why}` : ""}`);
      outcomes.push(outcome);
    }
const count = (/** @type {Outcome["end"]} */ end) => outcomes.filter((one) => one.end === end).length;
console.log(`${count("passed")} passed, ${count("failed")} failed, ${count("left out")} left out`);
process.exitCode = count("failed") > 0 ? 1 : 0;

/**
 * The tests of domain, and of the part of the server closest to Node, on each Node in NODES:
 * NODES=/opt/node-22/bin/node,…
 */
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

/** What PostgreSQL reads for the pages of a body of 100,000 people. */
async function plansOfLargeBody() {
  const name = "plans with 100,000 people";
  const postgresql = await startPostgresql();
  if (!postgresql)
    return [outcome(name, "left out", "PostgreSQL is not installed (Debian and Ubuntu: apt install postgresql)")];
  const settings = { TEST_DATABASE_URL: postgresql.url, LARGE_BODY: "1" };
  try {
    return [await vitest(name, process.execPath, ["server/gather/task/plans"], settings)];
  } finally {
    postgresql.stop();
  }
}

/** The tests with much concurrency, through PgBouncer in transaction mode: every transaction on any connection. */
async function throughPgbouncer() {
  const name = "PgBouncer, a connection for each transaction";
  const why = whyNoPooler();
  if (why) return [outcome(name, "left out", why)];
  const postgresql = await startPostgresql();
  if (!postgresql) return [];
  const pooler = await startPgbouncer(postgresql.url);
  try {
    const urls = { TEST_DATABASE_URL: pooler.url, TEST_DATABASE_SESSION_URL: postgresql.url };
    return [await vitest(name, process.execPath, THROUGH_POOLER, urls)];
  } finally {
    pooler.stop();
    postgresql.stop();
  }
}

/** All end-to-end tests on two servers whose database is behind PgBouncer; JOURNEYS="groups holds" runs some. */
async function journeysThroughPgbouncer() {
  const name = "journeys through PgBouncer";
  const why = whyNoPooler();
  if (why) return [outcome(name, "left out", why)];
  const files = (process.env["JOURNEYS"] ?? "").split(" ").filter(Boolean);
  const args = ["node_modules/@playwright/test/cli.js", "test", "--reporter=dot", ...files];
  return [await run(name, process.execPath, args, { E2E_POOLER: "1" }, /^ +(\d+ passed.*)$/m)];
}

/** Why nothing can go through PgBouncer here; null if it can. */
function whyNoPooler() {
  if (!hasPgbouncer()) return "pgbouncer is not installed (Debian and Ubuntu: apt install pgbouncer)";
  return hasPostgresql() ? null : "PostgreSQL is not installed (Debian and Ubuntu: apt install postgresql)";
}

/** @param {string} name @param {string} program @param {string[]} files @param {Record<string, string>} [more] @returns {Promise<Outcome>} */
function vitest(name, program, files, more = {}) {
  return run(name, program, [...VITEST, ...files], more, / Tests +(.+)/);
}

/**
 * @param {string} name
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} more of the environment
 * @param {RegExp} found how many tests ran, in what it prints
 * @returns {Promise<Outcome>}
 */
function run(name, program, args, more, found) {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", ...more };
    const started = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [started.stdout, started.stderr]) stream.on("data", (chunk) => (output += chunk));
    started.once("close", (code) => {
      if (code !== 0) console.log(output.trim().split("\n").slice(-150).join("\n"));
      const tests = found.exec(output)?.[1] ?? "no test ran";
      resolve(outcome(name, code === 0 ? "passed" : "failed", tests));
    });
  });
}

/** @param {string} name @param {Outcome["end"]} end @param {string} [why] @returns {Outcome} */
function outcome(name, end, why) {
  return { name, end, ...(why !== undefined && { why }) };
}
