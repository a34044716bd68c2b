import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startProcess, type TestProcess } from "#server/testing/process.ts";
import { lockFolder } from "./process-lock.mjs";

let folder: string;
let started: TestProcess[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "with-care-lock-"));
  started = [];
});
afterEach(async () => {
  for (const { child, ended } of started) {
    child.kill("SIGKILL");
    await ended;
  }
  rmSync(folder, { recursive: true });
});

const hold = (where = folder) => {
  const process = startProcess("hold-lock.ts", [where]);
  started.push(process);
  return process;
};

it("belongs to one, and to the next when released", async () => {
  const first = await lockFolder(folder);
  expect(await lockFolder(folder)).toBeNull();
  await first?.release();
  const second = await lockFolder(folder);
  expect(second).not.toBeNull();
  await second?.release();
  expect(readdirSync(folder)).toEqual([]);
});

it("belongs to another process until that is killed, and then at once to us", async () => {
  const other = hold();
  await other.hasPrinted("locked");
  expect(await lockFolder(folder)).toBeNull();
  other.child.kill("SIGKILL");
  await other.ended;
  const lock = await lockFolder(folder);
  expect(lock).not.toBeNull();
  expect(readdirSync(folder)).toHaveLength(1);
  await lock?.release();
});

it("is kept by a process that is stopped", async () => {
  const other = hold();
  await other.hasPrinted("locked");
  other.child.kill("SIGSTOP");
  expect(await lockFolder(folder)).toBeNull();
});

it("goes to exactly one of many that find the rest of a killed one", async () => {
  const dead = hold();
  await dead.hasPrinted("locked");
  dead.child.kill("SIGKILL");
  await dead.ended;
  const locks = await Promise.all(Array.from({ length: 20 }, () => lockFolder(folder)));
  expect(locks.filter((lock) => lock !== null)).toHaveLength(1);
  for (const lock of locks) await lock?.release();
});

it("works where the path is longer than the kernel takes for a socket", async () => {
  const deep = path.join(folder, ...Array.from({ length: 6 }, () => "a-folder-with-a-long-name-in-it"));
  mkdirSync(deep, { recursive: true });
  const other = hold(deep);
  await other.hasPrinted("locked");
  expect(await lockFolder(deep)).toBeNull();
  other.child.kill("SIGKILL");
  await other.ended;
  const lock = await lockFolder(deep);
  expect(lock).not.toBeNull();
  await lock?.release();
});
