import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";

/**
 * People in a body who have not left and whose digest of the day was not considered yet: the next `take` after an id.
 */
export async function listWithoutDigest(
  tx: Prisma.TransactionClient,
  { body, day, after, take }: { body: string; day: string; after: string; take: number },
): Promise<string[]> {
  const rows = await tx.person.findMany({
    where: {
      body,
      status: "active",
      id: { gt: after },
      OR: [{ digestState: null }, { digestState: { day: { lt: day } } }],
    },
    select: { id: true },
    orderBy: { id: "asc" },
    take,
  });
  return rows.map(({ id }) => id);
}

export interface DigestStateRecord {
  /** The last working day that was considered, YYYY-MM-DD; "" before the first. */
  day: string;
  taskKeys: string[];
  offSince: Date | null;
}

/** Somebody's state, created if missing and locked for this transaction: a second server waits here. */
export async function lockDigestState(tx: Prisma.TransactionClient, personId: string): Promise<DigestStateRecord> {
  await tx.digestState.createMany({ data: [{ personId, taskKeys: [] }], skipDuplicates: true });
  const [row] = await tx.$queryRaw<DigestStateRecord[]>`
    SELECT day, "taskKeys", "offSince" FROM "DigestState" WHERE "personId" = ${personId} FOR UPDATE`;
  if (!row) throw new Error("The state of a digest is gone.");
  return row;
}

export async function writeDigestState(
  tx: Prisma.TransactionClient,
  personId: string,
  data: Partial<DigestStateRecord>,
): Promise<void> {
  await tx.digestState.update({ where: { personId }, data });
}

export async function findOffSince(tx: Prisma.TransactionClient, personId: string): Promise<Date | null> {
  return (await tx.digestState.findUnique({ where: { personId } }))?.offSince ?? null;
}
