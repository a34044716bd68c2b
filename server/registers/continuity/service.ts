import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { activityCorrectionProblems, declareProblems, endProblems } from "#domain/registers/continuity/activity.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { insertCorrection } from "#server/registers/correction/effects.ts";
import {
  findActivity,
  findActivityByStartKey,
  findCurrentActivity,
  insertActivity,
  updateActivity,
  writeActivityEnd,
} from "./repository.ts";

export type DeclareResult =
  | { code: "declared"; reference: string }
  /** The body has one already; nothing was declared. */
  | { code: "too-late"; reference: string; by: string }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  | { code: "not-found" };

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
  return untilUnique("ContinuityActivity", () =>
    transact(async (tx): Promise<Change<DeclareResult>> => {
      const sent = await findActivityByStartKey(tx, personId, startKey);
      if (sent) return { result: { code: "declared", reference: sent.reference }, evidence: [] };
      const current = await findCurrentActivity(tx, body);
      if (current) {
        const { reference, startedBy } = current;
        // The first submission of the same form was written between the two queries.
        if (startedBy.id === personId && current.startKey === startKey)
          return { result: { code: "declared", reference }, evidence: [] };
        return { result: { code: "too-late", reference, by: startedBy.name }, evidence: [] };
      }
      const reference = makeReference("CON");
      const head = { id: randomUUID(), reference, body, startedById: personId, startKey };
      await insertActivity(tx, { ...head, title, reason, startedAt: at });
      const event = "continuity.declared" as const;
      return {
        result: { code: "declared", reference },
        evidence: [{ body, event, at, actor: personId, subject: reference, detail: { title, reason } }],
      };
    }),
  );
}

export type EndActivityResult =
  | { code: "ended" }
  /** Somebody else ended it; nothing was changed. */
  | { code: "too-late"; by: string }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  | { code: "not-found" };

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
      const event: EvidenceEvent = {
        body,
        event: "continuity.ended",
        at,
        actor: actor.personId,
        subject: reference,
        detail: { reason: endReason },
      };
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

export type CorrectActivityResult =
  | { code: "corrected" }
  /** Somebody else corrected it meanwhile; nothing was changed. */
  | { code: "too-late" }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  | { code: "not-found" };

/** Corrects what an activity is called and why it was declared; what stood before stays in its history. */
export async function correctActivity(
  actor: Actor,
  reference: string,
  { seen, why, title, reason }: { seen: number; why: string; title: string; reason: string },
): Promise<CorrectActivityResult> {
  const activity = await findActivity(getDatabase(), actor.body, reference);
  if (!activity || !can(actor, "continuity.declare", activity)) return { code: "not-found" };
  const problems = activityCorrectionProblems({ title, reason, why });
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  const { body } = activity;
  return transact(async (tx): Promise<Change<CorrectActivityResult>> => {
    const before = { title: activity.title, reason: activity.reason };
    if (!(await insertCorrection(tx, actor, { subject: reference, seen, at, reason: why, before })))
      return { result: { code: "too-late" }, evidence: [] };
    await updateActivity(tx, reference, { title, reason });
    const event = { body, event: "continuity.corrected", at, actor: actor.personId, subject: reference } as const;
    return { result: { code: "corrected" }, evidence: [{ ...event, detail: { title, reason, why } }] };
  });
}
