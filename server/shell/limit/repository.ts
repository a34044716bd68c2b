import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";

/** Deletes what ended before this moment. */
export async function deleteLimitsBefore(tx: Prisma.TransactionClient, before: Date): Promise<number> {
  const { count } = await tx.rateLimit.deleteMany({ where: { expire: { lt: before } } });
  return count;
}
