import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { putEmbedded } from "../scripts/test-embedded.mjs";
import { findFreePort } from "../scripts/test-postgresql.mjs";
import { test as base } from "./fixture.ts";
import { WEBHOOK_HOST } from "./webhook-by-http.ts";

export { expect } from "./fixture.ts";

export interface OwnPortal {
  address: string;
  /** Its content folder, a copy that the test may change. */
  content: string;
  /** What it has written to its log so far. */
  log(): string;
}

/**
 * Runs a separate portal with only the invented body, for as long as `use` takes.
 * @param settings in addition to, or instead of, those that every such portal has
 * @param prepare receives the settings before the portal starts
 */
export async function runPortal(
  use: (portal: OwnPortal) => Promise<void>,
  settings: (address: string) => Promise<Record<string, string>> | Record<string, string> = () => ({}),
  prepare: (env: NodeJS.ProcessEnv) => void = () => {},
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "with-care-e2e-own-"));
  const content = path.join(folder, "content");
  cpSync("content", content, { recursive: true });
  const port = await findFreePort();
  const address = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: "127.0.0.1",
    DATA_DIR: path.join(folder, "data"),
    CONTENT_DIR: content,
    DATABASE_URL: "",
    DATABASE_OWNER_URL: "",
    DATABASE_SESSION_URL: "",
    DATABASE_READ_URL: "",
    EVALUATION: "",
    BODIES: "example-borough",
    APP_URL: "",
    AUTH_SECRET: "",
    SMTP_URL: "",
    MAIL_FROM: "",
    WEBHOOK_HOSTS: WEBHOOK_HOST,
    WEBHOOK_PRIVATE: "",
    ...(await settings(address)),
  };
  putEmbedded(path.join(folder, "data"));
  prepare(env);
  const child = spawn(process.execPath, ["scripts/start.mjs"], { stdio: ["ignore", "pipe", "pipe"], env });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  try {
    while ((await fetch(`${address}/api/health`).catch(() => null))?.status !== 200) {
      if (child.exitCode !== null) throw new Error(`The portal of its own did not come up: ${log}`);
      await pause(200);
    }
    await use({ address, content, log: () => log });
  } finally {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tests on their own portal, with only the invented body, whose content they change while it runs. */
export const test = base.extend<object, { portal: OwnPortal; settings: Record<string, string> }>({
  /** In addition to its own: a mail server. */
  settings: [{}, { scope: "worker", option: true }],
  portal: [({ settings }, use) => runPortal(use, () => settings), { scope: "worker", timeout: 600_000 }],
  baseURL: async ({ portal }, use) => {
    await use(portal.address);
  },
});
