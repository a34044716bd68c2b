import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";

/** When a job last succeeded and last failed, and how many of the attempts still on record failed. */
export interface JobRow {
  job: string;
  lastSuccess: Date | null;
  lastFailure: Date | null;
  failures: number;
}

export async function listJobRows(tx: Prisma.TransactionClient): Promise<JobRow[]> {
  return tx.$queryRaw<JobRow[]>`
    SELECT job, max("endedAt") FILTER (WHERE failure IS NULL) AS "lastSuccess",
           max("endedAt") FILTER (WHERE failure IS NOT NULL) AS "lastFailure",
           (count(*) FILTER (WHERE failure IS NOT NULL))::int AS failures
      FROM "JobRun" GROUP BY job ORDER BY job`;
}

export async function countMailByState(
  tx: Prisma.TransactionClient,
): Promise<{ state: string; count: number; oldest: Date }[]> {
  return tx.$queryRaw`
    SELECT state::text AS state, count(*)::int AS count, min("createdAt") AS oldest FROM "Mail" GROUP BY state`;
}

export async function listHeadPositions(tx: Prisma.TransactionClient): Promise<{ body: string; position: number }[]> {
  return tx.$queryRaw`SELECT body, max(position)::int AS position FROM "Evidence" GROUP BY body ORDER BY body`;
}
