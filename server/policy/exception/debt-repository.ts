import { DEBT_FROM, type ClauseApprovals, type ConsideredDebt } from "#domain/policy/exception/policy-debt.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";

/** Which clause of which policy of a body. */
export interface OnClause {
  body: string;
  policy: string;
  clause: string;
}

/** What a policy owner said about a clause, and what there was then. */
export type ConsiderationRecord = Prisma.DebtConsiderationGetPayload<object>;

/** The last consideration of each clause of a body. */
export const listLastConsiderations = (tx: Tx, body: string): Promise<ConsiderationRecord[]> =>
  tx.debtConsideration.findMany({
    where: { body },
    distinct: ["policy", "clause"],
    orderBy: [{ at: "desc" }, { id: "desc" }],
  });

/** All considerations of a clause, the newest first. */
export const listConsiderations = (tx: Tx, { body, policy, clause }: OnClause): Promise<ConsiderationRecord[]> =>
  tx.debtConsideration.findMany({
    where: { body, policy, clause },
    orderBy: [{ at: "desc" }, { id: "desc" }],
  });

/** Whether a form of this person's was processed already. */
export const hasConsidered = async (tx: Tx, personId: string, startKey: string): Promise<boolean> =>
  (await tx.debtConsideration.count({ where: { personId, startKey } })) > 0;

/** @throws a unique violation if this person's form was processed already */
export const insertConsideration = (tx: Tx, data: Prisma.DebtConsiderationUncheckedCreateInput) =>
  tx.debtConsideration.create({ data });

export interface DebtReading {
  body: string;
  now: Date;
  /** Approvals from this moment on count. */
  from: Date;
  /** For clauses that were looked at before; the others have those of DEBT_FROM. */
  limits: readonly { policy: string; clause: string; limits: ConsideredDebt }[];
  /** When the version in force of each policy began to apply. */
  versions: readonly { policy: string; at: Date }[];
}

/**
 * Exceptions from each clause that were approved since a moment, or extended so often that they may be debt while they
 * are in force: of a body, or with `on` of one clause.
 */
export async function listClauseApprovals(
  tx: Tx,
  { body, now, from, limits, versions }: DebtReading,
  on?: Pick<OnClause, "policy" | "clause">,
): Promise<(ClauseApprovals & { policy: string; clause: string })[]> {
  const given = limits.map(({ limits: { approvals, extension }, ...of }) => ({ ...of, approvals, extension }));
  const isRecent = Prisma.sql`e."decidedAt" >= ${from}`;
  const isThere = on ? Prisma.sql`e.policy = ${on.policy} AND c = ${on.clause}` : Prisma.sql`TRUE`;
  return tx.$queryRaw`
    SELECT e.policy, c AS clause, count(*) FILTER (WHERE ${isRecent})::int AS approvals, max(e.extension) AS extension,
           (array_agg(e."decidedAt" ORDER BY e."decidedAt") FILTER (WHERE ${isRecent}))[
             COALESCE(l.approvals, ${DEBT_FROM.approvals})] AS "manySince",
           min(e."decidedAt") FILTER (WHERE e.extension >= COALESCE(l.extension, ${DEBT_FROM.extension})) AS "longSince",
           max(e."decidedAt") AS "lastAt",
           min(e."decidedAt") FILTER (WHERE e."decidedAt" >= v.at) AS "firstSinceVersion"
      FROM "Exception" e CROSS JOIN LATERAL unnest(e.clauses) c
      LEFT JOIN jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
                AS l(policy text, clause text, approvals int, extension int) ON l.policy = e.policy AND l.clause = c
      LEFT JOIN jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) AS v(policy text, at timestamptz)
                ON v.policy = e.policy
     WHERE e.body = ${body} AND e.state <> 'declined' AND e."decidedAt" IS NOT NULL
       AND (${isRecent} OR (e.extension >= ${DEBT_FROM.extension} AND e.state = 'approved' AND e."endsAt" > ${now}))
       AND ${isThere}
     GROUP BY e.policy, c, l.approvals, l.extension
     ORDER BY e.policy, c`;
}
