import "server-only";
import { rolesSchema, type Role } from "#domain/access/role.ts";
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

export interface FoundPerson {
  id: string;
  name: string;
  email: string;
  team: string | null;
  hasLeft: boolean;
}

const inShort = { id: true, name: true, email: true, status: true, team: { select: { name: true } } } as const;

type ShortRow = Prisma.PersonGetPayload<{ select: typeof inShort }>;

const toFound = ({ team, status, ...row }: ShortRow): FoundPerson => ({
  ...row,
  team: team?.name ?? null,
  hasLeft: status === "left",
});

/** People of a body whose name has every word, or whose e-mail address it is; by name. @param words not empty */
export async function searchByName(
  tx: Prisma.TransactionClient,
  body: string,
  { words, withLeavers, most }: { words: readonly string[]; withLeavers: boolean; most: number },
): Promise<FoundPerson[]> {
  const rows = await tx.person.findMany({
    where: {
      ...{ body, ...(!withLeavers && { status: "active" as const }) },
      OR: [
        { AND: words.map((word) => ({ name: { contains: word, mode: "insensitive" as const } })) },
        { email: { equals: words.join(" "), mode: "insensitive" as const } },
      ],
    },
    select: inShort,
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: most,
  });
  return rows.map(toFound);
}

/** People of a body by their ids; those it does not have are left out. */
export async function listByIds(
  tx: Prisma.TransactionClient,
  body: string,
  ids: readonly string[],
): Promise<FoundPerson[]> {
  const rows = await tx.person.findMany({ where: { body, id: { in: [...ids] } }, select: inShort });
  return rows.map(toFound);
}

/** Teams of a body, by name. */
export async function listTeams(tx: Prisma.TransactionClient, body: string): Promise<{ id: string; name: string }[]> {
  return tx.team.findMany({ where: { body }, select: { id: true, name: true }, orderBy: { name: "asc" } });
}

export async function writeTeam(tx: Prisma.TransactionClient, personId: string, teamId: string | null): Promise<void> {
  await tx.person.update({ where: { id: personId }, data: { teamId } });
}

/** What the directory says of somebody, as import and SCIM bring it. */
export interface PersonFields {
  /** In small letters. */
  email: string;
  name: string;
  employer: string;
  teamId: string | null;
  /** Id of their line manager, where the directory says who; otherwise it is their team's. */
  managerId: string | null;
  roles: Role[];
  status: "active" | "left";
  kind: "employee" | "contractor" | "vendor" | "agent";
  /** First and last day with the body, and the last day away, YYYY-MM-DD. */
  startsOn: string | null;
  leavesOn: string | null;
  awayUntil: string | null;
  /** What the program that feeds the directory calls them. */
  externalId: string | null;
}

export interface DirectoryPerson extends PersonFields {
  id: string;
  body: string;
}

const directoryFields = {
  ...{ id: true, body: true, email: true, name: true, employer: true, teamId: true, managerId: true, roles: true },
  ...{ status: true, kind: true, startsOn: true, leavesOn: true, awayUntil: true, externalId: true },
} as const;

/**
 * Somebody of a body, locked until the transaction ends; null where it has no such person. Whose name was replaced after
 * they left is nobody any more: who comes back then is somebody new.
 */
export async function lockPerson(
  tx: Prisma.TransactionClient,
  body: string,
  personId: string,
): Promise<DirectoryPerson | null> {
  await tx.$queryRaw`SELECT id FROM "Person" WHERE id = ${personId} AND body = ${body} FOR UPDATE`;
  const row = await tx.person.findFirst({
    where: { id: personId, body, pseudonymisedAt: null },
    select: directoryFields,
  });
  return row && { ...row, roles: rolesSchema.parse(row.roles) };
}

export async function insertPerson(tx: Prisma.TransactionClient, person: DirectoryPerson): Promise<void> {
  await tx.person.create({ data: person });
}

export async function updatePerson(
  tx: Prisma.TransactionClient,
  personId: string,
  change: Partial<PersonFields>,
): Promise<void> {
  await tx.person.update({ where: { id: personId }, data: change });
}
