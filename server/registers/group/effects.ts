import { tellAll, type Notice } from "#domain/evidence/notice/notice.ts";
import type { ChangedBy } from "#domain/access/identity/person.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { getManagerIdOf } from "#server/people/directory/queries.ts";
import { administratorsOf, isCurrentMember, type RemovalReason } from "#domain/registers/group/member.ts";
import type { Tx } from "#server/base/db/database.ts";
import { shortOfAdministrators, writeSteps, type GroupHistoryStep } from "./change.ts";
import * as repository from "./repository.ts";

/**
 * Marks somebody to be taken out of a chat when they leave, change role, withdraw their consent or no longer need it.
 * If they administered it, the deputy steps up. The caller holds the group's lock.
 * @returns the steps for its history, and notices
 */
export async function wantRemoval(
  tx: Tx,
  group: repository.GroupRecord,
  member: repository.MemberRecord,
  { reason, at }: { reason: RemovalReason; at: Date },
): Promise<{ steps: GroupHistoryStep[]; notices: Notice[] }> {
  if (member.removalWantedAt || member.removedAt) return { steps: [], notices: [] };
  const wasAdministrator = member.role === "administrator";
  await repository.updateMember(tx, member.id, { removalWantedAt: at, removalReason: reason, role: "member" });
  const steps: GroupHistoryStep[] = [
    { step: "member-leaving", detail: member.name, data: { member: member.id, reason } },
  ];
  const notices: Notice[] = [];
  const left = administratorsOf(group.members).filter(({ id }) => id !== member.id);
  const deputy = group.members.find((one) => one.id !== member.id && one.role === "deputy" && isCurrentMember(one));
  if (wasAdministrator && left.length < group.leastAdministrators && deputy) {
    await repository.updateMember(tx, deputy.id, { role: "administrator" });
    steps.push({
      step: "role-changed",
      detail: `${deputy.name} is an administrator now`,
      data: { member: deputy.id, role: "administrator" },
    });
    if (deputy.personId)
      notices.push({
        body: group.body,
        to: deputy.personId,
        kind: "group-stepped-up",
        href: `/groups/${group.reference}`,
        subject: `You administer “${group.name}” now`,
        paragraphs: [
          "An administrator is leaving the group. As the deputy you have taken over.",
          "Name a new deputy on the group's page.",
        ],
      });
  }
  if (wasAdministrator)
    notices.push(
      ...(await shortOfAdministrators(
        tx,
        left.length + 1,
        await repository.findChatGroup(tx, group.body, group.reference),
      )),
    );
  return { steps, notices };
}

/** When somebody leaves the body, or changes role or team: they have to be taken out of every chat they are in. */
export async function releaseFromGroups(
  tx: Tx,
  person: { body: string; personId: string },
  { by, reason, at }: { by: string; reason: RemovalReason; at: Date },
): Promise<{ evidence: EvidenceEvent[]; notices: Notice[]; groups: number }> {
  const evidence: EvidenceEvent[] = [];
  const notices: Notice[] = [];
  let count = 0;
  for (const { group, member } of await lockMemberships(tx, person)) {
    const hasNeverAgreed = member.consentedAt === null;
    const removal = await wantRemoval(tx, group, member, { reason, at });
    if (removal.steps.length === 0) continue;
    count++;
    // Somebody who has not agreed is not in the chat, so nobody has to take them out.
    if (hasNeverAgreed) await repository.updateMember(tx, member.id, { removedAt: at });
    evidence.push(...(await writeSteps(tx, group, by, at, removal.steps)));
    notices.push(...removal.notices);
  }
  if (reason === "left") {
    const handed = await handOverRequests(tx, person, { by, at });
    evidence.push(...handed.evidence);
    notices.push(...handed.notices);
  }
  return { evidence, notices, groups: count };
}

/**
 * What somebody who has left had asked for and is not approved yet goes to somebody else of the group: an administrator
 * before a deputy before a member, else to their line manager. Where there is nobody, it is closed.
 */
