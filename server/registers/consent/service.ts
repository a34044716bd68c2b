import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { tellOwner } from "#domain/evidence/notice/notice.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/field-problem.ts";
import {
  consentOf,
  consentProblems,
  consentState,
  LONGEST_CONSENT_REASON,
  maySeeConsent,
  type ConsentDraft,
} from "#domain/registers/consent/photo-consent.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { insertCorrection } from "#server/registers/correction/effects.ts";
import {
  findConsentByStartKey,
  findConsent,
  insertConsent,
  updateConsent,
  writeRetired,
  writeWithdrawal,
} from "./repository.ts";

export type RecordConsentResult =
  | { code: "recorded"; reference: string }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  | { code: "not-found" };

/** Records a consent whose form the actor has. @param startKey made by the page, so that sending twice records one */
export async function recordConsent(
  actor: Actor,
  { startKey, draft }: { startKey: string; draft: ConsentDraft },
): Promise<RecordConsentResult> {
  if (!can(actor, "photo-consent.record", actor)) return { code: "not-found" };
  const at = clock.now();
  const problems = consentProblems(draft, calendarDay(at));
  if (problems.length > 0) return { code: "invalid", problems };
  const { body, personId } = actor;
  const text = consentOf(draft);
  return untilUnique("PhotoConsent", () =>
    transact(async (tx): Promise<Change<RecordConsentResult>> => {
      const earlier = await findConsentByStartKey(tx, personId, startKey);
      if (earlier !== null) return { result: { code: "recorded", reference: earlier }, evidence: [] };
      const reference = makeReference("PHO");
      await insertConsent(tx, { id: randomUUID(), reference, body, personId, startKey, ...text, recordedAt: at });
      // Few may see the names of people in pictures, but more may read the evidence.
      const { givenOn, until, guardian, purpose, formReference } = text;
      const event: EvidenceEvent = {
        body,
        event: "photo-consent.recorded",
        at,
        actor: personId,
        subject: reference,
        data: { givenOn, until, isChild: guardian !== null },
        detail: { purpose, formReference },
      };
      return { result: { code: "recorded", reference }, evidence: [event] };
    }),
  );
}

export type WithdrawResult =
  { code: "done" } | { code: "invalid"; problems: readonly FieldProblem[] } | { code: "not-found" };

/** Records that a consent was withdrawn; no effect the second time. */
export async function withdrawPhotoConsent(actor: Actor, reference: string, reason: string): Promise<WithdrawResult> {
  const consent = await findConsent(getDatabase(), actor.body, reference);
  if (!consent || !maySeeConsent(actor, consent)) return { code: "not-found" };
  const problems = textProblems("reason", reason, "Say how you know that it was withdrawn.", LONGEST_CONSENT_REASON);
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  const { body, personId } = actor;
  return transact(async (tx): Promise<Change<WithdrawResult>> => {
    const withdrawal = { withdrawnAt: at, withdrawnById: personId, withdrawReason: reason };
    if (!(await writeWithdrawal(tx, consent.id, withdrawal))) return { result: { code: "done" }, evidence: [] };
    const event = { body, event: "photo-consent.withdrawn", at, actor: personId, subject: reference } as const;
    const words = "You recorded it. Do not use the picture any more. Its page says why.";
    const told = { subject: `The photo consent ${reference} was withdrawn`, words, href: `/photos/${reference}` };
    return {
      result: { code: "done" },
      evidence: [{ ...event, detail: { reason } }],
      notices: tellOwner(actor, consent.personId, told),
    };
  });
}

export type CorrectConsentResult =
  | { code: "corrected" }
  /** Somebody else corrected it meanwhile; nothing was changed. */
  | { code: "too-late" }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  | { code: "not-found" };

/** Corrects a consent; what stood before stays in its history. @param seen how many corrections the form showed */
export async function correctConsent(
  actor: Actor,
  reference: string,
  { seen, draft, why }: { seen: number; draft: ConsentDraft; why: string },
): Promise<CorrectConsentResult> {
  const consent = await findConsent(getDatabase(), actor.body, reference);
  if (!consent || !maySeeConsent(actor, consent)) return { code: "not-found" };
  const at = clock.now();
  const problems = [
    ...consentProblems(draft, calendarDay(at)),
    ...textProblems("why", why, "Say why you are correcting it.", LONGEST_CONSENT_REASON),
  ];
  if (problems.length > 0) return { code: "invalid", problems };
  const text = consentOf(draft);
  return transact(async (tx): Promise<Change<CorrectConsentResult>> => {
    const { name, guardian, givenOn, until, purpose, formReference } = consent;
    const before = { name, guardian, givenOn, until, purpose, formReference };
    // A later last day puts the picture back into use.
    if (!(await insertCorrection(tx, actor, { subject: reference, seen, at, reason: why, before })))
      return { result: { code: "too-late" }, evidence: [] };
    // A later last day puts the picture back into use.
    await updateConsent(tx, consent.id, { ...text, ...(text.until > until && { retiredAt: null }) });
    const fields = Object.entries(text).filter(([field, value]) => value !== { ...before }[field]);
    const event: EvidenceEvent = {
      body: actor.body,
      event: "photo-consent.corrected",
      at,
      actor: actor.personId,
      subject: reference,
      data: { fields: fields.map(([field]) => field).join(" "), givenOn: text.givenOn, until: text.until },
      detail: { why, purpose: text.purpose, formReference: text.formReference },
    };
    return { result: { code: "corrected" }, evidence: [event] };
  });
}

/** Records that the picture of a consent that has ended is no longer used; no effect the second time. */
export async function retirePhoto(actor: Actor, reference: string): Promise<{ code: "done" | "not-found" }> {
  const consent = await findConsent(getDatabase(), actor.body, reference);
  const at = clock.now();
  if (!consent || !maySeeConsent(actor, consent) || consentState(consent, calendarDay(at)) !== "ended")
    return { code: "not-found" };
  return transact(async (tx): Promise<Change<{ code: "done" }>> => {
    const isNew = await writeRetired(tx, consent.id, at);
    const event = { event: "photo-consent.retired", at, actor: actor.personId, subject: reference } as const;
    return { result: { code: "done" }, evidence: isNew ? [{ body: actor.body, ...event }] : [] };
  });
}
