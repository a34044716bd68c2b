import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";
import type { List } from "#server/base/db/list-page.ts";

type Tx = Prisma.TransactionClient;

const people = { person: { select: { id: true, name: true } } } satisfies Prisma.UnderstandingCheckInclude;

/** A check as it is stored, with who recorded it. */
export type CheckRecord = Prisma.UnderstandingCheckGetPayload<{ include: typeof people }>;

/** @throws a unique violation if this person's form was processed already */
export async function insertCheck(tx: Tx, row: Prisma.UnderstandingCheckUncheckedCreateInput): Promise<void> {
  await tx.understandingCheck.create({ data: row });
}

/** The reference of the check recorded by a form; null if the form was not processed yet. */
export async function findUnderstandingCheckByStartKey(
  tx: Tx,
  personId: string,
  startKey: string,
): Promise<string | null> {
  const where = { personId_startKey: { personId, startKey } };
  return (await tx.understandingCheck.findUnique({ where, select: { reference: true } }))?.reference ?? null;
}

export async function findCheck(tx: Tx, body: string, reference: string): Promise<CheckRecord | null> {
  return tx.understandingCheck.findUnique({ where: { reference, body }, include: people });
}

/** Those of a body, the newest day first, in pages. */
export function heldCheckList(tx: Tx, body: string): List<CheckRecord> {
  return {
    within: { body },
    order: [
      ["heldOn", "desc"],
      ["recordedAt", "desc"],
      ["id", "asc"],
    ],
    key: "reference",
    read: (part) => tx.understandingCheck.findMany({ ...part, include: people }),
  };
}

/** Those of one person, the newest day first. */
export async function listChecksOf(tx: Tx, body: string, personId: string): Promise<CheckRecord[]> {
  return tx.understandingCheck.findMany({
    where: { body, personId },
    include: people,
    orderBy: [{ heldOn: "desc" }, { recordedAt: "desc" }, { id: "asc" }],
  });
}
