// @ts-check
// What must exist before the portal's own code can run: dependencies, Prisma's client, a build. Plain JavaScript with
// Node's own modules only, because it runs on a fresh clone.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { lockFolder } from "../server/base/process-lock/process-lock.mjs";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** A package made by `npm run package` has everything: nothing is installed, built or written. */
const packaged = /** @type {{ distDir: string } | null} */ (
  JSON.parse(readText(path.join(ROOT, "package-build.json")) ?? "null")
);

/** What `next build` reads. Content and migrations are read at run time and need no new build. */
const BUILD_INPUTS = [
  "app",
  "domain",
  "server",
  "public",
  "prisma/seed",
  "prisma/models",
  "instrumentation.ts",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];
const BUILDS = ".cache/build";
/** Older builds are deleted once unused for a day; a running portal renews its mark every hour. */
const BUILDS_KEPT = 3;
const UNUSED_AFTER_MS = 24 * 3_600_000;
const NOT_BUILT = /(\.test\.tsx?|^server\/base\/db\/generated|^server\/testing|^domain\/testing)/;

const CHILD_ENV = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1", NO_UPDATE_NOTIFIER: "1" };

/** A step failed; the message says which, and what it printed. */
export class StepFailure extends Error {}

/** @typedef {(note: string) => void} Say takes a line for the person who waits */

/** Installs the dependencies and generates Prisma's client, if they are missing or out of date. @param {Say} say */
export async function prepare(say) {
  if (packaged) return;
  if (!isInstalled()) await alone("install", async () => isInstalled() || (await install(say)));
  if (!isGenerated()) await alone("generate", async () => isGenerated() || (await generate()));
}

/**
 * Builds the portal if its sources changed since the last build. Each state of the sources has its own folder, so that
 * no build, including that of `npm test`, pulls the files from under a running portal.
 * @param {Say} say
 * @returns {Promise<string>} the build's folder, relative to the project
 */
export async function build(say) {
  if (packaged) return packaged.distDir;
  const hash = hashOf(listBuildInputs());
  const distDir = path.posix.join(BUILDS, hash.slice(0, 16));
  const stamp = path.join(ROOT, distDir, "with-care-build");
  await alone("building", async () => {
    if (existsSync(stamp)) return utimesSync(stamp, new Date(), new Date());
    say("Building the portal; this takes about a minute, and only after a change…");
    await buildInto(distDir);
    writeFileSync(stamp, hash);
    removeOldBuilds();
  });
  return distDir;
}

/** @param {string} distDir */
async function buildInto(distDir) {
  rmSync(path.join(ROOT, distDir), { recursive: true, force: true });
  // A build writes its folder into these two files; those of the editor and the type check stay as they are.
  const declarations = path.join(ROOT, "next-env.d.ts");
  const before = readText(declarations);
  writeFileSync(path.join(ROOT, ".cache", "tsconfig.build.json"), `{ "extends": "../tsconfig.json", "include": [] }\n`);
  await runStep("The build", process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    NODE_ENV: "production",
    NEXT_DIST_DIR: distDir,
  });
  if (before !== null) writeFileSync(declarations, before);
  const { bundleIslands } = await import("./islands.mjs");
  await bundleIslands(distDir);
}

