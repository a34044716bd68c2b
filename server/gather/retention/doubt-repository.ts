import "server-only";
import { textsIn } from "#domain/gather/retention/texts-in.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { searchedTable } from "./name-rules.ts";
import { readTextRow } from "./repository.ts";

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

/** The texts of the row that a doubt is about; none where it is gone. */
export async function readDoubtTexts(
  tx: Tx,
  { body, table, row }: { body: string; table: string; row: string },
): Promise<string[]> {
  return textsIn((await readTextRow(tx, searchedTable(table), body, row))?.texts);
}

/** Deletes those whose text is gone, or holds nothing of what was found any more. */
export async function deleteStaleDoubts(tx: Tx, body: string): Promise<void> {
  for (const { table, row } of await tx.nameDoubt.findMany({ where: { body } }))
    await deleteSettled(tx, { body, table, row }, (await readDoubtTexts(tx, { body, table, row })).join("\n"));
}
