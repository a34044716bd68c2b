// @ts-check
// npm test: everything, from a fresh clone. `npm test -- lint unit` runs only the steps named.
import "./node-version.mjs";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

const { build, prepare, ROOT } = await import("./prepare.mjs");
const { startPostgresql } = await import("./test-postgresql.mjs");
/**
 * A step that prints nothing for this long is hanging; one that makes progress is never ended, however slow the
 * machine.
 */
const SILENT_AT_MOST_MS = 25 * 60_000;

process.chdir(ROOT);
mkdirSync(path.join(ROOT, ".cache"), { recursive: true });
const reports = mkdtempSync(path.join(ROOT, ".cache", "test-"));
/** The settings of a portal running here are not for the tests. */
const PORTAL_SETTINGS = [
  "PORT",
  "HOST",
  "DATA_DIR",
  "CONTENT_DIR",
  "DATABASE_URL",
  "DATABASE_OWNER_URL",
  "DATABASE_SESSION_URL",
  "DATABASE_READ_URL",
  "APP_URL",
  "BODIES",
  "EVALUATION",
  "AUTH_SECRET",
  "SMTP_URL",
  "MAIL_FROM",
  "WEBHOOK_HOSTS",
  "WEBHOOK_PRIVATE",
  "METRICS_TOKEN",
  "TRUSTED_PROXIES",
  "LOG_LEVEL",
  "LOG_FORMAT",
  "LIMIT_SIGN_IN",
  "LIMIT_API",
  "LIMIT_SCIM",
  "LIMIT_EMBED",
  "LIMIT_SEARCH",
  "LIMIT_EXPORT",
  "LIMIT_CONNECTIONS",
  "BACKUP_DIR",
  "SETTINGS_FILE",
];
const QUIET = { NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1", FORCE_COLOR: "0", NO_COLOR: "1" };
const env = Object.fromEntries(
  Object.entries({ ...process.env, ...QUIET }).filter(([name]) => ![...PORTAL_SETTINGS, "NODE_ENV"].includes(name)),
);

/** @typedef {{ passed: number, failed: number, output: string, note?: string }} Outcome `note`: printed though it passed */
/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();
/** @type {{ url: string, stop(): void } | null} */
let postgresql = null;
process.on("exit", () => {
  for (const child of children) child.kill();
  postgresql?.stop();
  rmSync(reports, { recursive: true, force: true });
});
process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));

const NEXT = "node_modules/next/dist/bin/next";
const VITEST = ["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json"];
const PLAYWRIGHT = "node_modules/@playwright/test/cli.js";
const SOURCES = ["app", "bench", "domain", "server", "scripts", "prisma", "instrumentation.ts"];

/**
 * Sequences of steps that run at once, one stage after the other. Those of the first use one processor each, the others
 * all.
 */
const STAGES = [
  [["lint"], ["types", "boundaries", "formatting", "unit"], ["audit"]],
  [["database"]],
  [["schema-drift", "policy-check", "build", "browser"]],
];

/** @type {Promise<Outcome> | undefined} */
let routeTypes;
/** The types of the routes, which the type check and lint need. */
const makeRouteTypes = () => (routeTypes ??= node([NEXT, "typegen"]));

/** @type {Record<string, () => Promise<Outcome>>} */
const STEPS = {
  types: async () => allOf(await makeRouteTypes(), await node(["node_modules/typescript/bin/tsc", "--noEmit"])),
  lint: async () =>
    allOf(await makeRouteTypes(), await node(["node_modules/eslint/bin/eslint.js", "--max-warnings=0", "."])),
  boundaries: () =>
    node(["node_modules/dependency-cruiser/bin/dependency-cruise.mjs", "--output-type", "err-long", ...SOURCES]),
  formatting: () => node(["node_modules/prettier/bin/prettier.cjs", "--check", "--log-level=warn", "."]),
  unit: () => vitest("domain"),
  audit: () => audit(),
  database: () => vitest("server*"),
  "schema-drift": () => node(["scripts/run.mjs", "scripts/schema-check.ts"]),
  "policy-check": () => node(["scripts/run.mjs", "scripts/policy-check.ts"]),
  build: () => attempt(() => build(() => {})),
  browser: () => playwright(),
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in STEPS));
if (unknown) {
  console.error(`There is no step "${unknown}": choose from ${Object.keys(STEPS).join(", ")}.`);
  process.exit(1);
}
process.exitCode = (await main()) ? 0 : 1;

