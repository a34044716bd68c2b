import type { List } from "#server/base/db/list-page.ts";
import { partsOfReference } from "#domain/base/reference/reference.ts";
import { addMonths, startOfDay } from "#domain/base/calendar/calendar.ts";
import { LEVEL_FROM, RISK_LEVELS } from "#domain/base/risk/risk.ts";
import type { ExceptionRegisterFilter, RegisterOrder } from "#domain/policy/exception/register.ts";
import type { ExceptionState } from "#domain/policy/exception/state.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";

/** Whose register it is, who reads it and when. */
export interface RegisterReading {
  body: string;
  personId: string;
  now: Date;
}

/** A row of the register, by which the whole request is found. */
export interface RegisterRow {
  id: string;
  reference: string;
  /** Reference of the exception that it extends; null for a first one, or where that one is gone. */
  extends: string | null;
  /** How many times it was extended with this: 0 for a first one. */
  extension: number;
}

/**
 * The requests of a body that were ever sent, for a statement in SQL. While its requester changes one, others see what
 * was last sent, as server/policy/exception/queries.ts says it for a single request. "lastMoment" is the end
 * of one that is or was in force.
 */
export function sentRequests({ body, personId, now }: RegisterReading): Prisma.Sql {
  const content = Prisma.sql`(sent.snapshot -> 'content')`;
  return Prisma.sql`(
    SELECT e.id, e.reference, e."extendsId", e.extension, e."createdAt", e."submittedAt", e."decidedAt", e."startsAt",
           CASE WHEN e.state = 'approved' AND e."endsAt" <= ${now} THEN 'expired' ELSE e.state::text END AS state,
           p.name AS requester, t.id AS "teamId", t.name AS team, e."decidedById", d.name AS decider, sent.snapshot,
           CASE WHEN sent.snapshot IS NULL THEN e.policy ELSE sent.snapshot ->> 'policy' END AS policy,
           CASE WHEN sent.snapshot IS NULL THEN e.clauses
                ELSE ARRAY(SELECT jsonb_array_elements_text(${content} -> 'clauses')) END AS clauses,
           CASE WHEN sent.snapshot IS NULL THEN e.justification
                ELSE ${content} ->> 'justification' END AS justification,
           CASE WHEN sent.snapshot IS NULL THEN e.residual
                ELSE (SELECT max(k."likelihoodAfter" * k."impactAfter") FROM ${risksIn(content)}) END AS residual,
           CASE WHEN e.state IN ('approved', 'revoked', 'withdrawn') AND e."startsAt" < e."endsAt"
                THEN e."endsAt" END AS "lastMoment"
      FROM "Exception" e
      JOIN "Person" p ON p.id = e."requesterId"
      LEFT JOIN "Team" t ON t.id = p."teamId"
      LEFT JOIN "Person" d ON d.id = e."decidedById"
      LEFT JOIN LATERAL (
        SELECT s.snapshot FROM "ExceptionStep" s
         WHERE s."exceptionId" = e.id AND s.snapshot IS NOT NULL
           AND e.state IN ('changes-requested', 'withdrawn') AND e."requesterId" <> ${personId}
           AND 'request-changes' = (SELECT l.command FROM "ExceptionStep" l
                                     WHERE l."exceptionId" = e.id AND l.command <> 'withdraw'
                                     ORDER BY l.position DESC LIMIT 1)
         ORDER BY s.position DESC LIMIT 1) sent ON TRUE
     WHERE e.body = ${body} AND e.state <> 'draft')`;
}

