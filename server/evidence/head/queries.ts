import { type Actor, can } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { mapPage, type PageCursor } from "#domain/base/list/page.ts";
import { EARLIER_HEADS, type HeadFile } from "#domain/evidence/head/head.ts";
import { consistencyPath, inclusionPath, TreeCheck } from "#domain/evidence/head/merkle.ts";
import { spokenThumbprint } from "#domain/evidence/journal/signing-key.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { readPage } from "#server/base/db/list-page.ts";
import { getJwks } from "#server/evidence/signing-key/queries.ts";
import {
  countMissed,
  findEvidenceRow,
  findEvidenceText,
  findHeadFrom,
  findNewestHead,
  findPublished,
  headList,
  type HeadRecord,
  listAlarms,
  listEarlierHeads,
  listHeads,
  listNodes,
  listWitnesses,
  readTree,
  sha256OfHex,
} from "./repository.ts";

/** A published head with what outsiders said of it. */
export type HeadView = NonNullable<Awaited<ReturnType<typeof getHeads>>>["page"]["rows"][number];

/** The published heads of the actor's body in pages, the newest first; null for those who may not read the evidence. */
export async function getHeads(actor: Actor, cursor: PageCursor = null) {
  if (!can(actor, "evidence.read", actor)) return null;
  const { body } = actor;
  const tx = getDatabase();
  const page = await readPage(headList(tx, body), cursor);
  const sizes = page.rows.map(({ size }) => size);
  const witnesses = grouped(await listWitnesses(tx, body, sizes), ({ size }) => size);
  const ofBody = (await loadContent()).bodies.find(({ slug }) => slug === body);
  return {
    page: mapPage(page, ({ jws: _signed, ...head }) => ({
      ...head,
      witnesses: (witnesses.get(head.size) ?? []).filter(({ isOurs }) => isOurs).map(viewOfWitness),
    })),
    alarms: (await listAlarms(tx, body)).map(viewOfWitness),
    authority: ofBody?.timeStamps?.authority ?? null,
    missed: await countMissed(tx, body),
    mayExport: can(actor, "evidence.export", actor),
  };
}

const viewOfWitness = ({ name, kid, at, size, root }: Awaited<ReturnType<typeof listWitnesses>>[number]) => ({
  name,
  spoken: spokenThumbprint(kid),
  at,
  size,
  root,
});

/** The last publication of a day comes so long before its end: the job's cron. */
const AFTER_LAST_MS = 25 * 60_000;

/** When a row will be covered by a head, or by which it is. */
export async function getCover(body: string, position: number) {
  const head = await findHeadFrom(getDatabase(), body, position);
  if (head) return { size: head.size, at: head.at };
  const newest = await findNewestHead(getDatabase(), body);
  const now = clock.now();
  const isDone = newest !== null && calendarDay(newest.at) === calendarDay(now);
  return { nextOn: isDone ? addDays(calendarDay(now), 1) : calendarDay(new Date(now.getTime() + AFTER_LAST_MS)) };
}

/**
 * What shows without the journal that a row is in it: the row, the text beside it, the path up to the first head that covers
 * it, and that head; for verify.mjs. The caller has authorised. "waits" until a head covers it.
 * @param certificate what it is the certificate of, for people
 */
export async function makeCertificateFile(
  body: string,
  position: number,
  certificate: { reference: string; title: string },
) {
  const tx = getDatabase();
  const [row, head] = await Promise.all([findEvidenceRow(tx, body, position), findHeadFrom(tx, body, position)]);
  if (!row || !head) return "waits";
  return {
    schemaVersion: 1,
    kind: "certificate",
    certificate,
    row: { ...row, at: row.at.toISOString() },
    text: await findEvidenceText(tx, body, position),
    path: await inclusionPath(readTree(tx, body), position - 1, head.size),
    ...(await withHead(tx, head)),
  };
}

/**
 * A published head of the actor's body as a file for witnesses and verify.mjs, with what proves that it continues earlier
 * ones. "waits" where there is none, null for those who may not read the evidence.
 * @param which its rows; the newest one if left out
 * @param since rows of the only earlier head to prove it from; the newest ones if left out
 */
export const getHeadFile = async (actor: Actor, which?: number, since?: number) =>
  can(actor, "evidence.read", actor) ? makeHeadFile(actor.body, which, since) : null;

/** The same, for whoever has authorised already. */
export async function makeHeadFile(body: string, which?: number, since?: number): Promise<HeadFile | "waits"> {
  const tx = getDatabase();
  const size = which ?? (await findNewestHead(tx, body))?.size;
  const head = size === undefined ? null : await findPublished(tx, body, size);
  if (!head) return "waits";
  const tree = readTree(tx, body);
  const earlier: { head: string; path: string[] }[] = [];
  const asked = since === undefined ? { take: EARLIER_HEADS } : { size: since };
  for (const one of await listEarlierHeads(tx, body, head.size, asked))
    earlier.push({ head: one.jws, path: await consistencyPath(tree, one.size, head.size) });
  return { schemaVersion: 1, kind: "head-file", earlier, ...(await withHead(tx, head)) };
}

async function withHead(tx: Tx, { body, size, root, jws, timeStamp }: HeadRecord) {
  const witnesses = await listWitnesses(tx, body, [size]);
  return {
    head: jws,
    witnesses: witnesses.filter((one) => one.root === root).map((one) => one.jws),
    timeStamp: timeStamp?.response ?? null,
    keys: (await getJwks(body)).keys,
  };
}

/** What checks the tree of a body while its rows pass by: its kept nodes, its published heads, and what witnesses saw. */
export async function makeTreeCheck(tx: Tx, body: string): Promise<TreeCheck> {
  const [nodes, heads, witnesses] = await Promise.all([
    listNodes(tx, body),
    listHeads(tx, body),
    listWitnesses(tx, body),
  ]);
  const named = (at: Date, words: string) => `${words} on ${dateInWords(calendarDay(at))}`;
  return new TreeCheck(sha256OfHex, new Map(nodes.map(({ level, index, hash }) => [`${level} ${index}`, hash])), [
    ...heads.map(({ size, root, at }) => ({ size, root, name: named(at, "the head published") })),
    ...witnesses.map(({ size, root, at, name }) => ({
      size,
      root,
      name: named(at, `the head that the witness ${name} saw`),
    })),
  ]);
}

export { countMissed };
