import type { Started } from "#domain/base/form/outcome.ts";
import { eventBy } from "#domain/evidence/journal/event.ts";
import { startEntry } from "#server/registers/entry/effects.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { checkProblems, kindOf, type CheckDraft } from "#domain/registers/understanding-check/understanding-check.ts";
import { clock } from "#server/base/clock.ts";
import { listOwnPolicies } from "#server/policy/policy/queries.ts";
import { insertCheck } from "./repository.ts";

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
