import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ROOT } from "../scripts/prepare.mjs";
import { startServer, type ChildServer } from "./child-server.ts";

/** Builds of earlier runs stay here, so that the next one need not rebuild what has not changed. */
export const BENCH_FOLDER = path.join(ROOT, ".cache", "bench");
/** The page that has the portal's frame and nothing in it; only in the copy. */
export const EMPTY_PAGE = "/empty";

const START_WITHIN_MS = 300_000;
const COPY = path.join(BENCH_FOLDER, "portal");
/** All parts of one run measure the same sources, even if these are edited meanwhile. */
let isCopied = false;
const LEFT_OUT = ["node_modules", "e2e", "docs"];

/**
 * Starts a copy of the portal with one more page, EMPTY_PAGE, using the portal's own start command: production build,
 * invented people, its own embedded database that is deleted when it stops. The product itself never has that page.
 * @param settings on top of that, such as another database
 * @param start.node further arguments for Node
 * @param start.readyPath what has to answer 200
 * @throws Error if it cannot be built or started
 */
export async function startPortalCopy(
  settings: Record<string, string> = {},
  { node = [], readyPath = "/api/health" }: { node?: readonly string[]; readyPath?: string } = {},
): Promise<ChildServer> {
  if (!isCopied) copySources();
  isCopied = true;
  const dataDir = mkdtempSync(path.join(tmpdir(), "with-care-bench-"));
  const removeData = () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  process.once("exit", removeData);
  const server = await startServer({
    name: "The copy of the portal",
    folder: COPY,
    args: () => [...node, "scripts/start.mjs"],
    env: (port) => ({ PORT: String(port), HOST: "127.0.0.1", DATA_DIR: dataDir, ...settings }),
    readyPath,
    withinMs: START_WITHIN_MS,
  });
  return { ...server, stop: async () => (await server.stop(), removeData()) };
}

function copySources(): void {
  mkdirSync(COPY, { recursive: true });
  for (const name of visible(COPY)) rmSync(path.join(COPY, name), { recursive: true });
  for (const name of visible(ROOT).filter((name) => !LEFT_OUT.includes(name)))
    cpSync(path.join(ROOT, name), path.join(COPY, name), { recursive: true, preserveTimestamps: true });
  const page = path.join(COPY, "app", "(portal)", EMPTY_PAGE);
  mkdirSync(page, { recursive: true });
  copyFileSync(path.join(ROOT, "bench", "empty-page.tsx"), path.join(page, "page.tsx"));
  linkModules(path.join(ROOT, "node_modules"), path.join(COPY, "node_modules"));
}

/**
 * One link for each package, in a folder of the copy's own: whatever happens in it, the project's packages are safe.
 */
function linkModules(from: string, to: string): void {
  mkdirSync(to);
  for (const name of visible(from)) symlinkSync(path.join(from, name), path.join(to, name));
  copyFileSync(path.join(from, ".package-lock.json"), path.join(to, ".package-lock.json"));
}

function visible(folder: string): string[] {
  return readdirSync(folder).filter((name) => !name.startsWith("."));
}
