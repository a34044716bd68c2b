import "server-only";
import type { Covered } from "#domain/policy/exception/coverage.ts";
import type { Person } from "#domain/policy/exception/decider.ts";
import { rolesSchema, type Role } from "#domain/access/permission/role.ts";
import { isPastLastDay, isStarting } from "#domain/access/identity/person.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";

type Tx = Prisma.TransactionClient;

const DECIDING = ["governance-officer", "senior-information-risk-owner"];

/**
 * The people of a body who could decide on requests: officers, senior owners and these line managers, if they work
 * there now.
 * @param today YYYY-MM-DD, in London
 */
export async function listDeciders(
  tx: Tx,
  body: string,
  managerIds: readonly string[],
  today: string,
): Promise<Person[]> {
  const rows = await tx.person.findMany({
    where: { body, status: "active", OR: [{ roles: { hasSome: DECIDING } }, { id: { in: [...managerIds] } }] },
    select: { id: true, roles: true, teamId: true, startsOn: true, leavesOn: true },
  });
  return rows
    .filter((row) => !isStarting(row, today) && !isPastLastDay(row, today))
    .map(({ id, roles, teamId }) => ({ personId: id, roles: rolesSchema.parse(roles), body, team: teamId }));
}

/**
 * Which roles of a body somebody who works there holds.
 * @param today YYYY-MM-DD, in London
 */
export async function listHeldRoles(tx: Tx, body: string, roles: readonly Role[], today: string): Promise<Role[]> {
  const rows = await tx.person.findMany({
    where: { body, status: "active", roles: { hasSome: [...roles] } },
    select: { roles: true, startsOn: true, leavesOn: true },
  });
  const there = rows.filter((row) => !isStarting(row, today) && !isPastLastDay(row, today));
  const held = new Set(there.flatMap((row) => rolesSchema.parse(row.roles)));
  return roles.filter((role) => held.has(role));
}

/** Ids of the people in a team who have not left. */
export async function listTeamMembers(tx: Tx, teamId: string): Promise<string[]> {
  const rows = await tx.person.findMany({ where: { teamId, status: "active" }, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** Which of these people each of these requests covered when it was sent: request id → person ids. */
export async function listCoveredWhenSent(
  tx: Tx,
  exceptionIds: readonly string[],
  personIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await tx.exceptionCover.findMany({
    where: { exceptionId: { in: [...exceptionIds] }, personId: { in: [...personIds] } },
  });
  const covered = new Map<string, string[]>();
  for (const { exceptionId, personId } of rows)
    covered.set(exceptionId, [...(covered.get(exceptionId) ?? []), personId]);
  return covered;
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
