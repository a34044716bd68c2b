import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { DecidedPair, ClauseDecisions, DayCount } from "#domain/policy/exception/figures.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";
import type { DayEnd } from "#domain/base/calendar/day-end.ts";

/** Rows `e` that were approved once, also if they ended before their first day, and that were declined. */
const APPROVED = Prisma.sql`e.state <> 'declined' AND e."decidedAt" IS NOT NULL`;
const DECLINED = Prisma.sql`e.state = 'declined'`;

/** How many exceptions were decided and how, and how many are in force. */
export interface DecidedCount {
  inForce: number;
  decided: number;
  approved: number;
  declined: number;
}

const counts = (now: Date): Prisma.Sql => Prisma.sql`
    count(*) FILTER (WHERE e.state = 'approved' AND e."startsAt" <= ${now} AND e."endsAt" > ${now})::int AS "inForce",
    count(*)::int AS decided,
    count(*) FILTER (WHERE ${APPROVED})::int AS approved,
    count(*) FILTER (WHERE ${DECLINED})::int AS declined`;

/** By policy and clause, most decided first. */
export const countByPolicyClause = async (
  tx: Tx,
  body: string,
  now: Date,
): Promise<(DecidedCount & { policy: string; clause: string })[]> => tx.$queryRaw`
    SELECT e.policy, c AS clause, ${counts(now)} FROM "Exception" e, unnest(e.clauses) c
     WHERE e.body = ${body} AND (${APPROVED} OR ${DECLINED})
     GROUP BY 1, 2 ORDER BY decided DESC, 1, 2`;

/** By the team in which the requester is now, null for none, most decided first. @param most teams at most */
export const countByRequestersTeam = async (
  tx: Tx,
  body: string,
  now: Date,
  most: number,
): Promise<(DecidedCount & { teamId: string | null; team: string | null })[]> => tx.$queryRaw`
    SELECT t.id AS "teamId", t.name AS team, ${counts(now)}
      FROM "Exception" e JOIN "Person" p ON p.id = e."requesterId" LEFT JOIN "Team" t ON t.id = p."teamId"
     WHERE e.body = ${body} AND (${APPROVED} OR ${DECLINED})
     GROUP BY 1, 2 ORDER BY decided DESC, 2, 1 LIMIT ${most}`;

const dayOf = (column: "submittedAt" | "decidedAt") =>
  Prisma.sql`to_char(e.${Prisma.raw(`"${column}"`)} AT TIME ZONE 'Europe/London', 'YYYY-MM-DD')`;

/** How many requests were sent last on each day from a moment on. */
export async function countBySentDay(tx: Tx, body: string, from: Date): Promise<DayCount[]> {
  return tx.$queryRaw`
    SELECT ${dayOf("submittedAt")} AS day, count(*)::int AS count FROM "Exception" e
     WHERE e.body = ${body} AND e.state <> 'draft' AND e."submittedAt" >= ${from}
     GROUP BY 1`;
}

/** When those that were decided from a moment on were sent last and decided. */
export const countByDecidedDays = async (tx: Tx, body: string, from: Date): Promise<DecidedPair[]> => tx.$queryRaw`
    SELECT ${dayOf("submittedAt")} AS "sentOn", ${dayOf("decidedAt")} AS "decidedOn",
           count(*) FILTER (WHERE ${APPROVED})::int AS approved, count(*) FILTER (WHERE ${DECLINED})::int AS declined
      FROM "Exception" e
     WHERE e.body = ${body} AND e."decidedAt" >= ${from} AND e."submittedAt" IS NOT NULL AND (${APPROVED} OR ${DECLINED})
     GROUP BY 1, 2`;

/**
 * How many conditions were not met in time, by their day, or by the day on which more time was given for one. A condition
 * counts if its exception was in force to the end of its day. @param from first moment @param today YYYY-MM-DD
 */
