import { leaveToGroup } from "#server/policy/exception/leaver-effects.ts";
import { tellAll, type Notice } from "#domain/evidence/notice/notice.ts";
import { eventBy, PORTAL_ACTOR, type EvidenceEvent, type EvidenceEventName } from "#domain/evidence/journal/event.ts";
import type { Outcome, Refused } from "#domain/base/form/outcome.ts";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { GroupStepName } from "#domain/registers/group/group.ts";
import { administratorsOf } from "#domain/registers/group/member.ts";
import { mayReadGroup } from "#domain/registers/group/state.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { clock } from "#server/base/clock.ts";
import type { Tx } from "#server/base/db/database.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { asInTurn } from "#server/people/deputy/queries.ts";
import { insertChatGroupStep, lockChatGroup, type GroupRecord } from "./repository.ts";

/** The result of a change to a group or its people. */
export type GroupResult = Outcome<"done"> | Refused;

/** One step: for the journal, and for the history that the group's people see. */
export interface GroupHistoryStep {
  step: GroupStepName;
  /** In words, who it was about or what changed; this is the place for names. */
  detail?: string | undefined;
  reason?: string | undefined;
  data?: EvidenceEvent["data"];
}

export type GroupChangeOutcome =
  | Exclude<GroupResult, { code: "done" }>
  /** No steps if there was nothing left to do. */
  | { code: "done"; steps: readonly GroupHistoryStep[]; notices?: readonly Notice[] };

/** What a change did, and who is told. */
export function written(steps: readonly GroupHistoryStep[], notices: readonly Notice[] = []): GroupChangeOutcome {
  return { code: "done", steps, notices };
}

/** The events whose names are not those of their steps. */
const EVENTS = {
  "member-leaving": "group.removal-wanted",
  "member-staying": "group.removal-cancelled",
  "link-renewed": "group.link-made",
  "call-logged": "group.alert-call-logged",
  escalated: "group.removal-escalated",
} as const satisfies Partial<Record<GroupStepName, EvidenceEventName>>;

const hasOwnEvent = (step: GroupStepName): step is keyof typeof EVENTS => Object.hasOwn(EVENTS, step);

export const NOT_FOUND = { code: "not-found" } as const;
export const NOTHING_TO_DO = { code: "done", steps: [] } as const;

/**
 * Changes a group that the actor may read, while holding its lock: concurrent changes happen one after the other, each
 * seeing the result of the one before.
 * @param change gets the actor as they stand to this group: what its only officer asked for is decided up the line
 */
export async function changeGroup(
  actor: Actor,
  typed: string,
  change: (tx: Tx, group: GroupRecord, at: Date, acting: Actor) => Promise<GroupChangeOutcome>,
): Promise<GroupResult> {
  const reference = parseReference("GRP", typed);
  if (!reference) return NOT_FOUND;
  const at = clock.now();
  return transact(async (tx): Promise<Change<GroupResult>> => {
    const group = await lockChatGroup(tx, actor.body, reference);
    const acting = group && (await asInTurn(tx, actor, "governance-officer", group.requesterId));
    if (!group || !acting || !mayReadGroup(acting, group)) return { result: NOT_FOUND, evidence: [] };
    const outcome = await change(tx, group, at, acting);
    if (outcome.code !== "done") return { result: outcome, evidence: [] };
    const evidence = await writeSteps(tx, group, actor.personId, at, outcome.steps);
    const handed = await leaveToGroup(tx, group, actor.personId);
    const notices = [...(outcome.notices ?? []), ...handed.notices];
    return { result: { code: "done" }, evidence: [...evidence, ...handed.evidence], notices };
  });
}

/**
 * Writes steps into a group's history.
 * @param by id of a person; the reference of a token, "portal" or null where nobody of the directory did it
 */
export async function writeSteps(
  tx: Tx,
  {
    id: groupId,
    body,
    reference,
    policy,
    version,
    hash,
  }: Pick<GroupRecord, "id" | "body" | "reference" | "policy" | "version" | "hash">,
  by: string | null,
  at: Date,
  steps: readonly GroupHistoryStep[],
): Promise<EvidenceEvent[]> {
  const evidence: EvidenceEvent[] = [];
  const personId = by === PORTAL_ACTOR || parseReference("TOK", by ?? "") ? null : by;
  for (const [index, { step, detail, reason, data }] of steps.entries()) {
    await insertChatGroupStep(tx, {
      id: `${index}-${randomUUID()}`, // steps at the same moment, in their order
      groupId,
      at,
      personId,
      step,
      detail: detail ?? null,
      reason: reason ?? null,
    });
    const words = { ...(detail !== undefined && { about: detail }), ...(reason !== undefined && { reason }) };
    const said = { on: { policy, version, hash }, data, ...(Object.keys(words).length > 0 && { detail: words }) };
    evidence.push(
      eventBy(
        { body, personId: by ?? PORTAL_ACTOR },
        at,
        hasOwnEvent(step) ? EVENTS[step] : `group.${step}`,
        reference,
        said,
      ),
    );
  }
  return evidence;
}

/**
 * Notifies officers if this change leaves an approved group with fewer administrators than it needs.
 * @param had number of administrators before
 * @param after the group after the change
 */
export async function shortOfAdministrators(tx: Tx, had: number, after: GroupRecord | null): Promise<Notice[]> {
  if (!after || after.state !== "approved") return [];
  const has = administratorsOf(after.members).length;
  const { body, reference, name, leastAdministrators: least } = after;
  if (has >= least || has >= had) return [];
  const officers = await listPeopleWithRole(tx, body, "governance-officer");
  return tellAll(
    officers.map(({ id }) => id),
    {
      body,
      kind: "group-short-of-administrators",
      href: `/groups/${reference}`,
      subject: least === 1 ? `“${name}” has no administrator` : `“${name}” has fewer than ${least} administrators`,
      paragraphs: [
        `${has === 0 ? "Nobody administers" : "One person alone administers"} the group ${reference} now. Name another on its page, or close it.`,
      ],
    },
  );
}
