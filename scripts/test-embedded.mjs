// @ts-check
// The embedded database as a first start leaves it, made once: tests that are about something else begin with a copy.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";

const MADE = path.resolve(".cache", "test-embedded");
const MAKER = "server/testing/script/make-embedded.ts";

/** @typedef {"initialised.tar" | "migrated.tar" | "migrated"} Kind the last is a folder, the others what PGlite loads */

/**
 * Puts a migrated database without rows into a data folder, as a portal there would at its first start.
 * @param {string} dataDir made where it is missing
 */
export function putEmbedded(dataDir) {
  cpSync(embeddedOf("migrated"), path.join(dataDir, "database"), { recursive: true });
}

/** @param {Kind} kind @returns {string} its path; it stays as it is */
export function embeddedOf(kind) {
  const folder = path.join(MADE, key());
  // Whoever comes first makes it, beside and renamed; others who come meanwhile do it once more, and theirs is not needed.
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

/** Of all that it is made from. */
function key() {
  const migrations = readdirSync("prisma/migrations", { recursive: true, encoding: "utf8" }).sort();
  const files = migrations.filter((name) => name.endsWith(".sql")).map((name) => path.join("prisma/migrations", name));
  const hash = createHash("sha256");
  for (const file of ["package-lock.json", MAKER, ...files]) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}
