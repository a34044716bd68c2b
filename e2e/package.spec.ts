import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
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
  backup: Command;
  again: Command;
  restoreBesideIt: Command;
  listBesideIt: Command;
  list: Command;
  restoreUnasked: Command;
  restore: Command;
  elsewhere: Command;
  verify: Command;
  network: string;
  left: string[];
  wroteHome: boolean;
}

const root = path.resolve(".");
let folder: string;
let home: string;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  test.setTimeout(240_000);
  folder = mkdtempSync(path.join(tmpdir(), "with-care-package-"));
  execFileSync(process.execPath, ["scripts/package.mjs", "--into", folder], { stdio: "pipe" });
  const [archive = ""] = readdirSync(folder);
  expect(archive).toMatch(/^with-care-\d+\.\d+\.\d+\.tar\.gz$/);
  await extract({ file: path.join(folder, archive), cwd: folder });
  home = path.join(folder, archive.replace(".tar.gz", ""));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the package holds what it needs, nothing of this machine, and nothing for one kind of machine", () => {
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => path.join(entry.parentPath, entry.name));
  const relative = paths.map((file) => path.relative(home, file));
  expect(relative.filter((file) => /\.(test|spec)\.tsx?$|\.node$|\.so(\.|$)|\.dylib$|\.map$/.test(file))).toEqual([]);
  expect(relative.filter((file) => /node_modules\/(vitest|typescript|@playwright|prisma|esbuild|tsx)\//.test(file))).toEqual([]); // prettier-ignore
  expect(paths.filter((file) => readFileSync(file).includes(root))).toEqual([]);
  expect(relative).toEqual(expect.arrayContaining(["Containerfile", "deploy/with-care.service", "docs/operating.md"]));
  expect(paths.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(300_000_000);
});

test("it starts without a network, from a folder that nobody can write to, and its data is put back from a backup", async () => {
  test.setTimeout(240_000);
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
    ? spawnSync("unshare", [...alone.slice(1), inside, process.execPath, home, ...driver.filter((one) => one !== home)], { env }) // prettier-ignore
    : spawnSync(process.execPath, driver, { env });
  expect(ran.stderr.toString()).toBe("");
  const seen = JSON.parse(ran.stdout.toString()) as Seen;
  if (isAlone) expect(seen.network).toBe("ENETUNREACH");
  expect(seen.answers).toEqual({ ...{ signIn: true, script: 200, ready: 200, live: 200, metrics: 401, metricsWithToken: 200 } }); // prettier-ignore
  expect(seen.backup.output).toMatch(
    /one\.backup: \d+ rows in \d+ tables, \d+ people.*It was read back and is whole\./,
  );
  expect(seen.backup.status).toBe(0);
  expect(statSync(path.join(data, "one.backup")).mode & 0o777).toBe(0o600);
  expect(seen.again).toMatchObject({ status: 1, output: expect.stringContaining("is there already") });
  expect(seen.restoreBesideIt).toMatchObject({ status: 1, output: expect.stringMatching(/A portal is running on .*: stop it first/) }); // prettier-ignore
  expect(seen.restoreUnasked).toMatchObject({ status: 1, output: expect.stringContaining("-- --replace") });
  for (const list of [seen.listBesideIt, seen.list]) {
    expect(list.output).toMatch(/1 row read\.[^]*This was a check: nothing was written\./);
    expect(list.status).toBe(0);
  }
  for (const restored of [seen.restore, seen.elsewhere]) {
    expect(restored.output).toMatch(/Restored\.[^]*Evidence of example-borough: \d+ rows?, all right\./);
    expect(restored.status).toBe(0);
  }
  expect(seen.verify).toMatchObject({ status: 0, output: expect.stringContaining("all right") });
  expect(seen.left).toEqual(["live", "one.backup", "other", "people.csv"]);
  expect(seen.wroteHome).toBe(false);
});
