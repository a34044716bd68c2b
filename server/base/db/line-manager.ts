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

/**
 * Joins `manager`, the line manager of somebody (`p`), for a statement in SQL: nobody is their own, so that those who
 * manage their own team have none in it, and whoever lost the role is nobody's.
 */
export const joinLineManager = Prisma.sql`
    LEFT JOIN "Person" named ON named.id = p."managerId" AND named.status = 'active'
    LEFT JOIN "Team" led ON led.id = p."teamId" AND named.id IS NULL
    LEFT JOIN "Person" manager ON manager.id = coalesce(named.id, led."managerId") AND manager.status = 'active'
                              AND manager.id <> p.id AND 'line-manager' = ANY(manager.roles)`;

/** The same in two separate queries, one for each way: each uses an index, while both in one scan all people. */
export const waysToReport = (managerId: string): Prisma.PersonWhereInput[] => [
  { managerId, manager: { status: "active" } },
  { ...nobodyThere, team: { managerId } },
];
