import { afterEach, expect, it, vi } from "vitest";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { checkList, confirmImport, importList, savePendingImport } from "./import-service.ts";
import {
  ReadersBusy,
  ReaderStopped,
  withListReader,
  type AskReader,
  type ReaderLimits,
} from "./list-reader-process.ts";

const NAO = { slug: "nao", name: "National Audit Office", employers: ["National Audit Office"] };
const LIMITS: ReaderLimits = { megabytes: 1_024, milliseconds: 120_000, waitMilliseconds: 10 };
const PATIENT = { ...LIMITS, waitMilliseconds: 600_000 };
const SCOPE = { bodies: [NAO], actorId: null };
const long = (count: number) =>
  Buffer.from(`email,name\n${Array.from({ length: count }, (_, at) => `p${at}@x.test,Person ${at}`).join("\n")}`);
const read = (ask: AskReader) => ask("read", Buffer.from("email,name\na@x.test,A"));

/** Keeps this many other lists being read or waiting, until `open` is called. */
function hold(count: number): { held: Promise<unknown>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const held = Array.from({ length: count }, () => withListReader([NAO], () => opened, PATIENT));
  return { held: Promise.all(held), open };
}

afterEach(() => vi.restoreAllMocks());

it("ends a process that exceeds its memory, logs it, and reads the next list", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const tiny = { ...LIMITS, megabytes: 40 };
  const stopped = withListReader([NAO], (ask) => ask("read", long(249_000)), tiny);
  await expect(stopped).rejects.toThrow(ReaderStopped);
  await expect(stopped).rejects.toThrow(/^Reading this list took more than 40 megabytes of memory, and was stopped\./);
  expect(log.mock.calls).toEqual([
    ["A list of people was not read to its end: it took more than 40 megabytes of memory (read)."],
  ]);
  expect(await withListReader([NAO], read)).toMatchObject({ bodies: ["nao"] });
});

it("ends a process that exceeds its time", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const stopped = withListReader([NAO], (ask) => ask("read", long(249_000)), { ...LIMITS, milliseconds: 1 });
  await expect(stopped).rejects.toThrow(/^Reading this list took more than 0\.001 seconds, and was stopped\./);
  expect(log).toHaveBeenCalledOnce();
});

it("reads two at once, lets four wait, and asks others to try again", async () => {
  const { held, open } = hold(2);
  const impatient = withListReader([NAO], read, LIMITS);
  await expect(impatient).rejects.toThrow(ReadersBusy);
  const waiting = [1, 2, 3, 4].map(() => withListReader([NAO], read, PATIENT));
  await expect(withListReader([NAO], read)).rejects.toThrow("Wait a minute, then try again.");
  open();
  await held;
  for (const { bodies } of await Promise.all(waiting)) expect(bodies).toEqual(["nao"]);
  expect(await withListReader([NAO], read)).toMatchObject({ bodies: ["nao"] });
});

describeOnOneDatabase("a list that asks too much", (database) => {
  it("is reported as faulty, with what to do about it, both when checked and when imported", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const report = await checkList(long(249_000), SCOPE, { ...LIMITS, milliseconds: 1 });
    expect(report).toMatchObject({ faultCount: 1, bodies: [] });
    expect(report.faults[0]?.reason).toMatch(/split it by body\.$/);
  });

  it("leaves the portal responsive while it is read, and is refused as a whole or by its first thousand faults", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const same = Buffer.from(`email,name\n${"noreply@x.test,N\n".repeat(20_000)}`);
    const report = await checkList(same, SCOPE);
    expect([report.faultCount, report.faults.length]).toEqual([20_000, 1000]);
    const blank = await checkList(Buffer.from(`email,name\n${"\n".repeat(2_000_000)}`), SCOPE);
    expect(blank.faults[0]?.reason).toMatch(/^There is nobody in it/);
    const short = await importList(Buffer.from(`email,name\n${"a\n".repeat(500_000)}`), SCOPE, { manyMayLeave: true });
    expect(short).toMatchObject({ code: "faulty", report: { faultCount: 1 } });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(100);
  });

  it("still waits to be confirmed if other lists kept the readers busy", async () => {
    const administrator = await addPerson(database(), "admin", { roles: ["employee", "administrator"] });
    const bytes = Buffer.from("email,name\nadmin@nao.invalid,Person admin\nann@nao.invalid,Ann");
    const kept = await savePendingImport(administrator, { name: "people.csv", bytes });
    const id = kept && "id" in kept ? kept.id : "";
    const { held, open } = hold(6);
    const busy = expect.stringContaining("busy with other lists") as string;
    expect(await savePendingImport(administrator, { name: "people.csv", bytes })).toEqual({ problem: busy });
    expect(await confirmImport(administrator, id, false)).toEqual({ code: "busy", problem: busy });
    open();
    await held;
    expect(await confirmImport(administrator, id, false)).toEqual({ code: "done" });
  });
});
