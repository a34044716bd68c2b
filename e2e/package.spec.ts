import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { expect, test } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { extract } from "tar";
import { findFreePort } from "../scripts/test-postgresql.mjs";

// No browser: what an adopter's IT department does with the one archive, on a machine that has Node and no network.

interface Command {
  status: number;
  output: string;
}
interface Seen {
  readyAfterMs: number;
  answers: Record<string, unknown>;
  foiPack: { status: number; type: string | null };
  backup: Command;
  again: Command;
  restoreBesideIt: Command;
  listBesideIt: Command;
  listAlone: Command;
  restoreUnasked: Command;
  restore: Command;
  elsewhere: Command;
  verify: Command;
  helped: Record<string, Command>;
  used: Record<string, Command>;
  network: string;
  left: string[];
  wroteHome: boolean;
}

const root = path.resolve(".");
let folder: string;
let home: string;

/** All that lies in the folder of a package, besides its own list and licences. */
const ALLOWED = [
  ".cache",
  "Containerfile",
  "LICENSE",
  "README.md",
  "content",
  "deploy",
  "docs",
  "next.config.mjs",
  "node_modules",
  "package-build.json",
  "package.json",
  "prisma",
  "public",
  "scripts",
  "server",
];
/** Kinds of files that nothing needs to run. */
const NOT_NEEDED: [string, RegExp][] = [
  ["tests", /\.(test|spec)\.[cm]?[jt]sx?$|(^|\/)(__tests__|e2e|test-results|playwright-report)\//],
  ["sources and their types", /\.(ts|tsx|mts|cts|flow)$/],
  ["maps", /\.map$/],
  ["for one kind of machine", /\.(node|dylib|dll|exe|so(\.\d+)*)$/],
  [
    "papers of packages",
    /^node_modules\/.*\.(markdown|ya?ml|toml|sh)$|^node_modules\/(.*\/)?(?!LICEN[SC]E|NOTICE)[^/]*\.md$/i,
  ],
  ["settings of other people's tools", /^(?!\.cache\/)(.*\/)?\.[^/]+$/],
  ["source control", /(^|\/)\.(git|svn|hg)/],
  [
    "what builds or tests",
    /node_modules\/(vitest|typescript|@playwright|playwright|prisma|esbuild|tsx|tar|eslint|prettier|tailwindcss|@tailwindcss|@cyclonedx|@types|caniuse-lite|sharp|@img|@next\/swc)\//,
  ],
  [
    "what Next builds or develops with",
    /node_modules\/next\/dist\/(bundle-analyzer|docs|compiled\/(babel|next-devtools|terser|[^/]*-experimental)\/)/,
  ],
  ["React for developers", /node_modules\/.*\.(development|profiling)\.js$/],
  ["benchmarks and stand-ins", /^(bench|server\/testing|domain\/testing)/],
];

interface Component {
  name: string;
  group?: string;
  version: string;
  hashes?: { alg: string; content: string }[];
  licenses?: object[];
  properties: { name: string; value: string }[];
  components?: { name: string }[];
}
const propertyOf = ({ properties }: Component, name: string) =>
  properties.find((one) => one.name === name)?.value ?? "";

let archive: string;
let name: string;
/** What the test that starts the package saw. */
let seen: Seen;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "with-care-package-"));
  pack(folder);
  archive = readdirSync(folder).find((file) => file.endsWith(".tar.gz")) ?? "";
  expect(archive).toMatch(/^with-care-\d+\.\d+\.\d+\.tar\.gz$/);
  name = archive.replace(".tar.gz", "");
  await extract({ file: path.join(folder, archive), cwd: folder });
  home = path.join(folder, name);
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pack(into: string) {
  execFileSync(process.execPath, ["scripts/package.mjs", "--into", into], { stdio: "pipe" });
}

const sumOf = (file: string) =>
  createHash("sha256")
    .update(readFileSync(path.join(folder, file)))
    .digest("hex");

test("the package holds what it needs, nothing of this machine, and nothing for one kind of machine", () => {
  const papers = [`${name}.cdx.json`, `${name}.licences.txt`];
  expect(readdirSync(home).sort()).toEqual([...ALLOWED, ...papers].sort());
  expect(readdirSync(path.join(home, "server")).sort()).toEqual(["base", "evidence", "people", "shell"]);
  expect(readdirSync(path.join(home, "prisma"))).toEqual(["migrations"]);
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => path.join(entry.parentPath, entry.name));
  const relative = paths.map((file) => path.relative(home, file));
  for (const [what, pattern] of NOT_NEEDED)
    expect([what, relative.filter((file) => pattern.test(file))]).toEqual([what, []]);
  expect(paths.filter((file) => readFileSync(file).includes(root))).toEqual([]);
  expect(relative).toEqual(expect.arrayContaining(["Containerfile", "deploy/with-care.service", "docs/operating.md"]));
  expect(paths.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(235_000_000);
  expect(statSync(path.join(folder, archive)).size).toBeLessThan(62_000_000);
});