/** The risks of a request as it was sent, as rows. */
const risksIn = (content: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`jsonb_to_recordset(${content} -> 'risks') AS k("likelihoodAfter" int, "impactAfter" int)`;

/** The condition that rows `r` of the register match a filter. */
function matching(filter: ExceptionRegisterFilter): Prisma.Sql {
  const holds = (column: Prisma.Sql, part: string) =>
    Prisma.sql`strpos(plain_letters(${column}), plain_letters(${part})) > 0`;
  const { state, level, policy, clause, team, ends, decider, q } = filter;
  const conditions = [Prisma.sql`TRUE`];
  if (state !== "") conditions.push(Prisma.sql`r.state = ${state}`);
  if (level !== "") {
    conditions.push(Prisma.sql`r.residual >= ${LEVEL_FROM[level]}`);
    const next = RISK_LEVELS[RISK_LEVELS.indexOf(level) + 1];
    if (next) conditions.push(Prisma.sql`r.residual < ${LEVEL_FROM[next]}`);
  }
  if (policy !== "") conditions.push(Prisma.sql`r.policy = ${policy}`);
  if (clause !== "") conditions.push(Prisma.sql`${clause} = ANY(r.clauses)`);
  if (team !== "") conditions.push(Prisma.sql`(r."teamId" = ${team} OR ${holds(Prisma.sql`r.team`, team)})`);
  if (decider !== "")
    conditions.push(Prisma.sql`(r."decidedById" = ${decider} OR ${holds(Prisma.sql`r.decider`, decider)})`);
  if (ends !== "") {
    const [from, until] = [startOfDay(`${ends}-01`), startOfDay(addMonths(`${ends}-01`, 1))];
    conditions.push(Prisma.sql`r."lastMoment" > ${from} AND r."lastMoment" <= ${until}`);
  }
  if (q !== "") {
    const places = [
      holds(Prisma.sql`r.requester`, q),
      holds(Prisma.sql`r.justification`, q),
      ...partsOfReference(q).map((part) => holds(Prisma.sql`r.reference`, part)),
    ];
    conditions.push(Prisma.sql`(${Prisma.join(places, " OR ")})`);
  }
  return Prisma.join(conditions, " AND ");
}

/** What each order sorts rows `r` by, never null; equal ones are sorted by id. */
const ORDERS: Readonly<Record<RegisterOrder, { by: Prisma.Sql; isDown: boolean }>> = {
  newest: { by: Prisma.sql`r."createdAt"`, isDown: true },
  reference: { by: Prisma.sql`r.reference`, isDown: false },
  ends: { by: Prisma.sql`COALESCE(r."lastMoment", 'infinity')`, isDown: false },
  risk: { by: Prisma.sql`COALESCE(r.residual, 0)`, isDown: true },
  sent: { by: Prisma.sql`COALESCE(r."submittedAt", '-infinity')`, isDown: true },
  decided: { by: Prisma.sql`COALESCE(r."decidedAt", '-infinity')`, isDown: true },
};

/** The rows of a register that match a filter, in one of its orders, in pages. */
export function registerList(
  tx: Tx,
  reading: RegisterReading,
  filter: ExceptionRegisterFilter,
  order: RegisterOrder,
): List<RegisterRow> {
  const rows = sentRequests(reading);
  const columns = Prisma.sql`r.id, r.reference, r.extension,
    (SELECT x.reference FROM "Exception" x WHERE x.id = r."extendsId") AS extends`;
  const { by, isDown } = ORDERS[order];
  return {
    within: {},
    order: [["id", "asc"]], // the statement orders by itself
    key: "reference",
    find: async (reference) =>
      (await tx.$queryRaw<RegisterRow[]>`SELECT ${columns} FROM ${rows} r WHERE r.reference = ${reference}`)[0] ?? null,
    read({ take }, { beside, way }) {
      const isLess = isDown === (way === "after");
      const [than, direction] = isLess ? [Prisma.sql`<`, Prisma.sql`DESC`] : [Prisma.sql`>`, Prisma.sql`ASC`];
      // The first part lets an index scan start there.
      const place = beside && Prisma.sql`(SELECT ${by} FROM ${rows} r WHERE r.id = ${beside.id})`;
      const beyond = place
        ? Prisma.sql`${by} ${than}= ${place} AND (${by} ${than} ${place} OR r.id ${than} ${beside.id})`
        : Prisma.sql`TRUE`;
      return tx.$queryRaw<RegisterRow[]>`
        SELECT ${columns} FROM ${rows} r WHERE ${matching(filter)} AND ${beyond}
         ORDER BY ${by} ${direction}, r.id ${direction} LIMIT ${take}`;
    },
  };
}

/**
 * Those that match a filter, counted by whether they are in one state, and of these by their worst risk after
 * mitigation; if equal, by the one with more impact.
 */
export const countByWorstRisk = async (
  tx: Tx,
  reading: RegisterReading,
  filter: ExceptionRegisterFilter,
  state: ExceptionState,
): Promise<{ isCounted: boolean; likelihood: number | null; impact: number | null; count: number }[]> => tx.$queryRaw`
    SELECT r.state = ${state} AS "isCounted", worst.likelihood, worst.impact, count(*)::int AS count
      FROM ${sentRequests(reading)} r
      LEFT JOIN LATERAL (
        SELECT k."likelihoodAfter" AS likelihood, k."impactAfter" AS impact
          FROM (SELECT k."likelihoodAfter", k."impactAfter" FROM "ExceptionRisk" k
                 WHERE k."exceptionId" = r.id AND r.snapshot IS NULL
                UNION ALL
                SELECT k.* FROM ${risksIn(Prisma.sql`(r.snapshot -> 'content')`)}) k
         WHERE r.state = ${state}
         ORDER BY k."likelihoodAfter" * k."impactAfter" DESC, k."impactAfter" DESC LIMIT 1) worst ON TRUE
     WHERE ${matching(filter)}
     GROUP BY 1, 2, 3`;

/** In which month of London, YYYY-MM, approved exceptions that match a filter end, and how many. */
export const countByLastMonth = async (
  tx: Tx,
  reading: RegisterReading,
  filter: ExceptionRegisterFilter,
): Promise<{ month: string; count: number }[]> => tx.$queryRaw`
    SELECT ${LAST_MONTH} AS month, count(*)::int AS count FROM ${sentRequests(reading)} r
     WHERE r.state = 'approved' AND r."lastMoment" IS NOT NULL AND ${matching(filter)}
     GROUP BY 1`;

const LAST_MONTH = Prisma.sql`to_char((r."lastMoment" - interval '1 millisecond') AT TIME ZONE 'Europe/London', 'YYYY-MM')`;

/** A value of the register to filter by. */
export interface RegisterValue {
  kind: "policy" | "clause" | "team" | "decider" | "month";
  value: string;
  /** The name of a team or a person. */
  label: string | null;
}

/** The values that occur in the register. @param most this many teams, and as many deciders, the first ones by id */
export async function listRegisterValues(tx: Tx, reading: RegisterReading, most: number): Promise<RegisterValue[]> {
  return tx.$queryRaw`
    WITH r AS MATERIALIZED (
      SELECT r.policy, r.clauses, r."teamId", r.team, r."decidedById", r.decider, ${LAST_MONTH} AS month
        FROM ${sentRequests(reading)} r)
    SELECT DISTINCT 'policy' AS kind, policy AS value, NULL AS label FROM r
    UNION ALL SELECT DISTINCT 'clause', c, NULL FROM r, unnest(r.clauses) c
    UNION ALL SELECT DISTINCT 'month', month, NULL FROM r WHERE month IS NOT NULL
    UNION ALL (SELECT DISTINCT 'team', "teamId", team FROM r WHERE "teamId" IS NOT NULL ORDER BY 2 LIMIT ${most})
    UNION ALL (SELECT DISTINCT 'decider', "decidedById", decider FROM r WHERE "decidedById" IS NOT NULL
                ORDER BY 2 LIMIT ${most})`;
}

/** How many requests of the body were ever sent. */
export const countSentRequests = (tx: Tx, body: string): Promise<number> =>
  tx.exception.count({ where: { body, state: { not: "draft" } } });

/** Requests of a body: those that wait, and since when the oldest does; those in force, and how many of them end by then. */
export interface RequestCounts {
  waiting: number;
  oldest: Date | null;
  inForce: number;
  ending: number;
}

export async function countWaitingRequests(tx: Tx, body: string, now: Date, soon: Date): Promise<RequestCounts> {
  const [found] = await tx.$queryRaw<RequestCounts[]>`
    SELECT (count(*) FILTER (WHERE e.state = 'submitted'))::int AS waiting,
           min(e."submittedAt") FILTER (WHERE e.state = 'submitted') AS oldest,
           (count(*) FILTER (WHERE e.state = 'approved' AND e."startsAt" <= ${now} AND e."endsAt" > ${now}))::int AS "inForce",
           (count(*) FILTER (WHERE e.state = 'approved' AND e."startsAt" <= ${now} AND e."endsAt" > ${now}
                               AND e."endsAt" <= ${soon}))::int AS ending
      FROM "Exception" e WHERE e.body = ${body} AND e.state IN ('submitted', 'approved')`;
  return found ?? { waiting: 0, oldest: null, inForce: 0, ending: 0 };
}
