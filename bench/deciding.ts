import pg from "pg";
import { attribute, hiddenFields } from "./portal-page.ts";
import { lineOf, type Part } from "./line.ts";
import { load, type LoadVisit } from "./load.ts";
import { EMPTY_PAGE, startPortalCopy } from "./portal-copy.ts";
import { makeLargeBody, openSession } from "./size.ts";
import { makePostgresqlDatabase } from "./write-database.ts";

const DRAFTING = 200;
const DECIDING = 20;
const SECONDS = 180;
/** Nobody writes a request in less. */
const SLOWLY = { seconds: SECONDS, pauseMs: 30_000 };
const SITUATION = "policy=policy-1&audience=colleague&purpose=file&content=non-sensitive";

/** What the forms said, to be compared with what the database holds. */
interface Said {
  sent: Set<string>;
  approved: Set<string>;
  declined: Set<string>;
}

/**
 * Many people asking for exceptions and some deciding on them, on two servers and one PostgreSQL: how long they wait,
 * beside the same on an empty page. Everything that a form confirmed has to be there afterwards, decided once.
 */
export const benchDeciding: Part = async (print, say) => {
  const database = await makePostgresqlDatabase();
  if (!database) return say("deciding: no PostgreSQL was found");
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const body = await makeLargeBody(client, database.url, 2_000, say);
  const servers = [await startPortalCopy(body.settings), await startPortalCopy(body.settings)];
  try {
    const people = Array.from({ length: DRAFTING + DECIDING }, (_, at) => `size-person-${(at + 1) * 5}`); // none has left
    await client.query(`UPDATE "Person" SET roles = '{governance-officer}' WHERE id = ANY($1)`, [
      people.slice(DRAFTING),
    ]);
    const cookies = Array.of<string>();
    for (const person of people) cookies.push(await openSession(client, person));
    const origins = servers.map(({ origin }) => origin);
    const empty = await load(origins, cookies, async (visit) => void (await visit(EMPTY_PAGE)), say, {
      ...SLOWLY,
      seconds: SECONDS / 3,
    });
    const said: Said = { sent: new Set(), approved: new Set(), declined: new Set() };
    const use = (visit: LoadVisit, step: number, person: number) =>
      person < DRAFTING ? ask(visit, said) : decide(visit, step, said);
    const ours = await load(origins, cookies, use, say, SLOWLY);
    if (ours.errors.length > 0)
      throw new Error(`${ours.errors.length} of ${ours.count} requests failed, first ${ours.errors[0]}.`);
    await expectAllThere(client, said);
    say(`deciding: ${said.sent.size} sent, ${said.approved.size} approved, ${said.declined.size} declined, none lost`);
    const peer = "an empty page";
    print(lineOf({ name: "deciding/p95", value: ours.p95, unit: "ms", peer, peerValue: empty.p95 }));
    print(lineOf({ name: "deciding/median", value: ours.median, unit: "ms", peer, peerValue: empty.median }));
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await client.end();
    body.remove();
    await database.drop();
  }
};

/** Asks in short, checks, and sends. */
async function ask(visit: LoadVisit, said: Said): Promise<void> {
  const page = await visit(`/exceptions/new?${SITUATION}`);
  const until = new Date(Date.now() + 60 * 86_400_000);
  const path = await send(visit, page, `/exceptions/new/send?${SITUATION}`, {
    justification: "The rota changes daily.",
    whyNoChannel: "They read no e-mail before Monday.",
    "wantedUntil-day": String(until.getDate()),
    "wantedUntil-month": String(until.getMonth() + 1),
    "wantedUntil-year": String(until.getFullYear()),
    source: "2.1",
    likelihood: "2",
    impact: "2",
  });
  const reference = referenceIn(path);
  if (path === "") return; // counted as an error already
  if (reference === null || !path.endsWith("/check")) throw new Error(`A request was not begun: ${path.slice(0, 200)}`);
  const sent = await send(visit, await visit(path), `${path}/send`, {});
  if (sent === "") return;
  if (!sent.endsWith("/sent")) throw new Error(`${reference} was not sent: ${sent.slice(0, 200)}`);
  said.sent.add(reference);
}

/** Takes one from the first page of the queue, which others take from at the same time. */
async function decide(visit: LoadVisit, step: number, said: Said): Promise<void> {
  const queue = await visit("/exceptions/queue");
  const waiting = [...new Set(queue.match(/EX-\w{4}-\w{4}/g))];
  const reference = waiting[Math.floor(Math.random() * waiting.length)];
  if (reference === undefined) return;
  const command = step % 3 === 0 ? "decline" : "approve";
  const page = await visit(`/exceptions/${reference}/${command}`);
  const until = Object.fromEntries(
    ["until-day", "until-month", "until-year"].map((name) => [name, valueIn(page, name)]),
  );
  const path = await send(visit, page, `/exceptions/${reference}/${command}/send`, { reason: "As usual.", ...until });
  if (path.endsWith("?done=approved")) said.approved.add(reference);
  if (path.endsWith("?done=declined")) said.declined.add(reference);
}

/** What stands in a field of a page. */
function valueIn(page: string, name: string): string {
  const field = page.match(/<input\b[^>]*>/g)?.find((tag) => attribute(tag, "name") === name);
  return (field && attribute(field, "value")) ?? "";
}

async function send(
  visit: LoadVisit,
  page: string,
  action: string,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const form = page.match(/<form\b.*?<\/form>/gs)?.find((one) => one.replaceAll("&amp;", "&").includes(action));
  if (form === undefined) return page; // somebody was faster
  const data = hiddenFields(form);
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return visit(action, data);
}

function referenceIn(path: string): string | null {
  return /EX-\w{4}-\w{4}/.exec(path)?.[0] ?? null;
}

/** @throws Error where the database does not hold what a form confirmed, or holds it twice */
async function expectAllThere(client: pg.Client, { sent, approved, declined }: Said): Promise<void> {
  const { rows } = await client.query<{ reference: string; state: string; sent: number; decided: number }>(
    `SELECT e.reference, e.state::text,
            (SELECT count(*)::int FROM "Evidence" v WHERE v.subject = e.reference AND v.event = 'exception.submitted') AS sent,
            (SELECT count(*)::int FROM "Evidence" v WHERE v.subject = e.reference AND v.event IN ('exception.approved', 'exception.declined')) AS decided
       FROM "Exception" e WHERE e.reference = ANY($1)`,
    [[...sent, ...approved, ...declined]],
  );
  const found = new Map(rows.map((row) => [row.reference, row]));
  const wrong = [
    ...[...sent].filter((one) => found.get(one)?.sent !== 1),
    ...[...approved].filter((one) => found.get(one)?.state !== "approved" || found.get(one)?.decided !== 1),
    ...[...declined].filter((one) => found.get(one)?.state !== "declined" || found.get(one)?.decided !== 1),
    ...rows.filter(({ decided }) => decided > 1).map(({ reference }) => reference),
  ];
  if (wrong.length > 0) throw new Error(`${wrong.length} are not there as confirmed, first ${wrong[0]}.`);
}
