import { normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import { nameKey } from "#domain/access/identity/name.ts";
import type { Asked } from "#domain/base/list/page.ts";
import { speaksOf } from "#domain/registers/hold/hold.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";
import { findBy } from "#server/base/db/part-of-text.ts";
import { byName, orderFor, type List, NAME_ORDER } from "#server/base/db/list-page.ts";

const inShort = { id: true, reference: true, reason: true, keep: true, placedAt: true } as const;

const whole = {
  placedBy: { select: { id: true, name: true } },
  endedBy: { select: { id: true, name: true } },
  targets: {
    include: {
      group: { select: { id: true, reference: true, name: true } },
      person: { select: { id: true, name: true, status: true } },
    },
    orderBy: [{ addedAt: "asc" }, { id: "asc" }],
  },
  releases: {
    include: { person: { select: { name: true } }, releasedBy: { select: { name: true } } },
    orderBy: { releasedAt: "asc" },
  },
} satisfies Prisma.HoldInclude;

/** A hold as it is stored, with who placed and ended it, what it names, and whom it concerns no longer. */
export type HoldRecord = Prisma.HoldGetPayload<{ include: typeof whole }>;

/**
 * Holds in force on a group, on any of its members, on words in its name or purpose, and on a subject of its body; the
 * oldest first.
 */
export async function listOnGroup(tx: Tx, body: string, groupId: string) {
  const isMember = { groupMemberships: { some: { groupId, removedAt: null } } };
  const onGroup = [{ groupId }, { person: isMember }];
  const [group, holds] = await Promise.all([
    tx.chatGroup.findUnique({ where: { id: groupId }, select: { name: true, purpose: true } }),
    tx.hold.findMany({
      where: {
        body,
        endedAt: null,
        OR: [{ isOnSubject: true }, { NOT: { words: { isEmpty: true } } }, { targets: { some: { OR: onGroup } } }],
      },
      select: {
        ...inShort,
        isOnSubject: true,
        words: true,
        releases: { select: { personId: true } },
        targets: { where: { OR: onGroup }, select: { groupId: true, personId: true } },
      },
      orderBy: { placedAt: "asc" },
    }),
  ]);
  return holds.filter(
    ({ isOnSubject, words, releases, targets }) =>
      isOnSubject ||
      speaksOf(group ? [group.name, group.purpose] : [], words) ||
      targets.some((one) => one.groupId === groupId || releases.every(({ personId }) => personId !== one.personId)),
  );
}

/** Holds in force that name people or words, the oldest first, with the people that they still concern. */
export async function listNaming(tx: Tx, body: string) {
  const holds = await tx.hold.findMany({
    where: {
      body,
      endedAt: null,
      OR: [{ NOT: { words: { isEmpty: true } } }, { targets: { some: { personId: { not: null } } } }],
    },
    select: {
      ...inShort,
      words: true,
      releases: { select: { personId: true } },
      targets: {
        where: { personId: { not: null } },
        select: { person: { select: { id: true, name: true, email: true } } },
      },
    },
    orderBy: { placedAt: "asc" },
  });
  return holds.map(({ releases, targets, ...hold }) => {
    const released = new Set(releases.map(({ personId }) => personId));
    return { ...hold, people: targets.flatMap(({ person }) => (person && !released.has(person.id) ? [person] : [])) };
  });
}

/**
 * Holds that concern a person: on them, on a group they are in, or on a subject of their body; the oldest first. People
 * who left a group after the hold was placed still have its messages.
 * @param which only those in force, or also those that have ended
 */
export const listOnPerson = async (tx: Tx, body: string, personId: string, which: "in-force" | "all" = "in-force") =>
  (await listOnPeople(tx, body, [personId], which)).get(personId) ?? [];

/** The same for several people, by person. */
export async function listOnPeople(
  tx: Tx,
  body: string,
  personIds: readonly string[],
  which: "in-force" | "all" = "in-force",
) {
  const anyOfThem = { personId: { in: [...personIds] } };
  // Asked apart: each way has its index, where all in one would look through what every hold names.
  const ways = [
    { isOnSubject: true },
    { targets: { some: anyOfThem } },
    { targets: { some: { group: { members: { some: anyOfThem } } } } },
  ];
  const found = await Promise.all(ways.map((way) => findConcerning(tx, { body, personIds, which, way })));
  const rows = [...new Map(found.flat().map((row) => [row.id, row])).values()];
  rows.sort((a, b) => a.placedAt.getTime() - b.placedAt.getTime());
  return new Map(personIds.map((personId) => [personId, rows.flatMap((row) => concerning(row, personId, which))]));
}

/** A hold with what it has to do with one person; empty if it does not concern them, or no longer. */
function concerning(
  { confirmations, releases, ...hold }: Awaited<ReturnType<typeof findConcerning>>[number],
  personId: string,
  which: "in-force" | "all",
) {
  const releasedAt = releases.find((one) => one.personId === personId)?.releasedAt ?? null;
  if (releasedAt && which === "in-force") return [];
  const isConcerned =
    hold.isOnSubject ||
    hold.targets.some(
      ({ personId: named, group, addedAt }) =>
        named === personId ||
        (group?.members ?? []).some(
          (member) => member.personId === personId && hasMessages(member, addedAt, hold.endedAt),
        ),
    );
  const own = confirmations.filter((one) => one.personId === personId);
  return isConcerned ? [{ ...hold, releasedAt, confirmations: own }] : [];
}

async function findConcerning(
  tx: Tx,
  {
    body,
    personIds,
    which,
    way,
  }: { body: string; personIds: readonly string[]; which: "in-force" | "all"; way: Prisma.HoldWhereInput },
) {
  const ofThem = { where: { personId: { in: [...personIds] } } };
  return tx.hold.findMany({
    where: { body, ...(which === "in-force" && { endedAt: null }), ...way },
    select: {
      ...inShort,
      isOnSubject: true,
      endedAt: true,
      confirmations: { ...ofThem, select: { personId: true, confirmedAt: true } },
      releases: { ...ofThem, select: { personId: true, releasedAt: true } },
      targets: {
        select: {
          personId: true,
          addedAt: true,
          group: { select: { members: { ...ofThem, select: { personId: true, addedAt: true, removedAt: true } } } },
        },
      },
    },
  });
}

/** Whether somebody was in a group while a hold on it was in force. */
const hasMessages = (member: { addedAt: Date; removedAt: Date | null }, from: Date, until: Date | null): boolean =>
  (member.removedAt === null || member.removedAt > from) && (until === null || member.addedAt < until);

/** Somebody whom a hold concerns. */
export interface Concerned {
  id: string;
  name: string;
  confirmedAt: Date | null;
}

/** People outside the directory in the groups that a hold names: the portal cannot notify them. */
export const listOutsiders = (tx: Tx, holdId: string) =>
  tx.groupMember.findMany({
    where: { personId: null, removedAt: null, group: { holdTargets: { some: { holdId } } } },
    select: { id: true, name: true, organisation: true, group: { select: { name: true } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });

export const findHold = (tx: Tx, body: string, reference: string) =>
  tx.hold.findUnique({ where: { reference, body }, include: whole });

/** The holds of a body as asked for, in pages. @param reason the one to show, as it is stored */
export function holdList(
  tx: Tx,
  body: string,
  asked: Asked,
  reason: HoldRecord["reason"] | undefined,
): List<Prisma.HoldGetPayload<object>> {
  const { q, state } = asked;
  const filter: Prisma.HoldWhereInput = {
    ...(state && { endedAt: state === "ended" ? { not: null } : null }),
    ...(reason && { reason }),
  };
  return {
    within: { body },
    filter,
    found: findBy(tx, body, q, { table: "Hold", columns: ["keep"] }),
    order: orderFor(HOLD_ORDERS, asked),
    key: "reference",
    read: (part) => tx.hold.findMany(part),
  };
}

const HOLD_ORDERS = { newest: [["placedAt", "desc"]], oldest: [["placedAt", "asc"]] } as const;

export interface HoldCounts {
  /** Groups and people that it names. */
  groups: number;
  people: number;
  /** People who have not left whom it concerns, and those of them who have confirmed. */
  concerned: number;
  confirmed: number;
}

/** The numbers of each of these holds. */
export async function countConcerned(tx: Tx, body: string, holds: readonly Pick<HoldRecord, "id">[]) {
  const rows = await tx.$queryRaw<(HoldCounts & { id: string })[]>`
    SELECT h.id,
           (SELECT count(t."groupId") FROM "HoldTarget" t WHERE t."holdId" = h.id)::int AS groups,
           (SELECT count(t."personId") FROM "HoldTarget" t WHERE t."holdId" = h.id)::int AS people,
           CASE WHEN h."isOnSubject" THEN (SELECT count(*) FROM "Person" p WHERE p.body = ${body} AND p.status = 'active' AND ${notReleased})
                ELSE (SELECT count(*) FROM ${peopleOfTargets}) END::int AS concerned,
           CASE WHEN h."isOnSubject" THEN
                  (SELECT count(*) FROM "HoldConfirmation" c JOIN "Person" p ON p.id = c."personId"
                    WHERE c."holdId" = h.id AND p.status = 'active' AND ${notReleased})
                ELSE (SELECT count(*) FROM ${peopleOfTargets}
                        JOIN "HoldConfirmation" c ON c."holdId" = h.id AND c."personId" = who.id) END::int AS confirmed
      FROM "Hold" h WHERE h.body = ${body} AND h.id = ANY(${holds.map(({ id }) => id)})`;
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

/** Whether a person `p` was not released from a hold `h`. */
const notReleased = Prisma.sql`NOT EXISTS (
  SELECT 1 FROM "HoldRelease" r WHERE r."holdId" = h.id AND r."personId" = p.id)`;

/** The people whom the targets of a hold `h` concern and who have not left, as `who`: the rule of `hasMessages`. */
const peopleOfTargets = Prisma.sql`(
  SELECT DISTINCT p.id, p.name FROM "HoldTarget" t
    LEFT JOIN "GroupMember" m ON m."groupId" = t."groupId"
     AND (m."removedAt" IS NULL OR m."removedAt" > t."addedAt") AND (h."endedAt" IS NULL OR m."addedAt" < h."endedAt")
    JOIN "Person" p ON p.id = coalesce(t."personId", m."personId")
   WHERE t."holdId" = h.id AND p.status = 'active' AND p.body = h.body AND ${notReleased}) who`;

type HeldBy = Pick<HoldRecord, "id" | "body" | "isOnSubject">;

/** The people whom a hold concerns and who have not left, by a condition. */
function selectConcerned(
  tx: Tx,
  { id, body, isOnSubject }: HeldBy,
  { where, order, take }: { where: Prisma.Sql; order: Prisma.Sql; take: number | null },
): Promise<Concerned[]> {
  // For a hold on targets their people first: there are few, where the planner would look at everybody.
  const people = isOnSubject
    ? Prisma.sql`JOIN "Person" p ON p.body = h.body AND p.status = 'active' AND ${notReleased}`
    : Prisma.sql`CROSS JOIN LATERAL (SELECT who.id, who.name FROM ${peopleOfTargets}) p`;
  return tx.$queryRaw`
    SELECT p.id, p.name, c."confirmedAt" FROM "Hold" h ${people}
      LEFT JOIN "HoldConfirmation" c ON c."holdId" = h.id AND c."personId" = p.id
     WHERE h.id = ${id} AND h.body = ${body} AND ${where} ORDER BY ${order} LIMIT ${take}::int`;
}

/** All people whom a hold in force concerns, who have not left and were not released, by name. */
export const listPeopleUnderHold = (tx: Tx, hold: HeldBy) =>
  selectConcerned(tx, hold, { where: Prisma.sql`TRUE`, order: Prisma.sql`p.name, p.id`, take: null });

/** The same in pages: those who have confirmed, or those who have not. */
export function concernedList(tx: Tx, hold: HeldBy, hasConfirmed: boolean): List<Concerned> {
  const confirmation = Prisma.sql`c."personId" IS ${hasConfirmed ? Prisma.sql`NOT NULL` : Prisma.sql`NULL`}`;
  return {
    within: {},
    order: NAME_ORDER,
    key: "id",
    async find(id) {
      return (
        (await selectConcerned(tx, hold, { where: Prisma.sql`p.id = ${id}`, order: Prisma.sql`p.id`, take: 1 }))[0] ??
        null
      );
    },
    read({ take }, position) {
      const { beyond, order } = byName(position);
      return selectConcerned(tx, hold, { where: Prisma.sql`${confirmation} AND ${beyond}`, order, take });
    },
  };
}

/** Sets down that a hold concerns somebody no longer. @returns false if that was done already */
export const insertRelease = async (tx: Tx, row: Prisma.HoldReleaseCreateManyInput) =>
  (await tx.holdRelease.createMany({ data: [row], skipDuplicates: true })).count === 1;

/** Takes releases of these people back. @returns how many */
export const deleteReleases = async (tx: Tx, holdId: string, personIds: readonly string[]) =>
  (await tx.holdRelease.deleteMany({ where: { holdId, personId: { in: [...personIds] } } })).count;

/** Writes what was corrected. @returns false if it was ended */
export const updateHold = async (tx: Tx, id: string, data: Prisma.HoldUncheckedUpdateManyInput) =>
  (await tx.hold.updateMany({ where: { id, endedAt: null }, data })).count === 1;

/** Those in force with a day of review until then, the earliest first. @param day YYYY-MM-DD */
export const listToReview = (tx: Tx, body: string, day: string, take: number) =>
  tx.hold.findMany({
    where: { body, endedAt: null, reviewOn: { lte: day } },
    select: { reference: true, keep: true, reviewOn: true },
    orderBy: [{ reviewOn: "asc" }, { id: "asc" }],
    take,
  });

/** All holds of a body, the newest first. */
export const listHolds = (tx: Tx, body: string, where: Prisma.HoldWhereInput = {}) =>
  tx.hold.findMany({ where: { ...where, body }, include: whole, orderBy: [{ placedAt: "desc" }, { id: "asc" }] });

/** @throws a unique violation if this person's form was processed already */
export const insertHold = (tx: Tx, data: Prisma.HoldUncheckedCreateInput) => tx.hold.create({ data });

/** Adds groups and people; those named already stay. @returns how many were new */
export const insertTargets = async (tx: Tx, rows: Prisma.HoldTargetCreateManyInput[]) =>
  (await tx.holdTarget.createMany({ data: rows, skipDuplicates: true })).count;

/** @returns false if somebody ended it already */
export const writeHoldEnd = async (tx: Tx, id: string, data: { endReason: string; endedAt: Date; endedById: string }) =>
  (await tx.hold.updateMany({ where: { id, endedAt: null }, data })).count === 1;

/** @returns false if they had confirmed already */
export const insertConfirmation = async (tx: Tx, holdId: string, personId: string, at: Date) =>
  (await tx.holdConfirmation.createMany({ data: [{ holdId, personId, confirmedAt: at }], skipDuplicates: true }))
    .count === 1;

/** They confirmed other words. */
export const deleteConfirmations = (tx: Tx, holdId: string) => tx.holdConfirmation.deleteMany({ where: { holdId } });

/** @param before only if the last reminder was before this moment @returns false if it was later */
export const writeReminded = async (tx: Tx, id: string, at: Date, before: Date) =>
  (
    await tx.hold.updateMany({
      where: { id, endedAt: null, OR: [{ remindedAt: null }, { remindedAt: { lt: before } }] },
      data: { remindedAt: at },
    })
  ).count === 1;

/** The groups of a body that are or were in use, by name: what a hold can name. All, or so many. */
export const listNameableGroups = (tx: Tx, body: string, most?: number) =>
  tx.chatGroup.findMany({
    where: { body, state: { in: ["approved", "closed"] } },
    select: { id: true, reference: true, name: true, state: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    ...(most !== undefined && { take: most }),
  });

export const countNameableGroups = (tx: Tx, body: string) =>
  tx.chatGroup.count({ where: { body, state: { in: ["approved", "closed"] } } });

/**
 * Of those the ones with one of these references or names. The database ignores case, so the caller has to check which
 * are meant.
 */
export async function listGroupsNamed(tx: Tx, body: string, words: readonly string[]) {
  const names = [...words, ...words.map(nameKey)];
  return tx.$queryRaw<{ id: string; reference: string; name: string }[]>`
    SELECT id, reference, name FROM "ChatGroup"
     WHERE body = ${body} AND state IN ('approved', 'closed')
       AND (reference = ANY(${words.map((word) => word.toUpperCase())}::text[])
            OR lower(name) IN (SELECT lower(word) FROM unnest(${names}::text[]) word))
     ORDER BY name, id`;
}

/**
 * People of a body, leavers included, with one of these e-mail addresses or names. The database ignores case, so the
 * caller has to check which are meant.
 */
export async function listPeopleNamed(tx: Tx, body: string, words: readonly string[]) {
  const emails = words.map(normaliseEmail);
  const names = [...words, ...words.map(nameKey)];
  return tx.$queryRaw<{ id: string; name: string; email: string }[]>`
    SELECT id, name, email FROM "Person"
     WHERE body = ${body} AND NOT ("isSample" AND "pseudonymisedAt" IS NOT NULL)
       AND (email = ANY(${emails}::text[]) OR lower(name) IN (SELECT lower(word) FROM unnest(${names}::text[]) word))
     ORDER BY id`;
}

/** Every hold that a body had, with its targets: to find out when one concerned a group. */
export const listWithMemberships = (tx: Tx, body: string) =>
  tx.hold.findMany({
    where: { body },
    select: {
      ...inShort,
      isOnSubject: true,
      words: true,
      endedAt: true,
      releases: { select: { personId: true, releasedAt: true } },
      targets: {
        select: {
          groupId: true,
          personId: true,
          addedAt: true,
          person: { select: { groupMemberships: { select: { groupId: true, addedAt: true, removedAt: true } } } },
        },
      },
    },
    orderBy: { placedAt: "asc" },
  });

/** The holds in force of a body, with the people and groups that they name, and the people in those groups. */
export async function listInForceWithTargets(tx: Tx, body: string) {
  const holds = await tx.hold.findMany({
    where: { body, endedAt: null },
    select: {
      reference: true,
      isOnSubject: true,
      words: true,
      releases: { select: { personId: true } },
      targets: {
        select: {
          personId: true,
          groupId: true,
          addedAt: true,
          group: {
            select: { reference: true, members: { select: { personId: true, addedAt: true, removedAt: true } } },
          },
          person: { select: { groupMemberships: { select: { groupId: true } } } },
        },
      },
    },
  });
  return holds.map(({ reference, isOnSubject, words, releases, targets }) => {
    const released = new Set(releases.map(({ personId }) => personId));
    const concerned = (personId: string | null) => (personId === null || released.has(personId) ? [] : [personId]);
    return {
      reference,
      isOnSubject,
      words,
      named: targets.flatMap(({ personId }) => concerned(personId)),
      people: targets.flatMap(({ personId, group, addedAt }) => [
        ...concerned(personId),
        ...(group?.members ?? []).flatMap((member) =>
          hasMessages(member, addedAt, null) ? concerned(member.personId) : [],
        ),
      ]),
      groups: targets.flatMap(({ groupId, personId, person }) => [
        ...(groupId === null ? [] : [groupId]),
        ...(concerned(personId).length > 0 ? (person?.groupMemberships ?? []).map((one) => one.groupId) : []),
      ]),
      references: targets.flatMap(({ group }) => group?.reference ?? []),
    };
  });
}

/** Groups of a body with their name and purpose, in which the words of holds are looked for. */
export const listGroupTexts = (tx: Tx, body: string) =>
  tx.chatGroup.findMany({ where: { body }, select: { id: true, name: true, purpose: true } });

/**
 * Serialises deletions and holds within a body: the second waits until the first has committed, and then sees its
 * result. To be taken before the holds are read, in the transaction that writes.
 */
export async function lockDeletions(tx: Tx, body: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${DELETION_LOCK}::int, hashtext(${body}))`;
}

/** Any number that no other lock uses; the second key is the body. */
const DELETION_LOCK = 20_265;

/** How many holds of a body are in force. */
export const countInForce = (tx: Tx, body: string) => tx.hold.count({ where: { body, endedAt: null } });
