import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { BENCH_FOLDER } from "./portal-copy.ts";

const WITHIN_MS = 900_000;
const OPTIONS = ["--ignore-scripts=false", "--no-audit", "--no-fund", "--loglevel=error"];

/**
 * Installs packages for comparison into a folder of their own under `.cache/bench`, unless these versions are there from
 * an earlier run. They are never dependencies of the portal.
 * @param name of the folder
 * @param dependencies name → version
 * @returns the folder
 * @throws Error if npm cannot install them
 */
export async function installForBench(name: string, dependencies: Readonly<Record<string, string>>): Promise<string> {
  const folder = path.join(BENCH_FOLDER, name);
  const file = path.join(folder, "package.json");
  const wanted = JSON.stringify({ private: true, dependencies }, null, 2);
  const lastWritten = path.join(folder, "node_modules", ".package-lock.json");
  if (existsSync(lastWritten) && readFileSync(file, "utf8") === wanted) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, wanted);
  try {
    await promisify(execFile)("npm", ["install", ...OPTIONS], { cwd: folder, timeout: WITHIN_MS });
  } catch (error) {
    const packages = Object.entries(dependencies).map(([one, version]) => `${one}@${version}`);
    throw new Error(
      `npm could not install ${packages.join(", ")}. The first run needs a package registry. ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  return folder;
}
