import type { GroupKind } from "#domain/registers/group/group.ts";
import { isRemovalReason } from "#domain/registers/group/member.ts";
import type { GroupState } from "#domain/registers/group/state.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";
import type { List } from "#server/base/db/list-page.ts";
import { findBy } from "#server/base/db/part-of-text.ts";

const person = { select: { id: true, name: true, status: true } } as const;
const whole = {
  requester: person,
  decidedBy: person,
  closedBy: person,
  members: {
    include: {
      person: { select: { id: true, name: true, status: true, handedOverOn: true, team: { select: { name: true } } } },
    },
    orderBy: [{ addedAt: "asc" }, { id: "asc" }],
  },
} satisfies Prisma.ChatGroupInclude;

type Row = Prisma.ChatGroupGetPayload<{ include: typeof whole }>;

/** An entry of the register with its people. */
export type GroupRecord = ReturnType<typeof toRecord>;

/** A member of a group, with the name to show. */
export type MemberRecord = GroupRecord["members"][number];

const stateOf = ({ state, sentBackAt }: Pick<Row, "state" | "sentBackAt">): GroupState =>
  state === "requested" && sentBackAt ? "sent-back" : state;

const toRecord = ({ members, ...row }: Row) => ({
  ...row,
  state: stateOf(row),
  members: members.map(({ person: who, name, organisation, removalReason, joinHash, joinExpiresAt, ...member }) => ({
    ...member,
    name: who?.name ?? name ?? "",
    /** Their team, or their organisation if they are outside the directory. */
    belongsTo: who ? (who.team?.name ?? null) : organisation,
    isOutside: who === null,
    hasLeft: who?.status === "left",
    isAwayForLong: who !== null && who.handedOverOn !== null,
    removalReason: isRemovalReason(removalReason) ? removalReason : null,
    /** When their link expires, exclusive; null if they have no open link. */
    linkUntil: joinHash === null ? null : joinExpiresAt,
  })),
});

export async function findChatGroup(tx: Tx, body: string, reference: string): Promise<GroupRecord | null> {
  const row = await tx.chatGroup.findUnique({ where: { reference, body }, include: whole });
  return row && toRecord(row);
}

