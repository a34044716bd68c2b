import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";

type Tx = Prisma.TransactionClient;

export type NameDoubtRecord = Prisma.NameDoubtGetPayload<{ include: { person: { select: { name: true } } } }>;

export async function insertDoubts(tx: Tx, rows: readonly Prisma.NameDoubtUncheckedCreateInput[]): Promise<void> {
  await tx.nameDoubt.createMany({ data: [...rows], skipDuplicates: true });
}

/** Those of a body, the oldest first. */
export async function listDoubts(tx: Tx, body: string, take: number): Promise<NameDoubtRecord[]> {
  return tx.nameDoubt.findMany({
    where: { body },
    include: { person: { select: { name: true } } },
    orderBy: [{ foundAt: "asc" }, { id: "asc" }],
    take,
  });
}

export async function countDoubts(tx: Tx, body: string): Promise<number> {
  return tx.nameDoubt.count({ where: { body } });
}

/** One of them, locked; null if it is settled. */
export async function lockDoubt(tx: Tx, body: string, id: string): Promise<NameDoubtRecord | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "NameDoubt" WHERE body = ${body} AND id = ${id} FOR UPDATE`;
  if (!row) return null;
  return tx.nameDoubt.findUnique({ where: { id: row.id }, include: { person: { select: { name: true } } } });
}

export async function deleteDoubts(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.nameDoubt.deleteMany({ where: { id: { in: [...ids] } } });
}

/** Deletes those about a row that now has this text, where nothing of what was found is in it any more. */
export async function deleteSettled(
  tx: Tx,
  where: { body: string; table: string; row: string },
  text: string,
): Promise<void> {
  const doubts = await tx.nameDoubt.findMany({ where });
  await deleteDoubts(
    tx,
    doubts.filter(({ words }) => !words.some((word) => text.includes(word))).map(({ id }) => id),
  );
}

/** Where the texts of a body's doubts stand. */
export async function listDoubtRows(tx: Tx, body: string): Promise<{ table: string; row: string }[]> {
  return tx.nameDoubt.findMany({ where: { body }, select: { table: true, row: true } });
}
