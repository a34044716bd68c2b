import "server-only";
import { INCIDENT_KINDS, KINDS } from "#domain/registers/incident/kind.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";

/** Reports of accidents in one period. */
export interface AccidentCount {
  /** 0 for the first period. */
  period: number;
  accidents: number;
  /** Those that may be about personal data, as it was recorded last by then. */
  breaches: number;
}

const PERSONAL_KINDS = INCIDENT_KINDS.filter((kind) => KINDS[kind].mayBePersonalData);

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
           count(*) FILTER (WHERE coalesce(
             (SELECT e.values->>'personal' = 'yes' FROM "IncidentEntry" e
               WHERE e."incidentId" = i.id AND e.part = 'clock' AND e.at < ${end} ORDER BY e.position DESC LIMIT 1),
             i.kind::text = ANY(${PERSONAL_KINDS}::text[])))::int AS breaches
      FROM "Incident" i
     WHERE i.body = ${body} AND i."reportedAt" < ${end} AND i."awareAt" >= ${first} AND i."awareAt" < ${end}
       AND NOT i."isKeptFromOfficers" AND i."keptFromId" IS NULL
     GROUP BY 1`;
}
