import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { openEmbedded } from "#server/base/db/embedded.ts";
import { runCommand } from "#server/testing/command.ts";
import { MIGRATIONS } from "#server/testing/database.ts";
import { putEmbedded } from "#server/testing/embedded.ts";

const dataDir = mkdtempSync(path.join(realpathSync(tmpdir()), "with-care-doctor-"));
putEmbedded(dataDir);
afterAll(() => rmSync(dataDir, { recursive: true }));

const UNSET = { DATABASE_URL: "", DATA_DIR: dataDir, SMTP_URL: "", BACKUP_DIR: "" };
const run = (settings: Record<string, string> = {}, ...args: string[]) =>
  runCommand("scripts/doctor.ts", args, "", { ...UNSET, ...settings });

it("says in a line each how the portal is, as a process", () => {
  const { status, stdout } = spawnSync(process.execPath, ["scripts/run.mjs", "scripts/doctor.ts"], {
    env: { ...process.env, ...UNSET },
    encoding: "utf8",
  });
  // No timed work was done on it, which is a fault as soon as its database is no longer new.
  const faults = Number(/(\d+) at fault/.exec(stdout)?.[1]);
  expect([status, faults]).toEqual(faults === 0 ? [0, 0] : [1, 1]);
  expect(stdout).toMatch(/^ok {7}Settings: The portal takes them\.$/m);
  const timed =
    faults === 0 ? /^ok {7}Timed work: The database is new/m : /^FAULT {4}Timed work: None was ever done\./m;
  expect(stdout).toMatch(timed);
  expect(stdout).toMatch(/^\d+ ok, \d+ to look at, \d+ at fault\.$/m);
});

it("works where the database cannot be reached, and says what to do", async () => {
  const { status, stdout } = await run({ DATABASE_URL: "postgresql://x:hunter2@127.0.0.1:1/x", EVALUATION: "1" });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^FAULT {4}Database: The database at 127\.0\.0\.1:1 cannot be used .*check that it runs/m);
  expect(stdout).toMatch(/^ok {7}Content: /m);
  expect(stdout).not.toContain("hunter2");
});

it("names a setting that stops the portal, and looks at all else", async () => {
  const { status, stdout } = await run({ DATABASE_URL: "", EVALUATION: "0" });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^FAULT {4}Settings: EVALUATION is 0/m);
  expect(stdout).toMatch(/^ok {7}Migrations: /m);
});

it("gives the same as JSON, and cannot look where even the folder of the content is wrong", async () => {
  const { stdout } = await run({}, "--json");
  expect((JSON.parse(stdout) as { name: string }[]).map(({ name }) => name)).toContain("evidence");
  const lost = await run({ CONTENT_DIR: dataDir });
  expect([lost.status, lost.stderr]).toEqual([2, expect.stringMatching(/^CONTENT_DIR is /)]);
  expect((await run({}, "--wrong")).status).toBe(2);
});

it("asks the portal that has the database", async () => {
  const database = await openEmbedded(dataDir, MIGRATIONS);
  const line = { name: "disk", title: "Disk", state: "warning", says: "It is nearly full.", todo: "Make room." };
  const server = createServer((_, response) => response.end(JSON.stringify({ lines: [line] }))).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const listening = server.address();
  const port = typeof listening === "object" ? listening?.port : undefined;
  writeFileSync(`${dataDir}/portal-address.json`, JSON.stringify({ address: `http://127.0.0.1:${port}` }));
  const { status, stdout, stderr } = await run({ AUTH_SECRET: "s".repeat(40) });
  await new Promise((resolve) => server.close(resolve));
  await database.close();
  expect(stderr).toBe("");
  expect(stdout).toContain("warning  Disk: It is nearly full. Make room.");
  expect(status).toBe(0);
});
