// @ts-check
// npm run package: one archive, package/with-care-VERSION.tar.gz, that starts wherever Node is, without a network: the
// build, the packages that run it, and the commands, each bundled into one file. Nothing in it is for one kind of machine.
import "./node-version.mjs";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"; // prettier-ignore
import path from "node:path";
import { parseArgs } from "node:util";

const { build, prepare, ROOT } = await import("./prepare.mjs");
process.chdir(ROOT);

/** Packages that make the build or read the sources; what is packed is built. */
const NOT_AT_RUN_TIME = ["prisma", "typescript", "tailwindcss", "@tailwindcss/postcss", "tsx", "tar", "@fontsource-variable/atkinson-hyperlegible-next"]; // prettier-ignore
/** Commands for who works on With Care. */
const FOR_DEVELOPERS = ["dev", "test", "bench", "schema:check", "migration:new", "format", "package"];
/** What belongs to no running server: sources, maps, papers, other databases' engines, Next's development. */
const NOT_PACKED = [
  /\.(map|tsbuildinfo|nft\.json)$/,
  /\.test\.ts$/,
  /^node_modules\/.*\.([cm]?tsx?|flow)$/,
  /^node_modules\/(.*\/)?(?!LICEN[SC]E|NOTICE)[^/]*\.md$/,
  /^node_modules\/@prisma\/client\/runtime\/.*(sqlite|mysql|sqlserver|cockroachdb)/,
  /^node_modules\/next\/dist\/(docs|esm)\//,
  /^node_modules\/next\/dist\/compiled\/next-server\/.*\.dev\.js$/,
  /^\.cache\/build\/\w+\/(cache|trace|trace-build|types|diagnostics|turbopack|build)(\/|$)/,
];
/** Taken as they are. */
const SOURCES = ["LICENSE", "README.md", "Containerfile", "content", "deploy", "docs", "next.config.mjs", "prisma/migrations", "scripts/node-version.mjs", "scripts/front", "scripts/prepare.mjs", "scripts/run.mjs", "scripts/start.mjs", "scripts/verify.mjs", "server/cookie-name.mjs", "server/environment.mjs", "server/process-lock.mjs"]; // prettier-ignore
/** The same content makes the same archive, whenever it is packed. */
const PACKED_AT = new Date("2026-01-01T00:00:00Z");

/** @typedef {{ name: string, version: string, scripts: Record<string, string>, imports: Record<string, string>, [other: string]: unknown }} Manifest */
/** @typedef {{ dependencies?: Record<string, string>, peerDependencies?: Record<string, string>, peerDependenciesMeta?: Record<string, { optional?: boolean }> }} Locked */

/** @type {Manifest} */
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const name = `with-care-${manifest.version}`;

try {
  const { values } = parseArgs({ options: { into: { type: "string", default: "package" } } });
  await main(path.resolve(values.into));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

/** @param {string} target folder of the archive */
async function main(target) {
  await prepare(console.log);
  const distDir = await build(console.log);
  const stage = path.join(ROOT, ".cache", "package", name);
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  for (const source of [...SOURCES, distDir]) pack(source, stage);
  for (const folder of listPackages()) pack(folder, stage);
  writeManifest(stage, distDir);
  await bundleCommands(stage);
  forgetThisMachine(path.join(stage, distDir));
  const archive = await compress(stage, target);
  const size = (statSync(archive).size / 1e6).toFixed(1);
  console.log(`${path.relative(process.cwd(), archive)}: ${size} MB. Unpack it, then: npm start, or node scripts/start.mjs`); // prettier-ignore
}

/** @param {string} source relative @param {string} stage */
function pack(source, stage) {
  cpSync(source, path.join(stage, source), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => {
      const isNested = source.startsWith("node_modules/") && path.relative(source, file).startsWith("node_modules");
      return !isNested && !NOT_PACKED.some((pattern) => pattern.test(file));
    },
  });
}

/**
 * The packages that the portal needs when it runs, with those that they need: optional ones are for building, or faster
 * versions for one kind of machine.
 * @returns {string[]} folders
 */
