import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../scripts/prepare.mjs";
import { startServer, type ChildServer } from "./child-server.ts";

const BUILD_WITHIN_MS = 180_000;
const START_WITHIN_MS = 30_000;
const NEXT = path.join(ROOT, "node_modules", "next", "dist", "bin", "next");

const FILES = {
  "package.json": `{ "name": "empty-app", "private": true, "type": "module" }\n`,
  // Its packages are links into the project, and the bundler follows no link out of its root.
  "next.config.mjs": `export default { turbopack: { root: ${JSON.stringify(path.parse(ROOT).root)} } };\n`,
  "app/layout.js": `export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>;
}\n`,
  "app/page.js": `export const dynamic = "force-dynamic";
export default function Page() {
  return null;
}\n`,
};

/**
 * Builds and starts an app of the framework with a root layout and an empty page at `/`: what the framework itself
 * sends. It uses the same packages as the portal, but lies outside the project, so as not to find its settings.
 * @throws Error if it cannot be built or started
 */
export async function startEmptyApp(): Promise<ChildServer> {
  const folder = mkdtempSync(path.join(tmpdir(), "with-care-empty-app-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  for (const [name, text] of Object.entries(FILES)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  await promisify(execFile)(process.execPath, [NEXT, "build"], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    timeout: BUILD_WITHIN_MS,
  });
  const server = await startServer({
    name: "The empty app",
    folder,
    args: (port) => [NEXT, "start", "--hostname", "127.0.0.1", "--port", String(port)],
    readyPath: "/",
    withinMs: START_WITHIN_MS,
  });
  return { ...server, stop: async () => (await server.stop(), remove()) };
}
