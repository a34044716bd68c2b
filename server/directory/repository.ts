import "server-only";
import type { Prisma } from "#server/db/generated/client.ts";

/** Who manages a person's team, and the team's name; nulls where there is none. */
export async function findTeamOf(
  tx: Prisma.TransactionClient,
  personId: string,
): Promise<{ teamId: string | null; teamName: string | null; managerId: string | null }> {
  const person = await tx.person.findUnique({
    where: { id: personId },
    select: { team: { select: { id: true, name: true, managerId: true } } },
  });
  const team = person?.team;
  return { teamId: team?.id ?? null, teamName: team?.name ?? null, managerId: team?.managerId ?? null };
}

/** Teams of a body that somebody belongs to or manages. */
export async function listTeamsOf(
  tx: Prisma.TransactionClient,
  body: string,
  personId: string,
): Promise<{ id: string; name: string; managerId: string | null }[]> {
  return tx.team.findMany({
    where: { body, OR: [{ managerId: personId }, { members: { some: { id: personId } } }] },
    select: { id: true, name: true, managerId: true },
    orderBy: { name: "asc" },
  });
}

/** Those of a body who have a role and have not left, by name. */
export async function listWithRole(
  tx: Prisma.TransactionClient,
  body: string,
  role: string,
): Promise<{ id: string; name: string }[]> {
  return tx.person.findMany({
    where: { body, status: "active", roles: { has: role } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });
}
