import "server-only";
import { Prisma } from "#server/base/db/generated/client.ts";

/**
 * Which of these people may have to act on a request because it is their own, or one of their people's: more than have
 * to, never fewer.
 * @param endBefore approved requests that end before this moment concern who asked for them
 */
export async function listPeopleConcerned(
  tx: Prisma.TransactionClient,
  personIds: readonly string[],
  endBefore: Date,
): Promise<string[]> {
  const ids = Prisma.sql`(${[...personIds]}::text[])`;
  const hasOpen = Prisma.sql`EXISTS (
    SELECT 1 FROM "ExceptionRisk" k JOIN "ExceptionMitigation" m ON m."riskId" = k.id
     WHERE k."exceptionId" = e.id AND m."doneAt" IS NULL)`;
  const owes = Prisma.sql`EXISTS (
    SELECT 1 FROM "ExceptionCondition" c
     WHERE c."exceptionId" = e.id AND c."doneAt" IS NULL AND c."dueOn" IS NOT NULL)`;
  // Who left it, somebody else looks after.
  const isUnheld = Prisma.sql`p.status = 'left'`;
  const waits = Prisma.sql`(e.state = 'submitted' OR (e.state = 'approved' AND (${isUnheld} OR ${hasOpen})))`;
  const isForNobody = Prisma.sql`((e.scope = 'team' AND e."teamId" IS NULL)
    OR (e.scope = 'group' AND NOT EXISTS (
      SELECT 1 FROM "ChatGroup" g WHERE g.id = e."groupId" AND g.state = 'approved')))`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT e."requesterId" AS id FROM "Exception" e
     WHERE e."requesterId" = ANY${ids}
       AND (e.state = 'changes-requested' OR (e.state = 'approved' AND (e."endsAt" < ${endBefore} OR ${hasOpen} OR ${owes} OR ${isForNobody})))
    UNION
    SELECT p."managerId" FROM "Person" p JOIN "Exception" e ON e."requesterId" = p.id
     WHERE p."managerId" = ANY${ids} AND ${waits}
    UNION
    SELECT t."managerId" FROM "Team" t JOIN "Person" p ON p."teamId" = t.id JOIN "Exception" e ON e."requesterId" = p.id
     WHERE t."managerId" = ANY${ids} AND ${waits}`;
  return rows.map(({ id }) => id);
}
