import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Database } from "#server/base/db/database.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import type { Job } from "#server/base/job.ts";
import { startTcpProxy, type TcpProxy } from "#scripts/test-tcp-proxy.mjs";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { beginTimedWork, getRunning } from "./running.ts";
import { pauseBeforeTry, startScheduler } from "./scheduler.ts";

const QUICK = { look: 1, due: 1, retry: 0, answer: 1 };

describe.runIf(ENGINES.includes("postgresql"))("timed work on a database that takes connections late", () => {
  let database: Database;
  let proxy: TcpProxy;
  let drop: () => Promise<void>;
  let stop: () => Promise<void>;
  let runs = 0;
  let finish: () => void = () => {};
  /** Its own statements take the direct way: what is tested is what the queue makes of its connections. */
  const job: Job = {
    name: "count",
    title: "Count",
    cron: "0 0 1 1 *",
    run: async () => {
      runs++;
      await new Promise<void>((resolve) => (finish = resolve));
      return "Counted.";
    },
  };
  beforeEach(async () => {
    const created = await createPostgresqlDatabase();
    drop = created.drop;
    database = await openPostgresql(created.url, MIGRATIONS);
    proxy = await startTcpProxy(created.url);
    await addPerson(database, "administrator", { roles: ["administrator"] });
    runs = 0;
    for (const level of ["error", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => {});
  });
  afterEach(async () => {
    finish();
    proxy.comeBack();
    await stop();
    await proxy.close();
    await database.close();
    await drop();
    vi.restoreAllMocks();
  });

  const begin = () => {
    const queue = { connectionString: proxy.url };
    stop = beginTimedWork(
      database,
      () => startScheduler({ ...database, queue }, [job], QUICK),
      (tries) => pauseBeforeTry(tries) / 10,
    );
  };
  const until = async (isTrue: () => boolean | Promise<boolean>, seconds = 30) => {
    for (let left = seconds * 10; !(await isTrue()); left--) {
      if (left === 0) throw new Error("It did not come to pass.");
      await pause(100);
    }
  };
  const runNow = async () => {
    const running = getRunning();
    if (running?.kind !== "running") throw new Error("It does not run.");
    await running.scheduler.runNow("count", "administrator");
  };
  const triesSoFar = () => {
    const running = getRunning();
    return running?.kind === "failed" ? running.tries : 0;
  };

  it.each(["cut", "hang"] as const)(
    "tries again while connections are %s, says so, and runs when they come",
    async (how) => {
      proxy[how]();
      begin();
      expect(getRunning()).toEqual({ kind: "starting" });
      await until(() => triesSoFar() >= 3);
      const failed = getRunning();
      if (failed?.kind !== "failed") throw new Error("It has not failed.");
      expect(failed.reason).toMatch(/connect|connection|timeout/i);
      expect(failed.nextTryAt.getTime()).toBeGreaterThan(Date.now() - 5_000);
      expect(
        vi
          .mocked(console.error)
          .mock.calls.map(([words]) => String(words))
          .filter((words) => words.includes("could not begin at try")),
      ).toHaveLength(triesSoFar());
      expect(vi.mocked(console.error).mock.lastCall?.[1]).toBeInstanceOf(Error);
      proxy.comeBack();
      await until(() => getRunning()?.kind === "running");
      expect(String(vi.mocked(console.warn).mock.lastCall)).toMatch(/Timed work runs now: it could begin at try \d/);
      await runNow();
      await until(() => runs === 1);
      // Tries that failed have left no connection.
      const [{ count } = { count: 0 }] = await database.prisma.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE application_name = 'with-care-jobs' AND datname = current_database()`;
      expect(count).toBeLessThanOrEqual(2);
    },
  );

  it("tells the queue that a job ended, when the database is back", async () => {
    begin();
    await until(() => getRunning()?.kind === "running");
    await runNow();
    await until(() => runs === 1);
    proxy.hang();
    finish();
    await pause(3_000);
    proxy.comeBack();
    // Asked for again it runs again: the queue does not take the first for running.
    await until(async () => {
      await runNow().catch(() => {});
      return runs === 2;
    });
  });

  it("gives up trying when the portal stops", async () => {
    proxy.cut();
    begin();
    await until(() => triesSoFar() >= 1);
    await stop();
    expect(getRunning()).toBeNull();
    proxy.comeBack();
    await pause(1_000);
    expect(getRunning()).toBeNull();
  });
});

it("waits a second, then twice as long each time, and five minutes at most", () => {
  expect([1, 2, 3, 4, 8, 9, 10, 500].map((tries) => pauseBeforeTry(tries) / 1000)).toEqual([
    1, 2, 4, 8, 128, 256, 300, 300,
  ]);
});
