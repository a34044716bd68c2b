import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay, endOfDay } from "#domain/base/calendar/calendar.ts";
import { type EvidenceEvent, PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { type DoubtOutcome, mapTexts, replaceWordsIn } from "#domain/gather/retention/doubt.ts";
import { dueUntil, RETENTION_KIND_NAMES, type RetentionKind, ruleFor } from "#domain/gather/retention/rule.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { type Change, transact } from "#server/evidence/journal/transact.ts";
import { holdEverythingConcerned, type DataUnderHold } from "#server/registers/hold/deletion-queries.ts";
import { deleteStaleDoubts, findTexts, pseudonymise } from "./name-change.ts";
import { EVIDENCE_TEXTS, searchedTable } from "./name-rules.ts";
import * as repository from "./repository.ts";
import { listRowsUnderHold } from "./mention-queries.ts";

const ROWS_AT_ONCE = 500;
/** All their names are searched for at once in every table, and then replaced one by one. */
const LEAVERS_AT_ONCE = 50;

export type RetentionCounts = Partial<Record<RetentionKind, number>>;

/**
 * Does what is due by the rules of every body, in small transactions, each with its row of evidence. Run twice, or on
 * two servers at once, it takes effect once: the second finds nothing left to do.
 * @param leaversAtOnce names replaced in one transaction
 * @returns how many of each kind
 */
export async function applyRetention(at: Date, leaversAtOnce = LEAVERS_AT_ONCE): Promise<RetentionCounts> {
  const { bodies, retention } = await loadContent();
  const counts: RetentionCounts = {};
  for (const { slug: body } of bodies) {
    const retained = await findKept(body);
    for (const kind of RETENTION_KIND_NAMES) {
      const rule = ruleFor(retention, body, kind);
      const lastDay = rule && dueUntil(rule, calendarDay(at));
      if (lastDay === null) continue;
      for (let after: string | null = ""; after !== null;) {
        const of: BatchStart = { body, lastDay, at, after };
        const done: Batch =
          kind === "leaver-name" ? await replaceNames(of, leaversAtOnce) : await deleteRows(kind, of, retained);
        if (done.count > 0) counts[kind] = (counts[kind] ?? 0) + done.count;
        after = done.next;
      }
    }
  }
  return counts;
}

interface BatchStart {
  body: string;
  lastDay: string;
  at: Date;
  /** The id after which it begins; "" for the first. */
  after: string;
}

interface Batch {
  count: number;
  /** Where the next one begins; null if there is none. */
  next: string | null;
}

/** The rows that name people or words under a hold, and which people and words these were. */
interface KeptRows {
  about: DataUnderHold["about"];
  rows: readonly string[];
}

/** Searches every register, which takes seconds in a large body: so before the transactions that delete. */
async function findKept(body: string): Promise<KeptRows> {
  const { about } = await getDatabase().$transaction((tx) => holdEverythingConcerned(tx, body));
  return { about, rows: await listRowsUnderHold(getDatabase(), body, about) };
}

const NOTHING: Change<Batch> = { result: { count: 0, next: null }, evidence: [] };

const deleteRows = async (
  kind: Exclude<RetentionKind, "leaver-name">,
  { body, lastDay, at }: BatchStart,
  kept: KeptRows,
): Promise<Batch> =>
  transact(async (tx): Promise<Change<Batch>> => {
    const held = await holdEverythingConcerned(tx, body);
    if (held.isEverything) return NOTHING;
    // A hold may have been placed meanwhile.
    const isSame = JSON.stringify(held.about) === JSON.stringify(kept.about);
    const keptRows = isSame ? kept.rows : await listRowsUnderHold(tx, body, held.about);
    const due = { body, lastDay, before: endOfDay(lastDay), take: ROWS_AT_ONCE, held, keptRows };
    const count = await repository.deleteDue(tx, kind, due);
    if (count === 0) return NOTHING;
    const next = count >= ROWS_AT_ONCE ? "" : null;
    return { result: { count, next }, evidence: [applied(kind, count, { body, lastDay, at })] };
  });

async function replaceNames({ body, lastDay, at, after }: BatchStart, take: number): Promise<Batch> {
  const held = await getDatabase().$transaction((tx) => holdEverythingConcerned(tx, body));
  if (held.isEverything) return NOTHING.result;
  const due = { body, lastDay, before: endOfDay(lastDay), take, held, keptRows: [] };
  const found = await repository.listLeavers(getDatabase(), due, after);
  const last = found.at(-1);
  if (!last) return NOTHING.result;
  const next = found.length === take ? last.id : null;
  const texts = await findTexts(getDatabase(), body, found);
  return transact(async (tx): Promise<Change<Batch>> => {
    const heldNow = await holdEverythingConcerned(tx, body); // one may have been placed meanwhile
    if (heldNow.isEverything) return NOTHING;
    const ids = found.map(({ id }) => id);
    const leavers = await repository.lockLeavers(tx, { ...due, held: heldNow }, ids);
    const done = await pseudonymise(tx, { body, leavers, at }, texts);
    if (done.length === 0) return { result: { count: 0, next }, evidence: [] };
    await deleteStaleDoubts(tx, body);
    const evidence = done.map(({ personId, ...data }): EvidenceEvent => {
      return { body, event: "person.pseudonymised", at, actor: PORTAL_ACTOR, subject: personId, data };
    });
    evidence.push(applied("leaver-name", done.length, { body, lastDay, at }));
    return { result: { count: done.length, next }, evidence };
  });
}

function applied(kind: RetentionKind, count: number, { body, lastDay, at }: Omit<BatchStart, "after">): EvidenceEvent {
  const data = { kind, count, until: lastDay };
  return { body, event: "retention.applied", at, actor: PORTAL_ACTOR, subject: kind, data };
}

export type SettleDoubtResult = "settled" | "held" | "not-found";

/**
 * Settles whether a text names somebody who left: "replaced" puts the pseudonym in place of the words that were found, and
 * erases a text beside the evidence; "kept" leaves it. Nothing is replaced that a hold on them keeps.
 */
export async function settleDoubt(actor: Actor, id: string, outcome: DoubtOutcome): Promise<SettleDoubtResult> {
  if (!can(actor, "name-doubt.settle", actor)) return "not-found";
  const { body, personId: by } = actor;
  return transact(async (tx): Promise<Change<SettleDoubtResult>> => {
    const doubt = await repository.lockDoubt(tx, body, id);
    if (!doubt) return { result: "not-found", evidence: [] };
    const held = await holdEverythingConcerned(tx, body);
    const isHeld = held.isEverything || held.people.includes(doubt.personId);
    if (isHeld && outcome === "replaced") return { result: "held", evidence: [] };
    const table = searchedTable(doubt.table);
    if (outcome === "replaced" && table === EVIDENCE_TEXTS)
      await repository.eraseDetails(tx, body, [Number(doubt.row)]);
    else if (outcome === "replaced")
      for (const row of await repository.lockTextRows(tx, table, body, [doubt.row])) {
        const change = (text: string) => replaceWordsIn(text, doubt.words, doubt.person.name);
        await repository.writeTexts(tx, table, {
          id: row.id,
          texts: mapTexts(row.texts, change) as repository.TextRow["texts"],
        });
      }
    await repository.deleteDoubts(tx, [id]);
    const event = { body, event: "name-doubt.settled", at: clock.now(), actor: by, subject: doubt.personId } as const;
    return { result: "settled", evidence: [{ ...event, data: { outcome } }] };
  });
}
