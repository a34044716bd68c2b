import { startEntry } from "#server/registers/entry/effects.ts";
import { eventBy } from "#domain/evidence/journal/event.ts";
import type { Outcome, Started } from "#domain/base/form/outcome.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { activityCorrectionProblems, declareProblems, endProblems } from "#domain/registers/continuity/activity.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { insertCorrection } from "#server/registers/correction/effects.ts";
import { findActivity, findCurrentActivity, insertActivity, updateActivity, writeActivityEnd } from "./repository.ts";

/** "too-late": the body has one already; nothing was declared. */
type DeclareResult = Started<"declared"> | { code: "too-late"; reference: string; by: string };

/** What the form sent. */
export interface SentActivity {
  /** Made by the page, so that sending its form twice declares one. */
  startKey: string;
  title: string;
  reason: string;
}

/**
 * Declares a business continuity activity, starting now. A body has one at a time: of two officers at once, one
 * succeeds.
 */
export async function declareActivity(actor: Actor, { startKey, title, reason }: SentActivity): Promise<DeclareResult> {
  if (!can(actor, "continuity.declare", actor)) return { code: "not-found" };
  const problems = declareProblems({ title, reason });
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  const { body, personId } = actor;
  return startEntry("CON", { personId, startKey }, { code: "declared" }, async (tx, entry) => {
    const current = await findCurrentActivity(tx, body);
    if (current) {
      const { reference, startedBy } = current;
      // The first submission of the same form was written between the two queries.
      const isOwn = startedBy.id === personId && current.startKey === startKey;
      const instead: DeclareResult = isOwn
        ? { code: "declared", reference }
        : { code: "too-late", reference, by: startedBy.name };
      return { instead };
    }
    await insertActivity(tx, { ...entry, body, startedById: personId, title, reason, startedAt: at });
    return { evidence: [eventBy(actor, at, "continuity.declared", entry.reference, { detail: { title, reason } })] };
  });
}

/** "too-late": somebody else ended it; nothing was changed. */
type EndActivityResult = Outcome<"ended"> | { code: "too-late"; by: string };

/** Ends an activity now. Harmless if the same person ends it again with the same words. */
export async function endActivity(actor: Actor, reference: string, endReason: string): Promise<EndActivityResult> {
  const activity = await findActivity(getDatabase(), actor.body, reference);
  if (!activity || !can(actor, "continuity.declare", activity)) return { code: "not-found" };
  const problems = endProblems(endReason);
  if (problems.length > 0) return { code: "invalid", problems };
  const { body } = activity;
  const now = clock.now();
  const at = now < activity.startedAt ? activity.startedAt : now; // another machine's clock may be ahead
  return transact(async (tx): Promise<Change<EndActivityResult>> => {
    if (await writeActivityEnd(tx, reference, { endReason, endedAt: at, endedById: actor.personId })) {
      const event = eventBy(actor, at, "continuity.ended", reference, { detail: { reason: endReason } });
      return { result: { code: "ended" }, evidence: [event] };
    }
    const standing = await findActivity(tx, body, reference);
    const isSame = standing?.endedById === actor.personId && standing.endReason === endReason;
    const result: EndActivityResult = isSame
      ? { code: "ended" }
      : { code: "too-late", by: standing?.endedBy?.name ?? "" };
    return { result, evidence: [] };
  });
}

/** Corrects what an activity is called and why it was declared; what stood before stays in its history. */
export async function correctActivity(
  actor: Actor,
  reference: string,
  { seen, why, title, reason }: { seen: number; why: string; title: string; reason: string },
): Promise<Outcome<"corrected" | "too-late">> {
  const activity = await findActivity(getDatabase(), actor.body, reference);
  if (!activity || !can(actor, "continuity.declare", activity)) return { code: "not-found" };
  const problems = activityCorrectionProblems({ title, reason, why });
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  return transact(async (tx): Promise<Change<Outcome<"corrected" | "too-late">>> => {
    const before = { title: activity.title, reason: activity.reason };
    if (!(await insertCorrection(tx, actor, { subject: reference, seen, at, reason: why, before })))
      return { result: { code: "too-late" }, evidence: [] };
    await updateActivity(tx, reference, { title, reason });
    const event = eventBy(actor, at, "continuity.corrected", reference, { detail: { title, reason, why } });
    return { result: { code: "corrected" }, evidence: [event] };
  });
}
