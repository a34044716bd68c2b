import { oneOf, type Asked } from "#domain/base/list/page.ts";
import { CLASS_UNSURE } from "#domain/registers/record/record.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";
import { orderFor, whereOf, type List } from "#server/base/db/list-page.ts";
import { alternativesFor, holding, withReference } from "#server/base/db/part-of-text.ts";

const beside = {
  person: { select: { id: true, name: true, status: true } },
  principal: { select: { id: true, name: true } },
  group: { select: { id: true, reference: true, name: true } },
  request: { select: { reference: true } },
  disposedBy: { select: { id: true, name: true } },
  revisions: { orderBy: { position: "asc" }, include: { person: { select: { id: true, name: true } } } },
} satisfies Prisma.CapturedRecordInclude;

/** A record as it is stored, with its people, its group and its history. */
export type StoredRecord = Prisma.CapturedRecordGetPayload<{ include: typeof beside }>;

const newestFirst = [{ capturedAt: "desc" }, { id: "asc" }] satisfies Prisma.CapturedRecordOrderByWithRelationInput[];

/** @throws a unique violation if this person's form was processed already */
export const insertRecord = (tx: Tx, data: Prisma.CapturedRecordUncheckedCreateInput) =>
  tx.capturedRecord.create({ data });

export const findRecord = (tx: Tx, body: string, reference: string) =>
  tx.capturedRecord.findUnique({ where: { reference, body }, include: beside });

/** A person's own records, the newest first. */
export const listRecordsOf = (tx: Tx, body: string, personId: string) =>
  tx.capturedRecord.findMany({ where: { body, personId }, include: beside, orderBy: newestFirst });

export const countRecordsOf = (tx: Tx, body: string, personId: string) =>
  tx.capturedRecord.count({ where: { body, personId } });

/** A record as a list or a file shows it: without its history. */
export type ListedRecord = Omit<StoredRecord, "revisions">;

const { revisions: _history, ...besideInList } = beside;

const listOf = (
  tx: Tx,
  within: Prisma.CapturedRecordWhereInput,
  filter = {},
  asked: Asked = {},
): List<ListedRecord> => ({
  within,
  filter,
  order: orderFor(RECORD_ORDERS, asked),
  key: "reference",
  read: (part) => tx.capturedRecord.findMany({ ...part, include: besideInList }),
});

const RECORD_ORDERS = {
  newest: [["capturedAt", "desc"]],
  oldest: [["capturedAt", "asc"]],
  said: [["saidOn", "asc"]],
} as const;

/** A person's own records, the newest first, in pages. */
export const ownRecordList = (tx: Tx, body: string, personId: string): List<ListedRecord> =>
  listOf(tx, { body, OR: [{ personId }, { principalId: personId }] });

/**
 * The records of a body as asked for, in pages; only what was captured until a moment, if one is given.
 * @param today calendar day, for disposals that are due
 */
export function foundRecordList(tx: Tx, body: string, asked: Asked, { today, until }: { today: string; until?: Date }) {
  const filter = { ...isAskedFor(asked, today), ...(until && { capturedAt: { lte: until } }) };
  return { ...listOf(tx, { body }, filter, asked), found: () => findRecords(tx, body, asked) };
}

export const countRecords = async (tx: Tx, list: List<ListedRecord>) =>
  tx.capturedRecord.count({ where: await whereOf(list) });

/** All words occur in the record, in any of its texts, or what was typed is its reference; and somebody takes part in it. */
async function findRecords(tx: Tx, body: string, { q = "", person = "" }: Asked): Promise<object> {
  const columns = ["reference", "about", "content", "participants", "chat", "system", "systemReference"];
  const all = (word: string) => alternativesFor(tx, body, word, { table: "CapturedRecord", columns });
  const inGroup = (word: string) => alternativesFor(tx, body, word, { table: "ChatGroup", columns: ["name"] });
  const words = q
    .split(/\s+/)
    .filter((word) => word !== "")
    .map(async (word) => ({ OR: [...(await all(word)), { group: { OR: await inGroup(word) } }] }));
  const taking = { table: "CapturedRecord", columns: ["participants"], people: ["personId"] } as const;
  return {
    AND: [
      q ? { OR: [...withReference(q), { AND: await Promise.all(words) }] } : {},
      person ? { OR: await alternativesFor(tx, body, person, taking) } : {},
    ],
  };
}

