import "server-only";
import { calendarDay, endOfDay } from "#domain/base/calendar/calendar.ts";
import { PORTAL_ACTOR, type EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { dueUntil, RETENTION_KIND_NAMES, ruleFor, type RetentionKind } from "#domain/gather/retention/rule.ts";
import { loadContent } from "#server/base/content/store.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { holdEverythingConcerned } from "#server/registers/hold/deletion-queries.ts";
import { pseudonymise } from "./name-change.ts";
import { DELETE_DUE, lockLeavers, type Due } from "./repository.ts";

const ROWS_AT_ONCE = 500;
/** The name of each of them is searched for in every table. */
const LEAVERS_AT_ONCE = 10;

export type RetentionCounts = Partial<Record<RetentionKind, number>>;

/**
 * Does what is due by the rules of every body, in small transactions, each with its row of evidence. Run twice, or on
 * two servers at once, it takes effect once: the second finds nothing left to do.
 * @returns how many of each kind
 */
export async function applyRetention(at: Date): Promise<RetentionCounts> {
  const { bodies, retention } = await loadContent();
  const counts: RetentionCounts = {};
  for (const { slug } of bodies)
    for (const kind of RETENTION_KIND_NAMES) {
      const rule = ruleFor(retention, slug, kind);
      const lastDay = rule && dueUntil(rule, calendarDay(at));
      if (lastDay === null) continue;
      for (;;) {
        const { count, isFull } = await applyBatch(slug, kind, lastDay, at);
        if (count > 0) counts[kind] = (counts[kind] ?? 0) + count;
        if (!isFull) break;
      }
    }
  return counts;
}

interface Batch {
  count: number;
  /** Whether there may be more. */
  isFull: boolean;
}

async function applyBatch(body: string, kind: RetentionKind, lastDay: string, at: Date): Promise<Batch> {
  return transact(async (tx): Promise<Change<Batch>> => {
    const held = await holdEverythingConcerned(tx, body);
    if (held.isEverything) return { result: { count: 0, isFull: false }, evidence: [] };
    const take = kind === "leaver-name" ? LEAVERS_AT_ONCE : ROWS_AT_ONCE;
    const due = { body, lastDay, before: endOfDay(lastDay), take, held };
    const done =
      kind === "leaver-name"
        ? await replaceNames(tx, due, at)
        : { count: await DELETE_DUE[kind](tx, due), evidence: [] };
    if (done.count === 0) return { result: { count: 0, isFull: false }, evidence: [] };
    const applied: EvidenceEvent = {
      body,
      event: "retention.applied",
      at,
      actor: PORTAL_ACTOR,
      subject: kind,
      data: { kind, count: done.count, until: lastDay },
    };
    return { result: { count: done.count, isFull: done.count >= take }, evidence: [...done.evidence, applied] };
  });
}

async function replaceNames(
  tx: Prisma.TransactionClient,
  due: Due,
  at: Date,
): Promise<{ count: number; evidence: EvidenceEvent[] }> {
  const { body } = due;
  const leavers = await lockLeavers(tx, due);
  const evidence: EvidenceEvent[] = [];
  for (const leaver of leavers) {
    const { texts, erased, hasNamesake } = await pseudonymise(tx, { body, leaver, at });
    const event = { body, event: "person.pseudonymised", at, actor: PORTAL_ACTOR, subject: leaver.id } as const;
    evidence.push({ ...event, data: { texts, erased, hasNamesake } });
  }
  return { count: leavers.length, evidence };
}
