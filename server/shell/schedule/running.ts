import { setTimeout as pause } from "node:timers/promises";
import { clock } from "#server/base/clock.ts";
import type { Database } from "#server/base/db/database.ts";
import { inOneLine } from "#server/base/log/failure.mjs";
import { shared } from "#server/base/process-shared.mjs";
import { JOBS } from "./jobs.ts";
import { pauseBeforeTry, startScheduler, type Scheduler } from "./scheduler.ts";

/** `failed`: it could not begin, so many times in a row, and is tried again then. */
export type Running =
  | { kind: "starting" }
  | { kind: "running"; scheduler: Scheduler }
  | { kind: "failed"; reason: string; tries: number; nextTryAt: Date };

declare global {
  interface ProcessShared {
    timedWork?: Running | undefined;
  }
}

/** The state of the scheduled jobs in this process; null if they were never started. */
export const getRunning = (): Running | null => shared.timedWork ?? null;

/** Sets the process's state of the scheduled jobs: for `beginTimedWork`, and for tests. */
export function useRunning(running: Running | undefined): void {
  shared.timedWork = running;
}

/**
 * Starts the scheduled jobs alongside the portal, which neither waits for them nor needs them. If they cannot begin, it
 * is tried again with growing pauses until they can.
 * @returns stops them, even while they are still starting
 */
export function beginTimedWork(
  database: Database,
  start = () => startScheduler(database, JOBS),
  pauseMs = pauseBeforeTry,
): () => Promise<void> {
  const stopping = new AbortController();
  const begun = begin(start, pauseMs, stopping.signal);
  return async () => {
    stopping.abort();
    await (await begun)?.stop();
    useRunning(undefined);
  };
}

async function begin(start: () => Promise<Scheduler>, pauseMs: typeof pauseBeforeTry, stopping: AbortSignal) {
  useRunning({ kind: "starting" });
  for (let tries = 1; !stopping.aborted; tries++) {
    try {
      const scheduler = await start();
      useRunning({ kind: "running", scheduler });
      if (tries > 1) console.warn(`Timed work runs now: it could begin at try ${tries}.`);
      return scheduler;
    } catch (error) {
      const wait = pauseMs(tries);
      const nextTryAt = new Date(clock.now().getTime() + wait);
      useRunning({ kind: "failed", reason: inOneLine(error), tries, nextTryAt });
      console.error(
        `Timed work could not begin at try ${tries}, the next is in ${wait / 1000} s; until then no mail is sent, the rest of the portal works:`,
        error,
      );
      await pause(wait, undefined, { signal: stopping }).catch(() => {});
    }
  }
  return null;
}
