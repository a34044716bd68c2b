/**
 * `npm run --silent bench [-- PART …] [-- size jobs --people NUMBER]`: measures the portal against its peers, JSON lines out, one
 * `Line` each. Progress goes to standard error. Exit 1 where a part could not be measured. See docs/bench.md.
 */
import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { lockFolder } from "#server/base/process-lock/process-lock.mjs";
import { orUsage } from "../scripts/options.ts";
import type { Part } from "./line.ts";
import { BENCH_FOLDER } from "./portal-copy.ts";

/** Loaded when it is their turn, so that one that cannot be loaded does not stop the others. */
const PARTS: Readonly<Record<string, () => Promise<Part>>> = {
  prove: async () => (await import("./prove.ts")).benchProve, // first, before anything is warm
  decide: async () => (await import("./decide.ts")).benchDecide,
  search: async () => (await import("./search.ts")).benchSearch,
  write: async () => (await import("./write.ts")).benchWrite,
  pages: async () => (await import("./pages.ts")).benchPages,
  app: async () => (await import("./pages.ts")).benchPagesAgainstApp,
  start: async () => (await import("./start.ts")).benchStart,
  costly: async () => (await import("./costly.ts")).benchCostly,
  size: async () => (await import("./size.ts")).benchSize,
  jobs: async () => (await import("./jobs.ts")).benchJobs,
  load: async () => (await import("./load.ts")).benchLoad,
  deciding: async () => (await import("./deciding.ts")).benchDeciding,
  library: async () => (await import("./library.ts")).benchLibrary,
  import: async () => (await import("./import.ts")).benchImport,
  javascript: async () => (await import("./javascript.ts")).benchJavaScript,
  lighthouse: async () => (await import("./lighthouse.ts")).benchLighthouse,
};
/** The settings of a portal running here are not for the bench. */
const PORTAL_SETTINGS = [
  "PORT",
  "HOST",
  "DATA_DIR",
  "CONTENT_DIR",
  "DATABASE_URL",
  "DATABASE_OWNER_URL",
  "DATABASE_SESSION_URL",
  "DATABASE_READ_URL",
  "APP_URL",
  "BODIES",
  "EVALUATION",
  "AUTH_SECRET",
];
for (const name of PORTAL_SETTINGS) delete process.env[name];
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1)); // and everything it started ends
process.stdout.on("error", () => process.exit()); // whoever reads the lines may have stopped

const say = (progress: string) => console.error(progress);
const { values, positionals: chosen } = orUsage("bench [-- PART …] [-- size jobs --people NUMBER]", () =>
  parseArgs({ allowPositionals: true, options: { people: { type: "string", default: "100000" } } }),
);
const people = Number(values.people);
if (!Number.isSafeInteger(people) || people < 1_000) {
  say("--people takes a whole number from 1000.");
  process.exit(1);
}
const unknown = chosen.find((name) => !Object.hasOwn(PARTS, name));
if (unknown !== undefined) {
  say(`There is no part "${unknown}": choose from ${Object.keys(PARTS).join(", ")}.`);
  process.exit(1);
}
mkdirSync(BENCH_FOLDER, { recursive: true });
if ((await lockFolder(BENCH_FOLDER)) === null) {
  say("Another bench is running on this folder, and two would disturb each other: wait until it has ended.");
  process.exit(1);
}
for (const [name, load] of Object.entries(PARTS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  try {
    await (
      await load()
    )((line) => console.log(JSON.stringify(line)), say, { people });
  } catch (error) {
    say(`The part ${name} could not be measured. ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
process.exit();
