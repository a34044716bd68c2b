import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openEmbedded } from "#server/base/db/embedded.ts";
import type { PrismaClient } from "#server/base/db/generated/client.ts";
import { runCommand } from "#server/testing/command.ts";
import { MIGRATIONS } from "#server/testing/database.ts";
import { putEmbedded } from "#server/testing/embedded.ts";
import { addPerson } from "#server/testing/people.ts";

// The command, on a stopped portal's database.

let dataDir: string;
let settings: Record<string, string>;
beforeAll(() => {
  dataDir = mkdtempSync(path.join(realpathSync(tmpdir()), "with-care-release-"));
  putEmbedded(dataDir);
  settings = { DATABASE_URL: "", BODIES: "", DATA_DIR: dataDir, AUTH_SECRET: "s".repeat(40) };
});
afterAll(() => rmSync(dataDir, { recursive: true }));

const run = (...args: string[]) => runCommand("scripts/people-release.ts", args, "", settings);

async function onDatabase<Result>(use: (prisma: PrismaClient) => Promise<Result>): Promise<Result> {
  const { prisma, close } = await openEmbedded(dataDir, MIGRATIONS);
  return use(prisma).finally(close);
}
const bind = (prisma: PrismaClient, personId: string) =>
  prisma.account.create({
    data: { id: personId, providerId: "https://provider.invalid", accountId: personId, personId },
  });

it("releases the one with the address, then everybody of a body, and says what it did", async () => {
  await onDatabase(async (prisma) => {
    for (const [id, body] of [
      ["ann", "nao"],
      ["cy", "nao"],
      ["bo", "nottingham"],
    ] as const) {
      await addPerson({ prisma }, id, { body });
      await bind(prisma, id);
    }
  });
  const args = ["--conditions=react-server", "--import", "tsx", "scripts/people-release.ts", "CY@nao.invalid"];
  const first = spawnSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, ...settings } });
  expect([first.status, first.stderr]).toEqual([0, ""]);
  expect(first.stdout).toContain("Person cy (nao) is released");
  const left = () =>
    onDatabase((prisma) => prisma.account.findMany({ select: { personId: true }, orderBy: { id: "asc" } }));
  expect(await left()).toEqual([{ personId: "ann" }, { personId: "bo" }]);
  expect(await run("cy@nao.invalid")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("bound to no") as string,
  });
  expect(await run("--all", "--body", "nao")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("1 person is") as string,
  });
  expect(await left()).toEqual([{ personId: "bo" }]);
});

it.each([
  [[], "Give one e-mail address."],
  [["ann"], "Give one e-mail address."],
  [["ann@nao.invalid", "--all"], "or --all."],
  [["--all", "--body", "nowhere"], '"nowhere" is no body'],
  [["ann@nao.invalid", "--body", "nao"], "Give one e-mail address."],
  [["--everybody"], "Unknown option"],
  [["nobody@nao.invalid"], "Nobody in the directory"],
])("refuses %j and says what to give", async (args, words) => {
  const { status, stderr } = await run(...args);
  expect(status).toBe(1);
  expect(stderr).toContain(words);
});
