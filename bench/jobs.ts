import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { addDays, calendarDay, isOfficeTime, startOfDay } from "#domain/base/calendar/calendar.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { idOf } from "#server/testing/large-body.ts";
import { ROOT } from "../scripts/prepare.mjs";
import { attribute } from "./portal-page.ts";
import { lineOf, median, type Part } from "./line.ts";
import { BENCH_FOLDER, startPortalCopy } from "./portal-copy.ts";
import { makeLargeBody, openSession } from "./size.ts";
import { makePostgresqlDatabase } from "./write-database.ts";

const PROBE = path.join(ROOT, "bench", "delay-probe.mjs");
const PROBED = path.join(BENCH_FOLDER, "delay-probe.json");
const HOUR_MS = 60 * 60_000;
const JOB_WITHIN_MS = 55 * 60_000;
const SAMPLE_EVERY_MS = 100;
/** Between two pages, so that reading them is not the load. */
const PAUSE_MS = 100;
const VISITS_AT_REST = 60;
/** Fewer visits say nothing about the pages: the job was over before. */
const FEWEST_VISITS = 5;
const MOST_DELAY_MS = 100;
const MOST_TRANSACTION_MS = 5_000;

const PAGES = ["/", "/policies/policy-1", "/tasks", "/check?policy=policy-1"];
const READERS = [2, 4, 5, 6, 8].map((number) => `size-person-${number}`);
/** Each with its day's work in a body that large; the digests first, since a hold in force stops retention. */
const JOBS = ["make-digests", "mark-leavers", "call-for-missed-clear-downs", "incident-clock", "apply-retention"];

/** What is due besides the year that the body has: leavers, and names to be given up; and a hold on everything ends. */
const DUE: Readonly<Record<string, string>> = {
  "mark-leavers": `UPDATE "Person" SET "leavesOn" = '2026-01-01' WHERE status = 'active' AND id LIKE 'size-person-%3' AND abs(hashtext(id)) % 20 = 0`,
  "apply-retention": `
    UPDATE "Hold" SET "endedAt" = now(), "endedById" = "placedById", "endReason" = 'Answered.' WHERE "isOnSubject";
    UPDATE "Mail" SET "createdAt" = "createdAt" - interval '1 year' WHERE id LIKE 'size-mail-%7';
    UPDATE "Notice" SET "createdAt" = "createdAt" - interval '1 year' WHERE id LIKE 'size-notice-%7';
    UPDATE "Person" SET "updatedAt" = '2020-01-01', "leavesOn" = NULL WHERE status = 'left' AND id LIKE 'size-person-%07'`,
};

/** Timed work of a large body, as an administrator has it run: how long it keeps the event loop, how long a transaction takes, and what pages take meanwhile. */
export const benchJobs: Part = async (print, say, { people }) => {
  const database = await makePostgresqlDatabase();
  if (!database) return say("jobs: no PostgreSQL was found");
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const body = await makeLargeBody(client, database.url, people, say);
  const content = body.settings["CONTENT_DIR"] ?? "";
  copyFileSync(path.join(ROOT, "content", "retention.yaml"), path.join(content, "retention.yaml"));
  const ahead = nextOfficeTime().getTime() - Date.now();
  const settings = { ...body.settings, DELAY_PROBE: PROBED, CLOCK_AHEAD_MS: String(ahead) };
  try {
    const portal = await startPortalCopy(settings, { node: ["--import", PROBE] });
    try {
      const cookies: string[] = [];
      for (const id of [idOf("administrator"), ...READERS]) cookies.push(await openSession(client, id));
      await client.query(
        `UPDATE "Session" SET "seenAt" = now() + $1 * interval '1 ms', "expiresAt" = now() + interval '30 days' WHERE id LIKE 'bench-%'`,
        [ahead],
      );
      const [administrator = "", ...readers] = cookies;
      const visit = makeVisitor(portal.origin, readers);
      for (let count = 0; count < VISITS_AT_REST; count++) await visit(); // warm from then on
      await readDelay(portal.pid);
      const rest = median(await visitsUntil(visit, (count) => count === VISITS_AT_REST));
      const before = await readDelay(portal.pid);
      say(`jobs: at rest a page takes ${rest.toFixed(1)} ms; delay p99 ${before.p99.toFixed(1)} ms`);
      for (const job of JOBS) {
        if (DUE[job]) await client.query(DUE[job]);
        await readDelay(portal.pid);
        await runNow(portal.origin, administrator, job);
        const { visits, transaction, seconds, result } = await watch(client, database.url, job, visit);
        const delay = await readDelay(portal.pid);
        say(`jobs: ${job} took ${seconds.toFixed(0)} s, delay at most ${delay.longest.toFixed(0)} ms: ${result}`);
        const name = `jobs/${people}/${job}`;
        const ms = { unit: "ms", peer: "the bound" } as const;
        print(lineOf({ ...ms, name: `${name}/delay`, value: delay.p99, peerValue: MOST_DELAY_MS }));
        print(lineOf({ ...ms, name: `${name}/transaction`, value: transaction, peerValue: MOST_TRANSACTION_MS }));
        if (visits.length < FEWEST_VISITS) continue;
        const peer = "2 × a page at rest";
        print(lineOf({ name: `${name}/page`, value: median(visits), unit: "ms", peer, peerValue: 2 * rest }));
      }
    } finally {
      await portal.stop();
    }
  } finally {
    await client.end();
    await database.drop();
    body.remove();
  }
};