test("SHA256SUMS names each file beside it, and fits", () => {
  const lines = readFileSync(path.join(folder, "SHA256SUMS"), "utf8").trimEnd().split("\n");
  const expected = [archive, `${name}.cdx.json`, `${name}.licences.txt`];
  expect(lines).toEqual(expected.map((file) => `${sumOf(file)}  ${file}`));
  const checked = spawnSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: folder, encoding: "utf8" });
  if (!checked.error)
    expect([checked.status, checked.stdout]).toEqual([0, expected.map((file) => `${file}: OK\n`).join("")]);
  for (const paper of expected.slice(1))
    expect(readFileSync(path.join(home, paper)).equals(readFileSync(path.join(folder, paper)))).toBe(true);
});

test("lists in CycloneDX what it holds, and nothing else", async () => {
  const text = readFileSync(path.join(folder, `${name}.cdx.json`), "utf8");
  const valid: unknown = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text);
  expect(valid).toBeNull();
  const { components } = JSON.parse(text) as { components: Component[] };
  const listed = components.map((one) => [
    propertyOf(one, "cdx:npm:package:path"),
    one.version,
    propertyOf(one, "with-care:place"),
  ]);
  const inFolders = listed.filter(([, , place]) => place === "folder").map(([at, version]) => [at, version]);
  const manifests = readdirSync(path.join(home, "node_modules"), { recursive: true, encoding: "utf8" }).filter(
    (file) => /^((@[^/]+\/[^/]+|[^@/]+)\/(node_modules\/)?)+package\.json$/.test(file) && isPackage(file),
  );
  const there = manifests.map((file) => {
    const { version } = JSON.parse(readFileSync(path.join(home, "node_modules", file), "utf8")) as { version: string };
    return [path.join("node_modules", path.dirname(file)), version];
  });
  expect(inFolders.sort()).toEqual(there.sort());
  // What the build took over is in no folder: the typeface and the style sheet among it.
  const builtIn = listed.filter(([, , place]) => place === "built-in").map(([at = ""]) => at);
  expect(builtIn).toEqual(
    expect.arrayContaining([
      "node_modules/@fontsource-variable/atkinson-hyperlegible-next",
      "node_modules/tailwindcss",
    ]),
  );
  expect(builtIn.filter((at) => existsSync(path.join(home, at, "package.json")))).toEqual([]);
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { integrity: string }>;
  };
  for (const one of components) {
    const { integrity = "" } = packages[propertyOf(one, "cdx:npm:package:path")] ?? {};
    const hash = Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex");
    expect([one.name, one.hashes]).toEqual([one.name, [{ alg: "SHA-512", content: hash }]]);
    expect([one.name, one.licenses?.length]).not.toEqual([one.name, 0]);
  }
  expect(components.find((one) => one.name === "next")?.components?.length).toBeGreaterThan(20);
});

/** Whether a manifest is a package's own: each folder on the way is one of packages, or of a scope. */
function isPackage(file: string): boolean {
  return file
    .replace(/\/package\.json$/, "")
    .split("/node_modules/")
    .every((part) => /^(@[^/]+\/)?[^/]+$/.test(part));
}

test("brings the licence of everything in it", () => {
  const text = readFileSync(path.join(folder, `${name}.licences.txt`), "utf8");
  const { components } = JSON.parse(readFileSync(path.join(folder, `${name}.cdx.json`), "utf8")) as {
    components: Component[];
  };
  for (const { group, name: own, version } of components)
    expect(text).toContain(`\n${group ? `${group}/` : ""}${own} ${version} (`);
  expect(text).toContain("SIL OPEN FONT LICENSE");
});

test("packed again, it is the same to the byte", () => {
  const again = mkdtempSync(path.join(tmpdir(), "with-care-package-again-"));
  try {
    pack(again);
    expect(readFileSync(path.join(again, "SHA256SUMS"), "utf8")).toBe(
      readFileSync(path.join(folder, "SHA256SUMS"), "utf8"),
    );
  } finally {
    rmSync(again, { recursive: true });
  }
});

