import "server-only";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import { LONGEST_NAME, registerTextProblems } from "#domain/registers/group/group.ts";
import {
  administratorsOf,
  GROUP_ROLES,
  administersGroup,
  LINK_HOLDS_DAYS,
  type GroupRole,
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
} from "./change.ts";
import { hashOfJoinLink } from "./secret.ts";
import { wantRemoval } from "./effects.ts";
import { findChatGroup, insertMember, updateMember, type GroupRecord, type MemberRecord } from "./repository.ts";

type Tx = Parameters<Parameters<typeof changeGroup>[2]>[0];

/** Runs an administrator's change to the people of a group. */
async function manage(
  actor: Actor,
  reference: string,
  change: (tx: Tx, group: GroupRecord, at: Date) => Promise<GroupChangeOutcome>,
): Promise<GroupResult> {
  return changeGroup(actor, reference, async (tx, group, at) => {
    if (mayDo(actor, "manage-members", group)) return change(tx, group, at);
    const isOver = !takes(group.state, "manage-members") && administersGroup(actor.personId, group.members);
    return isOver ? { code: "refused", message: "This group is no longer on the register." } : NOT_FOUND;
  });
}

async function onMember(
  actor: Actor,
  reference: string,
  memberId: string,
  change: (tx: Tx, group: GroupRecord, member: MemberRecord, at: Date) => Promise<GroupChangeOutcome>,
): Promise<GroupResult> {
  return manage(actor, reference, async (tx, group, at) => {
    const member = group.members.find(({ id }) => id === memberId);
    return member ? change(tx, group, member, at) : NOT_FOUND;
  });
}

/**
 * Adds somebody from the directory. They are asked whether they agree, and must not be put into the chat before that.
 */
export async function addMember(actor: Actor, reference: string, personId: string): Promise<GroupResult> {
  return manage(actor, reference, async (tx, group, at): Promise<GroupChangeOutcome> => {
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
}

function added(member: string, name: string, role: GroupRole): GroupChangeOutcome {
  const detail = role === "member" ? name : `${name}, as ${GROUP_ROLES[role].toLowerCase()}`;
  return {
    code: "done",
    steps: [{ event: "group.member-added", step: "member-added", detail, data: { member, role } }],
  };
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
  const result = await onMember(
    actor,
    reference,
    memberId,
    async (tx, _group, member, at): Promise<GroupChangeOutcome> => {
      if (!member.isOutside || member.removedAt) return NOT_FOUND;
      if (member.consentedAt) return { code: "refused", message: `${member.name} has agreed already.` };
      await updateMember(tx, member.id, { ...linkFrom(link, at), invitedById: actor.personId, refusedAt: null });
      return {
        code: "done",
        steps: [{ event: "group.link-made", step: "link-renewed", detail: member.name, data: { member: member.id } }],
      };
    },
  );
  return result.code === "done" ? { code: "done", memberId, link } : result;
}

const DAY_MS = 24 * 60 * 60 * 1000;

function linkFrom(link: string, at: Date) {
  return { joinHash: hashOfJoinLink(link), joinExpiresAt: new Date(at.getTime() + LINK_HOLDS_DAYS * DAY_MS) };
}

/** Confirms that somebody is out of the chat, whether they were to be taken out or an administrator does so now. */
export async function confirmRemoval(actor: Actor, reference: string, memberId: string): Promise<GroupResult> {
  return onMember(actor, reference, memberId, async (tx, group, member, at): Promise<GroupChangeOutcome> => {
    if (member.removedAt) return NOTHING_TO_DO;
    if (member.personId === actor.personId)
      return {
        code: "refused",
        message: "Choose “I no longer need this group” for yourself. Another administrator takes you out.",
      };
    const removal = await wantRemoval(tx, group, member, { reason: "administrator-removed", at });
    await updateMember(tx, member.id, { removedAt: at, joinHash: null, changedAt: null });
    return {
      code: "done",
      steps: [
        ...removal.steps,
        { event: "group.member-removed", step: "member-removed", detail: member.name, data: { member: member.id } },
      ],
      notices: [...removal.notices, ...tellMember(actor, group, member, "You were taken out of the group")],
    };
  });
}

/** Tells a member what an administrator changed about them. */
function tellMember(actor: Actor, { name, reference }: GroupRecord, member: MemberRecord, what: string): Notice[] {
  const to = member.hasLeft ? null : member.personId;
  const words = `${actor.name} recorded it. Ask them if you did not expect it.`;
  return tellOwner(actor, to, { subject: `${what}: “${name}”`, words, href: `/groups/${reference}` });
}

/** Records that somebody who changed role or team stays in the group. */
export async function keepMember(actor: Actor, reference: string, memberId: string): Promise<GroupResult> {
  return onMember(actor, reference, memberId, async (tx, group, member): Promise<GroupChangeOutcome> => {
    if (!member.removalWantedAt && !member.removedAt) return NOTHING_TO_DO;
    if (member.removedAt) return { code: "refused", message: `${member.name} was taken out already. Add them again.` };
    if (member.removalReason !== "changed-role")
      return { code: "refused", message: `${member.name} can’t stay: an administrator cannot decide that.` };
    await updateMember(tx, member.id, { removalWantedAt: null, removalReason: null, escalatedAt: null });
    return {
      code: "done",
      steps: [
        { event: "group.removal-cancelled", step: "member-staying", detail: member.name, data: { member: member.id } },
      ],
      notices: tellMember(actor, group, member, "You stay in the group"),
    };
  });
}

/** Records that an administrator has updated somebody's contact details. */
export async function takeOverDetails(actor: Actor, reference: string, memberId: string): Promise<GroupResult> {
  return onMember(actor, reference, memberId, async (tx, _group, member): Promise<GroupChangeOutcome> => {
    if (!member.changedAt) return NOTHING_TO_DO;
    await updateMember(tx, member.id, { changedAt: null });
    return {
      code: "done",
      steps: [
        { event: "group.details-updated", step: "details-updated", detail: member.name, data: { member: member.id } },
      ],
    };
  });
}

const ROLE_IN_GROUP = { administrator: "an administrator", deputy: "the deputy", member: "a member" } as const;

/** Makes a member administrator, deputy or member; somebody outside the directory only administers emergency groups. */
export async function changeRole(
  actor: Actor,
  reference: string,
  memberId: string,
  role: GroupRole,
): Promise<GroupResult> {
  return onMember(actor, reference, memberId, async (tx, group, member): Promise<GroupChangeOutcome> => {
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
    const notices = await shortOfAdministrators(
      tx,
      administratorsOf(group.members).length,
      await findChatGroup(tx, group.body, group.reference),
    );
    return {
      code: "done",
      steps: [
        {
          event: "group.role-changed",
          step: "role-changed",
          detail: `${member.name}: ${GROUP_ROLES[role]}`,
          data: { member: member.id, role },
        },
      ],
      notices: [...notices, ...tellMember(actor, group, member, `You are ${ROLE_IN_GROUP[role]} of the group`)],
    };
  });
}
