import "server-only";
import type { Prisma } from "./generated/client.ts";

// Who somebody's line manager is, once: whom the directory names for them, as long as that person works here; else the
// manager of their team. It stands beside the database because every noun's repository needs it.

const managerFields = { id: true, name: true, roles: true, status: true } as const;

/** What to read of a person to know their line manager. */
export const withLineManager = {
  manager: { select: managerFields },
  team: { select: { id: true, name: true, manager: { select: managerFields } } },
} satisfies Prisma.PersonSelect;

type Manager = Prisma.PersonGetPayload<{ select: { manager: { select: typeof managerFields } } }>["manager"];

/** @returns null where nobody is named, and their team has no manager either */
export function lineManagerOf(person: { manager: Manager; team: { manager: Manager } | null }): Manager {
  return person.manager?.status === "active" ? person.manager : (person.team?.manager ?? null);
}

/** The people whose line manager somebody is. */
export function reportsTo(managerId: string): Prisma.PersonWhereInput {
  const hasNoneNamed = { OR: [{ managerId: null }, { manager: { status: "left" as const } }] };
  return {
    OR: [
      { managerId, manager: { status: "active" } },
      { ...hasNoneNamed, team: { managerId } },
    ],
  };
}
