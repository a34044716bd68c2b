import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";

/** How many, by a name; null for those of none. */
export interface NamedCount {
  name: string | null;
  count: number;
}

/** How many groups were on the register at a moment, by the team in which whoever asked for them is now, and app. */
export async function countGroupsByTeamAndApp(
  tx: Prisma.TransactionClient,
  body: string,
  at: Date,
): Promise<{ team: string | null; app: string; count: number }[]> {
  return tx.$queryRaw`
    SELECT t.name AS team, g.app, count(*)::int AS count
      FROM "ChatGroup" g JOIN "Person" p ON p.id = g."requesterId" LEFT JOIN "Team" t ON t.id = p."teamId"
     WHERE g.body = ${body} AND g.state IN ('approved', 'closed') AND g."decidedAt" < ${at}
       AND (g."closedAt" IS NULL OR g."closedAt" >= ${at})
     GROUP BY 1, 2`;
}