/** Ten o'clock on the next working day. */
function nextOfficeTime(): Date {
  for (let day = addDays(calendarDay(new Date()), 1); ; day = addDays(day, 1)) {
    const at = new Date(startOfDay(day).getTime() + 10 * HOUR_MS);
    if (isOfficeTime(at, daysOff({ nation: "england" }, day, day))) return at;
  }
}

/** Each call is one page by one reader, in turn. @returns milliseconds */
function makeVisitor(origin: string, cookies: readonly string[]): () => Promise<number> {
  let number = 0;
  return async () => {
    const [address, cookie] = [PAGES[number % PAGES.length] ?? "/", cookies[number % cookies.length] ?? ""];
    number++;
    await pause(PAUSE_MS);
    const start = performance.now();
    const response = await fetch(origin + address, { headers: { cookie, accept: "text/html" }, redirect: "manual" });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${address} answered ${response.status}.`);
    return performance.now() - start;
  };
}

async function visitsUntil(visit: () => Promise<number>, isEnough: (count: number) => boolean): Promise<number[]> {
  const times: number[] = [];
  while (!isEnough(times.length)) times.push(await visit());
  return times;
}

/** Presses “Run now” beside a job, as an administrator does. */
async function runNow(origin: string, cookie: string, job: string): Promise<void> {
  const page = await (await fetch(`${origin}/admin/jobs`, { headers: { cookie, accept: "text/html" } })).text();
  const inputsOf = (form: string) =>
    [...form.matchAll(/<input\b[^>]*>/g)].map(
      ([input]) => [attribute(input, "name") ?? "", attribute(input, "value") ?? ""] as const,
    );
  const forms = (page.match(/<form\b.*?<\/form>/gs) ?? []).map(inputsOf);
  const form = forms.find((inputs) => inputs.some(([name, value]) => name === "job" && value === job));
  if (!form) throw new Error(`No button runs ${job}.`);
  const fields = new FormData();
  for (const [name, value] of form) fields.append(name, value);
  const sent = { method: "POST", body: fields, headers: { cookie, origin, accept: "text/html" } };
  const response = await fetch(`${origin}/admin/jobs/send`, { ...sent, redirect: "manual" });
  if (!response.headers.get("location")?.includes("asked="))
    throw new Error(`${job} was not asked for: status ${response.status}.`);
}

/** Visits pages until the job has ended, and looks at the server's transactions meanwhile. */
async function watch(client: pg.Client, url: string, job: string, visit: () => Promise<number>) {
  const begun = performance.now();
  const watcher = new pg.Client({ connectionString: url });
  await watcher.connect();
  let transaction = 0;
  let run: { startedAt: Date; endedAt: Date; failure: string | null; result: string | null } | undefined;
  const isBegun = async () => (await runsOf(client, job, "")).length > 0;
  while (!(await isBegun()) && performance.now() - begun < JOB_WITHIN_MS) await pause(SAMPLE_EVERY_MS);
  const watching = (async () => {
    while (!run) {
      if (performance.now() - begun > JOB_WITHIN_MS) throw new Error(`${job} did not end.`);
      const { rows } = await watcher.query<{ ms: number }>(
        `SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)) * 1000, 0)::float AS ms
           FROM pg_stat_activity
          WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      );
      transaction = Math.max(transaction, rows[0]?.ms ?? 0);
      [run] = await runsOf(watcher, job, `AND "endedAt" IS NOT NULL`);
      await pause(SAMPLE_EVERY_MS);
    }
  })();
  const visits = await visitsUntil(visit, () => run !== undefined);
  await watching.finally(() => watcher.end());
  if (!run || run.failure !== null) throw new Error(`${job} failed: ${run?.failure ?? ""}`);
  const seconds = (run.endedAt.getTime() - run.startedAt.getTime()) / 1000;
  return { visits, transaction, seconds, result: run.result ?? "" };
}

async function runsOf(client: pg.Client, job: string, condition: string) {
  const sql = `SELECT "startedAt", "endedAt", failure, result FROM "JobRun" WHERE job = $1 AND "askedById" IS NOT NULL ${condition}`;
  return (
    await client.query<{ startedAt: Date; endedAt: Date; failure: string | null; result: string | null }>(sql, [job])
  ).rows;
}

/** The delay of the portal's event loop since the last time, in milliseconds. */
async function readDelay(pid: number): Promise<{ p99: number; longest: number }> {
  rmSync(PROBED, { force: true });
  process.kill(pid, "SIGUSR2");
  for (let left = 200; left > 0 && !existsSync(PROBED); left--) await pause(50);
  return JSON.parse(readFileSync(PROBED, "utf8")) as { p99: number; longest: number };
}
