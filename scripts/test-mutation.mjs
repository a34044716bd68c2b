// @ts-check
// npm run test:mutation -- ROOM…: changes the code of a room of domain in one place after the other, and lists the changes
// that no test of the room notices. What came of it stands in docs/mutation.md. A second run tries again what is new.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import "./node-version.mjs";

const { prepare, ROOT } = await import("./prepare.mjs");
const { Stryker } = await import("@stryker-mutator/core");
/** The percentage of changes that must be noticed. */
const LEAST_SCORE = 85;
const TABLE = path.join(ROOT, "docs", "mutation.md");
/** Words are read by people, and codes are checked by the compiler. */
const NOT_CHANGED = ["StringLiteral"];
/** The table of docs/mutation.md: one line for each room that was run, in alphabetical order. */
const HEAD = "| room | changes | noticed | not noticed | not reached | score |";
const LINE = /^\| (\w+) +\| +\d+ \| +(\d+) \| +(\d+) \| +(\d+) \|/;

process.chdir(ROOT);
const rooms = readdirSync("domain").filter((name) => name !== "testing");
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !rooms.includes(name));
if (wanted.length === 0 || unknown) {
  console.error(`${unknown ? `There is no room "${unknown}"` : "Say which rooms"}: choose from ${rooms.join(", ")}.`);
  process.exit(1);
}
await prepare(console.log);
const cache = path.join(".cache", "mutation");
mkdirSync(cache, { recursive: true });
for (const room of wanted) if ((await run(room)) < LEAST_SCORE) process.exitCode = 1;

/** @param {string} room @returns {Promise<number>} the score */
async function run(room) {
  process.env["MUTATED"] = `domain/${room}`; // vitest.mutation.config.ts reads it
  const earlier = path.join(cache, `${room}.json`);
  forgetUnreached(earlier);
  const results = await new Stryker({
    mutate: [`domain/${room}/**/*.ts`, "!**/*.test.ts"],
    mutator: /** @type {import("@stryker-mutator/api/core").MutatorDescriptor} */ ({ excludedMutations: NOT_CHANGED }),
    plugins: ["@stryker-mutator/vitest-runner"],
    testRunner: "vitest",
    vitest: { configFile: "vitest.mutation.config.ts", related: false },
    // What the tests of domain read: each run is on a copy.
    ignorePatterns: [
      "**",
      "!domain/**",
      "!prisma/models/**",
      "!package.json",
      "!tsconfig.json",
      "!vitest.mutation.config.ts",
    ],
    tempDirName: path.join(cache, "copy"),
    incremental: true,
    incrementalFile: earlier,
    concurrency: 1,
    reporters: ["progress-append-only"],
    allowConsoleColors: false,
    checkers: [],
  }).runMutationTest();
  const missed = results.filter(({ status }) => status === "Survived" || status === "NoCoverage");
  for (const { fileName, location, mutatorName, replacement, status } of missed) {
    const place = `${path.relative(ROOT, fileName)}:${location.start.line}:${location.start.column}`;
    console.log(
      `${status === "Survived" ? "unnoticed" : "unreached"}  ${place}  ${mutatorName}  ${(replacement ?? "").replace(/\s+/g, " ")}`,
    );
  }
  const count = (/** @type {string[]} */ ...statuses) =>
    results.filter(({ status }) => statuses.includes(status)).length;
  const row = {
    room,
    noticed: count("Killed", "Timeout"),
    unnoticed: count("Survived"),
    unreached: count("NoCoverage"),
  };
  const before = existsSync(TABLE) ? readFileSync(TABLE, "utf8") : "";
  writeFileSync(TABLE, withRow(before, row));
  console.log(
    `${room}: ${row.noticed} noticed, ${row.unnoticed} not noticed, ${row.unreached} not reached: ${scoreOf(row).toFixed(1)} %`,
  );
  return scoreOf(row);
}

/**
 * What no test reached is tried again: for code that runs when a file is loaded, Stryker would not notice a new test.
 * @param {string} file
 */
function forgetUnreached(file) {
  if (!existsSync(file)) return;
  const report = JSON.parse(readFileSync(file, "utf8"));
  for (const one of /** @type {{ mutants: { status: string }[] }[]} */ (Object.values(report.files)))
    one.mutants = one.mutants.filter(({ status }) => status !== "NoCoverage");
  writeFileSync(file, JSON.stringify(report));
}

/** @typedef {{ room: string, noticed: number, unnoticed: number, unreached: number }} Row counts of changes */

/** Per cent of the changes that were noticed; what no test reaches counts as not noticed. @param {Omit<Row, "room">} row */
function scoreOf({ noticed, unnoticed, unreached }) {
  const all = noticed + unnoticed + unreached;
  return all === 0 ? 100 : (100 * noticed) / all;
}

/** The document with the room's line updated; everything else stays. @param {string} text @param {Row} row */
function withRow(text, row) {
  const lines = text.trimEnd().split("\n");
  const at = lines.findIndex((line) => line.startsWith("| room "));
  const before = at < 0 ? lines : lines.slice(0, at);
  const rows = at < 0 ? [] : lines.slice(at).flatMap(readLine);
  const rest = at < 0 ? [] : lines.slice(at).filter((line) => !line.startsWith("|"));
  const all = [...rows.filter(({ room }) => room !== row.room), row].sort((a, b) => a.room.localeCompare(b.room));
  return [...before, ...tableOf(all), ...rest, ""].join("\n");
}

/** @param {string} line @returns {Row[]} */
function readLine(line) {
  const [, room, noticed, unnoticed, unreached] = LINE.exec(line) ?? [];
  if (!room) return [];
  return [{ room, noticed: Number(noticed), unnoticed: Number(unnoticed), unreached: Number(unreached) }];
}

/** @param {Row[]} rows */
function tableOf(rows) {
  const titles = HEAD.slice(2, -2).split(" | ");
  const cells = rows.map((row) => {
    const { room, noticed, unnoticed, unreached } = row;
    return [room, noticed + unnoticed + unreached, noticed, unnoticed, unreached, `${scoreOf(row).toFixed(1)} %`].map(
      String,
    );
  });
  const widths = titles.map((title, at) => Math.max(title.length, ...cells.map((row) => (row[at] ?? "").length)));
  const pad = (/** @type {string} */ text, /** @type {number} */ at) =>
    at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0);
  const rule = widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [titles.map(pad), rule, ...cells.map((row) => row.map(pad))].map((row) => `| ${row.join(" | ")} |`);
}
