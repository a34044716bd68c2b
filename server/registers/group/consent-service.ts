import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import { hasConsent, type RemovalReason } from "#domain/registers/group/member.ts";
import { takes } from "#domain/registers/group/state.ts";
import { changeGroup, NOT_FOUND, NOTHING_TO_DO, type GroupResult, type GroupChangeOutcome } from "./change.ts";
import { wantRemoval } from "./effects.ts";
import { updateMember, type GroupRecord, type MemberRecord } from "./repository.ts";

type Tx = Parameters<Parameters<typeof changeGroup>[2]>[0];

/** Changes the actor's own membership, in a group that is not closed or declined. */
async function changeOwn(
  actor: Actor,
  reference: string,
  change: (tx: Tx, group: GroupRecord, own: MemberRecord, at: Date) => Promise<GroupChangeOutcome>,
): Promise<GroupResult> {
  return changeGroup(actor, reference, async (tx, group, at) => {
    const own = group.members.find(({ personId, removedAt }) => personId === actor.personId && removedAt === null);
    if (!own) return NOT_FOUND;
    if (!takes(group.state, "manage-members"))
      return { code: "refused", message: "This group is no longer on the register." };
    return change(tx, group, own, at);
  });
}

/**
 * Records that the actor agrees to share their number with everybody in the group, even if they refused or left before.
 */
export async function giveConsent(actor: Actor, reference: string): Promise<GroupResult> {
  return changeOwn(actor, reference, async (tx, _group, own, at) => {
    if (hasConsent(own) && !own.removalWantedAt && !own.refusedAt) return NOTHING_TO_DO;
    const isLeaving = own.removalReason !== null && !OWN_WISH.includes(own.removalReason);
    if (isLeaving) return { code: "refused", message: "An administrator takes you out of this group. Ask them first." };
    const cleared = { refusedAt: null, removalWantedAt: null, removalReason: null, escalatedAt: null };
    await updateMember(tx, own.id, { consentedAt: at, withdrawnAt: null, ...cleared });
    return {
      code: "done",
      steps: [
        { event: "group.member-consented", step: "member-consented", detail: own.name, data: { member: own.id } },
      ],
    };
  });
}

/** Removals that somebody may undo because they asked for them themselves. */
const OWN_WISH: readonly RemovalReason[] = ["withdrew-consent", "no-longer-needed"];

/** Records that the actor does not agree. They are not in the chat, so nobody has to take them out. */
export async function refuseConsent(actor: Actor, reference: string): Promise<GroupResult> {
  return changeOwn(actor, reference, async (tx, _group, own, at) => {
    if (own.refusedAt) return NOTHING_TO_DO;
    if (own.consentedAt) return { code: "refused", message: "You agreed before. You can take your agreement back." };
    await updateMember(tx, own.id, { refusedAt: at });
    return {
      code: "done",
      steps: [{ event: "group.member-refused", step: "member-refused", detail: own.name, data: { member: own.id } }],
    };
  });
}

/**
 * Withdraws the actor's agreement, which is possible at any time; the administrators have to take them out of the chat.
 */
export async function withdrawGroupConsent(actor: Actor, reference: string): Promise<GroupResult> {
  return changeOwn(actor, reference, async (tx, group, own, at) => {
    if (!hasConsent(own)) return NOTHING_TO_DO;
    await updateMember(tx, own.id, { withdrawnAt: at });
    const removal = await wantRemoval(tx, group, own, { reason: "withdrew-consent", at });
    return {
      code: "done",
      steps: [
        { event: "group.member-withdrew", step: "member-withdrew", detail: own.name, data: { member: own.id } },
        ...removal.steps,
      ],
      notices: removal.notices,
    };
  });
}

/**
 * Records that the actor no longer needs the group: on leaving, after a change of role, or when off response duty
 * (S3.75).
 */
export async function leaveGroup(actor: Actor, reference: string): Promise<GroupResult> {
  return changeOwn(actor, reference, async (tx, group, own, at) => {
    if (own.removalWantedAt) return NOTHING_TO_DO;
    // Somebody who never agreed is not in the chat, so nobody has to take them out.
    if (!own.consentedAt) return { code: "refused", message: "You are not in the chat. Say that you do not agree." };
    return { code: "done", ...(await wantRemoval(tx, group, own, { reason: "no-longer-needed", at })) };
  });
}

/**
 * Records that the actor's number or other details changed; the details themselves go to an administrator, not here
 * (S3.77).
 */
export async function reportNewDetails(actor: Actor, reference: string): Promise<GroupResult> {
  return changeOwn(actor, reference, async (tx, _group, own, at) => {
    if (own.changedAt) return NOTHING_TO_DO;
    await updateMember(tx, own.id, { changedAt: at });
    return {
      code: "done",
      steps: [{ event: "group.details-changed", step: "details-changed", detail: own.name, data: { member: own.id } }],
    };
  });
}

/**
 * Records when the actor, who administers the group, is away; the deputy gets their tasks meanwhile.
 * @param days YYYY-MM-DD, inclusive; null to clear them
 */
export async function setAway(
  actor: Actor,
  reference: string,
  days: { from: string; until: string } | null,
): Promise<GroupResult> {
  return changeOwn(actor, reference, async (tx, _group, own, at) => {
    if (own.role === "member") return NOT_FOUND;
    const problems = days ? awayProblems(days, calendarDay(at)) : [];
    if (problems.length > 0) return { code: "invalid", problems };
    const [awayFrom, awayUntil] = [days?.from ?? null, days?.until ?? null];
    if (own.awayFrom === awayFrom && own.awayUntil === awayUntil) return NOTHING_TO_DO;
    await updateMember(tx, own.id, { awayFrom, awayUntil });
    const when = days ? `from ${dateInWords(days.from)} to ${dateInWords(days.until)}` : "not any more";
    return {
      code: "done",
      steps: [
        {
          event: "group.away",
          step: "away",
          detail: `${own.name}, ${when}`,
          data: { member: own.id, awayFrom, awayUntil },
        },
      ],
    };
  });
}

function awayProblems({ from, until }: { from: string; until: string }, today: string): FieldProblem[] {
  if (until < from) return [{ field: "until", message: "The last day must not be before the first." }];
  return until < today ? [{ field: "until", message: "The last day must be today or later." }] : [];
}