function isAskedFor(asked: Asked, today: string): Prisma.CapturedRecordWhereInput {
  const { from, until, group, class: chosen } = asked;
  const standing = oneOf(STANDINGS, asked["standing"]);
  return {
    ...((from ?? until) && { saidOn: { ...(from && { gte: from }), ...(until && { lte: until }) } }),
    ...(group && { group: { OR: [...withReference(group), { name: holding(group) }] } }),
    ...(chosen === CLASS_UNSURE ? { className: null } : chosen && { classId: chosen }),
    ...(standing && STANDINGS[standing](today)),
  };
}

const STANDINGS = {
  kept: (today: string) => ({ disposedAt: null, OR: [{ keepUntil: null }, { keepUntil: { gte: today } }] }),
  due: (today: string) => ({ disposedAt: null, keepUntil: { lt: today } }),
  disposed: () => ({ disposedAt: { not: null } }),
};

/** Records of a body whose retention has ended but which are not disposed of, and those without a class. */
export async function listToDecide(tx: Tx, body: string, today: string, take: number) {
  const ways = [
    { where: { keepUntil: { lt: today } }, orderBy: [{ keepUntil: "asc" as const }, { id: "asc" as const }] },
    { where: { className: null }, orderBy: [{ capturedAt: "asc" as const }, { id: "asc" as const }] },
  ];
  const texts = { about: true, chat: true, participants: true, content: true, system: true, systemReference: true };
  const whose = { id: true, reference: true, personId: true, groupId: true };
  const select = { ...whose, ...texts, className: true, keepUntil: true, capturedAt: true };
  const found = await Promise.all(
    ways.map(({ where, orderBy }) =>
      tx.capturedRecord.findMany({ where: { body, disposedAt: null, ...where }, select, orderBy, take }),
    ),
  );
  return [...new Map(found.flat().map((record) => [record.id, record])).values()];
}

/** Changes a record if it is still the revision that was shown and not disposed of. @returns false otherwise */
export const updateRecord = async (
  tx: Tx,
  { id, revision }: Pick<StoredRecord, "id" | "revision">,
  data: Prisma.CapturedRecordUncheckedUpdateManyInput,
) =>
  (
    await tx.capturedRecord.updateMany({
      where: { id, revision, disposedAt: null },
      data: { ...data, revision: { increment: 1 } },
    })
  ).count === 1;

/** Adds a step to the history; the record's row is locked by then, so the next position is free. */
export async function insertRevision(tx: Tx, row: Omit<Prisma.RecordRevisionUncheckedCreateInput, "position">) {
  const position = await tx.recordRevision.count({ where: { recordId: row.recordId } });
  await tx.recordRevision.create({ data: { ...row, position } });
}

/** Erases previous values from a record's history; what was done, when and by whom stays. */
export const eraseRevisions = (tx: Tx, recordId: string) =>
  tx.recordRevision.updateMany({ where: { recordId }, data: { before: Prisma.DbNull } });

/** The registered groups that a person is in, by name. */
export const listRecordGroupsOf = (tx: Tx, body: string, personId: string) =>
  tx.chatGroup.findMany({
    where: { body, state: "approved", members: { some: { personId, removedAt: null } } },
    select: { id: true, reference: true, name: true },
    orderBy: { name: "asc" },
  });

/** The groups that records of a body are about, by name; so many at most. */
export const listGroupsWithRecords = (tx: Tx, body: string, most: number) =>
  tx.chatGroup.findMany({
    where: { body, records: { some: {} } },
    select: { reference: true, name: true },
    orderBy: { name: "asc" },
    take: most,
  });