export const countByMissedDay = (tx: Tx, body: string, from: Date, today: string): Promise<DayCount[]> => tx.$queryRaw`
    SELECT m.day, count(*)::int AS count
      FROM (SELECT c."dueOn" AS day
              FROM "ExceptionCondition" c JOIN "Exception" e ON e.id = c."exceptionId"
             WHERE e.body = ${body} AND ${APPROVED} AND c."dueOn" < ${today}
               AND e."endsAt" >= ${END_OF_DUE_DAY} AND (c."doneAt" IS NULL OR c."doneAt" >= ${END_OF_DUE_DAY})
            UNION ALL
            SELECT to_char(s.at AT TIME ZONE 'Europe/London', 'YYYY-MM-DD')
              FROM "ExceptionStep" s JOIN "Exception" e ON e.id = s."exceptionId"
             WHERE e.body = ${body} AND s.command = 'give-more-time' AND s.at >= ${from}) m
     WHERE m.day >= ${calendarDay(from)}
     GROUP BY 1`;

const END_OF_DUE_DAY = Prisma.sql`((c."dueOn"::date + 1)::timestamp AT TIME ZONE 'Europe/London')`;

/** How many conditions of exceptions in force had to be met before a day and are not. @param today YYYY-MM-DD */
export async function countOverdueConditions(tx: Tx, body: string, now: Date, today: string): Promise<number> {
  const exception = { body, state: "approved" as const, startsAt: { lte: now }, endsAt: { gt: now } };
  return tx.exceptionCondition.count({ where: { exception, doneAt: null, dueOn: { lt: today } } });
}

/** How many requests that were sent on a version named each clause, and how many of them were declined. */
export const countAskedByClause = (
  tx: Tx,
  { body, policy, version, hash }: { body: string; policy: string; version: string; hash: string },
): Promise<{ clause: string; asked: number; refused: number }[]> => tx.$queryRaw`
    SELECT c AS clause, count(*)::int AS asked, count(*) FILTER (WHERE ${DECLINED})::int AS refused
      FROM "Exception" e, unnest(e.clauses) c
     WHERE e.body = ${body} AND e.policy = ${policy} AND e.version = ${version} AND e.hash = ${hash}
       AND e."submittedAt" IS NOT NULL
     GROUP BY 1 ORDER BY 1`;

/** How many were approved and declined from each clause between two moments, by policy and clause. */
export async function countDecidedBetween(tx: Tx, body: string, from: Date, until: Date): Promise<ClauseDecisions[]> {
  return tx.$queryRaw`
    SELECT e.policy, c AS clause,
           count(*) FILTER (WHERE ${APPROVED})::int AS approved, count(*) FILTER (WHERE ${DECLINED})::int AS declined
      FROM "Exception" e, unnest(e.clauses) c
     WHERE e.body = ${body} AND e."decidedAt" >= ${from} AND e."decidedAt" < ${until} AND (${APPROVED} OR ${DECLINED})
     GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** The years, in London, in which requests of a body were decided. */
export async function listDecidedYears(tx: Tx, body: string): Promise<number[]> {
  const rows = await tx.$queryRaw<{ year: number }[]>`
    SELECT DISTINCT extract(year FROM e."decidedAt" AT TIME ZONE 'Europe/London')::int AS year
      FROM "Exception" e WHERE e.body = ${body} AND e."decidedAt" IS NOT NULL AND (${APPROVED} OR ${DECLINED})`;
  return rows.map(({ year }) => year);
}

/** What ends a request's wait, or an exception, whatever its state is called today. */
const ENDS = ["revoke", "withdraw", "end-with-leaver"];
const SENT_BACK = ["request-changes", "decline", ...ENDS];

/**
 * How many exceptions of a body were in force, and how many were sent and neither decided nor sent back, at the end of
 * each day, by their steps until then.
 */
export async function countExceptionsAt(
  tx: Tx,
  body: string,
  moments: readonly DayEnd[],
): Promise<{ inForce: number; waiting: number }[]> {
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
export async function countDecisionsBetween(tx: Tx, body: string, from: Date, until: Date) {
  const [found] = await tx.$queryRaw<{ approved: number; declined: number }[]>`
    SELECT count(*) FILTER (WHERE state <> 'declined')::int AS approved,
           count(*) FILTER (WHERE state = 'declined')::int AS declined
      FROM "Exception" WHERE body = ${body} AND "decidedAt" >= ${from} AND "decidedAt" < ${until}`;
  return found ?? { approved: 0, declined: 0 };
}
