import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import { LONGEST_NAME, registerTextProblems } from "#domain/registers/group/group.ts";
import {
  administratorsOf,
  GROUP_ROLES,
  administersGroup,
  LINK_HOLDS_DAYS,
  type GroupRole,
  hasConsent,
  type RemovalReason,
} from "#domain/registers/group/member.ts";
import { mayDo, takes } from "#domain/registers/group/state.ts";
import { tellOwner, type Notice } from "#domain/evidence/notice/notice.ts";
import { listPeopleById } from "#server/people/directory/queries.ts";
import {
  changeGroup,
  NOT_FOUND,
  NOTHING_TO_DO,
  shortOfAdministrators,
  type GroupResult,
  type GroupChangeOutcome,
  written,
} from "./change.ts";
import { hashOfJoinLink } from "./secret.ts";
import { wantRemoval } from "./effects.ts";
import { findChatGroup, insertMember, updateMember, type GroupRecord, type MemberRecord } from "./repository.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";

type Tx = Parameters<Parameters<typeof changeGroup>[2]>[0];

/** Runs an administrator's change to the people of a group. */
const manage = async (
  actor: Actor,
  reference: string,
  change: (tx: Tx, group: GroupRecord, at: Date) => Promise<GroupChangeOutcome>,
): Promise<GroupResult> =>
  changeGroup(actor, reference, async (tx, group, at) => {
    if (mayDo(actor, "manage-members", group)) return change(tx, group, at);
    const isOver = !takes(group.state, "manage-members") && administersGroup(actor.personId, group.members);
    return isOver ? { code: "refused", message: "This group is no longer on the register." } : NOT_FOUND;
  });

type MemberChange = (
  tx: Tx,
  group: GroupRecord,
  member: MemberRecord,
  at: Date,
  actor: Actor,
) => Promise<GroupChangeOutcome>;

const onMember = (change: MemberChange) => (actor: Actor, reference: string, memberId: string) =>
  manage(actor, reference, async (tx, group, at) => {
    const member = group.members.find(({ id }) => id === memberId);
    return member ? change(tx, group, member, at, actor) : NOT_FOUND;
  });

/**
 * Adds somebody from the directory. They are asked whether they agree, and must not be put into the chat before that.
 */
export const addMember = async (actor: Actor, reference: string, personId: string): Promise<GroupResult> =>
  manage(actor, reference, async (tx, group, at): Promise<GroupChangeOutcome> => {
    const [person] = await listPeopleById(actor, [personId], tx);
    if (!person || person.hasLeft)
      return { code: "invalid", problems: [{ field: "person", message: "Choose somebody in the directory." }] };
    const earlier = group.members.find((one) => one.personId === personId);
    if (earlier && !earlier.removedAt && !earlier.refusedAt)
      return { code: "invalid", problems: [{ field: "person", message: `${person.name} is on the list already.` }] };
    const id = earlier?.id ?? randomUUID();
    // Somebody who is asked again has to answer again.
    const afresh = {
      role: "member" as const,
      addedAt: at,
      consentedAt: null,
      withdrawnAt: null,
      refusedAt: null,
      removalWantedAt: null,
      removalReason: null,
      removedAt: null,
      escalatedAt: null,
      changedAt: null,
      awayFrom: null,
      awayUntil: null,
      invitedById: actor.personId,
    };
    if (earlier) await updateMember(tx, id, afresh);
    else await insertMember(tx, { id, groupId: group.id, personId, ...afresh });
    return added(id, person.name, "member");
  });

function added(member: string, name: string, role: GroupRole): GroupChangeOutcome {
  const detail = role === "member" ? name : `${name}, as ${GROUP_ROLES[role].toLowerCase()}`;
  return written([{ step: "member-added", detail, data: { member, role } }]);
}

/** The result of inviting somebody outside the directory; `link` is the secret part of the address, shown once. */
export type LinkResult = { code: "done"; memberId: string; link: string } | Exclude<GroupResult, { code: "done" }>;

/** Adds somebody outside the directory by name and organisation, and makes the one-time link by which they agree. */
export async function addOutsider(
  actor: Actor,
  reference: string,
  { name, organisation, role, startKey }: { name: string; organisation: string; role: GroupRole; startKey: string },
): Promise<LinkResult> {
  const link = randomBytes(32).toString("base64url");
  let memberId = "";
  const result = await manage(actor, reference, async (tx, group, at): Promise<GroupChangeOutcome> => {
    if (group.kind === "team")
      return { code: "refused", message: "A team group has no people from outside. Register a group with partners." };
    const problems = [
      ...registerTextProblems("name", name, "Give their name.", LONGEST_NAME),
      ...registerTextProblems("organisation", organisation, "Name their organisation.", LONGEST_NAME),
    ];
    if (problems.length > 0) return { code: "invalid", problems };
    memberId = createHash("sha256").update(`${group.id} ${actor.personId} ${startKey}`).digest("hex").slice(0, 32);
    const joining = linkFrom(link, at);
    // If the same form is sent twice, one person is added, and the newer link is valid.
    if (group.members.some(({ id }) => id === memberId)) {
      await updateMember(tx, memberId, joining);
      return NOTHING_TO_DO;
    }
    await insertMember(tx, {
      id: memberId,
      groupId: group.id,
      name,
      organisation,
      role,
      addedAt: at,
      invitedById: actor.personId,
      ...joining,
    });
    return added(memberId, `${name} (${organisation})`, role);
  });
  return result.code === "done" ? { code: "done", memberId, link } : result;
}