/** Entries of a body by a filter, by name. */
export async function listChatGroups(tx: Tx, body: string, where: Prisma.ChatGroupWhereInput = {}) {
  const rows = await tx.chatGroup.findMany({
    where: { ...where, body },
    include: whole,
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return rows.map(toRecord);
}

/**
 * Those that a person asked for, or is or was in, by name. Asked apart: each has its index, where both in one would look
 * through all of the body.
 */
export const listChatGroupsOf = async (
  tx: Tx,
  body: string,
  personId: string,
  where: Prisma.ChatGroupWhereInput = {},
): Promise<GroupRecord[]> => listChatGroupsOfPeople(tx, body, [personId], where);

/** Those that any of these people asked for, or is or was in, by name. */
export async function listChatGroupsOfPeople(
  tx: Tx,
  body: string,
  personIds: readonly string[],
  where: Prisma.ChatGroupWhereInput = {},
): Promise<GroupRecord[]> {
  const ids = { in: [...personIds] };
  const ways = [{ requesterId: ids }, { members: { some: { personId: ids } } }];
  const found = await Promise.all(ways.map((way) => listChatGroups(tx, body, { ...where, ...way })));
  const groups = [...new Map(found.flat().map((group) => [group.id, group])).values()];
  return groups.sort((a, b) => a.name.localeCompare(b.name, "en-GB") || (a.id < b.id ? -1 : 1));
}

/** What a group waits for from governance officers. */
export interface WaitingGroup {
  what: "decision" | "administrator" | "removal";
  reference: string;
  name: string;
  /** Id of who asked for the group. */
  requesterId: string;
  /** Since when: requested, or to be taken out; null for one short of administrators. */
  since: Date | null;
  /** Who asked for the group, or the member to be taken out; null for one short of administrators. */
  memberId: string | null;
  person: string | null;
}

/**
 * The groups that wait for governance officers: to be decided on, short of administrators, or with somebody whom no
 * administrator took out in time.
 * @param exceptOf a person whose own requests are left out
 * @param take at most so many of each, the oldest
 */
export const listWaitingForOfficers = async (
  tx: Tx,
  body: string,
  { exceptOf, take }: { exceptOf: string; take: number },
): Promise<WaitingGroup[]> => tx.$queryRaw<WaitingGroup[]>`
    SELECT w.what, w.reference, w.name, w."requesterId", w.since, w."memberId", w.person FROM (
    (SELECT 'decision' AS what, g.reference, g.name, g."requesterId", g."requestedAt" AS since, NULL AS "memberId", p.name AS person
       FROM "ChatGroup" g JOIN "Person" p ON p.id = g."requesterId"
      WHERE g.body = ${body} AND g.state = 'requested' AND g."sentBackAt" IS NULL AND g."requesterId" <> ${exceptOf}
      ORDER BY g."requestedAt", g.id LIMIT ${take}::int)
    UNION ALL
    (SELECT 'administrator', g.reference, g.name, g."requesterId", NULL, NULL, NULL FROM "ChatGroup" g
      WHERE g.body = ${body} AND g.state = 'approved'
        AND (SELECT count(*) FROM "GroupMember" m LEFT JOIN "Person" p ON p.id = m."personId"
              WHERE m."groupId" = g.id AND m.role = 'administrator' AND m."removedAt" IS NULL
                AND m."removalWantedAt" IS NULL AND m."refusedAt" IS NULL AND (p.id IS NULL OR p.status = 'active'))
            < g."leastAdministrators"
      ORDER BY g."requestedAt", g.id LIMIT ${take}::int)
    UNION ALL
    (SELECT 'removal', g.reference, g.name, g."requesterId", m."removalWantedAt", m.id, coalesce(p.name, m.name, '')
       FROM "GroupMember" m JOIN "ChatGroup" g ON g.id = m."groupId" LEFT JOIN "Person" p ON p.id = m."personId"
      WHERE g.body = ${body} AND g.state IN ('requested', 'approved')
        AND m."escalatedAt" IS NOT NULL AND m."removalWantedAt" IS NOT NULL AND m."removedAt" IS NULL
      ORDER BY m."removalWantedAt", m.id LIMIT ${take}::int)) AS w`;

/** Ids of the people of a body who are still members of a group, or whose request for one is open. @param among only of these; of all if left out */
export async function listChatGroupMemberIds(tx: Tx, body: string, among?: readonly string[]): Promise<string[]> {
  const rows = await tx.groupMember.findMany({
    where: { removedAt: null, personId: among ? { in: [...among] } : { not: null }, group: { body } },
    select: { personId: true },
    distinct: ["personId"],
  });
  const asked = await tx.chatGroup.findMany({
    where: { body, state: "requested", ...(among && { requesterId: { in: [...among] } }) },
    select: { requesterId: true },
  });
  return [...rows.flatMap(({ personId }) => personId ?? []), ...asked.map(({ requesterId }) => requesterId)];
}

/**
 * Locks and reads an entry: anybody else who changes it or its people waits here until the first transaction has
 * committed, and then sees its result.
 */
export async function lockChatGroup(tx: Tx, body: string, reference: string): Promise<GroupRecord | null> {
  await tx.$queryRaw`SELECT id FROM "ChatGroup" WHERE reference = ${reference} AND body = ${body} FOR UPDATE`;
  return findChatGroup(tx, body, reference);
}

/** @throws a unique violation if this person's form was processed already */
export const insertChatGroup = (tx: Tx, data: Prisma.ChatGroupUncheckedCreateInput) => tx.chatGroup.create({ data });

type GroupFields = Omit<Prisma.ChatGroupUncheckedUpdateInput, "state" | "sentBackAt">;

/** Updates an entry, apart from its state, and increments its revision. Only while holding its lock. */
export const updateChatGroup = (tx: Tx, id: string, data: GroupFields) =>
  tx.chatGroup.update({ where: { id }, data: { ...data, revision: { increment: 1 } } });

/** Moves an entry into its next state, with related changes. Only while holding its lock. */
export async function moveChatGroup(tx: Tx, id: string, at: Date, next: GroupState, data: GroupFields): Promise<void> {
  const state = next === "sent-back" ? "requested" : next;
  const sentBackAt = next === "sent-back" ? at : null;
  await tx.chatGroup.update({ where: { id }, data: { ...data, state, sentBackAt, revision: { increment: 1 } } });
}

export const insertMember = (tx: Tx, data: Prisma.GroupMemberUncheckedCreateInput) => tx.groupMember.create({ data });

/** Updates a membership. Only while holding the lock of its group. */
export const updateMember = (tx: Tx, id: string, data: Prisma.GroupMemberUncheckedUpdateInput) =>
  tx.groupMember.update({ where: { id }, data });

export const insertChatGroupStep = (tx: Tx, data: Prisma.GroupStepUncheckedCreateInput) =>
  tx.groupStep.create({ data });

/** The history of an entry, the oldest step first. */
export const listSteps = (tx: Tx, groupId: string) =>
  tx.groupStep.findMany({
    where: { groupId },
    include: { person: { select: { id: true, name: true } } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });

/** The member and group that a link belongs to; null if no link has this secret. */
export async function findByJoinHash(tx: Tx, joinHash: string) {
  const found = await tx.groupMember.findUnique({
    where: { joinHash },
    select: {
      id: true,
      joinExpiresAt: true,
      invitedBy: { select: { name: true } },
      group: { select: { body: true, reference: true } },
    },
  });
  return found;
}

/** Memberships of people whom an administrator still has to take out, in groups that are not closed. */
export const listLateRemovals = (tx: Tx, before: Date) =>
  tx.groupMember.findMany({
    where: {
      removedAt: null,
      escalatedAt: null,
      removalWantedAt: { lt: before },
      group: { state: { in: ["requested", "approved"] } },
    },
    select: { id: true, removalWantedAt: true, group: { select: { body: true, reference: true } } },
    orderBy: { removalWantedAt: "asc" },
  });

/** The alert logged by a form; null if the form was not processed yet. */
export async function findAlertByStartKey(tx: Tx, loggedById: string, startKey: string): Promise<string | null> {
  const row = await tx.groupAlert.findUnique({
    where: { loggedById_startKey: { loggedById, startKey } },
    select: { id: true },
  });
  return row?.id ?? null;
}

/** Logs an alert, with the members to be phoned about it. */
export const insertAlert = (
  tx: Tx,
  { memberIds, ...row }: Prisma.GroupAlertUncheckedCreateInput & { memberIds: readonly string[] },
) => tx.groupAlert.create({ data: { ...row, calls: { create: memberIds.map((memberId) => ({ memberId })) } } });

/** The alerts of a group with their calls, the newest first. */
export const listAlerts = (tx: Tx, groupId: string) =>
  tx.groupAlert.findMany({
    where: { groupId },
    include: { calls: true, loggedBy: { select: { name: true } } },
    orderBy: [{ postedAt: "desc" }, { id: "asc" }],
  });

/** @returns false if it was recorded already */
export const writeCall = async (
  tx: Tx,
  {
    alertId,
    memberId,
    column,
    at,
  }: { alertId: string; memberId: string; column: "phonedAt" | "confirmedAt"; at: Date },
) =>
  (await tx.groupAlertCall.updateMany({ where: { alertId, memberId, [column]: null }, data: { [column]: at } }))
    .count === 1;

/** Members of these groups who were not phoned about an alert yet, or have not confirmed it, and are still in the chat. */
export async function listOpenCalls(tx: Tx, groupIds: readonly string[]) {
  if (groupIds.length === 0) return [];
  return tx.groupAlertCall.findMany({
    where: {
      confirmedAt: null,
      alert: { groupId: { in: [...groupIds] } },
      member: { removedAt: null, removalWantedAt: null },
    },
    select: { memberId: true, alert: { select: { id: true, group: { select: { reference: true } } } } },
  });
}

/** Whether a body has an approved group at all. */
export const hasApproved = async (tx: Tx, body: string) =>
  (await tx.chatGroup.findFirst({ where: { body, state: "approved" }, select: { id: true } })) !== null;

// The group register as a list. A group may have hundreds of members: they are counted where they are.

/** Filters of the register; undefined and null let all through. */
export interface RegisterLineFilter {
  state: GroupState | undefined;
  kind: GroupKind | undefined;
  /** Part of a name, a purpose or a reference; "" is in all. */
  text: string;
  /** Approved ones with a review before this day, YYYY-MM-DD. */
  reviewBefore: string | null;
  ids: readonly string[] | null;
}

const isHere: Prisma.GroupMemberWhereInput = {
  removedAt: null,
  removalWantedAt: null,
  refusedAt: null,
  OR: [{ personId: null }, { person: { status: "active" } }],
};

const fieldsFor = (readerId: string) =>
  ({
    members: {
      where: { removedAt: null, OR: [{ role: { not: "member" } }, { personId: readerId }] },
      select: {
        personId: true,
        role: true,
        name: true,
        removedAt: true,
        refusedAt: true,
        removalWantedAt: true,
        person: { select: { name: true, status: true } },
      },
      orderBy: [{ addedAt: "asc" }, { id: "asc" }],
    },
    _count: { select: { members: { where: { ...isHere, consentedAt: { not: null }, withdrawnAt: null } } } },
  }) satisfies Prisma.ChatGroupInclude;

type LineRow = Prisma.ChatGroupGetPayload<{ include: ReturnType<typeof fieldsFor> }>;

/** What a line of the register says of a group: of its people the administrators, the deputies and the reader. */
export type RegisterLine = ReturnType<typeof toLine>;

const toLine = ({ members, _count, ...row }: LineRow) => ({
  ...row,
  state: stateOf(row),
  /** How many are in the chat. */
  memberCount: _count.members,
  members: members.map(({ person, name, ...member }) => ({
    ...member,
    name: person?.name ?? name ?? "",
    hasLeft: person?.status === "left",
  })),
});

/** The groups of a body that a filter finds. */
export const registerOf = (
  tx: Tx,
  body: string,
  readerId: string,
  filter: RegisterLineFilter,
  order: List<RegisterLine>["order"],
): List<RegisterLine> => ({
  within: { body },
  filter: whereOf(filter),
  found: findBy(tx, body, filter.text, { table: "ChatGroup", columns: ["name", "purpose"] }),
  order,
  key: "reference",
  read: async (part) => (await tx.chatGroup.findMany({ ...part, include: fieldsFor(readerId) })).map(toLine),
});

const whereOf = ({ state, kind, reviewBefore, ids }: RegisterLineFilter): Prisma.ChatGroupWhereInput => ({
  AND: [
    state ? inState(state) : {},
    kind ? { kind } : {},
    reviewBefore === null ? {} : { state: "approved", reviewOn: { lt: reviewBefore } },
    ids ? { id: { in: [...ids] } } : {},
  ],
});

function inState(state: GroupState): Prisma.ChatGroupWhereInput {
  if (state === "sent-back") return { state: "requested", sentBackAt: { not: null } };
  return state === "requested" ? { state, sentBackAt: null } : { state };
}

/** The ids of the approved groups of a body with fewer administrators than they need. */
export async function listShortOfAdministrators(tx: Tx, body: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT g.id FROM "ChatGroup" g
      LEFT JOIN ("GroupMember" m LEFT JOIN "Person" p ON p.id = m."personId")
        ON m."groupId" = g.id AND m.role = 'administrator' AND m."removedAt" IS NULL AND m."removalWantedAt" IS NULL
       AND m."refusedAt" IS NULL AND (p.id IS NULL OR p.status = 'active')
     WHERE g.body = ${body} AND g.state = 'approved'
     GROUP BY g.id HAVING count(m.id) < g."leastAdministrators"`;
  return rows.map(({ id }) => id);
}

/** How many groups of a body are approved. */
export const countApprovedGroups = (tx: Tx, body: string) => tx.chatGroup.count({ where: { body, state: "approved" } });

/** How many, by a name; null for those of none. */
export interface NamedCount {
  name: string | null;
  count: number;
}

/** How many groups were on the register at a moment, by the team in which whoever asked for them is now, and app. */
export const countGroupsByTeamAndApp = async (
  tx: Tx,
  body: string,
  at: Date,
): Promise<{ team: string | null; app: string; count: number }[]> => tx.$queryRaw`
    SELECT t.name AS team, g.app, count(*)::int AS count
      FROM "ChatGroup" g JOIN "Person" p ON p.id = g."requesterId" LEFT JOIN "Team" t ON t.id = p."teamId"
     WHERE g.body = ${body} AND g.state IN ('approved', 'closed') AND g."decidedAt" < ${at}
       AND (g."closedAt" IS NULL OR g."closedAt" >= ${at})
     GROUP BY 1, 2`;
