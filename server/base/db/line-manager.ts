import * as Prisma from "./prisma.ts";

// The rule of domain/people/directory/line-manager.ts, for the database. It is here because every noun's repository
// needs it.

export { lineManagerOf } from "#domain/people/directory/line-manager.ts";

const managerFields = { id: true, name: true, roles: true, status: true, handedOverOn: true } as const;

/** What to read about a person to know their line manager. */
export const withLineManager = {
  manager: { select: managerFields },
  team: { select: { id: true, name: true, manager: { select: managerFields } } },
} satisfies Prisma.PersonSelect;

/**
 * Ids, names and teams of the people of a body who have not left and whose line manager somebody is, for a statement in SQL.
 * It goes into a WITH; materialised, because the planner would otherwise read everybody in the order of their names.
 */
export const reportingTo = (body: string, managerId: string): Prisma.Sql => Prisma.sql`MATERIALIZED (
    SELECT p.id, p.name, p."teamId" FROM "Person" p
     WHERE p."managerId" = ${managerId} AND p.body = ${body} AND p.status = 'active'
       AND EXISTS (SELECT FROM "Person" m WHERE m.id = ${managerId} AND m.status = 'active')
    UNION ALL
    SELECT p.id, p.name, p."teamId" FROM "Team" t JOIN "Person" p ON p."teamId" = t.id
     WHERE t."managerId" = ${managerId} AND p.body = ${body} AND p.status = 'active'
       AND (p."managerId" IS NULL OR (SELECT m.status FROM "Person" m WHERE m.id = p."managerId") = 'left'))`;

/** The people whose line manager somebody is. */
export const reportsTo = (managerId: string): Prisma.PersonWhereInput => ({ OR: waysToReport(managerId) });

const nobodyThere = { OR: [{ managerId: null }, { manager: { status: "left" as const } }] };
/** The people who have no line manager. */
export const hasNoManager = {
  AND: [nobodyThere, { OR: [{ teamId: null }, { team: nobodyThere }] }],
} satisfies Prisma.PersonWhereInput;

/** The same in two separate queries, one for each way: each uses an index, while both in one scan all people. */
export const waysToReport = (managerId: string): Prisma.PersonWhereInput[] => [
  { managerId, manager: { status: "active" } },
  { ...nobodyThere, team: { managerId } },
];
