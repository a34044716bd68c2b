// @ts-check
// npm run package: one archive, package/with-care-VERSION.tar.gz, that starts wherever Node is, without a network: the
// build, the packages that run it, and the commands, each bundled into one file. Nothing in it is for one kind of machine.
// Beside it, and in it: the list of what it holds (CycloneDX) and the licences in full. SHA256SUMS has a line for each.
import "./node-version.mjs";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

const { build, prepare, ROOT } = await import("./prepare.mjs");
const { listHeld, readInstalled } = await import("./package-component.mjs");
const { licenceProblems, noticesOf, readLicences } = await import("./package-licence.mjs");
process.chdir(ROOT);

/** Packages that make the build or read the sources, and that it does not contain. */
const NOT_AT_RUN_TIME = ["prisma", "typescript", "@tailwindcss/postcss", "tsx", "tar", "esbuild"];
/** What the portal loads by name at run time (server/base/content/text-html.ts), so no import shows it. */
const LOADED_BY_NAME = ["react", "react-dom", "@mdx-js/react"];
/** What Next needs to build: prefixes for old browsers, and which browsers there are. */
const NOT_OF_NEXT = ["postcss", "caniuse-lite", "baseline-browser-mapping"];
const FOR_DEVELOPERS = ["dev", "test", "bench", "schema:check", "migration:new", "format", "package"];
/** The portal runs each in its own process, also without tsx. */
const STARTED_BY_PORTAL = ["server/people/directory/read-list-process.ts"];
/**
 * Not needed by a running server: sources, source maps, documents, tests, other databases' engines, Next's build and
 * development code.
 */
const NOT_PACKED = [
  /\.(map|tsbuildinfo|nft\.json)$/,
  /\.(test|spec)\.[cm]?[jt]sx?$/,
  /^server\/.*\.ts$/,
  /^\.cache\/build\/\w+\/server\/route-cache(\/|$)/, // written at run time
  /^\.cache\/build\/\w+\/(cache|trace|trace-build|types|diagnostics|turbopack|build)(\/|$)/,
  // In packages: their authors' documents and tools.
  /^node_modules\/.*\.([cm]?tsx?|flow|markdown|ya?ml|toml|sh)$/,
  /^node_modules\/(.*\/)?(?!LICEN[SC]E|NOTICE)[^/]*\.md$/i,
  /^node_modules\/(.*\/)?(\.(?!$)[^/]*|Makefile|CNAME|tsconfig[^/]*\.json|bower\.json|component\.json)$/,
  /^(node_modules\/(@[^/]+\/[^/]+|[^@/]+)\/)+(tests?|__tests__|spec|examples?|bench(mark)?s?|docs?|website|scripts|\.[^/]*)(\/|$)/,
  // React for development, and for profiling.
  /^node_modules\/.*\/cjs\/[^/]*\.(development|profiling)\.js$/,
  /^node_modules\/react-dom\/.*profiling/,
  // OpenTelemetry for bundlers and browsers.
  /^node_modules\/@opentelemetry\/[^/]+\/(build\/(esm|esnext)\/|dist\/.*(experimental|incubating))/,
  // Engines for other databases and other environments; database extensions that nothing uses.
  /^node_modules\/@prisma\/client\/runtime\/.*(sqlite|mysql|sqlserver|cockroachdb|query_compiler_small|edge|browser)/,
  /^node_modules\/@prisma\/client\/generator-build\//,
  /^node_modules\/@electric-sql\/pglite\/dist\/[^/]*\.tar\.gz$/,
  /^node_modules\/date-holidays\/(dist|data)\//,
  /^node_modules\/moment\/(dist|min|src|locale)\//,
  /^node_modules\/moment-timezone\/(builds|data\/(unpacked|meta))\//,
  // Next: its documents, build, development server and experimental features.
  /^node_modules\/next\/dist\/(docs|esm|bundle-analyzer|bin)\//,
  /^node_modules\/next\/dist\/compiled\/next-server\/.*(\.dev\.js|experimental[^/]*)$/,
  /^node_modules\/next\/dist\/compiled\/[^/]*-experimental\//,
  /^node_modules\/next\/dist\/compiled\/(babel|babel-packages|next-devtools|terser|cssnano-simple|postcss-[^/]*|@modelcontextprotocol|@mswjs|@next\/font|crypto-browserify|@vercel\/nft)\//,
  /^node_modules\/next\/dist\/server\/capsize-font-metrics\.json$/,
];
/** Copied unchanged. */
const SOURCES = [
  "LICENSE",
  "README.md",
  "Containerfile",
  "content",
  "deploy",
  "docs",
  "next.config.mjs",
  "prisma/migrations",
  "public",
  "scripts/node-version.mjs",
  "server/shell/http",
  "scripts/prepare.mjs",
  "scripts/run.mjs",
  "scripts/settings-file.mjs",
  "scripts/start.mjs",
  "server/evidence/journal/verify.mjs",
  "server/base/environment/cookie-name.mjs",
  "server/base/environment/environment.mjs",
  "server/base/log/failure.mjs",
  "server/base/process-lock/process-lock.mjs",
  "server/base/process-shared.mjs",
];
/** The same content makes the same archive, whenever it is packed. */
const PACKED_AT = new Date("2026-01-01T00:00:00Z");

