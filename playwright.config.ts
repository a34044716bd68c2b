import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "./e2e/chromium.mjs";
import { hasPostgresql } from "./scripts/test-postgresql.mjs";

// Every worker loads this file again; the first one chooses, and the others inherit its environment.
process.env.E2E_PORT ??= findFreePort();
process.env.E2E_DATA_DIR ??= mkdtempSync(path.join(tmpdir(), "with-care-e2e-"));
process.env.E2E_SERVERS ??= hasPostgresql() ? "2" : "1";
const port = process.env.E2E_PORT;
const baseURL = `http://127.0.0.1:${port}`;

/** Portals of their own and long walks begin first: at the end, when workers have nothing left, only short ones run. */
const LONG =
  /(bad-input|clear-down|continuity|every-page|exception|group|hold|limits|mail-server|package|permission|publishing|signing-in|statements)\.spec\.ts$/;

export default defineConfig({
  testDir: "e2e",
  outputDir: "e2e/results",
  globalTeardown: "./e2e/remove-data.ts",
  fullyParallel: true,
  forbidOnly: true,
  workers: 3, // on two cores: browsers wait as much as they work
  retries: 1, // of so many on a busy machine one may come too late; the test run names how many did
  timeout: 1_200_000, // a journey takes seconds, a walk over every page minutes; with much else to do, many times that
  expect: { timeout: 60_000 },
  reporter: "list",
  use: {
    baseURL,
    locale: "en-GB",
    timezoneId: "Europe/London",
    // Without pictures of every step, which take a third of the time: run one journey with --trace on to see them.
    trace: "on-first-retry",
    launchOptions: { args: chromiumArguments, ...(chromiumPath ? { executablePath: chromiumPath } : {}) },
  },
  projects: [
    { name: "long first", testMatch: LONG, use: { browserName: "chromium" } },
    { name: "chromium", testIgnore: LONG, use: { browserName: "chromium" } },
  ],
  webServer: {
    command: process.env.E2E_SERVERS === "2" ? "node e2e/two-servers.mjs" : "node scripts/start.mjs",
    url: `${baseURL}/api/health`,
    reuseExistingServer: false,
    timeout: 600_000, // with a build, where the sources changed
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stdout: "ignore",
    // Its own data and the content as it is checked in, whatever is set for a portal that runs here.
    env: {
      PORT: port,
      HOST: "127.0.0.1",
      DATA_DIR: process.env.E2E_DATA_DIR,
      CONTENT_DIR: "content",
      DATABASE_URL: "",
      DATABASE_OWNER_URL: "",
      DATABASE_SESSION_URL: "",
      DATABASE_READ_URL: "",
      EVALUATION: "",
      BODIES: "",
      APP_URL: "",
      AUTH_SECRET: "",
      SMTP_URL: "",
      MAIL_FROM: "",
      WEBHOOK_HOSTS: "events.invalid",
      WEBHOOK_PRIVATE: "",
      // All journeys come from one address, and faster than people.
      LIMIT_SIGN_IN: "99999",
      LIMIT_API: "99999",
      LIMIT_SCIM: "99999",
      LIMIT_EMBED: "99999",
      LIMIT_SEARCH: "99999",
      LIMIT_EXPORT: "99999",
      LIMIT_CONNECTIONS: "99999",
    },
  },
});

function findFreePort(): string {
  const script = `const server = require("node:net").createServer().listen(0, "127.0.0.1", () => {
    console.log(server.address().port); server.close(); })`;
  return execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }).trim();
}
