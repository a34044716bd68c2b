import { isPastLastDay, isStarting } from "#domain/access/identity/person.ts";
import { rolesSchema, type Role } from "#domain/access/permission/permission.ts";
import { DEPUTISED_ROLES } from "#domain/people/deputy/deputy.ts";
import { z } from "zod";
import { columns } from "#server/base/db/columns.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";

/** Somebody in a deputyship. */
export type DeputyParty = ReturnType<typeof toParty>;

const roleSchema = z.enum(DEPUTISED_ROLES);
const personFields = columns("id", "name", "body", "roles", "teamId", "status", "startsOn", "leavesOn");
const parties = { principal: { select: personFields }, deputy: { select: personFields } } as const;

const toParty = ({ id, teamId, roles, ...rest }: Prisma.PersonGetPayload<{ select: typeof personFields }>) => ({
  ...rest,
  personId: id,
  team: teamId,
  roles: rolesSchema.parse(roles),
});

const toRecord = ({ principal, deputy, role, ...row }: Prisma.DeputyGetPayload<{ include: typeof parties }>) => ({
  ...row,
  principal: toParty(principal),
  deputy: toParty(deputy),
  role: roleSchema.parse(role),
});

/** Whether somebody works for the body on a day. @param today YYYY-MM-DD, in London */
export const isThere = (person: DeputyParty, today: string): boolean =>
  person.status === "active" && !isStarting(person, today) && !isPastLastDay(person, today);

/**
 * The deputyships of a body that are not over, by their first day.
 * @param today YYYY-MM-DD
 * @param of only those of this person or in which they stand in
 */
export async function listDeputies(tx: Tx, body: string, today: string, of?: string) {
  const rows = await tx.deputy.findMany({
    where: {
      body,
      endedAt: null,
      until: { gte: today },
      ...(of !== undefined && { OR: [{ principalId: of }, { deputyId: of }] }),
    },
    include: parties,
    orderBy: [{ from: "asc" }, { id: "asc" }],
  });
  return rows.map(toRecord);
}

/** Somebody of a body as a party to a deputyship, or null. */
export async function findParty(tx: Tx, body: string, personId: string): Promise<DeputyParty | null> {
  const row = await tx.person.findFirst({ where: { body, id: personId }, select: personFields });
  return row && toParty(row);
}

export const insertDeputy = (tx: Tx, row: Prisma.DeputyUncheckedCreateInput) => tx.deputy.create({ data: row });

/** Somebody as the rules for stand-ins ask of them; `handedOverOn`: since when others see to their duties, or null. */
export type RoleStanding = ReturnType<typeof toStanding>;

const standingFields = { ...personFields, standsInAs: true, handedOverOn: true } as const;

const toStanding = (row: Prisma.PersonGetPayload<{ select: typeof standingFields }>) => ({
  ...toParty(row),
  standsInAs: rolesSchema.parse(row.standsInAs),
  handedOverOn: row.handedOverOn,
});

/** The people of a body who have one of these roles, stand in as one, or are these others; leavers too, by name. */
export async function listStandings(tx: Tx, body: string, roles: readonly Role[], others: readonly string[]) {
  const some = { hasSome: [...roles] };
  const rows = await tx.person.findMany({
    where: { body, OR: [{ roles: some }, { standsInAs: some }, { id: { in: [...others] } }] },
    select: standingFields,
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return rows.map(toStanding);
}

/** Those of a body whose duties are with others because they are away, or all who were away on these days. */
export async function listAway(
  tx: Tx,
  body: string,
  { firstDay, lastDay, among }: { firstDay: string; lastDay: string; among: readonly string[] | null },
) {
  const rows = await tx.person.findMany({
    where: {
      body,
      ...(among && { id: { in: [...among] } }),
      OR: [
        { handedOverOn: { not: null } },
        { absences: { some: { firstDay: { lte: firstDay }, lastDay: { gte: firstDay } } } },
      ],
    },
    select: {
      ...columns("id", "status", "standsInAs", "handedOverOn"),
      absences: { where: { firstDay: { lte: lastDay }, lastDay: { gte: firstDay } } },
    },
    orderBy: { id: "asc" },
  });
  return rows.map((row) => ({ ...row, standsInAs: rolesSchema.parse(row.standsInAs) }));
}

/** Writes in what somebody stands in, or since when others see to their duties. The directory's own entry stays as it was. */
export async function writeStanding(
  tx: Tx,
  personId: string,
  { standsInAs, handedOverOn }: Pick<RoleStanding, "standsInAs" | "handedOverOn">,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Person" SET "standsInAs" = ${standsInAs}::text[], "handedOverOn" = ${handedOverOn} WHERE id = ${personId}`;
}

/** Ends them. @param endedById null if nobody did: one of the two has left */
export const endDeputies = (tx: Tx, ids: readonly string[], endedAt: Date, endedById: string | null) =>
  tx.deputy.updateMany({ where: { id: { in: [...ids] }, endedAt: null }, data: { endedAt, endedById } });
