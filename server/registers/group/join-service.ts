import { takes } from "#domain/registers/group/state.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { writeSteps, type GroupHistoryStep } from "./change.ts";
import { hashOfJoinLink } from "./secret.ts";
import { findByJoinHash, findChatGroup, lockChatGroup, updateMember, type GroupRecord } from "./repository.ts";

/**
 * What somebody outside the directory sees without signing in: who invites them, to which group, and why; null if the link is invalid: used, expired, replaced, or never made.
 */
export async function getInvitation(link: string) {
  const found = await findWaiting(link);
  if (!found) return null;
  const { group, member, until, invitedBy } = found;
  const { bodies } = await loadContent();
  const body = bodies.find(({ slug }) => slug === group.body);
  if (!body) return null;
  return {
    bodyName: body.name,
    group,
    /** Who made the link. */
    invitedBy,
    until,
    contacts: body.contacts,
    name: member.name,
    organisation: member.belongsTo ?? "",
    /** The group's administrators, to contact with questions or to withdraw. */
    administrators: group.members
      .filter((one) => one.role === "administrator" && !one.isOutside && !one.removedAt && !one.removalWantedAt)
      .map((one) => one.name),
  };
}

export type JoinAnswer = "agree" | "refuse";

/** Records the answer given by a link, once, and uses up the link. @returns false if the link is invalid */
export async function answerInvitation(link: string, answer: JoinAnswer): Promise<boolean> {
  const waiting = await findWaiting(link);
  if (!waiting) return false;
  const { body, reference } = waiting.group;
  const at = clock.now();
  return transact(async (tx): Promise<Change<boolean>> => {
    const group = await lockChatGroup(tx, body, reference);
    const still = await findByJoinHash(tx, hashOfJoinLink(link)); // the second request finds it used
    const member = group?.members.find(({ id }) => id === still?.id);
    if (!group || !member || !isOpen(group, still?.joinExpiresAt ?? null, at)) return { result: false, evidence: [] };
    const answered = answer === "agree" ? { consentedAt: at, refusedAt: null } : { refusedAt: at };
    await updateMember(tx, member.id, { ...answered, joinHash: null });
    const step: GroupHistoryStep = {
      step: answer === "agree" ? "member-consented" : "member-refused",
      detail: `${member.name} (${member.belongsTo ?? ""})`,
      data: { member: member.id, byLink: true },
    };
    return { result: true, evidence: await writeSteps(tx, group, null, at, [step]) };
  });
}

async function findWaiting(link: string) {
  if (!/^[\w-]{43}$/.test(link)) return null;
  const found = await findByJoinHash(getDatabase(), hashOfJoinLink(link));
  if (!found?.joinExpiresAt || !getEnv().bodies.includes(found.group.body)) return null;
  const group = await findChatGroup(getDatabase(), found.group.body, found.group.reference);
  const member = group?.members.find(({ id }) => id === found.id);
  if (!group || !member || !isOpen(group, found.joinExpiresAt, clock.now())) return null;
  return { group, member, until: found.joinExpiresAt, invitedBy: found.invitedBy?.name ?? null };
}

const isOpen = (group: GroupRecord, expiresAt: Date | null, at: Date): boolean =>
  takes(group.state, "manage-members") && expiresAt !== null && at < expiresAt;
