import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";

export interface FeedRecord {
  personId: string;
  /** SHA-256 of the secret, hexadecimal. */
  hash: string;
  madeAt: Date;
}

export async function findFeedOf(tx: Prisma.TransactionClient, personId: string): Promise<FeedRecord | null> {
  return tx.taskFeed.findUnique({ where: { personId } });
}

/** Whose feed has this secret; null if nobody's. */
export async function findPersonByFeed(tx: Prisma.TransactionClient, hash: string): Promise<string | null> {
  const row = await tx.taskFeed.findUnique({ where: { hash }, select: { personId: true } });
  return row?.personId ?? null;
}

/** Gives somebody this feed, replacing any they had. */
export async function writeFeed(tx: Prisma.TransactionClient, { personId, ...feed }: FeedRecord): Promise<void> {
  await tx.taskFeed.upsert({ where: { personId }, create: { personId, ...feed }, update: feed });
}

export async function deleteFeed(tx: Prisma.TransactionClient, personId: string): Promise<void> {
  await tx.taskFeed.deleteMany({ where: { personId } });
}