function removeOldBuilds() {
  const builds = readdirSync(path.join(ROOT, BUILDS)).map((name) => path.join(ROOT, BUILDS, name));
  /** @param {string} folder */
  const usedAt = (folder) => statSync(path.join(folder, "with-care-build"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const oldest = builds.sort((one, other) => usedAt(other) - usedAt(one)).slice(BUILDS_KEPT);
  const unused = oldest.filter((folder) => usedAt(folder) < Date.now() - UNUSED_AFTER_MS);
  for (const folder of unused) rmSync(folder, { recursive: true, force: true });
}

/**
 * Marks this build as in use, now and every hour from now on, so that no later build removes it.
 * @param {string} distDir relative to the project
 */
export function keepBuild(distDir) {
  if (packaged) return;
  const stamp = path.join(ROOT, distDir, "with-care-build");
  const touch = () => existsSync(stamp) && utimesSync(stamp, new Date(), new Date());
  touch();
  setInterval(touch, 3_600_000).unref();
}

const INSTALL_STAMP = path.join(ROOT, "node_modules", ".with-care-install");

function isInstalled() {
  const wanted = hashOf(["package-lock.json"]);
  if (readText(INSTALL_STAMP) === wanted) return true;
  // Somebody may have run npm themselves: it writes this file last.
  const byNpm = statSync(path.join(ROOT, "node_modules", ".package-lock.json"), { throwIfNoEntry: false });
  if (!byNpm || byNpm.mtimeMs < statSync(path.join(ROOT, "package-lock.json")).mtimeMs) return false;
  writeFileSync(INSTALL_STAMP, wanted);
  return true;
}

/** @param {Say} say */
async function install(say) {
  say("Installing what is missing; this takes a minute or two, the first time only…");
  const options = ["--include=dev", "--no-fund", "--no-audit", "--loglevel=error"];
  const script = process.env["npm_execpath"];
  const [command, ...npm] = script?.endsWith(".js") ? [process.execPath, script] : ["npm"];
  try {
    await runStep("npm ci", command, [...npm, "ci", ...options]);
  } catch (error) {
    // A registry that lacks packages for other systems makes `ci` refuse the whole lock; this still follows it.
    if (!String(error).includes("EUSAGE")) throw error;
    await runStep("npm install", command, [...npm, "install", "--no-save", ...options]);
  }
  writeFileSync(INSTALL_STAMP, hashOf(["package-lock.json"]));
}

const GENERATED = path.join(ROOT, "server", "base", "db", "generated");
const GENERATE_STAMP = path.join(GENERATED, ".schema");
const MODELS = "prisma/models";
const generateInputs = () =>
  hashOf([
    ...readdirSync(path.join(ROOT, MODELS)).map((file) => `${MODELS}/${file}`),
    "node_modules/prisma/package.json",
  ]);
const isGenerated = () => readText(GENERATE_STAMP) === generateInputs();

async function generate() {
  rmSync(GENERATE_STAMP, { force: true });
  // Generating needs no schema engine, yet Prisma would download one unless it is given a program.
  const command = ["node_modules/prisma/build/index.js", "generate", "--no-hints", "--schema", MODELS];
  await runStep("prisma generate", process.execPath, command, { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath });
  writeFileSync(GENERATE_STAMP, generateInputs());
}

/**
 * Runs `step` while no other process of this project is running it.
 * @param {string} name
 * @param {() => Promise<unknown>} step
 */
async function alone(name, step) {
  const folder = path.join(ROOT, ".cache", name);
  mkdirSync(folder, { recursive: true });
  let lock = await lockFolder(folder);
  while (lock === null) {
    await pause(300);
    lock = await lockFolder(folder);
  }
  try {
    await step();
  } finally {
    await lock.release();
  }
}

/**
 * @param {string} name
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<void>}
 * @throws {StepFailure} with the end of what it printed
 */
function runStep(name, command, args, env = {}) {
  const child = spawn(command, args, { cwd: ROOT, env: { ...CHILD_ENV, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const stop = () => child.kill();
  process.once("exit", stop);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new StepFailure(`${name} could not be run: ${error.message}`)));
    child.once("close", (code) => {
      process.removeListener("exit", stop);
      if (code === 0) return resolve();
      reject(new StepFailure(`${name} failed:\n\n${inShort(output)}`));
    });
  });
}

/** The reason is at the beginning or at the end. @param {string} output */
function inShort(output) {
  const lines = output.trim().split("\n");
  return lines.length <= 60 ? lines.join("\n") : [...lines.slice(0, 20), "…", ...lines.slice(-40)].join("\n");
}

/** @returns {string[]} */
function listBuildInputs() {
  /** @param {string} entry @returns {string[]} */
  const list = (entry) => {
    if (NOT_BUILT.test(entry)) return [];
    const stat = statSync(path.join(ROOT, entry), { throwIfNoEntry: false });
    if (!stat) return [];
    if (!stat.isDirectory()) return [entry];
    return readdirSync(path.join(ROOT, entry))
      .sort()
      .flatMap((name) => list(`${entry}/${name}`));
  };
  return BUILD_INPUTS.flatMap(list);
}

/** @param {string[]} files relative to the project */
function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const full = path.join(ROOT, file);
    hash
      .update(`${file}\0`)
      .update(existsSync(full) ? readFileSync(full) : "missing")
      .update("\0");
  }
  return hash.digest("hex");
}

/** @param {string} file */
function readText(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}
