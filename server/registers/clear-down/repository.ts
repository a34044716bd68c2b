import { endOfDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import type { Asked } from "#domain/base/list/page.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";
import { orderFor, type List } from "#server/base/db/list-page.ts";
import { alternativesFor, withReference } from "#server/base/db/part-of-text.ts";

const forClearDowns = {
  id: true,
  reference: true,
  body: true,
  name: true,
  app: true,
  kind: true,
  state: true,
  policy: true,
  version: true,
  hash: true,
  decidedAt: true,
  closedAt: true,
  clearEveryDays: true,
  keepYears: true,
  clearedBy: true,
  earlierRules: { select: { until: true, clearEveryDays: true, keepYears: true }, orderBy: { until: "asc" } },
  members: {
    select: {
      personId: true,
      role: true,
      addedAt: true,
      removedAt: true,
      name: true,
      organisation: true,
      consentedAt: true,
      withdrawnAt: true,
      refusedAt: true,
      removalWantedAt: true,
      awayFrom: true,
      awayUntil: true,
      person: { select: { name: true, status: true } },
    },
    orderBy: [{ addedAt: "asc" }, { id: "asc" }],
  },
} as const satisfies Prisma.ChatGroupSelect;

/** The parts of a group that clear-downs need. */
export type GroupToClear = Prisma.ChatGroupGetPayload<{ select: typeof forClearDowns }>;

/** An approved group, including closed ones. */
export const findGroupToClear = (tx: Tx, body: string, reference: string) =>
  tx.chatGroup.findUnique({
    where: { reference, body, state: { in: ["approved", "closed"] }, decidedAt: { not: null } },
    select: forClearDowns,
  });

/** The approved groups that have a rule: of a body, of some ids, or those that any of some people is in. */
export interface WithRule {
  body?: string;
  personIds?: readonly string[];
  ids?: readonly string[];
}

/**
 * Ids of the groups of a body that may have a period that was due before a day and is not cleared: more than there are,
 * never fewer. Groups with a rule in years or with earlier rules are always among them.
 * @param before YYYY-MM-DD
 * @param bySender policies and kinds of groups in which everybody deletes their own messages, unless a group says otherwise
 * @param take at most so many, in the order of their ids
 * @param after only those beyond this id
 */
export async function listIdsLikelyMissed(
  tx: Tx,
  body: string,
  {
    before,
    bySender,
    take,
    after = "",
  }: { before: string; bySender: readonly { policy: string; kind: string }[]; take: number; after?: string },
): Promise<string[]> {
  const kinds = bySender.map(({ policy, kind }) => `${kind} ${policy}`);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT g.id FROM "ChatGroup" g
     CROSS JOIN LATERAL (SELECT to_char(${before}::date - g."clearEveryDays", 'YYYY-MM-DD') AS day) AS earliest
     WHERE g.body = ${body} AND g.state = 'approved' AND g."decidedAt" IS NOT NULL AND g.id > ${after}
       AND (g."keepYears" IS NOT NULL
            OR EXISTS (SELECT 1 FROM "ClearDownRule" r WHERE r."groupId" = g.id)
            OR (g."clearEveryDays" IS NOT NULL AND g."decidedAt" < (earliest.day)::date + 1
                AND CASE WHEN coalesce(g."clearedBy"::text, CASE WHEN g.kind || ' ' || g.policy = ANY(${kinds}) THEN 'sender' END) = 'sender'
                         THEN EXISTS (SELECT 1 FROM "GroupMember" m
                                       WHERE m."groupId" = g.id AND m."removedAt" IS NULL AND m."personId" IS NOT NULL
                                         AND NOT EXISTS (SELECT 1 FROM "ClearDown" c
                                                          WHERE c."groupId" = g.id AND c."clearedFor" = m."personId" AND c."dueOn" >= earliest.day))
                         ELSE NOT EXISTS (SELECT 1 FROM "ClearDown" c
                                           WHERE c."groupId" = g.id AND c."clearedFor" = 'group' AND c."dueOn" >= earliest.day)
                    END))
     ORDER BY g.id LIMIT ${take}::int`;
  return rows.map(({ id }) => id);
}

export const listGroupsWithRule = (tx: Tx, groups: WithRule) =>
  tx.chatGroup.findMany({ where: haveRule(groups), select: forClearDowns, orderBy: [{ name: "asc" }, { id: "asc" }] });

const haveRule = ({ body, personIds, ids }: WithRule): Prisma.ChatGroupWhereInput => ({
  state: "approved",
  decidedAt: { not: null },
  ...(body !== undefined && { body }),
  ...(ids !== undefined && { id: { in: [...ids] } }),
  ...(personIds !== undefined && { members: { some: { personId: { in: [...personIds] }, removedAt: null } } }),
  OR: [{ clearEveryDays: { not: null } }, { keepYears: { not: null } }],
});

/** Groups of a body that were approved by a day under a policy, closed ones included; in the order of their approval. */
export const listGroupsUnder = (tx: Tx, body: string, policy: string, before: Date) =>
  tx.chatGroup.findMany({
    where: { body, policy, state: { in: ["approved", "closed"] }, decidedAt: { lt: before } },
    select: forClearDowns,
    orderBy: [{ decidedAt: "asc" }, { id: "asc" }],
  });

/** All groups of a body that were approved by a moment and ever had a rule, closed ones included. */
export async function listGroupsOfBody(tx: Tx, body: string, before: Date): Promise<GroupToClear[]> {
  const hasRule = [{ clearEveryDays: { not: null } }, { keepYears: { not: null } }, { earlierRules: { some: {} } }];
  return tx.chatGroup.findMany({
    where: { body, state: { in: ["approved", "closed"] }, decidedAt: { lt: before }, OR: hasRule },
    select: forClearDowns,
    orderBy: { id: "asc" },
  });
}

/** The clear-downs of a body's groups for periods that were due after a day, without who confirmed them. */
export const listClearDownsDueAfter = (tx: Tx, body: string, day: string) =>
  tx.clearDown.findMany({
    where: { group: { body }, dueOn: { gt: day } },
    select: { groupId: true, dueOn: true, clearedFor: true, confirmedAt: true },
  });

/** How many clear-downs of a body's groups were confirmed between two moments. */
export const countClearDowns = (tx: Tx, body: string, from: Date, until: Date) =>
  tx.clearDown.count({ where: { group: { body }, confirmedAt: { gte: from, lt: until } } });

/**
 * The latest period that was cleared: group → whom it was cleared for → day it was due.
 * @param groups their ids, or which ones
 */
export async function listLastCleared(tx: Tx, groups: readonly string[] | WithRule) {
  const rows = await tx.clearDown.groupBy({
    by: ["groupId", "clearedFor"],
    where: isListOfIds(groups) ? { groupId: { in: [...groups] } } : { group: haveRule(groups) },
    _max: { dueOn: true },
  });
  const last = new Map<string, Map<string, string>>();
  for (const { groupId, clearedFor, _max } of rows) {
    const of = last.get(groupId) ?? new Map<string, string>();
    last.set(groupId, of.set(clearedFor, _max.dueOn ?? ""));
  }
  return last;
}

const isListOfIds = (groups: readonly string[] | WithRule): groups is readonly string[] => Array.isArray(groups);

const by = { select: { id: true, name: true } } as const;

/** Every clear-down of a group, the oldest first. */
export const listClearDowns = (tx: Tx, groupId: string) =>
  tx.clearDown.findMany({
    where: { groupId },
    include: { confirmedBy: by },
    orderBy: [{ dueOn: "asc" }, { confirmedAt: "asc" }],
  });

/** Every occasion on which a group was not cleared, and why, the oldest first. */
export const listStops = (tx: Tx, groupId: string) =>
  tx.clearDownStop.findMany({
    where: { groupId },
    include: { stoppedBy: by },
    orderBy: [{ dueOn: "asc" }, { stoppedAt: "asc" }],
  });

/** The reasons why due clear-downs of several groups were not done. */
export const listStopsOf = (tx: Tx, groupIds: readonly string[]) =>
  tx.clearDownStop.findMany({
    where: { groupId: { in: [...groupIds] } },
    select: { groupId: true, dueOn: true, cause: true, clearedFor: true },
  });

/** The clear-downs one person confirmed, the newest first. */
export const listConfirmedBy = (tx: Tx, confirmedById: string) =>
  tx.clearDown.findMany({
    where: { confirmedById },
    select: {
      dueOn: true,
      confirmedAt: true,
      recordsMovedTo: true,
      group: { select: { reference: true, name: true } },
    },
    orderBy: [{ confirmedAt: "desc" }, { id: "asc" }],
  });

/** @throws a unique violation if somebody was quicker */
export const insertClearDown = (tx: Tx, data: Prisma.ClearDownUncheckedCreateInput) => tx.clearDown.create({ data });

/** @returns how many were new */
export const insertStops = async (tx: Tx, rows: Prisma.ClearDownStopCreateManyInput[]) =>
  (await tx.clearDownStop.createMany({ data: rows, skipDuplicates: true })).count;

/** @returns false if they were notified already */
export const insertCall = async (tx: Tx, row: Prisma.ClearDownCallUncheckedCreateInput) =>
  (await tx.clearDownCall.createMany({ data: [row], skipDuplicates: true })).count === 1;

/** Stores a rule that has been replaced. If it changes twice on one day, the first is the one that applied before. */
export const insertEarlierRule = (tx: Tx, row: Prisma.ClearDownRuleUncheckedCreateInput) =>
  tx.clearDownRule.createMany({ data: [row], skipDuplicates: true });

const inRegister = {
  group: { select: { reference: true, name: true } },
  confirmedBy: { select: { id: true, name: true } },
} satisfies Prisma.ClearDownInclude;

/** A confirmed clear-down in the register of all groups. */
export type ListedClearDown = Prisma.ClearDownGetPayload<{ include: typeof inRegister }>;

const REGISTER_ORDERS = {
  newest: [["confirmedAt", "desc"]],
  oldest: [["confirmedAt", "asc"]],
  due: [["dueOn", "desc"]],
} as const;

/** Whose copies were confirmed as gone, as rows hold it. */
const OF_COPIES: Readonly<Record<string, Prisma.ClearDownWhereInput>> = {
  everybody: { ofEverybody: true },
  own: { OR: [{ ofEverybody: false }, { clearedFor: { not: "group" } }] },
  unknown: { ofEverybody: null, clearedFor: "group" },
};

/** The confirmed clear-downs of all groups of a body, in pages. */
export function clearDownList(tx: Tx, body: string, asked: Asked): List<ListedClearDown> {
  const { q, from, until, copies } = asked;
  const days = { ...(from && { gte: startOfDay(from) }), ...(until && { lt: endOfDay(until) }) };
  return {
    within: { group: { body } },
    filter: { ...((from ?? until) && { confirmedAt: days }), ...OF_COPIES[copies ?? ""] },
    found: q
      ? async () => {
          const named = await alternativesFor(tx, body, q, { table: "ChatGroup", columns: ["name"] });
          return { group: { OR: [...withReference(q), ...named] } };
        }
      : undefined,
    order: orderFor(REGISTER_ORDERS, asked),
    key: "id",
    read: (part) => tx.clearDown.findMany({ ...part, include: inRegister }),
  };
}