test("it starts without a network, from a folder that nobody can write to, and its data is put back from a backup", async () => {
  const data = path.join(folder, "data");
  mkdirSync(data);
  const port = String(await findFreePort());
  // A network of its own without any connection; and its own folder cannot be written to.
  const inside = `ip link set lo up && mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && exec "$0" "$2" "$1" "$3" "$4"`;
  const alone = ["unshare", "-rnm", "sh", "-c"];
  const probe = spawnSync(alone[0] ?? "", [...alone.slice(1), `ip link set lo up && mount --bind "$1" "$1"`, "", home]);
  const isAlone = probe.status === 0;
  const why = `This machine gives no network and mounts of one's own (${String(probe.stderr ?? probe.error).trim()}): tested with its network, and with Node alone on the PATH.`;
  if (!isAlone) test.info().annotations.push({ type: "with network", description: why });
  const driver = [path.resolve("e2e/package-inside.mjs"), home, data, port];
  // Node warns where both are set, as they are in the test run; and standard error has to be empty.
  const env = { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined };
  const ran = isAlone
    ? spawnSync(
        "unshare",
        [...alone.slice(1), inside, process.execPath, home, ...driver.filter((one) => one !== home)],
        { env },
      )
    : spawnSync(process.execPath, driver, { env });
  expect(ran.stderr.toString()).toBe("");
  seen = JSON.parse(ran.stdout.toString()) as Seen;
  if (isAlone) expect(seen.network).toBe("ENETUNREACH");
  expect(seen.answers).toEqual({
    signIn: true,
    script: 200,
    ready: 200,
    live: 200,
    metrics: 401,
    metricsWithToken: 200,
  });
  expect(seen.backup.output).toMatch(
    /one\.backup: \d+ rows in \d+ tables, \d+ people.*It was read back and is whole\./,
  );
  expect(seen.backup.status).toBe(0);
  expect(statSync(path.join(data, "one.backup")).mode & 0o777).toBe(0o600);
  expect(seen.again).toMatchObject({ status: 1, output: expect.stringContaining("is there already") });
  expect(seen.restoreBesideIt).toMatchObject({
    status: 1,
    output: expect.stringMatching(/A portal is running on .*: stop it first/),
  });
  expect(seen.restoreUnasked).toMatchObject({ status: 1, output: expect.stringContaining("-- --replace") });
  for (const list of [seen.listBesideIt, seen.listAlone]) {
    expect(list.output).toMatch(/1 row read\.[^]*This was a check: nothing was written\./);
    expect(list.status).toBe(0);
  }
  for (const restored of [seen.restore, seen.elsewhere]) {
    expect(restored.output).toMatch(/Restored\.[^]*Evidence of example-borough: \d+ rows?, all right\./);
    expect(restored.status).toBe(0);
  }
  expect(seen.verify).toMatchObject({ status: 0, output: expect.stringContaining("all right") });
  // Every command of the guide is there, and says how it is used; none fails for want of something that was left out.
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
  const guides = readdirSync("docs")
    .filter((file) => file.endsWith(".md"))
    .map((file) => readFileSync(path.join("docs", file), "utf8"));
  const forDevelopers = [
    "start",
    "dev",
    "test",
    "test:mutation",
    "test:wide",
    "package",
    "bench",
    "schema:check",
    "migration:new",
    "format",
  ];
  const promised = Object.keys(scripts).filter(
    (one) => !forDevelopers.includes(one) && guides.some((text) => text.includes(`npm run ${one}`)),
  );
  expect(promised.length).toBeGreaterThan(8);
  expect(Object.keys(seen.helped)).toEqual(expect.arrayContaining(promised));
  for (const [command, { output }] of Object.entries(seen.helped))
    expect([command, output]).toEqual([
      command,
      expect.stringMatching(new RegExp(`Use: npm run (--silent )?${command}`)),
    ]);
  expect(Object.entries(seen.used).filter(([, { status }]) => status !== 0)).toEqual([]);
  expect(seen.used).toMatchObject({
    check: { output: expect.stringContaining("Everything holds") },
    checkOwn: { output: expect.stringContaining("No fault. 1 thing to put right") },
    compare: { output: expect.stringContaining("There is nothing to take over") },
    decide: { output: expect.stringContaining('"policy":"model"') },
    restoreCheck: { output: expect.stringContaining("is whole") },
  });
  expect(seen.left).toEqual([
    "answers.yaml",
    "foi-pack.zip",
    "list.csv",
    "live",
    "one.backup",
    "other",
    "own",
    "people.csv",
  ]);
  expect(seen.wroteHome).toBe(false);
});

// Its text is written by a process that the package bundles apart from the portal.
test("a FOI pack is made by it, with the text of the policy", () => {
  expect(seen.foiPack).toEqual({ status: 200, type: "application/zip" });
  const files = unzipSync(readFileSync(path.join(folder, "data", "foi-pack.zip")));
  expect(strFromU8(files["policy.html"] ?? new Uint8Array())).toContain('id="clause-3.9"');
  expect(Object.keys(files)).toContain("original/rules.yaml");
});
