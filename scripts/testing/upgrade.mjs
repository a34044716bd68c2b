// @ts-check
// An upgrade from the first release and the way back, as docs/operating.md has it ("Upgrade and roll back"), with a row or more in
// every table and a chain of evidence: for `npm run test:wide -- upgrade`.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { ROOT } from "../prepare.mjs";

const TAG = "v0.1.0";
/** What the tag names, for a copy of the repository without tags. */
const COMMIT = "85e7dec6";

/** Fills every table; what it puts into the evidence is no chain, so real evidence takes its place. */
const FILL = `import { readEnvironment, withoutSignIn } from "#server/base/environment/environment.mjs";
import { closeDatabase } from "#server/base/db/database.ts";
import { openDatabase } from "#server/base/db/open-database.ts";
import { makeDataFolder } from "#server/base/environment/data-folder.ts";
import { fillEveryTable } from "#server/testing/fill-every-table.ts";
const env = readEnvironment(withoutSignIn(process.env), process.cwd());
makeDataFolder(env.dataDir);
const { prisma } = await openDatabase(env);
console.log((await fillEveryTable(prisma)).length);
await prisma.$executeRawUnsafe(\`DO $$ BEGIN SET LOCAL session_replication_role = replica; DELETE FROM "EvidenceDetail"; DELETE FROM "Evidence"; END $$\`);
await closeDatabase();
`;

/**
 * The files of the first release in a folder of their own, with the packages that it needs.
 * @returns {{ folder: string } | { why: string }}
 */
export function takeOldRelease() {
  const ref = [TAG, COMMIT].find((one) => git("rev-parse", "--verify", "--quiet", `${one}^{commit}`).status === 0);
  if (!ref)
    return { why: `this copy of the repository holds neither ${TAG} nor ${COMMIT}: git fetch --tags --unshallow` };
  const folder = path.join(
    ROOT,
    ".cache",
    "upgrade",
    git("rev-parse", `${ref}^{commit}`).stdout.toString().trim().slice(0, 8),
  );
  if (existsSync(path.join(folder, "package.json"))) return { folder };
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync("tar", ["-x", "-C", folder], { input: git("archive", ref).stdout });
  if (status !== 0) return { why: `${ref} cannot be unpacked` };
  const [own, old] = [ROOT, folder].map((one) => {
    const { "": portal, ...packages } = JSON.parse(readFileSync(path.join(one, "package-lock.json"), "utf8")).packages;
    return JSON.stringify([portal.dependencies, portal.devDependencies, packages]);
  });
  // Otherwise its own commands install what its lock says.
  if (own === old) symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  writeFileSync(path.join(folder, "scripts", "fill-every-table.ts"), FILL);
  return { folder };
}

/** @param {string[]} args */
function git(...args) {
  return spawnSync("git", args, { cwd: ROOT, maxBuffer: 1e9 });
}

/**
 * Upgrades and rolls back.
 * @param {string} oldFolder
 * @param {string | null} databaseUrl of an empty database; null: the embedded one
 * @returns {string} what was found to hold
 * @throws {Error} saying what does not
 */
export function upgradeAndRollBack(oldFolder, databaseUrl) {
  const home = mkdtempSync(path.join(tmpdir(), "with-care-upgrade-"));
  const settings = {
    DATA_DIR: path.join(home, "data"),
    DATABASE_URL: databaseUrl ?? "",
    EVALUATION: "1",
    CONTENT_DIR: "",
    BODIES: "",
  };
  /** @param {string} folder @param {string[]} command @param {number} [expected] exit code */
  const run = (folder, command, expected = 0) => {
    const [name = "", ...args] = command;
    const options = { cwd: folder, env: { ...process.env, ...settings }, encoding: /** @type {const} */ ("utf8") };
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["scripts/run.mjs", `scripts/${name}.ts`, ...args],
      options,
    );
    if (status !== expected) throw new Error(`${name} ended with ${status}:\n${stdout}${stderr}`);
    return stdout + stderr;
  };
  const file = (/** @type {string} */ name) => path.join(home, `${name}.backup`);
  const grant = (/** @type {string} */ folder, /** @type {string} */ name, /** @type {string} */ role) =>
    run(folder, ["people-grant", `${name}@council.invalid`, role, "--body", "nao", "--name", `Some ${name}`]);
  try {
    const tables = run(oldFolder, ["fill-every-table"]).trim();
    grant(oldFolder, "first", "administrator");
    grant(oldFolder, "second", "auditor");
    const heads = [...run(oldFolder, ["backup", file("before")]).matchAll(/^Evidence: (\S+)$/gm)].map(([, head]) =>
      String(head),
    );
    const known = heads.flatMap((head) => ["--known", head]);
    if (heads.length === 0) throw new Error("There is no evidence to look at.");

    grant(ROOT, "third", "auditor"); // the first that opens the database, and brings it up to date
    run(ROOT, ["evidence-verify", ...known]);
    const health = run(ROOT, ["doctor"], 1); // nobody starts a portal here, so no timed work is done
    if (/^FAULT +(?! |Timed work)/m.test(health)) throw new Error(`After the upgrade:\n${health}`);
    run(ROOT, ["backup", file("after")]);
    const [before, after] = [rowsIn(file("before")), rowsIn(file("after"))];
    refuse("lost or changed by the upgrade", missing(before, after));

    const added = migrationsOf(ROOT).filter((name) => !migrationsOf(oldFolder).includes(name));
    const verified = run(oldFolder, ["evidence-verify", ...known], added.length > 0 ? 2 : 0);
    if (added.length > 0 && !verified.includes("newer than this version"))
      throw new Error(`The old version says: ${verified}`);
    run(oldFolder, ["restore", file("before"), "--replace"]);
    run(oldFolder, ["evidence-verify", ...known]);
    run(oldFolder, ["backup", file("again")]);
    const again = rowsIn(file("again"));
    refuse("lost on the way back", missing(before, again));
    refuse("left over on the way back", missing(again, before));
    return `${tables} tables, ${added.length} new migrations, there and back`;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function migrationsOf(folder) {
  return readdirSync(path.join(folder, "prisma", "migrations")).filter((name) => /^\d/.test(name));
}

/** @param {string} what @param {string[]} tables */
function refuse(what, tables) {
  if (tables.length > 0) throw new Error(`Rows were ${what}, in ${tables.join(", ")}.`);
}

/** @typedef {Map<string, Record<string, string | null>[]>} Rows by table */

/** The rows in a backup. @param {string} file @returns {Rows} */
function rowsIn(file) {
  /** @type {Rows} */
  const all = new Map();
  /** @type {string[]} */
  let columns = [];
  /** @type {Record<string, string | null>[]} */
  let rows = [];
  for (const line of gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n")) {
    const value = JSON.parse(line);
    if (Array.isArray(value)) rows.push(Object.fromEntries(columns.map((column, at) => [column, value[at]])));
    if (typeof value.table !== "string") continue;
    [columns, rows] = [value.columns, []];
    all.set(value.table, rows);
  }
  return all;
}

/** The tables of which a row is not in the other, looking at the columns that both have. @param {Rows} one @param {Rows} other */
function missing(one, other) {
  return [...one].flatMap(([table, rows]) => {
    const others = other.get(table);
    const shared = Object.keys(rows[0] ?? {}).filter((column) => column in (others?.[0] ?? {}));
    const textOf = (/** @type {Record<string, string | null>} */ row) =>
      JSON.stringify(shared.map((column) => row[column]));
    const there = new Set(others?.map(textOf));
    return rows.every((row) => there.has(textOf(row))) ? [] : [table];
  });
}
