import "server-only";
import type { DayEnd } from "#domain/base/calendar/day-end.ts";
import { Prisma } from "#server/base/db/generated/client.ts";

/** Exceptions at the end of a day. */
export interface ExceptionsAtMoment {
  inForce: number;
  /** Sent, and neither decided nor sent back. */
  waiting: number;
}

/** What ends a request's wait, or an exception, whatever its state is called today. */
const ENDS = ["revoke", "withdraw", "end-with-leaver"];
const SENT_BACK = ["request-changes", "decline", ...ENDS];

/** How many exceptions of a body were in force and how many waited at the end of each day, by their steps until then. */
export async function countExceptionsAt(
  tx: Prisma.TransactionClient,
  body: string,
  moments: readonly DayEnd[],
): Promise<ExceptionsAtMoment[]> {
  const ats = moments.map(({ at }) => at.toISOString());
  const lastStep = (commands: readonly string[]) => Prisma.sql`
    (SELECT s.command FROM "ExceptionStep" s
      WHERE s."exceptionId" = e.id AND s.at < m.at AND s.command = ANY(${[...commands]}::text[])
      ORDER BY s.position DESC LIMIT 1)`;
  return tx.$queryRaw`
    SELECT count(e.id) FILTER (WHERE e."startsAt" < m.at AND e."endsAt" >= m.at AND e."decidedAt" < m.at
                                 AND ${lastStep(ENDS)} IS NULL)::int AS "inForce",
           count(e.id) FILTER (WHERE (e."decidedAt" IS NULL OR e."decidedAt" >= m.at)
                                 AND ${lastStep(["submit", ...SENT_BACK])} = 'submit')::int AS waiting
      FROM unnest(${ats}::timestamptz[]) WITH ORDINALITY AS m(at, place)
      LEFT JOIN "Exception" e ON e.body = ${body} AND e."createdAt" < m.at
     GROUP BY m.place ORDER BY m.place`;
}

/** How many requests were approved, and how many declined, between two moments. */
export async function countDecisionsBetween(
  tx: Prisma.TransactionClient,
  body: string,
  from: Date,
  until: Date,
): Promise<{ approved: number; declined: number }> {
  const [found] = await tx.$queryRaw<{ approved: number; declined: number }[]>`
    SELECT count(*) FILTER (WHERE "startsAt" IS NOT NULL)::int AS approved,
           count(*) FILTER (WHERE state = 'declined')::int AS declined
      FROM "Exception" WHERE body = ${body} AND "decidedAt" >= ${from} AND "decidedAt" < ${until}`;
  return found ?? { approved: 0, declined: 0 };
}
