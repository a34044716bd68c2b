import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { MIGRATIONS } from "#server/testing/database.ts";
import { putEmbedded } from "#server/testing/embedded.ts";
import { startProcess } from "#server/testing/process.ts";
import { openEmbedded } from "./embedded.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "with-care-data-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

it("keeps what it was given, closed and opened again", async () => {
  const first = await openEmbedded(dataDir, MIGRATIONS);
  await first.prisma.team.create({ data: { id: "t", body: "nao", name: "Team" } });
  await first.close();
  const second = await openEmbedded(dataDir, MIGRATIONS);
  expect(await second.prisma.team.count()).toBe(1);
  await second.close();
});

it("has every row whose write had returned when the process was killed; refuses a second process before", async () => {
  putEmbedded(dataDir);
  const writer = startProcess("write-rows.ts", [dataDir]);
  await writer.hasPrinted("row 25.");
  await expect(openEmbedded(dataDir, MIGRATIONS)).rejects.toThrow(
    /^Another With Care is already running on the data folder/,
  );
  await writer.hasPrinted("row 50.");
  writer.child.kill("SIGKILL");
  await writer.ended;
  const written = writer.output().match(/row \d+\./g)?.length ?? 0;
  const { prisma, close } = await openEmbedded(dataDir, MIGRATIONS);
  const ids = new Set((await prisma.team.findMany({ select: { id: true } })).map(({ id }) => id));
  expect(Array.from({ length: written }, (_, index) => `t${index + 1}`).filter((id) => !ids.has(id))).toEqual([]);
  await close();
});

it("opens after a first initialisation that was killed half-way, and clears its rest away", async () => {
  const first = startProcess("write-rows.ts", [dataDir]);
  while (!readdirSync(dataDir).some((name) => name.startsWith("database.new-"))) await pause(20);
  await pause(200);
  first.child.kill("SIGKILL");
  await first.ended;
  expect(existsSync(path.join(dataDir, "database"))).toBe(false);
  const { prisma, close } = await openEmbedded(dataDir, MIGRATIONS);
  expect(await prisma.team.count()).toBe(0);
  await close();
  expect(readdirSync(dataDir)).toEqual(["database"]);
});

// Each statement takes longer than the time after which others get a turn, even on a fast machine.
it("lets others have a turn between the statements of a long transaction", async () => {
  putEmbedded(dataDir);
  const { prisma, close } = await openEmbedded(dataDir, MIGRATIONS);
  let turns = 0;
  let isOver = false;
  const turn = () => void (isOver || (turns++, setImmediate(turn)));
  await prisma.$transaction(
    async (tx) => {
      setImmediate(turn);
      for (let count = 0; count < 20; count++) await tx.$queryRaw`SELECT count(*) FROM generate_series(1, 1000000)`;
    },
    { timeout: 60_000 },
  );
  isOver = true;
  await close();
  expect(turns).toBeGreaterThan(10);
});
