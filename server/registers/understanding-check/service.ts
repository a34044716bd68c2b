import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { checkProblems, kindOf, type CheckDraft } from "#domain/registers/understanding-check/understanding-check.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import { clock } from "#server/base/clock.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { listOwnPolicies } from "#server/policy/policy/queries.ts";
import { findUnderstandingCheckByStartKey, insertCheck } from "./repository.ts";

export type RecordCheckResult =
  | { code: "recorded"; reference: string }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  | { code: "not-found" };

/** Records a check that was held, on the current version of the policy. @param startKey made by the page */
export async function recordCheck(
  actor: Actor,
  { startKey, draft }: { startKey: string; draft: CheckDraft },
): Promise<RecordCheckResult> {
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
  return untilUnique("UnderstandingCheck", () =>
    transact(async (tx): Promise<Change<RecordCheckResult>> => {
      const earlier = await findUnderstandingCheckByStartKey(tx, personId, startKey);
      if (earlier !== null) return { result: { code: "recorded", reference: earlier }, evidence: [] };
      const reference = makeReference("SUR");
      const head = { id: randomUUID(), reference, body, personId, startKey };
      await insertCheck(tx, { ...head, ...version, kind, heldOn: heldOn.day, ...text, recordedAt: at });
      const event: EvidenceEvent = {
        body,
        event: "check-held.recorded",
        at,
        actor: personId,
        subject: reference,
        on: version,
        data: { kind, heldOn: heldOn.day },
        detail: text,
      };
      return { result: { code: "recorded", reference }, evidence: [event] };
    }),
  );
}