/** @typedef {{ name: string, version: string, scripts: Record<string, string>, imports: Record<string, string>, [other: string]: unknown }} Manifest */
/** @typedef {{ integrity?: string, dev?: boolean, dependencies?: Record<string, string>, peerDependencies?: Record<string, string>, peerDependenciesMeta?: Record<string, { optional?: boolean }> }} Locked */

/** @type {Manifest} */
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const name = `with-care-${manifest.version}`;
/** @type {Record<string, Locked>} */
const locked = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;

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
  const asked = [...(await bundleCommands(stage)), ...(await listAskedByScripts()), ...listAskedByBuild(distDir)];
  const atRunTime = asked.filter((one) => !NOT_AT_RUN_TIME.includes(one));
  const folders = listPackages([...atRunTime, ...LOADED_BY_NAME], NOT_OF_NEXT);
  for (const folder of folders) pack(folder, stage);
  writeManifest(stage, distDir);
  forgetThisMachine(path.join(stage, distDir));
  const own = Object.keys(locked[""]?.dependencies ?? {}).filter((one) => !NOT_AT_RUN_TIME.includes(one));
  const built = listPackages(own, NOT_OF_NEXT).filter((folder) => !folders.includes(folder));
  describe(stage, folders, built);
  mkdirSync(target, { recursive: true });
  const papers = [`${name}.cdx.json`, `${name}.licences.txt`];
  for (const paper of papers) copyFileSync(path.join(stage, paper), path.join(target, paper));
  const archive = await compress(stage, target);
  const sums = [path.basename(archive), ...papers].map((file) => `${sumOf(path.join(target, file))}  ${file}\n`);
  writeFileSync(path.join(target, "SHA256SUMS"), sums.join(""));
  const size = (statSync(archive).size / 1e6).toFixed(1);
  console.log(
    `${path.relative(process.cwd(), archive)}: ${size} MB. Unpack it, then: npm start, or node scripts/start.mjs`,
  );
  console.log(`Hand it on with ${papers.join(", ")} and SHA256SUMS.`);
}

