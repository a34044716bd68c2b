import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { hiddenFields } from "./portal-page.ts";
import { lineOf, median, type Part } from "./line.ts";
import { EMPTY_PAGE, startPortalCopy } from "./portal-copy.ts";
import { makeLargeBody, openSession } from "./size.ts";
import { makePostgresqlDatabase } from "./write-database.ts";

const PEOPLE = 200;
const SECONDS = 120;
/** Between one page and the next: nobody reads a page in less. */
const PAUSE_MS = 10_000;

/** What one of them does, over and over: reads, checks a message, and accepts one policy after the other. */
const ROUND = ["/", "/policies/policy-1", "/check?policy=policy-1", "/tasks", "/search?q=photo"];
const POLICIES = 20;

/** Two servers and one PostgreSQL under the load of many people at once: how long they wait, beside the same on an empty page. */
export const benchLoad: Part = async (print, say) => {
  const database = await makePostgresqlDatabase();
  if (!database) return say("load: no PostgreSQL was found");
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const body = await makeLargeBody(client, database.url, 1_000, say);
  const servers = [await startPortalCopy(body.settings), await startPortalCopy(body.settings)];
  try {
    const cookies = Array.of<string>();
    for (let person = 1; person <= PEOPLE; person++) {
      cookies.push(await openSession(client, `size-person-${person * 5}`)); // of 1,000; those who left end in 7
    }
    const origins = servers.map(({ origin }) => origin);
    const empty = await load(origins, cookies, async (visit) => void (await visit(EMPTY_PAGE)), say);
    const ours = await load(origins, cookies, useThePortal, say);
    for (const { errors, count } of [empty, ours])
      if (errors.length > 0) throw new Error(`${errors.length} of ${count} requests failed, first ${errors[0]}.`);
    say(`load: ${(ours.count / SECONDS).toFixed(1)} requests a second; empty: ${(empty.count / SECONDS).toFixed(1)}`);
    const peer = "an empty page";
    print(lineOf({ name: "load/p95", value: ours.p95, unit: "ms", peer, peerValue: empty.p95 }));
    print(lineOf({ name: "load/median", value: ours.median, unit: "ms", peer, peerValue: empty.median }));
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await client.end();
    body.remove();
    await database.drop();
  }
};

/** Asks for a page, or sends a form. @returns the page, or the address that the form leads to; "" where that failed */
export type LoadVisit = (path: string, form?: FormData) => Promise<string>;

/** One step of somebody: the pages in turn, and now and then an acceptance. @param step counts up */
async function useThePortal(visit: LoadVisit, step: number): Promise<void> {
  const path = ROUND[step % (ROUND.length + 1)];
  if (path !== undefined) return void (await visit(path));
  const address = `/policies/policy-${1 + (Math.floor(step / (ROUND.length + 1)) % POLICIES)}/acknowledge`;
  const page = await visit(address);
  const form = page.match(/<form\b.*?<\/form>/gs)?.find((one) => one.includes(`${address}/send`));
  if (form === undefined) return; // answered already
  const fields = hiddenFields(form);
  fields.set("answer", "accepted");
  await visit(`${address}/send`, fields);
}

/**
 * Everybody at once for so long. Times in milliseconds of one request.
 * @param use what somebody does between two pauses; `person` is their place in `cookies`
 */
export async function load(
  origins: readonly string[],
  cookies: readonly string[],
  use: (visit: LoadVisit, step: number, person: number) => Promise<void>,
  say: (progress: string) => void,
  { seconds = SECONDS, pauseMs = PAUSE_MS }: { seconds?: number; pauseMs?: number } = {},
) {
  const times = Array.of<number>();
  const errors = Array.of<string>();
  const until = performance.now() + seconds * 1_000;
  const somebody = async (cookie: string, number: number) => {
    const origin = origins[number % origins.length] ?? "";
    const visit: LoadVisit = async (path, form) => {
      const start = performance.now();
      const response = await fetch(origin + path, {
        headers: { cookie, accept: "text/html", ...(form && { origin }) },
        redirect: "manual",
        ...(form && { method: "POST", body: form }),
      }).catch(() => null);
      const page = (await response?.text()) ?? "";
      times.push(performance.now() - start);
      if (!response || response.status >= 400) errors.push(`${path}: ${response?.status ?? "no answer"}`);
      if (!response || response.status >= 400) return "";
      return response.headers.get("location") ?? page;
    };
    await pause((number * pauseMs) / cookies.length); // not all in the same moment
    for (let step = number; performance.now() < until; step++) {
      await use(visit, step, number);
      await pause(pauseMs);
    }
  };
  say(`load: ${cookies.length} people for ${seconds} seconds`);
  await Promise.all(cookies.map(somebody));
  const sorted = times.sort((a, b) => a - b);
  return { count: times.length, errors, median: median(times), p95: sorted[Math.floor(times.length * 0.95)] ?? 0 };
}
