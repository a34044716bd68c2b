import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openEmbedded } from "#server/base/db/embedded.ts";
import { runCommand } from "#server/testing/command.ts";
import { MIGRATIONS } from "#server/testing/database.ts";
import { putEmbedded } from "#server/testing/embedded.ts";

// The command, on a stopped portal's database.

const HEADER = "E-mail,Name,Body,Team,Line manager,Roles";
const ANN = "ann@example-borough.example,Ann Example,example-borough,Office,,administrator";

let dataDir: string;
let settings: Record<string, string>;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(realpathSync(tmpdir()), "with-care-people-"));
  putEmbedded(dataDir);
  const none = { DATABASE_URL: "", INIT_CWD: dataDir, BODIES: "example-borough" };
  settings = { ...none, DATA_DIR: dataDir, AUTH_SECRET: "s".repeat(40) };
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const write = (...rows: string[]) => writeFileSync(path.join(dataDir, "people.csv"), [HEADER, ...rows, ""].join("\n"));
const run = (...args: string[]) => runCommand("scripts/people-import.ts", args, "", settings);
const people = async () => {
  const { prisma, close } = await openEmbedded(dataDir, MIGRATIONS);
  const found = await prisma.person.count();
  await close();
  return found;
};

it("takes over a long list, says how far it is, and a second time that all of it is there", async () => {
  const many = Array.from(
    { length: 2_100 },
    (_, at) => `p${at}@example-borough.example,Person ${at},example-borough,Office,ann@example-borough.example,`,
  );
  write(ANN, ...many);
  const args = ["--conditions=react-server", "--import", "tsx", "scripts/people-import.ts", "people.csv"];
  const first = spawnSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, ...settings } });
  expect([first.status, first.stderr]).toEqual([0, ""]);
  expect(first.stdout).toContain("Writing people: 2,101 of 2,101\n");
  expect(first.stdout).toContain("2,101 added, 0 changed, 0 left, 0 unchanged.\n");
  expect(first.stdout).toMatch(/\nThe list is imported\.\n$/);
  const second = await run("people.csv");
  expect([second.status, second.stderr]).toEqual([0, ""]);
  expect(second.stdout).toMatch(
    /0 added, 0 changed, 0 left, 2,101 unchanged\.\nThe directory says all of this already\.\n$/,
  );
  expect(await people()).toBe(2_101);
});

it("names every fault with its row, checks without writing, and says how it is used", async () => {
  write(
    ANN,
    "bob@example-borough.example,Bob Example,example-borough,Office,,captain",
    "cat@example-borough.example,Cat Example,example-borough,Office,nobody@example-borough.example,",
  );
  const faulty = await run("people.csv");
  expect([faulty.status, faulty.stderr]).toEqual([1, ""]);
  expect(faulty.stdout).toContain("2 to put right:\n");
  expect(faulty.stdout).toMatch(/Row 3, Roles: “captain” is not a role[^]*Row 4, Line manager: /);
  expect(faulty.stdout).toMatch(/Nothing was written\.\n$/);
  write(ANN);
  const checked = await run("people.csv", "--check");
  expect([checked.status, checked.stderr]).toEqual([0, ""]);
  expect(checked.stdout).toMatch(/This was a check: nothing was written\.\n$/);
  expect(await people()).toBe(0);
  const refusals: [string[], RegExp][] = [
    [[], /^Give one file\. Use: npm run people:import FILE\.csv/],
    [["people.csv", "--chekc"], /--chekc.* Use: npm run/],
    [["peple.csv"], /peple\.csv cannot be read: check its name and its permissions\./],
    [["people.csv", "--body", "nowhere"], /"nowhere" is not a body that this portal serves\. Use:/],
  ];
  for (const [args, words] of refusals) {
    const { status, stderr } = await run(...args);
    expect(status).toBe(1);
    expect(stderr).toMatch(words);
  }
});