/** Makes a new link for somebody who has not agreed yet; the earlier one stops working. */
export async function renewLink(actor: Actor, reference: string, memberId: string): Promise<LinkResult> {
  const link = randomBytes(32).toString("base64url");
  const renew = onMember(async (tx, _group, member, at) => {
    if (!member.isOutside || member.removedAt) return NOT_FOUND;
    if (member.consentedAt) return { code: "refused", message: `${member.name} has agreed already.` };
    await updateMember(tx, member.id, { ...linkFrom(link, at), invitedById: actor.personId, refusedAt: null });
    return written([{ step: "link-renewed", detail: member.name, data: { member: member.id } }]);
  });
  const result = await renew(actor, reference, memberId);
  return result.code === "done" ? { code: "done", memberId, link } : result;
}

const DAY_MS = 24 * 60 * 60 * 1000;

function linkFrom(link: string, at: Date) {
  return { joinHash: hashOfJoinLink(link), joinExpiresAt: new Date(at.getTime() + LINK_HOLDS_DAYS * DAY_MS) };
}

/** Confirms that somebody is out of the chat, whether they were to be taken out or an administrator does so now. */
export const confirmRemoval = onMember(async (tx, group, member, at, actor) => {
  if (member.removedAt) return NOTHING_TO_DO;
  if (member.personId === actor.personId)
    return {
      code: "refused",
      message: "Choose “I no longer need this group” for yourself. Another administrator takes you out.",
    };
  const removal = await wantRemoval(tx, group, member, { reason: "administrator-removed", at });
  await updateMember(tx, member.id, { removedAt: at, joinHash: null, changedAt: null });
  return written(
    [...removal.steps, { step: "member-removed", detail: member.name, data: { member: member.id } }],
    [...removal.notices, ...tellMember(actor, group, member, "You were taken out of the group")],
  );
});

function tellMember(actor: Actor, { name, reference }: GroupRecord, member: MemberRecord, what: string): Notice[] {
  const to = member.hasLeft ? null : member.personId;
  const words = `${actor.name} recorded it. Ask them if you did not expect it.`;
  return tellOwner(actor, to, { subject: `${what}: “${name}”`, words, href: `/groups/${reference}` });
}

/** Records that somebody who changed role or team stays in the group. */
export const keepMember = onMember(async (tx, group, member, _at, actor) => {
  if (!member.removalWantedAt && !member.removedAt) return NOTHING_TO_DO;
  if (member.removedAt) return { code: "refused", message: `${member.name} was taken out already. Add them again.` };
  if (member.removalReason !== "changed-role")
    return { code: "refused", message: `${member.name} can’t stay: an administrator cannot decide that.` };
  await updateMember(tx, member.id, { removalWantedAt: null, removalReason: null, escalatedAt: null });
  return written(
    [{ step: "member-staying", detail: member.name, data: { member: member.id } }],
    tellMember(actor, group, member, "You stay in the group"),
  );
});

/** Records that an administrator has updated somebody's contact details. */
export const takeOverDetails = onMember(async (tx, _group, member) => {
  if (!member.changedAt) return NOTHING_TO_DO;
  await updateMember(tx, member.id, { changedAt: null });
  return written([{ step: "details-updated", detail: member.name, data: { member: member.id } }]);
});

const ROLE_IN_GROUP = { administrator: "an administrator", deputy: "the deputy", member: "a member" } as const;

/** Makes a member administrator, deputy or member; somebody outside the directory only administers emergency groups. */
export async function changeRole(actor: Actor, reference: string, memberId: string, role: GroupRole) {
  const change = onMember(async (tx, group, member) => {
    if (member.role === role) return NOTHING_TO_DO;
    if (member.removedAt || member.removalWantedAt || member.refusedAt)
      return { code: "refused", message: `${member.name} is no longer in the group.` };
    if (member.isOutside && role !== "member" && group.kind !== "emergency")
      return { code: "refused", message: "Somebody from outside administers emergency groups only." };
    if (role === "deputy") {
      const others = group.members.filter((one) => one.role === "deputy" && one.id !== member.id);
      for (const { id } of others) await updateMember(tx, id, { role: "member" });
    }
    await updateMember(tx, member.id, { role });
    const after = await findChatGroup(tx, group.body, group.reference);
    const notices = await shortOfAdministrators(tx, administratorsOf(group.members).length, after);
    return written(
      [{ step: "role-changed", detail: `${member.name}: ${GROUP_ROLES[role]}`, data: { member: member.id, role } }],
      [...notices, ...tellMember(actor, group, member, `You are ${ROLE_IN_GROUP[role]} of the group`)],
    );
  });
  return change(actor, reference, memberId);
}

