import "server-only";
import { rolesSchema, type Role } from "#domain/access/permission/role.ts";
import { normaliseEmail } from "#domain/access/identity/email.ts";
import type { PersonKind } from "#domain/access/identity/person.ts";
import { lineManagerOf, withLineManager } from "#server/base/db/line-manager.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { holding } from "#server/base/db/part-of-text.ts";

// The directory as administrators see it.

type Tx = Prisma.TransactionClient;

export interface PeopleFilter {
  body: string;
  /** Each word must be in the person's name, their address or the name of their team. */
  words: readonly string[];
  role: Role | null;
  teamId: string | null;
  state: "here" | "left" | "away" | "starting" | null;
  /** YYYY-MM-DD, in London. */
  today: string;
}

const whole = {
  id: true,
  name: true,
  email: true,
  employer: true,
  roles: true,
  status: true,
  kind: true,
  startsOn: true,
  leavesOn: true,
  awayUntil: true,
  managerId: true,
  isSample: true,
  createdAt: true,
  ...withLineManager,
} satisfies Prisma.PersonSelect;

/** Somebody with everything that the directory says of them. */
export interface PersonRow {
  id: string;
  name: string;
  email: string;
  employer: string;
  roles: Role[];
  status: "active" | "left";
  kind: PersonKind;
  startsOn: string | null;
  leavesOn: string | null;
  awayUntil: string | null;
  isSample: boolean;
  createdAt: Date;
  team: { id: string; name: string } | null;
  /** The person's line manager by the usual rule; `isNamed` where the directory names them for this person. */
  lineManager: { id: string; name: string; isNamed: boolean } | null;
  /** The line manager named in the directory, whether or not they still work here. */
  namedManagerId: string | null;
}

function toRow({
  managerId,
  manager,
  team,
  roles,
  ...row
}: Prisma.PersonGetPayload<{ select: typeof whole }>): PersonRow {
  const found = lineManagerOf({ manager, team });
  return {
    ...row,
    roles: rolesSchema.parse(roles),
    team: team && { id: team.id, name: team.name },
    lineManager: found && { id: found.id, name: found.name, isNamed: found.id === managerId },
    namedManagerId: managerId,
  };
}

function whereOf({ body, words, role, teamId, state, today }: PeopleFilter): Prisma.PersonWhereInput {
  return {
    body,
    ...(role && { roles: { has: role } }),
    ...(teamId !== null && { teamId }),
    ...(state && { status: state === "left" ? "left" : "active" }),
    ...(state === "away" && { awayUntil: { gte: today } }),
    ...(state === "starting" && { startsOn: { gt: today } }),
    AND: words
      .map((word) => holding(word))
      .map((has): Prisma.PersonWhereInput => ({ OR: [{ name: has }, { email: has }, { team: { name: has } }] })),
    NOT: { isSample: true, pseudonymisedAt: { not: null } }, // a sample person whose name has been replaced
  };
}

/** A page of the people who match, by name, and how many there are in all. */
export async function listDirectoryPeople(
  tx: Tx,
  filter: PeopleFilter,
  part: { skip: number; take: number },
): Promise<PersonRow[]> {
  const where = whereOf(filter);
  const rows = await tx.person.findMany({ where, select: whole, orderBy: [{ name: "asc" }, { id: "asc" }], ...part });
  return rows.map(toRow);
}

export async function countDirectoryPeople(tx: Tx, filter: PeopleFilter): Promise<number> {
  return tx.person.count({ where: whereOf(filter) });
}

export async function findDirectoryPerson(tx: Tx, body: string, id: string): Promise<PersonRow | null> {
  const row = await tx.person.findFirst({ where: { id, body }, select: whole });
  return row && toRow(row);
}

/** The active person of a body with this address, ignoring case; null if there is none. */
export async function findActiveByEmail(tx: Tx, body: string, email: string): Promise<{ id: string } | null> {
  const where = { body, status: "active" as const, email: normaliseEmail(email) };
  return tx.person.findFirst({ where, select: { id: true } });
}

/** Whether the chain of line managers above somebody leads to a given person, or back to themselves. */
export async function leadsTo(tx: Tx, from: string, to: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    WITH RECURSIVE up AS (
      SELECT id, "managerId" FROM "Person" WHERE id = ${from}
      UNION SELECT p.id, p."managerId" FROM "Person" p JOIN up ON p.id = up."managerId")
    SELECT 1 FROM up WHERE id = ${to}`;
  return rows.length > 0;
}

export interface TeamRow {
  id: string;
  name: string;
  manager: { id: string; name: string; email: string; hasLeft: boolean } | null;
  /** How many work in it. */
  people: number;
}

const teamFields = {
  id: true,
  name: true,
  manager: { select: { id: true, name: true, email: true, status: true } },
  _count: { select: { members: { where: { status: "active" } } } },
} satisfies Prisma.TeamSelect;

const toTeam = ({ id, name, manager, _count }: Prisma.TeamGetPayload<{ select: typeof teamFields }>): TeamRow => ({
  id,
  name,
  people: _count.members,
  manager: manager && {
    id: manager.id,
    name: manager.name,
    email: manager.email,
    hasLeft: manager.status === "left",
  },
});

/** The teams of a body, by name. */
export async function listTeamRows(tx: Tx, body: string): Promise<TeamRow[]> {
  return (await tx.team.findMany({ where: { body }, select: teamFields, orderBy: { name: "asc" } })).map(toTeam);
}

/** The same, without the number of people. */
export async function listTeamNames(tx: Tx, body: string): Promise<{ id: string; name: string }[]> {
  return tx.team.findMany({ where: { body }, select: { id: true, name: true }, orderBy: { name: "asc" } });
}

export async function findTeamRow(tx: Tx, body: string, id: string): Promise<TeamRow | null> {
  const row = await tx.team.findFirst({ where: { id, body }, select: teamFields });
  return row && toTeam(row);
}

export async function insertTeam(tx: Tx, team: { id: string; body: string; name: string }): Promise<void> {
  await tx.team.create({ data: team });
}

export async function updateTeam(
  tx: Tx,
  id: string,
  change: { name: string; managerId: string | null },
): Promise<void> {
  await tx.team.update({ where: { id }, data: change });
}
