// @ts-check
// The embedded database as after a first start, made once: tests about other things start with a copy.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";

const MADE = path.resolve(".cache", "test-embedded");
const MAKER = "server/testing/script/make-embedded.ts";

/**
 * @typedef {"initialised.tar" | "migrated.tar" | "migrated"} Kind the last is a folder, the others are loaded by PGlite
 */

/**
 * Puts a migrated database without rows into a data folder, as a portal would at its first start.
 * @param {string} dataDir created if missing
 */
export function putEmbedded(dataDir) {
  cpSync(embeddedOf("migrated"), path.join(dataDir, "database"), { recursive: true });
}

/** @param {Kind} kind @returns {string} its path; it stays as it is */
export function embeddedOf(kind) {
  const folder = path.join(MADE, key());
  // The first process makes it under another name and renames it; others meanwhile make their own, which is not needed.
  if (!existsSync(folder)) {
    mkdirSync(MADE, { recursive: true });
    const unfinished = mkdtempSync(path.join(MADE, "new-"));
    const options = ["--conditions=react-server", "--import", "tsx"];
    const { status, stderr } = spawnSync(process.execPath, [...options, MAKER, unfinished], { encoding: "utf8" });
    if (status !== 0) throw new Error(`The embedded database for tests could not be made: ${stderr}`);
    try {
      renameSync(unfinished, folder);
    } catch (error) {
      rmSync(unfinished, { recursive: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return path.join(folder, kind);
}

/** The hash of everything that it is made from. */
function key() {
  const migrations = readdirSync("prisma/migrations", { recursive: true, encoding: "utf8" }).sort();
  const files = migrations.filter((name) => name.endsWith(".sql")).map((name) => path.join("prisma/migrations", name));
  const hash = createHash("sha256");
  for (const file of ["package-lock.json", MAKER, ...files]) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}