async function handOverRequests(tx: Tx, { body, personId }: { body: string; personId: string }, { by, at }: ChangedBy) {
  const evidence: EvidenceEvent[] = [];
  const notices: Notice[] = [];
  const open = await repository.listChatGroupsOf(tx, body, personId, { state: "requested", requesterId: personId });
  for (const { reference } of open.sort((a, b) => a.reference.localeCompare(b.reference))) {
    const group = await repository.lockChatGroup(tx, body, reference);
    if (group?.requesterId !== personId || !["requested", "sent-back"].includes(group.state)) continue;
    const others = group.members.filter(
      (one) => one.personId !== null && one.personId !== personId && isCurrentMember(one),
    );
    const inOrder = (["administrator", "deputy", "member"] as const).flatMap((role) =>
      others.filter((one) => one.role === role),
    );
    const to = inOrder[0]?.personId ?? (await getManagerIdOf(personId, tx));
    if (to === null) {
      await repository.moveChatGroup(tx, group.id, at, "closed", { closedAt: at, closeReason: REQUESTER_LEFT });
      const step = { step: "closed", reason: REQUESTER_LEFT } as const;
      evidence.push(...(await writeSteps(tx, group, by, at, [step])));
      continue;
    }
    await repository.updateChatGroup(tx, group.id, { requesterId: to });
    const step = { step: "handed-over", data: { to } } as const;
    evidence.push(...(await writeSteps(tx, group, by, at, [step])));
    notices.push({
      body,
      to,
      kind: "duties-handed-over",
      href: `/groups/${reference}`,
      subject: `You look after the request for “${group.name}” now`,
      paragraphs: [`${REQUESTER_LEFT} Change it and send it again if that is asked for, or close it.`],
    });
  }
  return { evidence, notices };
}

const REQUESTER_LEFT = "The person who asked for it has left.";

/** When an administrator of groups is away for long: the deputy of each is told that they see to it. */
export async function tellGroupDeputies(tx: Tx, { body, personId }: { body: string; personId: string }) {
  const groups = await repository.listChatGroupsOf(tx, body, personId, { state: "approved" });
  const notices = groups.flatMap(({ name, reference, members }): Notice[] => {
    const isTheirs = members.some(
      (one) => one.personId === personId && one.role === "administrator" && isCurrentMember(one),
    );
    const deputies = members.filter((one) => one.role === "deputy" && isCurrentMember(one));
    return tellAll(isTheirs ? deputies.map((one) => one.personId) : [], {
      body,
      kind: "duties-handed-over",
      href: `/groups/${reference}`,
      subject: `You administer “${name}” for a time`,
      paragraphs: [
        "An administrator is away for some days. Until they are back, what the group needs is among your tasks.",
      ],
    });
  });
  return { evidence: [], notices };
}

/** When somebody who was marked as having left is back: they stay in chats that nobody has taken them out of yet. */
export async function returnToGroups(tx: Tx, person: { body: string; personId: string }, { by, at }: ChangedBy) {
  const evidence: EvidenceEvent[] = [];
  for (const { group, member } of await lockMemberships(tx, person)) {
    if (member.removalReason !== "left" || member.removedAt) continue;
    await repository.updateMember(tx, member.id, { removalWantedAt: null, removalReason: null, escalatedAt: null });
    const step = { step: "member-staying", detail: member.name, data: { member: member.id } } as const;
    evidence.push(...(await writeSteps(tx, group, by, at, [step])));
  }
  return { evidence, notices: [] };
}

/** Their memberships in open groups, with each group locked, always in the same order to avoid deadlocks. */
async function lockMemberships(tx: Tx, { body, personId }: { body: string; personId: string }) {
  const groups = await repository.listChatGroupsOf(tx, body, personId);
  const found: { group: repository.GroupRecord; member: repository.MemberRecord }[] = [];
  for (const { reference } of groups.sort((a, b) => a.reference.localeCompare(b.reference))) {
    const group = await repository.lockChatGroup(tx, body, reference);
    const member = group?.members.find((one) => one.personId === personId);
    if (group && member && !member.removedAt && !["closed", "declined"].includes(group.state))
      found.push({ group, member });
  }
  return found;
}

/** People of a body who are in a group, were invited into one or wait for one that they asked for: for imports that mark many people as having left. */
export const listPeopleInGroups = async (tx: Tx, body: string, among?: readonly string[]) =>
  new Set(await repository.listChatGroupMemberIds(tx, body, among));
