import { eventBy } from "#domain/evidence/journal/event.ts";
import type { Outcome, Started } from "#domain/base/form/outcome.ts";
import { startEntry } from "#server/registers/entry/effects.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { tellOwner, type Notice } from "#domain/evidence/notice/notice.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { textProblems } from "#domain/base/form/form-values.ts";
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
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { insertCorrection } from "#server/registers/correction/effects.ts";
import {
  findConsent,
  insertConsent,
  updateConsent,
  writeRetired,
  writeWithdrawal,
  type ConsentRecord,
} from "./repository.ts";

/** Records a consent whose form the actor has. @param startKey made by the page, so that sending twice records one */
export async function recordConsent(
  actor: Actor,
  { startKey, draft }: { startKey: string; draft: ConsentDraft },
): Promise<Started<"recorded">> {
  if (!can(actor, "photo-consent.record", actor)) return { code: "not-found" };
  const at = clock.now();
  const problems = consentProblems(draft, calendarDay(at));
  if (problems.length > 0) return { code: "invalid", problems };
  const { body, personId } = actor;
  const text = consentOf(draft);
  return startEntry("PHO", { personId, startKey }, { code: "recorded" }, async (tx, entry) => {
    await insertConsent(tx, { ...entry, body, personId, ...text, recordedAt: at });
    // Few may see the names of people in pictures, but more may read the evidence.
    const { givenOn, until, guardian, purpose, formReference } = text;
    const event = eventBy(actor, at, "photo-consent.recorded", entry.reference, {
      data: { givenOn, until, isChild: guardian !== null },
      detail: { purpose, formReference },
    });
    return { evidence: [event] };
  });
}

/** Records that a consent was withdrawn; no effect the second time. */
export async function withdrawConsent(actor: Actor, reference: string, reason: string): Promise<Outcome<"done">> {
  const consent = await findConsent(getDatabase(), actor.body, reference);
  if (!consent || !maySeeConsent(actor, consent)) return { code: "not-found" };
  const problems = textProblems("reason", reason, "Say how you know that it was withdrawn.", LONGEST_CONSENT_REASON);
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  return transact(async (tx): Promise<Change<Outcome<"done">>> => {
    const withdrawal = { withdrawnAt: at, withdrawnById: actor.personId, withdrawReason: reason };
    if (!(await writeWithdrawal(tx, consent.id, withdrawal))) return { result: { code: "done" }, evidence: [] };
    const words = "Do not use the picture any more. Its page says why.";
    return {
      result: { code: "done" },
      evidence: [eventBy(actor, at, "photo-consent.withdrawn", reference, { detail: { reason } })],
      notices: tellRecorder(actor, consent, "was withdrawn", words),
    };
  });
}

function tellRecorder(actor: Actor, { personId, reference }: ConsentRecord, what: string, words: string): Notice[] {
  const subject = `The photo consent ${reference} ${what}`;
  return tellOwner(actor, personId, { subject, words: `You recorded it. ${words}`, href: `/photos/${reference}` });
}

/** Corrects a consent; what stood before stays in its history. @param seen how many corrections the form showed */
export async function correctConsent(
  actor: Actor,
  reference: string,
  { seen, draft, why }: { seen: number; draft: ConsentDraft; why: string },
): Promise<Outcome<"corrected" | "too-late">> {
  const consent = await findConsent(getDatabase(), actor.body, reference);
  if (!consent || !maySeeConsent(actor, consent)) return { code: "not-found" };
  const at = clock.now();
  const problems = [
    ...consentProblems(draft, calendarDay(at)),
    ...textProblems("why", why, "Say why you are correcting it.", LONGEST_CONSENT_REASON),
  ];
  if (problems.length > 0) return { code: "invalid", problems };
  const text = consentOf(draft);
  return transact(async (tx): Promise<Change<Outcome<"corrected" | "too-late">>> => {
    const { name, guardian, givenOn, until, purpose, formReference } = consent;
    const before = { name, guardian, givenOn, until, purpose, formReference };
    if (!(await insertCorrection(tx, actor, { subject: reference, seen, at, reason: why, before })))
      return { result: { code: "too-late" }, evidence: [] };
    // A later last day puts the picture back into use.
    await updateConsent(tx, consent.id, { ...text, ...(text.until > until && { retiredAt: null }) });
    const fields = Object.entries(text).filter(([field, value]) => value !== { ...before }[field]);
    const event = eventBy(actor, at, "photo-consent.corrected", reference, {
      data: { fields: fields.map(([field]) => field).join(" "), givenOn: text.givenOn, until: text.until },
      detail: { why, purpose: text.purpose, formReference: text.formReference },
    });
    const notices = tellRecorder(actor, consent, "was corrected", "Its page says what stood before, and why.");
    return { result: { code: "corrected" }, evidence: [event], notices };
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
    if (!isNew) return { result: { code: "done" }, evidence: [] };
    const notices = tellRecorder(actor, consent, "has ended", "The picture is no longer used.");
    const event = eventBy(actor, at, "photo-consent.retired", reference);
    return { result: { code: "done" }, evidence: [event], notices };
  });
}