/** @param {string} file */
function sumOf(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

/**
 * Writes what the package contains, and under which licences; refuses if one may not be redistributed.
 * @param {string} stage
 * @param {string[]} folders packages that it contains unchanged
 * @param {string[]} built packages whose code the build included
 */
function describe(stage, folders, built) {
  const inIt = (/** @type {string} */ folder) => readLicences(folder, folders.includes(folder) ? stage : ROOT);
  const all = [...folders, ...built].sort().map(inIt);
  const problems = licenceProblems(
    all.map(({ whole }) => whole),
    all.flatMap(({ parts }) => parts),
  );
  if (problems.length > 0) throw new Error(`This may not be passed on as it is. ${problems.join(" ")}`);
  const parts = new Map(all.map(({ whole, parts }) => [whole.folder, folders.includes(whole.folder) ? parts : []]));
  const held = listHeld(readInstalled(ROOT), { folders, built, locked, parts });
  writeFileSync(path.join(stage, `${name}.cdx.json`), `${JSON.stringify(held, null, 2)}\n`);
  writeFileSync(
    path.join(stage, `${name}.licences.txt`),
    noticesOf(all.flatMap(({ whole, parts }) => [whole, ...parts])),
  );
}

/** The name of the package that an import asks for; null for Node's own modules and files. @param {string} asked */
function packageOf(asked) {
  if (/^(node:|[./#])/.test(asked)) return null;
  return /^((?:@[^/]+\/)?[^/]+)/.exec(asked)?.[1] ?? null;
}

/** @param {import("esbuild").Metafile} metafile @returns {string[]} names of packages */
function listAsked({ outputs }) {
  const asked = Object.values(outputs).flatMap(({ imports }) => imports.filter(({ external }) => external));
  return [...new Set(asked.flatMap(({ path: one }) => packageOf(one) ?? []))];
}

/** Packages that the scripts ask for which are taken as they are. @returns {Promise<string[]>} */
async function listAskedByScripts() {
  const { build: bundle } = await import("esbuild");
  const entryPoints = SOURCES.filter((file) => file.endsWith(".mjs") && file !== "next.config.mjs");
  const { metafile } = await bundle({
    entryPoints,
    outdir: "none",
    bundle: true,
    write: false,
    metafile: true,
    packages: "external",
    platform: "node",
    format: "esm",
    logLevel: "error",
  });
  return listAsked(metafile);
}

/** Packages that the build asks for when it runs; it notes for each address which files that takes. @param {string} distDir @returns {string[]} */
function listAskedByBuild(distDir) {
  const notes = readdirSync(distDir, { recursive: true, encoding: "utf8" }).filter((file) =>
    /^server\/.*\.nft\.json$/.test(file),
  );
  const names = notes.flatMap((note) => {
    /** @type {{ files: string[] }} */
    const { files } = JSON.parse(readFileSync(path.join(distDir, note), "utf8"));
    return files.map((file) => path.relative(ROOT, path.resolve(distDir, path.dirname(note), file)));
  });
  const inFolders = names.filter((file) => file.startsWith("node_modules/"));
  const asked = new Set(inFolders.map((file) => packageOf(file.slice("node_modules/".length)) ?? ""));
  // It also lists what a package would use if it were there, and on a developer's machine it is.
  return [...asked].filter((one) => !locked[`node_modules/${one}`]?.dev).sort();
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
 * Packages with their dependencies, recursively. Optional ones are for building, or faster versions for one kind of
 * machine.
 * @param {string[]} names as the portal itself asks for them
 * @param {string[]} leftOut names, whoever needs them
 * @returns {string[]} folders
 */
function listPackages(names, leftOut) {
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
    const named = wanted.filter((one) => !leftOut.includes(one) && !one.startsWith("@types/")); // type declarations only
    for (const folder of named.map((one) => folderOf(from, one)).filter((one) => !found.has(one))) {
      found.add(folder);
      const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = locked[folder] ?? {};
      const peers = Object.keys(peerDependencies).filter((one) => !peerDependenciesMeta[one]?.optional);
      add(folder, [...Object.keys(dependencies), ...peers]);
    }
  };
  add("", names);
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
  const commands = listCommands().map(([command, file]) => [
    command,
    `node scripts/run.mjs ${file.replace(/ts$/, "mjs")}`,
  ]);
  const { version, description, license, type, engines, scripts } = manifest;
  const packed = {
    name: manifest.name,
    version,
    private: true,
    description,
    license,
    type,
    engines,
    scripts: {
      start: scripts["start"],
      "evidence:witness": scripts["evidence:witness"],
      ...Object.fromEntries(commands),
    },
  };
  writeFileSync(path.join(stage, "package.json"), `${JSON.stringify(packed, null, 2)}\n`);
  // scripts/prepare.mjs recognises a package by this file: nothing is installed or built in it.
  writeFileSync(path.join(stage, "package-build.json"), `${JSON.stringify({ distDir })}\n`);
}

/** @param {string} stage @returns {Promise<string[]>} names of the packages that they ask for */
async function bundleCommands(stage) {
  // It comes with tsx, which runs the commands from their sources.
  const esbuild = await import("esbuild");
  const { metafile } = await esbuild.build({
    entryPoints: [...listCommands().map(([, file]) => file), ...STARTED_BY_PORTAL],
    outdir: stage,
    outbase: ROOT,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    metafile: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20.19",
    conditions: ["react-server"],
    logLevel: "warning",
    legalComments: "none",
  });
  return listAsked(metafile);
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
  const paths = files
    .map((entry) => path.relative(path.dirname(stage), path.join(entry.parentPath, entry.name)))
    .sort();
  await tar.create(
    { file: draft, cwd: path.dirname(stage), gzip: { level: 6 }, portable: true, mtime: PACKED_AT },
    paths,
  );
  renameSync(draft, archive);
  rmSync(path.dirname(stage), { recursive: true });
  return archive;
}