type OwnChange = (tx: Tx, group: GroupRecord, own: MemberRecord, at: Date) => Promise<GroupChangeOutcome>;

/** Changes the actor's own membership, in a group that is not closed or declined. */
const changeOwn = (change: OwnChange) => (actor: Actor, reference: string) =>
  changeGroup(actor, reference, async (tx, group, at) => {
    const own = group.members.find(({ personId, removedAt }) => personId === actor.personId && removedAt === null);
    if (!own) return NOT_FOUND;
    if (!takes(group.state, "manage-members"))
      return { code: "refused", message: "This group is no longer on the register." };
    return change(tx, group, own, at);
  });

/**
 * Records that the actor agrees to share their number with everybody in the group, even if they refused or left before.
 */
export const giveConsent = changeOwn(async (tx, _group, own, at) => {
  if (hasConsent(own) && !own.removalWantedAt && !own.refusedAt) return NOTHING_TO_DO;
  const isLeaving = own.removalReason !== null && !OWN_WISH.includes(own.removalReason);
  if (isLeaving) return { code: "refused", message: "An administrator takes you out of this group. Ask them first." };
  const cleared = { refusedAt: null, removalWantedAt: null, removalReason: null, escalatedAt: null };
  await updateMember(tx, own.id, { consentedAt: at, withdrawnAt: null, ...cleared });
  return written([{ step: "member-consented", detail: own.name, data: { member: own.id } }]);
});

/** Removals that somebody may undo because they asked for them themselves. */
const OWN_WISH: readonly RemovalReason[] = ["withdrew-consent", "no-longer-needed"];

/** Records that the actor does not agree. They are not in the chat, so nobody has to take them out. */
export const refuseConsent = changeOwn(async (tx, _group, own, at) => {
  if (own.refusedAt) return NOTHING_TO_DO;
  if (own.consentedAt) return { code: "refused", message: "You agreed before. You can take your agreement back." };
  await updateMember(tx, own.id, { refusedAt: at });
  return written([{ step: "member-refused", detail: own.name, data: { member: own.id } }]);
});

/**
 * Withdraws the actor's agreement, which is possible at any time; the administrators have to take them out of the chat.
 */
export const withdrawGroupConsent = changeOwn(async (tx, group, own, at) => {
  if (!hasConsent(own)) return NOTHING_TO_DO;
  await updateMember(tx, own.id, { withdrawnAt: at });
  const removal = await wantRemoval(tx, group, own, { reason: "withdrew-consent", at });
  return written(
    [{ step: "member-withdrew", detail: own.name, data: { member: own.id } }, ...removal.steps],
    removal.notices,
  );
});

/**
 * Records that the actor no longer needs the group: on leaving, after a change of role, or when off response duty
 * (S3.75).
 */
export const leaveGroup = changeOwn(async (tx, group, own, at) => {
  if (own.removalWantedAt) return NOTHING_TO_DO;
  // Somebody who never agreed is not in the chat, so nobody has to take them out.
  if (!own.consentedAt) return { code: "refused", message: "You are not in the chat. Say that you do not agree." };
  return { code: "done", ...(await wantRemoval(tx, group, own, { reason: "no-longer-needed", at })) };
});

/**
 * Records that the actor's number or other details changed; the details themselves go to an administrator, not here
 * (S3.77).
 */
export const reportNewDetails = changeOwn(async (tx, _group, own, at) => {
  if (own.changedAt) return NOTHING_TO_DO;
  await updateMember(tx, own.id, { changedAt: at });
  return written([{ step: "details-changed", detail: own.name, data: { member: own.id } }]);
});

/**
 * Records when the actor, who administers the group, is away; the deputy gets their tasks meanwhile.
 * @param days YYYY-MM-DD, inclusive; null to clear them
 */
export async function setAway(actor: Actor, reference: string, days: { from: string; until: string } | null) {
  const change = changeOwn(async (tx, _group, own, at) => {
    if (own.role === "member") return NOT_FOUND;
    const problems = days ? awayProblems(days, calendarDay(at)) : [];
    if (problems.length > 0) return { code: "invalid", problems };
    const [awayFrom, awayUntil] = [days?.from ?? null, days?.until ?? null];
    if (own.awayFrom === awayFrom && own.awayUntil === awayUntil) return NOTHING_TO_DO;
    await updateMember(tx, own.id, { awayFrom, awayUntil });
    const when = days ? `from ${dateInWords(days.from)} to ${dateInWords(days.until)}` : "not any more";
    return written([{ step: "away", detail: `${own.name}, ${when}`, data: { member: own.id, awayFrom, awayUntil } }]);
  });
  return change(actor, reference);
}

function awayProblems({ from, until }: { from: string; until: string }, today: string): FieldProblem[] {
  if (until < from) return [{ field: "until", message: "The last day must not be before the first." }];
  return until < today ? [{ field: "until", message: "The last day must be today or later." }] : [];
}
