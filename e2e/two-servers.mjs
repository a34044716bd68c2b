// @ts-check
// What the journeys visit where PostgreSQL is there: two servers of one build on one database, which start at the same
// moment while it is empty, behind a proxy that gives requests to them in turn. Nothing that one of them keeps to itself
// survives that. With E2E_POOLER=1 their database stands behind PgBouncer (npm run test:wide). Without PostgreSQL the journeys visit one portal on the embedded database (playwright.config.ts).
import { spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { startPgbouncer } from "../scripts/test-pgbouncer.mjs";
import { findFreePort, startPostgresql } from "../scripts/test-postgresql.mjs";
import { startRoundRobin } from "./round-robin.mjs";

const { PORT: port = "", DATA_DIR: dataDir = "" } = process.env;
const SECRET = "one secret of all servers, as docs/operating.md says";

/** @type {(() => unknown)[]} */
const undo = [];
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.once(signal, () => void stop(0));
try {
  await main();
} catch (error) {
  console.error(error);
  await stop(1);
}

async function main() {
  const databases = await throughPooler(await makeDatabase());
  const ports = [await findFreePort(), await findFreePort()];
  await Promise.all(ports.map((own, number) => startServer(own, path.join(dataDir, `server-${number}`), databases)));
  await startRoundRobin(Number(port), ports);
}

/** An empty database, on the server that TEST_DATABASE_URL names or on one of its own. */
async function makeDatabase() {
  const given = process.env["TEST_DATABASE_URL"];
  const server = given ? { url: given, stop: () => {} } : await startPostgresql();
  if (!server) throw new Error("There is no PostgreSQL here.");
  undo.push(() => server.stop());
  const url = new URL(server.url);
  const name = `with_care_journeys_${process.pid}`;
  await onServer(server.url, `CREATE DATABASE ${name}`);
  undo.push(() => onServer(server.url, `DROP DATABASE ${name} WITH (FORCE)`));
  url.pathname = `/${name}`;
  return url.href;
}

/** @param {string} url of the database @returns {Promise<Record<string, string>>} the settings that name it */
async function throughPooler(url) {
  if (process.env["E2E_POOLER"] !== "1") return { DATABASE_URL: url };
  const pooler = await startPgbouncer(url);
  undo.push(() => pooler.stop());
  return { DATABASE_URL: pooler.url, DATABASE_SESSION_URL: url };
}

/** @param {number} own @param {string} folder @param {Record<string, string>} databases */
async function startServer(own, folder, databases) {
  const settings = { PORT: String(own), DATA_DIR: folder, ...databases, AUTH_SECRET: SECRET };
  const env = { ...process.env, ...settings, APP_URL: `http://127.0.0.1:${port}`, EVALUATION: "1" };
  const child = spawn(process.execPath, ["scripts/start.mjs"], { env, stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  undo.push(() => (child.kill("SIGTERM"), ended));
  while ((await fetch(`http://127.0.0.1:${own}/api/health`).catch(() => null))?.status !== 200) {
    if (child.exitCode !== null) throw new Error("One of the two servers did not come up.");
    await pause(200);
  }
}

/** @param {string} connectionString @param {string} sql */
async function onServer(connectionString, sql) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** @param {number} code */
async function stop(code) {
  for (const step of undo.reverse()) await step();
  process.exit(code);
}
