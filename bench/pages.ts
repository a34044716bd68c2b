import { startEmptyApp } from "./empty-app.ts";
import { lineOf, median, type Part } from "./line.ts";
import { EMPTY_PAGE, startPortalCopy } from "./portal-copy.ts";
import { ADDRESSES, BODY, get } from "./portal-page.ts";
import { cpuTime } from "./process-cpu.ts";
import { signIn } from "./sample-session.ts";
import { makePostgresqlDatabase } from "./write-database.ts";

const HEALTH = "/api/health/live";

/** CPU time of the server per request of a page, against a page with nothing in it: same frame, session and process. */
export const benchPages: Part = async (print, say) => {
  say("pages: building and starting a copy of the portal");
  const portal = await startPortalCopy();
  try {
    const cookie = await signIn(portal.origin, BODY);
    const ask = (path: string): MeasuredRequest => ({ pid: portal.pid, ask: () => get(portal.origin + path, cookie) });
    const { empty: peerValue, ...pages } = await cpuOfRequests(
      { empty: ask(EMPTY_PAGE), ...asked(ADDRESSES, ask) },
      (progress) => say(`pages: ${progress}`),
    );
    for (const [name, value] of Object.entries(pages))
      print(lineOf({ name: `pages/${name}`, value, unit: "ms", peer: "empty page", peerValue }));
  } finally {
    await portal.stop();
  }
};

/** The same for the portal on PostgreSQL, against an empty dynamic page of a separate app, without a session. */
export const benchPagesAgainstApp: Part = async (print, say) => {
  const database = await makePostgresqlDatabase();
  if (!database) return say("app: no PostgreSQL was found");
  say("app: building and starting an empty app, and a copy of the portal");
  const [app, portal] = [
    await startEmptyApp(),
    await startPortalCopy({ DATABASE_URL: database.url, EVALUATION: "1", LIMIT_SEARCH: "99999" }),
  ];
  try {
    const cookie = await signIn(portal.origin, BODY);
    const ask = (path: string): MeasuredRequest => ({ pid: portal.pid, ask: () => get(portal.origin + path, cookie) });
    const { empty: peerValue, ...pages } = await cpuOfRequests(
      {
        empty: { pid: app.pid, ask: () => fetch(app.origin).then((response) => response.text()) },
        ...asked({ ...ADDRESSES, tasks: "/tasks", search: "/search?q=photo" }, ask),
        [HEALTH]: {
          pid: portal.pid,
          ask: () => fetch(portal.origin + HEALTH).then((response) => response.text()),
          requests: 400,
        },
      },
      (progress) => say(`app: ${progress}`),
    );
    for (const [name, value] of Object.entries(pages))
      print(lineOf({ name: `app/${name}`, value, unit: "ms", peer: "empty app", peerValue }));
  } finally {
    await Promise.all([app.stop(), portal.stop()]);
    await database.drop();
  }
};

function asked<Name extends string>(
  addresses: Readonly<Record<Name, string>>,
  ask: (path: string) => MeasuredRequest,
): Record<Name, MeasuredRequest> {
  const entries = Object.entries<string>(addresses).map(([name, path]) => [name, ask(path)] as const);
  return Object.fromEntries(entries) as Record<Name, MeasuredRequest>;
}

const ROUNDS = 11;
const WARM_UP_REQUESTS = 100;
/** In one block, between two readings of the CPU time, which moves in steps of 10 ms. */
const REQUESTS = 40;

/** What is requested, and the process that answers. */
interface MeasuredRequest {
  pid: number;
  ask(): Promise<unknown>;
  /** In one block, if a request is so cheap that 40 cannot be measured. */
  requests?: number;
}

/**
 * CPU time of each in milliseconds per request: requests one after the other, taking turns between the things measured.
 */
async function cpuOfRequests<Name extends string>(
  all: Readonly<Record<Name, MeasuredRequest>>,
  say: (progress: string) => void,
): Promise<Record<Name, number>> {
  const measured = Object.entries<MeasuredRequest>(all).map(([name, asked]) => ({
    name,
    asked,
    cpu: Array.of<number>(),
  }));
  for (const { asked } of measured) await cpuOfBlock(asked, WARM_UP_REQUESTS);
  for (let round = 1; round <= ROUNDS; round++) {
    say(`round ${round} of ${ROUNDS}`);
    for (const { asked, cpu } of measured) cpu.push(await cpuOfBlock(asked, asked.requests ?? REQUESTS));
  }
  return Object.fromEntries(measured.map(({ name, cpu }) => [name, median(cpu)])) as Record<Name, number>;
}

async function cpuOfBlock({ pid, ask }: MeasuredRequest, requests: number): Promise<number> {
  const before = cpuTime(pid);
  for (let sent = 0; sent < requests; sent++) await ask();
  return (cpuTime(pid) - before) / requests;
}
