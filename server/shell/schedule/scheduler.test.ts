import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { useDatabase, type Database } from "#server/base/db/database.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { openInMemory } from "#server/testing/embedded.ts";
import { addPerson } from "#server/testing/people.ts";
import type { Job } from "#server/base/job.ts";
import { lastDue, nextDue, type Scheduler, startScheduler } from "./scheduler.ts";

const QUICK = { look: 1, due: 1, retry: 0, answer: 60 };

describe.each(ENGINES)("timed work (%s)", (engine) => {
  let database: Database;
  let drop: () => Promise<void> = async () => {};
  let schedulers: Scheduler[] = [];
  const open = async () => {
    const created = engine === "postgresql" ? await createPostgresqlDatabase() : null;
    database = created ? await openPostgresql(created.url, MIGRATIONS) : await openInMemory();
    drop = created?.drop ?? drop;
    useDatabase(database);
  };
  const start = async (...jobs: Job[]) => {
    const scheduler = await startScheduler(database, jobs, QUICK);
    schedulers.push(scheduler);
    return scheduler;
  };
  const runs = (job: string) =>
    database.prisma.jobRun.findMany({ where: { job }, orderBy: [{ startedAt: "asc" }, { attempt: "asc" }] });
  const until = async (isTrue: () => boolean | Promise<boolean>) => {
    for (let left = 300; !(await isTrue()); left--) {
      if (left === 0) throw new Error("It did not come to pass.");
      await pause(100);
    }
  };
  afterEach(async () => {
    vi.restoreAllMocks();
    await Promise.all(schedulers.map((scheduler) => scheduler.stop()));
    schedulers = [];
    useDatabase(undefined);
    await database.close();
    await drop();
  });

  it("runs what is due once, with two schedulers on one database, and leaves our own tables alone", async () => {
    await open();
    const seen: Date[] = [];
    const job: Job = {
      name: "count",
      title: "Count",
      cron: "* * * * *",
      run: async (at) => {
        seen.push(at);
        return Promise.resolve("Counted.");
      },
    };
    await Promise.all([start(job), start(job)]);
    await until(async () => (await runs("count")).some(({ endedAt }) => endedAt !== null));
    await pause(3_000);
    const all = await runs("count");
    expect(new Set(all.map(({ dueAt }) => dueAt.getTime())).size).toBe(all.length);
    expect(seen).toHaveLength(all.length);
    expect(all[0]).toMatchObject({ attempt: 1, result: "Counted.", failure: null, askedById: null });
    expect(all[0]?.dueAt.getSeconds()).toBe(0);
    const schemas = await database.prisma.$queryRaw<{ name: string }[]>`
      SELECT DISTINCT schemaname AS name FROM pg_tables WHERE tablename IN ('job', 'queue', 'schedule')`;
    expect(schemas).toEqual([{ name: "pgboss" }]);
  });

  it("tries again what failed, and keeps what went wrong", async () => {
    await open();
    vi.spyOn(console, "error").mockImplementation(() => {});
    let tries = 0;
    const run = async () => {
      await pause(1);
      if (++tries < 3) throw new Error(`The ${tries}. time it breaks.\nFor a reason.`);
      return "At last.";
    };
    const scheduler = await start({ name: "break", title: "Break", cron: "0 0 1 1 *", run });
    const { personId } = await addPerson(database, "administrator", { roles: ["administrator"] });
    await scheduler.runNow("break", personId);
    await until(() => tries === 3);
    await until(async () => (await runs("break")).every(({ endedAt }) => endedAt !== null));
    expect(await runs("break")).toMatchObject([
      { attempt: 1, failure: "The 1. time it breaks. For a reason.", result: null, askedById: personId },
      { attempt: 2, failure: "The 2. time it breaks. For a reason." },
      { attempt: 3, failure: null, result: "At last." },
    ]);
  });

  it("stops while a job runs, and another server begins it again", async () => {
    await open();
    let begun = 0;
    let isHanging = true;
    const run = async () => {
      begun++;
      while (isHanging) await pause(50);
      return "Done.";
    };
    const job: Job = { name: "hang", title: "Hang", cron: "0 0 1 1 *", run };
    const first = await start(job);
    const { personId } = await addPerson(database, "administrator", { roles: ["administrator"] });
    await first.runNow("hang", personId);
    await until(() => begun === 1);
    const before = Date.now();
    await first.stop();
    expect(Date.now() - before).toBeLessThan(2_500);
    schedulers = [];
    isHanging = false;
    await start(job);
    await until(() => begun === 2);
    await until(async () => (await runs("hang")).some(({ attempt, endedAt }) => attempt === 2 && endedAt !== null));
  });

  it("says that it cannot begin where the database is only read", async () => {
    await open();
    await expect(startScheduler({ ...database, queue: null }, [])).rejects.toThrow("opened to read");
  });
});

describe("when work is due", () => {
  it("is on the clock of the wall, in summer and in winter", () => {
    expect(nextDue("0 8 * * 1-5", new Date("2026-11-27T08:00:00Z"))).toEqual(new Date("2026-11-30T08:00:00Z"));
    expect(nextDue("0 8 * * *", new Date("2026-07-01T12:00:00Z"))).toEqual(new Date("2026-07-02T07:00:00Z"));
    expect(lastDue("*/15 * * * *", new Date("2026-11-24T08:15:00.000Z"))).toEqual(new Date("2026-11-24T08:15:00Z"));
    expect(lastDue("*/15 * * * *", new Date("2026-11-24T08:14:59.999Z"))).toEqual(new Date("2026-11-24T08:00:00Z"));
  });
});
