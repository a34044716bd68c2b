import "server-only";
import type { Prisma } from "./generated/client.ts";

// The rule of domain/people/directory/line-manager.ts, for the database. It is here because every noun's repository
// needs it.

export { lineManagerOf } from "#domain/people/directory/line-manager.ts";

const managerFields = { id: true, name: true, roles: true, status: true } as const;

/** What to read about a person to know their line manager. */
export const withLineManager = {
  manager: { select: managerFields },
  team: { select: { id: true, name: true, manager: { select: managerFields } } },
} satisfies Prisma.PersonSelect;

/** The people whose line manager somebody is. */
export function reportsTo(managerId: string): Prisma.PersonWhereInput {
  return { OR: waysToReport(managerId) };
}

/** The same in two separate queries, one for each way: each uses an index, while both in one scan all people. */
export function waysToReport(managerId: string): Prisma.PersonWhereInput[] {
  const hasNoneNamed = { OR: [{ managerId: null }, { manager: { status: "left" as const } }] };
  return [
    { managerId, manager: { status: "active" } },
    { ...hasNoneNamed, team: { managerId } },
  ];
}
