import { setTimeout as pause } from "node:timers/promises";
import cronParser from "cron-parser";
import pg from "pg";
import PgBoss from "pg-boss";
import { clock } from "#server/base/clock.ts";
import type { Database, QueueConnection, Tx } from "#server/base/db/database.ts";
import type { Job } from "#server/base/job.ts";
import { inOneLine } from "#server/base/log/failure.mjs";
import { shared } from "#server/base/process-shared.mjs";
import { deleteRunsBefore, insertRun, writeRunEnd } from "./repository.ts";

/** The schema in which the queue keeps its tables; ours are in "public". */
const SCHEMA = "pgboss";
const RETRIES = 3;
const KEEP_RUNS_MS = 30 * 24 * 60 * 60_000;
/** An attempt that takes longer counts as aborted, and is started again. */
export const RUN_WITHIN_SECONDS = 60 * 60;
const CREATE_TRIES = 6;
const CREATE_AGAIN_AFTER_MS = 500;
const STOP_WITHIN_MS = 1_000;
const MOST_CONNECTIONS = 2;
const CONNECT_WITHIN_MS = 10_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** The same error of the queue is logged only once in this time: a lost connection causes one on every poll. */
const COMPLAIN_EVERY_MS = 10 * 60_000;

export interface Scheduler {
  /**
   * Runs a job as soon as a worker is free. A job that is already waiting is not queued twice. @param personId who asks
   */
  runNow(name: string, personId: string): Promise<void>;
  /** Takes on nothing more, and waits briefly for what is running. What is aborted is started again later. */
  stop(): Promise<void>;
}

interface Paces {
  /** How often each job's queue is polled, in seconds. */
  look: number;
  /** How often to check whether something is due, in seconds; 45 at most, or a minute could be missed. */
  due: number;
  /** How long after the first failure it is tried again, in seconds; about doubled after each further one. */
  retry: number;
  /** How long a statement may take, in seconds: a server that hangs is asked again on another connection. */
  answer: number;
}

const PACES: Paces = { look: 10, due: 30, retry: 60, answer: 60 };

interface Asked {
  askedBy?: string;
}

/**
 * Starts scheduled jobs on a database, once for each due time however many servers share it: the queue gives each job
 * to one of them, and the unique key of JobRun guarantees it.
 * @throws the queue's error if it cannot be set up; nothing of it is left then
 */
export async function startScheduler(
  { queue, prisma }: Database,
  jobs: readonly Job[],
  paces: Paces = PACES,
): Promise<Scheduler> {
  if (queue === null) throw new Error("the database was opened to read");
  const complain = complainOnce();
  const { executeSql, close } = connectQueue(queue, paces, complain);
  const boss = new PgBoss({
    db: { executeSql },
    schema: SCHEMA,
    cronMonitorIntervalSeconds: paces.due,
    cronWorkerIntervalSeconds: paces.look,
  });
  boss.on("error", complain);
  const stopping = new AbortController();
  try {
    await boss.start();
    for (const { name } of jobs) await untilCreated(boss, name, paces.retry);
    const workers = new Map<string, string>();
    for (const job of jobs) {
      const options = { pollingIntervalSeconds: paces.look, includeMetadata: true as const };
      const id = await boss.work<Asked>(job.name, options, async ([taken]) => {
        if (taken) await untilTold(await runOnce(boss, prisma, job, taken), stopping.signal, complain);
      });
      workers.set(job.name, id);
    }
    for (const { name } of await boss.getSchedules()) if (!workers.has(name)) await boss.unschedule(name);
    for (const { name, cron } of jobs) await boss.schedule(name, cron, {}, { tz: ZONE });
    return {
      runNow: async (name, personId) => {
        await boss.send(name, { askedBy: personId } satisfies Asked);
        boss.notifyWorker(workers.get(name) ?? "");
      },
      stop: async () => {
        stopping.abort();
        await boss.stop({ timeout: STOP_WITHIN_MS }).finally(close);
      },
    };
  } catch (error) {
    stopping.abort();
    await boss.stop({ graceful: false }).catch(() => {});
    void close();
    throw error;
  }
}

/**
 * Tells the queue how a job ended, until it hears it: a database that is away at that moment would take it for running
 * until `RUN_WITHIN_SECONDS` are over, and start no other.
 */
async function untilTold(tell: () => Promise<unknown>, signal: AbortSignal, complain: (error: unknown) => void) {
  for (let tries = 1; !signal.aborted; tries++) {
    try {
      return void (await tell());
    } catch (error) {
      complain(error);
      await pause(pauseBeforeTry(tries), undefined, { signal }).catch(() => {});
    }
  }
}

type Taken = PgBoss.JobWithMetadata<Asked>;

