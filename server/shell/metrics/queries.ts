import { createHash, timingSafeEqual } from "node:crypto";
import { Gauge, Registry } from "prom-client";
import { clock } from "#server/base/clock.ts";
import { getContentState } from "#server/base/content/store.ts";
import { getOpenDatabase, type Tx } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { getHealth } from "#server/shell/health/queries.ts";
import { JOBS } from "#server/shell/schedule/jobs.ts";
import { getRunning } from "#server/shell/schedule/running.ts";
import { processMetrics } from "./process.ts";

declare global {
  interface ProcessShared {
    /** What the portal measures: for server/shell/http/telemetry-metrics.mjs. */
    listMetrics?: typeof listMetrics;
  }
}

const MAIL_STATES = ["waiting", "unsent", "dead", "sent"];
const EVENT_STATES = ["waiting", "dead", "sent"];
const WITHIN_MS = 1_500;

/**
 * The state of the portal in numbers, for monitoring: nothing about anybody. Answers in under five seconds, even if the
 * database does not.
 * @param given the token received
 * @param token the one in the settings
 * @returns text in the Prometheus format; "refused" without the token, or if none is set
 */
export async function getMetrics(given: string, token = getEnv().metricsToken): Promise<{ text: string } | "refused"> {
  if (token === null || !isSame(given, token)) return "refused";
  const registry = new Registry();
  await fill(registry);
  return { text: `${await processMetrics().metrics()}${await registry.metrics()}` };
}

/** The same for OpenTelemetry, which sends it by itself. */
export async function listMetrics() {
  const registry = new Registry();
  await fill(registry);
  return [...(await processMetrics().getMetricsAsJSON()), ...(await registry.getMetricsAsJSON())];
}

/** Compares digests, so that neither time nor length reveals how much was right. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text, "utf8").digest();
  return timingSafeEqual(digest(given), digest(token));
}

async function fill(registry: Registry): Promise<void> {
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge<Label>({ name: `with_care_${name}`, help, labelNames, registers: [registry] });
  const { database, version } = await getHealth();
  const { kind } = getOpenDatabase();
  gauge(
    "build_info",
    "Version of With Care and of Node, and kind of database; always 1",
    "version",
    "node",
    "database",
  ).set({ version, node: process.version, database: kind }, 1);
  const up = gauge("database_up", "1 where the database answers; without it nothing that it holds is counted");
  up.set(database === "ok" ? 1 : 0);
  const { faults } = await getContentState();
  gauge("content_faults", "Faults in the content folder since an edit; what was served before still is").set(
    faults.length,
  );
  const running = getRunning();
  gauge("timed_work_running", "1 where this process takes part in timed work").set(running?.kind === "running" ? 1 : 0);
  gauge("timed_work_failed_starts", "How often in a row timed work could not begin here; it is tried again").set(
    running?.kind === "failed" ? running.tries : 0,
  );
  if (database !== "ok") return;
  const counted = await countInDatabase();
  if (counted === null) return up.set(0);
  const { jobs, mail, events, heads } = counted;
  const success = gauge(
    "job_last_success_timestamp_seconds",
    "When a job last ended well; 0 where it never did",
    "job",
  );
  const failure = gauge("job_last_failure_timestamp_seconds", "When a job last failed; 0 where it never did", "job");
  const failures = gauge("job_failures", "Tries of a job that failed in the last 30 days", "job");
  for (const { name: job } of JOBS) {
    const row = jobs.find((one) => one.job === job);
    success.set({ job }, inSeconds(row?.lastSuccess));
    failure.set({ job }, inSeconds(row?.lastFailure));
    failures.set({ job }, row?.failures ?? 0);
  }
  const mails = gauge("mails", "Mail on record, by state; dead: given up", "state");
  for (const state of MAIL_STATES) mails.set({ state }, mail.find((one) => one.state === state)?.count ?? 0);
  const oldest = mail.find(({ state }) => state === "waiting")?.oldest;
  gauge("mail_waiting_seconds", "For how long the oldest mail has been waiting").set(
    oldest ? Math.max(0, inSeconds(clock.now()) - inSeconds(oldest)) : 0,
  );
  const leaving = gauge("events", "Events for addresses outside on record, by state; dead: not taken", "state");
  for (const state of EVENT_STATES) leaving.set({ state }, events.find((one) => one.state === state)?._count ?? 0);
  const head = gauge("evidence_head_position", "Rows in the chain of evidence of a body; it never falls", "body");
  for (const { body, position } of heads) head.set({ body }, position);
}

/** Null if the database has stopped answering since its health was checked. */
async function countInDatabase() {
  const { prisma } = getOpenDatabase();
  const events = prisma.webhookMessage.groupBy({ by: ["state"], _count: true });
  const counts = Promise.all([listJobRows(prisma), countMailByState(prisma), events, listHeadPositions(prisma)]).then(
    ([jobs, mail, events, heads]) => ({ jobs, mail, events, heads }),
    () => null,
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), WITHIN_MS);
  });
  return Promise.race([counts, late]).finally(() => clearTimeout(timer));
}

function inSeconds(at: Date | null | undefined): number {
  return at ? at.getTime() / 1000 : 0;
}

/** When a job last succeeded and last failed, and how many of the attempts still on record failed. */
export interface JobRow {
  job: string;
  lastSuccess: Date | null;
  lastFailure: Date | null;
  failures: number;
}

async function listJobRows(tx: Tx): Promise<JobRow[]> {
  return tx.$queryRaw<JobRow[]>`
    SELECT job, max("endedAt") FILTER (WHERE failure IS NULL) AS "lastSuccess",
           max("endedAt") FILTER (WHERE failure IS NOT NULL) AS "lastFailure",
           (count(*) FILTER (WHERE failure IS NOT NULL))::int AS failures
      FROM "JobRun" GROUP BY job ORDER BY job`;
}

async function countMailByState(tx: Tx): Promise<{ state: string; count: number; oldest: Date }[]> {
  return tx.$queryRaw`
    SELECT state::text AS state, count(*)::int AS count, min("createdAt") AS oldest FROM "Mail" GROUP BY state`;
}

async function listHeadPositions(tx: Tx): Promise<{ body: string; position: number }[]> {
  return tx.$queryRaw`SELECT body, max(position)::int AS position FROM "Evidence" GROUP BY body ORDER BY body`;
}
