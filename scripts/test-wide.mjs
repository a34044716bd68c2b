// @ts-check
// npm run test:wide: what `npm test` leaves out because it needs more than one machine has: other versions of Node, an upgrade from the first release,
// the guide in a clean root, a body of 100,000 people, a pooler between portal and database, and the official suite for MCP. A part that cannot run says why. `npm run test:wide -- pgbouncer` runs one part.
import "./node-version.mjs";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const { build, prepare, ROOT } = await import("./prepare.mjs");
const { takeOldRelease, upgradeAndRollBack } = await import("./testing/upgrade.mjs");
const { findFreePort, hasPostgresql, startPostgresql } = await import("./test-postgresql.mjs");
const { hasPgbouncer, startPgbouncer } = await import("./test-pgbouncer.mjs");
process.chdir(ROOT);

/** @typedef {{ name: string, end: "passed" | "failed" | "left out", why?: string }} Outcome */

const VITEST = ["node_modules/vitest/vitest.mjs", "run", "--reporter=dot", "--no-color"];
/** The lines of Node that get security fixes: npm has each as a package for Linux. */
const NODE_LINES = ["22", "24"];
const START_WITHIN_MS = 180_000;
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
  upgrade: upgradeFromFirst,
  guide: guideAsPrinted,
  plans: plansOfLargeBody,
  pgbouncer: throughPgbouncer,
  journeys: journeysThroughPgbouncer,
  "mcp-conformance": mcpConformance,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in PARTS));
if (unknown) {
  console.error(`There is no part "${unknown}": choose from ${Object.keys(PARTS).join(", ")}.`);
  process.exit(1);
}
await prepare(console.log);
/** @type {Outcome[]} */
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
 * Start, unit tests, and with them the verifier of exports, on each line of Node with security fixes, and on each Node in
 * NODES: NODES=/opt/node-23/bin/node,…
 */
async function otherNodes() {
  const given = (process.env["NODES"] ?? "").split(",").filter(Boolean);
  /** @type {Outcome[]} */
  const all = [];
  for (const [name, program] of [
    ...NODE_LINES.map((line) => /** @type {const} */ ([`Node ${line}`, fetchNode(line)])),
    ...given.map((program) => /** @type {const} */ ([program, program])),
  ]) {
    const found = program && spawnSync(program, ["--version"], { encoding: "utf8" });
    if (!found)
      all.push(
        outcome(name, "left out", "npm has it for Linux on x64 and arm64 alone, or did not answer: name one in NODES"),
      );
    else if (found.status !== 0) all.push(outcome(name, "left out", "it does not run here"));
    else
      all.push(
        await startOn(`start on Node ${found.stdout.trim()}`, program),
        await vitest(`unit tests on Node ${found.stdout.trim()}`, program, []),
      );
  }
  return all;
}

/** The newest Node of a line, from npm, kept in .cache. @param {string} line @returns {string | null} the program */
function fetchNode(line) {
  if (process.platform !== "linux" || !["x64", "arm64"].includes(process.arch)) return null;
  const folder = path.join(ROOT, ".cache", "nodes", line);
  const program = path.join(folder, "package", "bin", "node");
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const packed = spawnSync("npm", ["pack", "--silent", `node-linux-${process.arch}@${line}`], {
    cwd: folder,
    encoding: "utf8",
  });
  const archive = packed.stdout?.trim().split("\n").at(-1);
  return archive && spawnSync("tar", ["-xzf", archive], { cwd: folder }).status === 0 ? program : null;
}

/** Whether the portal starts, answers and stops. @param {string} name @param {string} program @returns {Promise<Outcome>} */
async function startOn(name, program) {
  await build(console.log);
  const dataDir = mkdtempSync(path.join(tmpdir(), "with-care-node-"));
  const port = await findFreePort();
  const env = { ...process.env, PORT: String(port), HOST: "127.0.0.1", DATA_DIR: dataDir, DATABASE_URL: "" };
  const started = spawn(program, ["scripts/start.mjs"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [started.stdout, started.stderr]) stream.on("data", (chunk) => (output += chunk));
  const timer = setTimeout(() => started.kill("SIGKILL"), START_WITHIN_MS);
  const ready = setInterval(() => output.includes("With Care is ready") && started.kill("SIGTERM"), 200);
  const code = await new Promise((resolve) => started.once("close", resolve));
  for (const one of [timer, ready]) clearInterval(one);
  rmSync(dataDir, { recursive: true, force: true });
  if (code === 0) return outcome(name, "passed");
  return outcome(name, "failed", output.trim().split("\n").slice(-5).join(" "));
}

/** From the first release to this state and back, on each engine. */
async function upgradeFromFirst() {
  const old = takeOldRelease();
  if ("why" in old) return [outcome("upgrade", "left out", old.why)];
  const postgresql = await startPostgresql();
  try {
    return [null, ...(postgresql ? [postgresql.url] : [])].map((url) => {
      const name = `upgrade and roll-back, ${url ? "PostgreSQL" : "embedded database"}`;
      try {
        return outcome(name, "passed", upgradeAndRollBack(old.folder, url));
      } catch (error) {
        return outcome(name, "failed", error instanceof Error ? error.message : String(error));
      }
    });
  } finally {
    postgresql?.stop();
  }
}

/** The guide's scripts with a package of this state. @returns {Promise<Outcome[]>} */
async function guideAsPrinted() {
  const folder = mkdtempSync(path.join(tmpdir(), "with-care-package-"));
  try {
    const packed = await run(
      "package for the guide",
      process.execPath,
      ["scripts/package.mjs", "--into", folder],
      {},
      /(.*MB).*/,
    );
    if (packed.end === "failed") return [packed];
    const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/testing/walk-guide.mjs", folder], {
      encoding: "utf8",
    });
    if (status !== 0) console.log(stdout + stderr);
    const words = status === 3 ? stdout.trim() : `${stdout.match(/^passed/gm)?.length ?? 0} scripts`;
    return [outcome("the guide as printed", status === 0 ? "passed" : status === 3 ? "left out" : "failed", words)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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

/** The official conformance suite of the Model Context Protocol against /mcp; it needs Node 22. */
async function mcpConformance() {
  const name = "MCP conformance";
  const program = Number(process.versions.node.split(".")[0]) >= 22 ? process.execPath : fetchNode("22");
  if (!program) return [outcome(name, "left out", "it needs Node 22, which npm did not give")];
  return [await vitest(name, process.execPath, ["app/_mcp/conformance"], { MCP_CONFORMANCE: program })];
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
