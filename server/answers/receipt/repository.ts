import type { Asked } from "#domain/base/list/page.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import type { Tx } from "#server/base/db/database.ts";
import type { List } from "#server/base/db/list-page.ts";
import { withReference } from "#server/base/db/part-of-text.ts";
import { lineManagerOf, reportsTo, withLineManager } from "#server/base/db/line-manager.ts";

const keeper = {
  person: { select: { id: true, name: true, ...withLineManager } },
} satisfies Prisma.ReceiptInclude;

type Row = Prisma.ReceiptGetPayload<{ include: typeof keeper }>;

/** A receipt as stored, with who kept it and who their line manager is now. */
export type ReceiptRecord = Omit<Row, "person"> & {
  person: { id: string; name: string; lineManager: { id: string; name: string } | null };
};

const toRecord = ({ person, ...row }: Row): ReceiptRecord => ({
  ...row,
  person: { id: person.id, name: person.name, lineManager: lineManagerOf(person) },
});

export type NewReceipt = Omit<ReceiptRecord, "person" | "readings" | "sharedWithManagerAt" | "linkHash" | "linkMadeAt">;

/** @throws a unique violation if this person has already sent this form */
export async function insertReceipt(tx: Tx, row: NewReceipt): Promise<void> {
  await tx.receipt.create({ data: row });
}

/** The reference of the receipt from one form of a person; null if it has not been sent yet. */
export async function findReceiptByStartKey(tx: Tx, personId: string, startKey: string): Promise<string | null> {
  const row = await tx.receipt.findUnique({
    where: { personId_startKey: { personId, startKey } },
    select: { reference: true },
  });
  return row?.reference ?? null;
}

export async function findReceipt(tx: Tx, body: string, reference: string): Promise<ReceiptRecord | null> {
  const row = await tx.receipt.findUnique({ where: { reference, body }, include: keeper });
  return row && toRecord(row);
}

export async function findByLink(tx: Tx, body: string, linkHash: string): Promise<ReceiptRecord | null> {
  const row = await tx.receipt.findUnique({ where: { linkHash, body }, include: keeper });
  return row && toRecord(row);
}

/** A person's receipts, as they were asked for. @param policy all, or those of one */
export function receiptList(
  tx: Tx,
  who: { body: string; personId: string },
  { q, sort }: Asked,
  policy: string | undefined,
): List<ReceiptRecord> {
  return {
    within: who,
    filter: { ...(policy && { policy }), ...(q && { OR: [...withReference(q), { reference: q }] }) },
    order: [
      ["keptAt", sort === "oldest" ? "asc" : "desc"],
      ["id", "asc"],
    ],
    key: "reference",
    read: async (part) => (await tx.receipt.findMany({ ...part, include: keeper })).map(toRecord),
  };
}

/** All of a person's receipts, newest first. */
export async function listReceipts(tx: Tx, who: { body: string; personId: string }): Promise<ReceiptRecord[]> {
  const rows = await tx.receipt.findMany({
    where: who,
    include: keeper,
    orderBy: [{ keptAt: "desc" }, { id: "asc" }],
  });
  return rows.map(toRecord);
}

/** How many a person has, by policy. */
export async function countByPolicy(tx: Tx, body: string, personId: string): Promise<Map<string, number>> {
  const groups = await tx.receipt.groupBy({ by: ["policy"], where: { body, personId }, _count: true });
  return new Map(groups.map(({ policy, _count }) => [policy, _count]));
}

/** What people shared with this manager, who is their line manager now, newest first, in pages. */
export function sharedList(tx: Tx, body: string, managerId: string): List<ReceiptRecord> {
  return {
    within: { body, sharedWithManagerAt: { not: null } },
    filter: { personId: { not: managerId }, person: reportsTo(managerId) },
    order: [
      ["sharedWithManagerAt", "desc"],
      ["id", "asc"],
    ],
    key: "reference",
    read: async (part) => (await tx.receipt.findMany({ ...part, include: keeper })).map(toRecord),
  };
}

