import { type Actor, can } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Job } from "#server/base/job.ts";
import { JOBS } from "./jobs.ts";
import { listLastFailed, listRuns, type RunRecord } from "./repository.ts";
import { getRunning } from "./running.ts";
import { nextDue, RUN_WITHIN_SECONDS } from "./scheduler.ts";

const SHOWN_RUNS = 5;
const SHOWN_FAILURES = 3;

export type RunOutcome = "running" | "done" | "failed" | "broken-off";
export type RunView = ReturnType<typeof toRunView>;
export type JobView = Awaited<ReturnType<typeof toView>>;

/**
 * All scheduled jobs with their last and next runs; null for those who may not know. `stopped`: why none run on this
 * server, and when that is tried again; null if they do or are about to.
 */
export async function getSchedule(actor: Actor) {
  if (!can(actor, "schedule.manage", actor)) return null;
  const running = getRunning();
  const jobs = await Promise.all(JOBS.map((job) => toView(actor, job)));
  const never = { reason: "it was not begun", tries: 0, nextTryAt: null };
  const stopped = running === null ? never : running.kind === "failed" ? running : null;
  return { stopped, jobs };
}

/** A job with its runs, and the latest that failed, older ones too; each the newest first. */
async function toView(actor: Actor, { name, title, cron }: Job) {
  const now = clock.now();
  const [runs, failures] = await Promise.all([
    listRuns(getDatabase(), name, SHOWN_RUNS),
    listRuns(getDatabase(), name, SHOWN_FAILURES, true),
  ]);
  const view = (run: RunRecord) => toRunView(actor, run, now);
  return { name, title, nextAt: nextDue(cron, now), runs: runs.map(view), failures: failures.map(view) };
}

/**
 * One attempt at a job, as administrators see it. `words`: what it did, or what went wrong; "" while it runs. `askedBy`:
 * who pressed "Run now"; null if it ran on schedule.
 */
function toRunView(actor: Actor, run: RunRecord, now: Date) {
  const { startedAt, endedAt, attempt, result, failure } = run;
  const isOver = endedAt !== null || now.getTime() - startedAt.getTime() > RUN_WITHIN_SECONDS * 1000;
  const outcome: RunOutcome =
    failure !== null ? "failed" : result !== null ? "done" : isOver ? "broken-off" : "running";
  const asker = run.askedBy;
  const askedBy =
    asker && (asker.id === actor.personId ? "you" : asker.body === actor.body ? asker.name : "another body");
  return { startedAt, endedAt, outcome, words: failure ?? result ?? "", attempt, askedBy };
}

/** The titles of the jobs whose last attempt failed; null for those who may not know. */
export async function listFailedJobs(actor: Actor): Promise<string[] | null> {
  if (!can(actor, "schedule.manage", actor)) return null;
  const failed = await listLastFailed(
    getDatabase(),
    JOBS.map(({ name }) => name),
  );
  return JOBS.flatMap(({ name, title }) => (failed.includes(name) ? [title] : []));
}