function listPackages() {
  /** @type {Record<string, Locked>} */
  const locked = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
  /** @type {Set<string>} */
  const found = new Set();
  /** @param {string} from @param {string} wanted @returns {string} */
  const folderOf = (from, wanted) => {
    for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf("node_modules/") - 1))) {
      const folder = path.posix.join(base, "node_modules", wanted);
      if (locked[folder]) return folder;
      if (base === "") throw new Error(`package-lock.json lacks ${wanted}, which ${from || "the portal"} needs.`);
    }
  };
  /** @param {string} from @param {string[]} wanted */
  const add = (from, wanted) => {
    for (const folder of wanted.map((one) => folderOf(from, one)).filter((one) => !found.has(one))) {
      found.add(folder);
      const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = locked[folder] ?? {};
      const peers = Object.keys(peerDependencies).filter((one) => !peerDependenciesMeta[one]?.optional);
      add(folder, [...Object.keys(dependencies), ...peers]);
    }
  };
  const own = Object.keys(locked[""]?.dependencies ?? {});
  add("", own.filter((one) => !NOT_AT_RUN_TIME.includes(one))); // prettier-ignore
  return [...found].sort();
}

/** @returns {[string, string][]} name of a command and its file */
function listCommands() {
  return Object.entries(manifest.scripts).flatMap(([command, line]) => {
    const file = /^node scripts\/run\.mjs (scripts\/[\w-]+\.ts)$/.exec(line)?.[1];
    return file && !FOR_DEVELOPERS.includes(command) ? [/** @type {[string, string]} */ ([command, file])] : [];
  });
}

/** @param {string} stage @param {string} distDir */
function writeManifest(stage, distDir) {
  const commands = listCommands().map(([command, file]) => [command, `node scripts/run.mjs ${file.replace(/ts$/, "mjs")}`]); // prettier-ignore
  const { version, description, license, type, engines, scripts } = manifest;
  const packed = { name: manifest.name, version, private: true, description, license, type, engines, scripts: { start: scripts["start"], ...Object.fromEntries(commands) } }; // prettier-ignore
  writeFileSync(path.join(stage, "package.json"), `${JSON.stringify(packed, null, 2)}\n`);
  // scripts/prepare.mjs knows a package by this file: nothing is installed or built in it.
  writeFileSync(path.join(stage, "package-build.json"), `${JSON.stringify({ distDir })}\n`);
}

/** @param {string} stage */
async function bundleCommands(stage) {
  // It comes with tsx, which runs the commands from their sources.
  const esbuild = await import("esbuild");
  await esbuild.build({
    entryPoints: listCommands().map(([, file]) => file),
    ...{ outdir: path.join(stage, "scripts"), outExtension: { ".js": ".mjs" } },
    ...{ bundle: true, packages: "external", platform: "node", format: "esm", target: "node20.19" },
    ...{ conditions: ["react-server"], logLevel: "warning", legalComments: "none" },
  });
}

/** Next notes where it built; nothing reads that from a package. @param {string} dist */
function forgetThisMachine(dist) {
  for (const file of readdirSync(dist).filter((one) => one.startsWith("required-server-files"))) {
    const noted = path.join(dist, file);
    writeFileSync(noted, readFileSync(noted, "utf8").replaceAll(JSON.stringify(ROOT).slice(1, -1), "."));
  }
}

/** @param {string} stage @param {string} target @returns {Promise<string>} the archive */
async function compress(stage, target) {
  const tar = await import("tar");
  mkdirSync(target, { recursive: true });
  const archive = path.join(target, `${name}.tar.gz`);
  const draft = `${archive}.${process.pid}.part`;
  const entries = readdirSync(stage, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  const paths = files.map((entry) => path.relative(path.dirname(stage), path.join(entry.parentPath, entry.name))).sort(); // prettier-ignore
  await tar.create(
    { file: draft, cwd: path.dirname(stage), gzip: { level: 6 }, portable: true, mtime: PACKED_AT },
    paths,
  );
  renameSync(draft, archive);
  rmSync(path.dirname(stage), { recursive: true });
  return archive;
}
