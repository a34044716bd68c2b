import { textProblems } from "#domain/base/form/form-values.ts";
import type { Outcome, Started } from "#domain/base/form/outcome.ts";
import { tellOwner } from "#domain/evidence/notice/notice.ts";
import { eventBy } from "#domain/evidence/journal/event.ts";
import { startEntry } from "#server/registers/entry/effects.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import {
  checkProblems,
  kindOf,
  LONGEST_CHECK_TEXT,
  type CheckDraft,
} from "#domain/registers/understanding-check/understanding-check.ts";
import { clock } from "#server/base/clock.ts";
import { listOwnPolicies } from "#server/policy/policy/queries.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { type Change, transact } from "#server/evidence/journal/transact.ts";
import { insertCorrection } from "#server/registers/correction/effects.ts";
import { findCheck, insertCheck, updateCheck } from "./repository.ts";

/** Records a check that was held, on the current version of the policy. @param startKey made by the page */
export async function recordCheck(
  actor: Actor,
  { startKey, draft }: { startKey: string; draft: CheckDraft },
): Promise<Started<"recorded">> {
  if (!can(actor, "check-held.record", actor)) return { code: "not-found" };
  const at = clock.now();
  const current = (await listOwnPolicies(actor)).flatMap((policy) => policy.current ?? []);
  const slugs = current.map(({ slug }) => slug);
  const problems = checkProblems(draft, slugs, calendarDay(at));
  const on = current.find(({ slug }) => slug === draft.policy);
  const kind = kindOf(draft.kind);
  const { heldOn } = draft;
  if (problems.length > 0 || !on || !kind || heldOn.kind !== "day") return { code: "invalid", problems };
  const { body, personId } = actor;
  const { heldBy, takenBy, result, actions } = draft;
  const version = { policy: on.slug, version: on.version, hash: on.hash };
  const text = { heldBy, takenBy, result, actions };
  return startEntry("SUR", { personId, startKey }, { code: "recorded" }, async (tx, entry) => {
    await insertCheck(tx, {
      ...entry,
      body,
      personId,
      ...version,
      kind,
      heldOn: heldOn.day,
      ...text,
      recordedAt: at,
    });
    const said = { on: version, data: { kind, heldOn: heldOn.day }, detail: text };
    const event = eventBy(actor, at, "check-held.recorded", entry.reference, said);
    return { evidence: [event] };
  });
}

/**
 * Corrects a check, on the version on which it was recorded; what stood before stays in its history, and whoever
 * recorded it is told.
 * @param seen how many corrections the form showed
 */
export async function correctCheck(
  actor: Actor,
  reference: string,
  { seen, why, draft }: { seen: number; why: string; draft: Omit<CheckDraft, "policy"> },
): Promise<Outcome<"corrected" | "too-late">> {
  const check = await findCheck(getDatabase(), actor.body, reference);
  if (!check || !can(actor, "check-held.record", check)) return { code: "not-found" };
  const at = clock.now();
  const problems = [
    ...checkProblems({ ...draft, policy: check.policy }, [check.policy], calendarDay(at)),
    ...textProblems("why", why, "Say why you are correcting it.", LONGEST_CHECK_TEXT),
  ];
  const kind = kindOf(draft.kind);
  const { heldOn, heldBy, takenBy, result, actions } = draft;
  if (problems.length > 0 || !kind || heldOn.kind !== "day") return { code: "invalid", problems };
  const text = { heldBy, takenBy, result, actions };
  return transact(async (tx): Promise<Change<Outcome<"corrected" | "too-late">>> => {
    const before = {
      kind: check.kind,
      heldOn: check.heldOn,
      heldBy: check.heldBy,
      takenBy: check.takenBy,
      result: check.result,
      actions: check.actions,
    };
    if (!(await insertCorrection(tx, actor, { subject: reference, seen, at, reason: why, before })))
      return { result: { code: "too-late" }, evidence: [] };
    await updateCheck(tx, check.id, { kind, heldOn: heldOn.day, ...text });
    const said = { data: { kind, heldOn: heldOn.day }, detail: { why, ...text } };
    const event = eventBy(actor, at, "check-held.corrected", reference, said);
    const notices = tellOwner(actor, check.person.id, {
      subject: `The check ${reference} was corrected`,
      words: `${actor.name} corrected the check ${reference} that you recorded. Its page says what stood before, and why.`,
      href: `/checks-held/${reference}`,
    });
    return { result: { code: "corrected" }, evidence: [event], notices };
  });
}
