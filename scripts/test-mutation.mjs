// @ts-check
// npm run test:mutation -- ROOM…: changes the code of a room of domain in one place after the other, and lists the changes
// that no test of the room notices. What came of it stands in docs/mutation.md. A second run tries again what is new.
import "./node-version.mjs";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { scoreOf, withRow } from "./mutation-table.mjs";

const { prepare, ROOT } = await import("./prepare.mjs");
const { Stryker } = await import("@stryker-mutator/core");
/** The percentage of changes that must be noticed. */
const LEAST_SCORE = 85;
const TABLE = path.join(ROOT, "docs", "mutation.md");
/** Words are read by people, and codes are checked by the compiler. */
const NOT_CHANGED = ["StringLiteral"];

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
