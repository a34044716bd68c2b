import "server-only";
import { INCIDENT_KINDS, KINDS, type IncidentKind } from "#domain/registers/incident/kind.ts";
import { Prisma } from "#server/base/db/generated/client.ts";

const PERSONAL_KINDS = INCIDENT_KINDS.filter((kind) => KINDS[kind].mayBePersonalData);

/** Whether an accident `i` may be about personal data, as it was recorded last by a moment. */
function isPersonal(by: Date): Prisma.Sql {
  return Prisma.sql`coalesce(
    (SELECT e.values->>'personal' = 'yes' FROM "IncidentEntry" e
      WHERE e."incidentId" = i.id AND e.part = 'clock' AND e.at < ${by} ORDER BY e.position DESC LIMIT 1),
    i.kind::text = ANY(${PERSONAL_KINDS}::text[]))`;
}

/** The accidents `i` that a body came to know of between two moments, but for cases that are kept from somebody. */
function known(body: string, from: Date, until: Date): Prisma.Sql {
  return Prisma.sql`i.body = ${body} AND i."reportedAt" < ${until} AND i."awareAt" >= ${from} AND i."awareAt" < ${until}
    AND NOT i."isKeptFromOfficers" AND i."keptFromId" IS NULL`;
}

/** Reports of accidents in one period. */
export interface AccidentCount {
  /** 0 for the first period. */
  period: number;
  accidents: number;
  /** Those that may be about personal data, as it was recorded last by then. */
  breaches: number;
}

/**
 * How many accidents a body knew of, by the period in which it came to know; of what was reported before the last start.
 * Cases that are kept from an officer or a line manager are left out.
 * @param starts of the periods, the oldest first; the last one is the end of all
 */
export async function countAccidentsByPeriod(
  tx: Prisma.TransactionClient,
  body: string,
  starts: readonly Date[],
): Promise<AccidentCount[]> {
  const [first, end] = [starts[0], starts.at(-1)];
  if (!first || !end) return [];
  return tx.$queryRaw`
    SELECT width_bucket(i."awareAt", ${starts.map((at) => at.toISOString())}::timestamptz[]) - 1 AS period,
           count(*)::int AS accidents,
           count(*) FILTER (WHERE ${isPersonal(end)})::int AS breaches
      FROM "Incident" i WHERE ${known(body, first, end)}
     GROUP BY 1`;
}

/**
 * How many accidents a body came to know of between two moments, by kind and app: the registered group's, or else the
 * answer to where it was shared; null where neither is recorded.
 */
export async function countAccidentsByKindAndApp(
  tx: Prisma.TransactionClient,
  body: string,
  from: Date,
  until: Date,
): Promise<{ kind: IncidentKind; app: string | null; count: number; breaches: number }[]> {
  return tx.$queryRaw`
    SELECT i.kind::text AS kind, coalesce(g.app,
             (SELECT e.values->>'app' FROM "IncidentEntry" e
               WHERE e."incidentId" = i.id AND e.part = 'where' ORDER BY e.position DESC LIMIT 1)) AS app,
           count(*)::int AS count, count(*) FILTER (WHERE ${isPersonal(until)})::int AS breaches
      FROM "Incident" i LEFT JOIN "ChatGroup" g ON g.id = i."groupId"
     WHERE ${known(body, from, until)}
     GROUP BY 1, 2`;
}
