import type { Database } from "#server/base/db/database.ts";
import { JOBS } from "./jobs.ts";
import { inOneLine, startScheduler, type Scheduler } from "./scheduler.ts";
import { shared } from "#server/base/process-shared.mjs";

type Running = { kind: "starting" } | { kind: "running"; scheduler: Scheduler } | { kind: "failed"; reason: string };

declare global {
  interface ProcessShared {
    timedWork?: Running | undefined;
  }
}

/** The state of the scheduled jobs in this process; null if they were never started. */
export function getRunning(): Running | null {
  return shared.timedWork ?? null;
}

/** Sets the process's state of the scheduled jobs: for `beginTimedWork`, and for tests. */
export function useRunning(running: Running | undefined): void {
  shared.timedWork = running;
}

/**
 * Starts the scheduled jobs alongside the portal, which neither waits for them nor needs them.
 * @returns stops them, even while they are still starting
 */
export function beginTimedWork(database: Database): () => Promise<void> {
  useRunning({ kind: "starting" });
  const begun = startScheduler(database, JOBS).then(
    (scheduler): Running => ({ kind: "running", scheduler }),
    (error: unknown): Running => ({ kind: "failed", reason: inOneLine(error) }),
  );
  void begun.then((running) => {
    useRunning(running);
    if (running.kind === "failed")
      console.error(`Timed work is not running (${running.reason}): no mail is sent, the rest of the portal works.`);
  });
  return async () => {
    const running = await begun;
    if (running.kind === "running") await running.scheduler.stop();
    useRunning(undefined);
  };
}
