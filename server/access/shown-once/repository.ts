import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";

type Tx = Prisma.TransactionClient;

export async function insertShownOnce(
  tx: Tx,
  row: { id: string; personId: string; sealed: string; createdAt: Date },
): Promise<void> {
  await tx.shownOnce.create({ data: row });
}

/** Takes and deletes the secret waiting for somebody; null if there is none, or another request was faster. */
export async function takeRow(tx: Tx, where: { id: string; personId: string; since: Date }): Promise<string | null> {
  const { id, personId, since } = where;
  const rows = await tx.$queryRaw<{ sealed: string }[]>`
    DELETE FROM "ShownOnce" WHERE id = ${id} AND "personId" = ${personId} AND "createdAt" > ${since} RETURNING sealed`;
  return rows[0]?.sealed ?? null;
}

export async function deleteBefore(tx: Tx, before: Date): Promise<void> {
  await tx.shownOnce.deleteMany({ where: { createdAt: { lte: before } } });
}