/** @returns {Promise<boolean>} whether everything passed */
async function main() {
  const total = { passed: 0, failed: 0 };
  /** @param {string} name @param {() => Promise<Outcome>} run */
  const step = async (name, run) => {
    const startedAt = Date.now();
    const { passed, failed, output, note } = await run();
    total.passed += passed;
    total.failed += failed;
    const count = passed + failed > 1 ? `: ${passed} passed, ${failed} failed` : "";
    console.log(
      `${failed > 0 ? "FAILED" : passed > 0 ? "passed" : "absent"}  ${name}${count} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`,
    );
    if (note) console.log(`        ${note}`);
    if (failed > 0) console.log(`\n${output.trim().split("\n").slice(-150).join("\n")}\n`);
    return failed === 0;
  };
  const steps = Object.entries(STEPS).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  if (await step("prepare", () => attempt(() => prepare(console.log)))) {
    const usesDatabase = steps.some(([name]) => name === "database" || name === "browser");
    if (usesDatabase) await step("postgresql", usePostgresql);
    const inOrder = async (/** @type {(name: string) => boolean} */ isIn) => {
      for (const [name, run] of steps) if (isIn(name)) await step(name, run);
    };
    for (const rows of STAGES) await Promise.all(rows.map((row) => inOrder((name) => row.includes(name))));
    if (usesDatabase && !postgresql) {
      console.log(
        "\n!!! NO POSTGRESQL WAS FOUND: the database tests and the journeys ran on the embedded database only.",
      );
      console.log("!!! Install it to test both (Debian and Ubuntu: apt install postgresql).\n");
    }
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0;
}

/**
 * The server that TEST_DATABASE_URL names, or else one for this run alone; neither passed nor failed if there is none.
 */
async function usePostgresql() {
  const url = process.env["TEST_DATABASE_URL"];
  const outcome = await attempt(async () => {
    postgresql = url ? { url, stop: () => {} } : await startPostgresql();
  });
  return postgresql || outcome.failed > 0 ? outcome : { ...outcome, passed: 0 };
}

/**
 * Known vulnerabilities of the dependencies: reported, never a failure; without a network it says that it could not
 * check.
 */
async function audit() {
  const npm = process.env["npm_execpath"];
  const unknown = {
    passed: 1,
    failed: 0,
    output: "",
    note: "npm audit: not known, the package registry did not answer.",
  };
  if (!npm?.endsWith(".js")) return unknown;
  const { output } = await node([npm, "audit", "--json", "--fetch-retries=0", "--fetch-timeout=10000"]);
  try {
    const { total, ...bySeverity } = JSON.parse(output.slice(output.indexOf("{"))).metadata.vulnerabilities;
    const known = Object.entries(bySeverity).filter(([, count]) => count > 0);
    const words = known.map(([severity, count]) => `${count} ${severity}`).join(", ");
    return { ...unknown, note: `npm audit: ${total === 0 ? "nothing known" : `${words}. See npm audit.`}` };
  } catch {
    return unknown;
  }
}

/** The setting through which tests find the server. @returns {Record<string, string>} */
function database() {
  return postgresql ? { TEST_DATABASE_URL: postgresql.url } : {};
}

/** @param {string} project @returns {Promise<Outcome>} */
async function vitest(project) {
  const report = path.join(reports, "vitest.json");
  const outcome = await node([...VITEST, "--project", project, `--outputFile.json=${report}`], database());
  if (!existsSync(report)) return outcome;
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  // A file that can't even be loaded, or an error outside any test, fails without a failed test.
  const failed = Math.max(numFailedTests, outcome.failed);
  const output = numFailedTests > 0 ? failuresIn(testResults) : outcome.output;
  return { passed: numPassedTests, failed, output };
}

/**
 * What failed and why, and nothing of what passed.
 * @param {{ name: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[]} files
 */
function failuresIn(files) {
  return files
    .flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === "failed")
        .map(
          ({ fullName, failureMessages }) =>
            `${path.relative(ROOT, name)}: ${fullName}\n${failureMessages.join("\n").split("\n").slice(0, 25).join("\n")}`,
        ),
    )
    .join("\n\n");
}

/** @returns {Promise<Outcome>} */
async function playwright() {
  const { chromiumPath } = await import("../e2e/chromium.mjs");
  if (!chromiumPath) {
    const installed = await node([PLAYWRIGHT, "install", "chromium"]);
    if (installed.failed > 0) return installed;
  }
  const report = path.join(reports, "playwright.json");
  const outcome = await node([PLAYWRIGHT, "test", "--reporter=list,json"], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    ...database(),
  });
  if (!existsSync(report)) return outcome;
  const { expected, flaky, unexpected } = JSON.parse(readFileSync(report, "utf8")).stats;
  const note = flaky > 0 ? `${flaky} passed at the second try only: look into it.` : "";
  return { ...outcome, passed: expected + flaky, failed: Math.max(unexpected, outcome.failed), note };
}

/** @param {string[]} args @param {Record<string, string>} [more] @returns {Promise<Outcome>} passed or failed as one */
function node(args, more = {}) {
  return new Promise((resolve) => {
    const started = spawn(process.execPath, args, {
      env: /** @type {NodeJS.ProcessEnv} */ ({ ...env, ...more }),
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.add(started);
    let output = "";
    const timer = setTimeout(() => {
      output += `\nStopped: it printed nothing for ${SILENT_AT_MOST_MS / 60_000} minutes.`;
      started.kill();
    }, SILENT_AT_MOST_MS);
    for (const stream of [started.stdout, started.stderr])
      stream.on("data", (chunk) => {
        output += chunk;
        timer.refresh();
      });
    started.once("close", (code) => {
      clearTimeout(timer);
      children.delete(started);
      resolve({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output });
    });
  });
}

/** @param {() => Promise<unknown>} run @returns {Promise<Outcome>} */
async function attempt(run) {
  try {
    await run();
    return { passed: 1, failed: 0, output: "" };
  } catch (error) {
    return { passed: 0, failed: 1, output: error instanceof Error ? error.message : String(error) };
  }
}

/** @param {Outcome[]} outcomes @returns {Outcome} one step of several commands */
function allOf(...outcomes) {
  const failed = outcomes.some((outcome) => outcome.failed > 0) ? 1 : 0;
  return { passed: 1 - failed, failed, output: outcomes.map(({ output }) => output).join("\n") };
}
