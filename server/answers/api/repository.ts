import type { Tx } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";

/** What a program wrote with a key, and the answer it got; null if nothing. */
export const findWrite = (tx: Tx, tokenId: string, key: string) =>
  tx.apiWrite.findUnique({ where: { tokenId_key: { tokenId, key } } });

export const insertWrite = (tx: Tx, data: Prisma.ApiWriteUncheckedCreateInput) => tx.apiWrite.create({ data });

/** Deletes what was written before a moment. @returns how many */
export const deleteWritesBefore = async (tx: Tx, before: Date) =>
  (await tx.apiWrite.deleteMany({ where: { at: { lt: before } } })).count;

/** Holds a key until the transaction ends. @returns false if another transaction holds it */
export async function holdKey(tx: Tx, tokenId: string, key: string): Promise<boolean> {
  const name = `api-write ${tokenId} ${key}`;
  const [row] = await tx.$queryRaw<{ isHeld: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) AS "isHeld"`;
  return row?.isHeld ?? false;
}
