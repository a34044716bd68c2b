import type { Covered } from "#domain/policy/exception/coverage.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { rolesSchema, type Role } from "#domain/access/permission/permission.ts";
import { isPastLastDay, isStarting } from "#domain/access/identity/person.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";

const DECIDING = ["governance-officer", "senior-information-risk-owner"];

/**
 * The people of a body who could decide on requests: officers, senior owners and these others, if they work there now.
 * @param today YYYY-MM-DD, in London
 */
export async function listDeciders(tx: Tx, body: string, otherIds: readonly string[], today: string) {
  const where = { body, OR: [{ roles: { hasSome: DECIDING } }, { id: { in: [...otherIds] } }] };
  return listPresent(tx, where, today);
}

/** Those of some people who work there now. */
async function listPresent(tx: Tx, where: Prisma.PersonWhereInput, today: string) {
  const rows = await tx.person.findMany({
    where: { ...where, status: "active", handedOverOn: null }, // away for long: others decide until they are back
    select: { id: true, body: true, roles: true, teamId: true, startsOn: true, leavesOn: true },
  });
  return rows
    .filter((row) => !isStarting(row, today) && !isPastLastDay(row, today))
    .map(({ id, body, roles, teamId }) => ({ personId: id, roles: rolesSchema.parse(roles), body, team: teamId }));
}

/** Which roles of a body somebody who works there holds. @param today YYYY-MM-DD, in London */
export async function listHeldRoles(tx: Tx, body: string, roles: readonly Role[], today: string): Promise<Role[]> {
  const there = await listPresent(tx, { body, roles: { hasSome: [...roles] } }, today);
  const held = new Set(there.flatMap((one) => one.roles));
  return roles.filter((role) => held.has(role));
}

/** Ids of the people in a team who have not left. */
export async function listTeamMembers(tx: Tx, teamId: string): Promise<string[]> {
  const rows = await tx.person.findMany({ where: { teamId, status: "active" }, select: { id: true } });
  return rows.map(({ id }) => id);
}

/**
 * Which officers, senior owners and others of a body each of these requests covered when it was sent: request id →
 * person ids.
 */
export async function listCoveredWhenSent(
  tx: Tx,
  body: string,
  exceptionIds: readonly string[],
  otherIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await tx.exceptionCover.findMany({
    where: {
      exceptionId: { in: [...exceptionIds] },
      OR: [{ personId: { in: [...otherIds] } }, { person: { body, roles: { hasSome: DECIDING } } }],
    },
  });
  const covered = grouped(rows, ({ exceptionId }) => exceptionId);
  return new Map([...covered].map(([id, of]) => [id, of.map(({ personId }) => personId)]));
}

/** Records whom a request covers on being sent now, replacing those it covered when sent before. */
export async function writeCovered(
  tx: Tx,
  { id: exceptionId, scope, teamId, groupMemberIds }: Covered & { id: string },
): Promise<void> {
  await tx.exceptionCover.deleteMany({ where: { exceptionId } });
  if (scope === "team" && teamId !== null)
    await tx.$executeRaw`
      INSERT INTO "ExceptionCover" ("exceptionId", "personId")
      SELECT ${exceptionId}, id FROM "Person" WHERE "teamId" = ${teamId}`;
  if (scope === "group")
    await tx.exceptionCover.createMany({ data: groupMemberIds.map((personId) => ({ exceptionId, personId })) });
}

/** The roles of somebody in the directory, also after they have left. */
export async function findRoles(tx: Tx, { body, personId }: { body: string; personId: string }): Promise<Role[]> {
  const row = await tx.person.findFirst({ where: { body, id: personId }, select: { roles: true } });
  return rolesSchema.parse(row?.roles ?? []);
}

/** Ids of those who hold requests of a body or may decide on one that waits: more than do, never fewer. */
export async function listHoldersAndDeciders(tx: Tx, body: string, among?: readonly string[]): Promise<string[]> {
  const only = among ? Prisma.sql`WHERE x.id = ANY(${[...among]}::text[])` : Prisma.empty;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH waiting AS (
      SELECT e."passedToId", p."managerId", t."managerId" AS "teamManagerId"
        FROM "Exception" e JOIN "Person" p ON p.id = e."requesterId" LEFT JOIN "Team" t ON t.id = p."teamId"
       WHERE e.body = ${body} AND e.state = 'submitted')
    SELECT DISTINCT x.id FROM (
      SELECT "requesterId" AS id FROM "Exception"
       WHERE body = ${body} AND state::text <> ALL (ARRAY['declined', 'withdrawn', 'revoked'])
      UNION ALL SELECT "passedToId" FROM waiting
      UNION ALL SELECT "managerId" FROM waiting
      UNION ALL SELECT "teamManagerId" FROM waiting
      UNION ALL SELECT id FROM "Person"
       WHERE body = ${body} AND roles && ${DECIDING}::text[] AND EXISTS (SELECT 1 FROM waiting)) x
    ${only}`;
  return rows.flatMap(({ id }) => id ?? []);
}