/** What a policy decides by now: its current version in the current period. */
export interface CurrentRules {
  policy: string;
  /** Content hash of the version. */
  hash: string;
  /** Under which its readings are stored; equal to the hash in the first period of a version. */
  readingKey: string;
  /** When the period began; null for the first period of a version. */
  since: Date | null;
}

/** A receipt kept under a version other than the current one, or in an earlier period of the same. */
export type UnseenReceipt = Pick<ReceiptRecord, "id" | "reference" | "personId" | "policy" | "hash" | "seal">;

/**
 * People's receipts that were kept under a version other than the current one, or in an earlier period of it, and for
 * which they have not yet seen what is said now, the newest first.
 * @param current what each policy decides by now
 */
export async function listUnseen(
  tx: Tx,
  { body, personIds, current }: { body: string; personIds: readonly string[]; current: readonly CurrentRules[] },
): Promise<UnseenReceipt[]> {
  const columns = {
    policies: current.map(({ policy }) => policy),
    hashes: current.map(({ hash }) => hash),
    keys: current.map(({ readingKey }) => readingKey),
    starts: current.map(({ since }) => since?.toISOString() ?? "-infinity"),
  };
  // Each column has its quoted name, so that a page asks this together with its other questions.
  return tx.$queryRaw<
    UnseenReceipt[]
  >`SELECT r.id AS "id", r.reference AS "reference", r."personId", r.policy AS "policy", r.hash AS "hash",
           r.seal AS "seal"
      FROM "Receipt" r
      JOIN unnest(${columns.policies}::text[], ${columns.hashes}::text[], ${columns.keys}::text[],
                  ${columns.starts}::text[]) AS v(policy, hash, key, since)
        ON v.policy = r.policy AND (v.hash <> r.hash OR r."keptAt" < v.since::timestamptz)
     WHERE r.body = ${body} AND r."personId" = ANY(${[...personIds]}::text[])
       AND NOT EXISTS (SELECT 1 FROM "ReceiptReading" g WHERE g."receiptId" = r.id AND g.hash = v.key)
     ORDER BY r."keptAt" DESC, r.id`;
}

/** The content of these receipts. */
export async function listContents(tx: Tx, ids: readonly string[]) {
  return tx.receipt.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, policy: true, hash: true, seal: true, content: true, keptAt: true },
  });
}

/** Records that these were looked at, once. Another tab may have done so first, or deleted one in the meantime. */
export async function insertReceiptReadings(tx: Tx, receiptIds: readonly string[], readingKey: string, seenAt: Date) {
  const there = await tx.receipt.findMany({ where: { id: { in: [...receiptIds] } }, select: { id: true } });
  const data = there.map(({ id }) => ({ receiptId: id, hash: readingKey, seenAt }));
  await tx.receiptReading.createMany({ data, skipDuplicates: true });
}

/** @returns false if that was already the case */
export async function writeSharedWithManager(tx: Tx, id: string, at: Date | null): Promise<boolean> {
  const { count } = await tx.receipt.updateMany({
    where: { id, sharedWithManagerAt: at === null ? { not: null } : null },
    data: { sharedWithManagerAt: at },
  });
  return count === 1;
}

/** Replaces a receipt's link with this one. @returns false if it was deleted, or had no link to revoke */
export async function writeLink(tx: Tx, id: string, link: { hash: string; at: Date } | null): Promise<boolean> {
  const { count } = await tx.receipt.updateMany({
    where: { id, ...(link === null && { linkHash: { not: null } }) },
    data: { linkHash: link?.hash ?? null, linkMadeAt: link?.at ?? null },
  });
  return count === 1;
}

/** @returns false if it was already deleted */
export async function deleteReceipt(tx: Tx, id: string): Promise<boolean> {
  return (await tx.receipt.deleteMany({ where: { id } })).count === 1;
}

/** How many results on these policies the people of a body have kept: policy and verdict → count. */
export async function countByVerdict(tx: Tx, body: string, policies: readonly string[]) {
  const where = { body, policy: { in: [...policies] } };
  const groups = await tx.receipt.groupBy({ by: ["policy", "verdict"], where, _count: true });
  return groups.map(({ policy, verdict, _count }) => ({ policy, verdict, count: _count }));
}
