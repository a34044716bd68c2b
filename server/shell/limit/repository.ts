import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";

export interface Count {
  points: number;
  /** When it stops counting; null for never. */
  expire: Date | null;
}

/**
 * Counts uses in one statement, so that none is lost if many happen at once: adds to those before, or starts anew if
 * their time is over.
 * @param isAnew starts anew whatever was counted before
 * @returns the count now
 */
export async function addToCount(
  tx: Prisma.TransactionClient,
  { key, points, expire, now, isAnew }: Count & { key: string; now: Date; isAnew: boolean },
): Promise<Count> {
  const rows = await tx.$queryRaw<Count[]>`
    INSERT INTO "RateLimit" AS counted (key, points, expire) VALUES (${key}, ${points}, ${expire})
    ON CONFLICT (key) DO UPDATE SET
      points = excluded.points + CASE WHEN ${isAnew} OR counted.expire <= ${now} THEN 0 ELSE counted.points END,
      expire = CASE WHEN ${isAnew} OR counted.expire <= ${now} THEN excluded.expire ELSE counted.expire END
    RETURNING points, expire`;
  const [counted] = rows;
  if (!counted) throw new Error("What was counted is not there.");
  return counted;
}

/** Deletes what expired before this moment. */
export async function deleteLimitsBefore(tx: Prisma.TransactionClient, before: Date): Promise<number> {
  const { count } = await tx.rateLimit.deleteMany({ where: { expire: { lt: before } } });
  return count;
}