/** Runs a job. @returns what tells the queue of it */
async function runOnce(boss: PgBoss, prisma: Tx, job: Job, taken: Taken): Promise<() => Promise<unknown>> {
  const span = shared.beginSpan?.({ name: `job ${job.name}`, kind: "internal" });
  try {
    await recordRun(prisma, job, taken);
    span?.end();
    return () => boss.complete(job.name, taken.id);
  } catch (error) {
    span?.end({ hasFailed: true });
    console.error(`The timed work ${job.name} failed:`, error);
    const words = inOneLine(error);
    return () => boss.fail(job.name, taken.id, { words });
  }
}

async function recordRun(prisma: Tx, job: Job, { createdOn, retryCount, data }: Taken): Promise<void> {
  const askedById = data?.askedBy ?? null;
  const startedAt = clock.now();
  const dueAt = askedById === null ? lastDue(job.cron, new Date(createdOn)) : new Date(createdOn);
  const id = await insertRun(prisma, { job: job.name, dueAt, attempt: retryCount + 1, startedAt, askedById });
  if (id === null) return;
  try {
    const result = await job.run(startedAt);
    await writeRunEnd(prisma, id, { endedAt: clock.now(), result });
  } catch (error) {
    const end = { endedAt: clock.now(), failure: inOneLine(error) };
    await writeRunEnd(prisma, id, end).catch((unwritten: unknown) =>
      console.error("Its end was not recorded:", unwritten),
    );
    throw error;
  }
  await deleteRunsBefore(prisma, job.name, new Date(startedAt.getTime() - KEEP_RUNS_MS));
}

/**
 * How long to wait after so many failures in a row, in milliseconds: a second, doubled each time, five minutes at most.
 */
export const pauseBeforeTry = (failures: number): number => Math.min(1_000 * 2 ** (failures - 1), LONGEST_PAUSE_MS);

/** As if there was nothing to change: what the queue asks after it was stopped, it does not wait for. */
const NOTHING_DONE = { rows: [{ count: 0 }] };

/** How the queue reaches the database: by connections of its own, where the engine is not in this process. */
function connectQueue(queue: QueueConnection, { answer }: Paces, complain: (error: unknown) => void) {
  const { executeSql, end } =
    "db" in queue ? { ...queue.db, end: async () => {} } : poolOf(queue.connectionString, answer, complain);
  let isClosed = false;
  return {
    executeSql: async (text: string, values?: unknown[]) => (isClosed ? NOTHING_DONE : executeSql(text, values)),
    close: () => {
      isClosed = true;
      return end();
    },
  };
}

function poolOf(connectionString: string, answer: number, complain: (error: unknown) => void) {
  const pool = new pg.Pool({
    connectionString,
    application_name: "with-care-jobs",
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: Math.min(CONNECT_WITHIN_MS, answer * 1000),
    query_timeout: answer * 1000,
    keepAlive: true,
  });
  pool.on("error", complain);
  const executeSql = (text: string, values?: unknown[]) => pool.query<Record<string, unknown>>(text, values);
  return { executeSql, end: () => pool.end() };
}

/** Two servers creating their queues at once can deadlock; whichever loses tries again and finds them created. */
async function untilCreated(boss: PgBoss, name: string, retryDelay: number): Promise<void> {
  for (let left = CREATE_TRIES - 1; ; left--) {
    try {
      if (await boss.getQueue(name)) return;
      return await boss.createQueue(name, {
        name,
        policy: "stately",
        expireInSeconds: RUN_WITHIN_SECONDS,
        retryLimit: RETRIES,
        retryDelay,
        retryBackoff: true,
      });
    } catch (error) {
      if (left === 0) throw error;
      await pause(CREATE_AGAIN_AFTER_MS * Math.random());
    }
  }
}

function complainOnce(): (error: unknown) => void {
  const last = new Map<string, number>();
  return (error) => {
    const words = inOneLine(error);
    const now = clock.now().getTime();
    if (now - (last.get(words) ?? 0) < COMPLAIN_EVERY_MS) return;
    last.set(words, now);
    console.error("The queue of timed work complains:", error);
  };
}

/** Local time of the body: 8:00 stays 8:00 when the clocks change. */
const ZONE = "Europe/London";

/** When work with this schedule was last due, at this moment or earlier. @param cron five fields */
export function lastDue(cron: string, at: Date): Date {
  // The parser looks for times before its own moment; work is due from the first millisecond of its minute.
  return cronParser
    .parseExpression(cron, { tz: ZONE, currentDate: new Date(at.getTime() + 1) })
    .prev()
    .toDate();
}

/** When it is next due, after this moment. @param cron five fields */
export const nextDue = (cron: string, at: Date): Date =>
  cronParser.parseExpression(cron, { tz: ZONE, currentDate: at }).next().toDate();
