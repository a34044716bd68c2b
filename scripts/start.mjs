// @ts-check
// npm start: from a fresh clone to a running portal. With --dev, the same with Next's development server.
import "./node-version.mjs";
import { EventEmitter } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { takeSettingsFile } from "./settings-file.mjs";

const isDev = process.argv.includes("--dev");
const { build, keepBuild, prepare, ROOT } = await import("./prepare.mjs");
const { readEnvironment } = await import("../server/base/environment/environment.mjs");
const { shared } = await import("../server/base/process-shared.mjs");
const STOP_WITHIN_MS = 2_500;
const HEALTHY_WITHIN_MS = 60_000;

process.chdir(ROOT);
Object.assign(process.env, { NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1" });
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => void stop(signal));

/** @type {{ server: import("node:http").Server, close(): Promise<void> } | undefined} */
let running;
/** @type {string | undefined} */
let addressFile;
let isStopping = false;
/** @type {(() => Promise<void>) | undefined} */
let stopTelemetry;

try {
  await main();
} catch (error) {
  fail(error);
}

async function main() {
  takeSettingsFile();
  const env = readEnvironment(process.env, ROOT);
  await listen(createServer(), env).then((server) => server.close()); // before the long steps
  await prepare(console.log);
  if (!isDev) useBuild(await build(console.log));
  Object.assign(process.env, { NODE_ENV: isDev ? "development" : "production" });
  const { default: next } = await import("next");
  const log = await openLog(env);
  stopTelemetry = await trace(env);
  const { makeFront } = await import("../server/shell/http/front-handler.mjs");
  const { signInFirst } = await import("../server/shell/http/sign-in-first.mjs");
  // Requests for another protocol go here: Next would leave them open, except those of its development server.
  const upgrades = new EventEmitter();
  const httpServer = /** @type {import("node:http").Server} */ (upgrades);
  const app = next({ dev: isDev, dir: ROOT, hostname: env.host, port: env.port, httpServer, quiet: true });
  const options = { env, log, origin: () => ownOrigin(env), keepsErrorPages: isDev, ...(isDev && { upgrades }) };
  const server = makeFront(signInFirst(app.getRequestHandler(), env), options);
  running = { server, close: () => app.close() };
  await quietly(() => app.prepare());
  await listen(server, env);
  await greet(env);
  leaveAddress(env);
}

/** @param {string} distDir */
function useBuild(distDir) {
  keepBuild(distDir);
  process.env["NEXT_DIST_DIR"] = distDir;
  shared.islands = JSON.parse(readFileSync(path.join(ROOT, distDir, "islands.json"), "utf8"));
}

/**
 * The log; loaded once the dependencies are installed.
 * @param {import("../server/base/environment/environment.mjs").Env} env
 */
async function openLog(env) {
  const { secretKeeper, startLog } = await import("../server/shell/http/log.mjs");
  const { workForLog } = await import("../server/shell/http/request-context.mjs");
  const secrets = secretKeeper(process.env);
  shared.secrets = secrets; // for the one that the portal generates itself
  return startLog(env, secrets, {
    isTerminal: process.stdout.isTTY === true,
    out: (line) => void process.stdout.write(line),
    work: workForLog,
  });
}

/**
 * Passes traces on, and sends them where the settings say so; only then OpenTelemetry is loaded.
 * @param {import("../server/base/environment/environment.mjs").Env} env
 */
async function trace({ telemetry }) {
  const { passTraceOn } = await import("../server/shell/http/trace-context.mjs");
  passTraceOn();
  if (telemetry === null) return undefined;
  const { startTelemetry } = await import("../server/shell/http/telemetry.mjs");
  return startTelemetry(telemetry, JSON.parse(readFileSync("package.json", "utf8")).version);
}

/**
 * Commands that need the embedded database, which only this process can use, find the portal through this file.
 * @param {import("../server/base/environment/environment.mjs").Env} env
 */
function leaveAddress(env) {
  if (env.databaseUrl !== null) return;
  addressFile = path.join(env.dataDir, "portal-address.json");
  rmSync(addressFile, { force: true }); // left by a portal that was killed
  writeFileSync(addressFile, `${JSON.stringify({ address: ownOrigin(env) })}\n`, { mode: 0o600 });
}

/** Without Next's own remarks about its configuration; errors are still shown. @param {() => Promise<void>} step */
async function quietly(step) {
  const { log } = console;
  if (!isDev) console.log = () => {};
  await step().finally(() => (console.log = log));
}

/**
 * @param {import("node:http").Server} server
 * @param {import("../server/base/environment/environment.mjs").Env} env
 * @returns {Promise<import("node:http").Server>}
 */
function listen(server, { host, port }) {
  return new Promise((resolve, reject) => {
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === "EADDRINUSE") {
        reject(
          new Error(`Port ${port} on ${host} is taken by another program: stop that one, or start with another PORT.`),
        );
      } else if (error.code === "EACCES") {
        reject(new Error(`Port ${port} may not be used by this account: start with a PORT above 1023.`));
      } else {
        reject(
          new Error(
            `HOST is "${host}", which is not an address of this machine (${error.code}): give 127.0.0.1, 0.0.0.0 or one of its own.`,
          ),
        );
      }
    });
    server.listen(port, host, () => resolve(server));
  });
}

/** @param {import("../server/base/environment/environment.mjs").Env} env */
async function greet(env) {
  const { appUrl, evaluation } = env;
  const health = await untilHealthy(`${ownOrigin(env)}/api/health`);
  if (health.status !== "ok")
    throw new Error(`With Care started, but its database does not answer (${health.database}).`);
  console.log(`With Care is ready: ${appUrl}`);
  if (evaluation) console.log("Evaluation mode: the people in it are invented samples, and anyone may sign in as one.");
  console.log("Press Ctrl-C to stop.");
}

/**
 * The portal's health, once it is well or the time is over: a busy machine takes a while at the start.
 * @param {string} address
 * @returns {Promise<{ status: string, database: string }>}
 */
async function untilHealthy(address) {
  const late = Date.now() + HEALTHY_WITHIN_MS;
  for (;;) {
    const health = await (await fetch(address)).json();
    if (health.status === "ok" || Date.now() > late) return health;
    await pause(500);
  }
}

/** How this process reaches its own server. @param {import("../server/base/environment/environment.mjs").Env} env */
function ownOrigin({ host, port }) {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

/** @param {string} signal */
async function stop(signal) {
  if (isStopping || !running) process.exit(signal === "SIGINT" ? 130 : 143);
  isStopping = true;
  if (addressFile) rmSync(addressFile, { force: true });
  setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
  const { server, close } = running;
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS / 2).unref(); // streams and slow readers
  await closed;
  // instrumentation.ts, inside the bundle, left us this function: it closes the database.
  await stopTelemetry?.();
  await shared.stop?.();
  await close();
  process.exit(0);
}

/** @param {unknown} error */
function fail(error) {
  if (isStopping) return;
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
