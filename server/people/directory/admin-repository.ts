import "server-only";
import { rolesSchema, type Role } from "#domain/access/permission/role.ts";
import { normaliseEmail } from "#domain/access/identity/email.ts";
import type { PersonKind } from "#domain/access/identity/person.ts";
import { lineManagerOf, withLineManager } from "#server/base/db/line-manager.ts";
import { Prisma } from "#server/base/db/generated/client.ts";
import { byName, type List } from "#server/base/db/list-page.ts";
import { holding, patternBeginning, wordsBeginning } from "#server/base/db/part-of-text.ts";

// The directory as administrators see it.

type Tx = Prisma.TransactionClient;

export interface PeopleFilter {
  body: string;
  /** Each begins a word of the person's name or of the name of their team, or begins their address. */
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

/** The people who match, by name, in pages. */
export function directoryList(tx: Tx, filter: PeopleFilter, size: number): List<PersonRow> {
  const { body } = filter;
  return {
    within: { body },
    order: [
      ["name", "asc"],
      ["id", "asc"],
    ],
    key: "id",
    size,
    find: (id) => findDirectoryPerson(tx, body, id),
    async read({ take }, place) {
      const { beyond, order } = byName(place);
      const found = await tx.$queryRaw<{ id: string }[]>`
        WITH p AS ${matching(filter)} SELECT p.id FROM p WHERE ${beyond} ORDER BY ${order} LIMIT ${take}`;
      const rows = await tx.person.findMany({ where: { id: { in: found.map(({ id }) => id) } }, select: whole });
      const byId = new Map(rows.map((row) => [row.id, toRow(row)]));
      return found.flatMap(({ id }) => byId.get(id) ?? []);
    },
  };
}

/**
 * Everybody who matches. Where words are looked for, each way to match has its index and is asked apart, and before
 * anything is ordered: by name, the planner would look through everybody for a word that few have.
 */
function matching({ body, words, ...filter }: PeopleFilter): Prisma.Sql {
  const where = Prisma.join([Prisma.sql`p.body = ${body}`, ...conditionsOf(filter)], " AND ");
  const those = (way: Prisma.Sql) => Prisma.sql`SELECT p.id, p.name FROM "Person" p WHERE ${where} AND ${way}`;
  const found = words.flatMap((word) => {
    const query = wordsBeginning(word);
    if (query === null) return [];
    const ways = [
      Prisma.sql`search_words(p.name) @@ to_tsquery('simple', ${query})`,
      Prisma.sql`lower(p.email) LIKE ${patternBeginning(normaliseEmail(word))}`,
      Prisma.sql`p."teamId" IN (SELECT id FROM "Team"
        WHERE body = ${body} AND search_words(name) @@ to_tsquery('simple', ${query}))`,
    ];
    return Prisma.sql`(${Prisma.join(ways.map(those), " UNION ")})`;
  });
  if (found.length === 0) return Prisma.sql`NOT MATERIALIZED (${those(Prisma.sql`TRUE`)})`;
  return Prisma.sql`MATERIALIZED (${Prisma.join(found, " INTERSECT ")})`;
}

function conditionsOf({ role, teamId, state, today }: Omit<PeopleFilter, "body" | "words">): Prisma.Sql[] {
  const isOfState = {
    here: Prisma.sql`p.status = 'active'`,
    left: Prisma.sql`p.status = 'left'`,
    away: Prisma.sql`p.status = 'active' AND p."awayUntil" >= ${today}`,
    starting: Prisma.sql`p.status = 'active' AND p."startsOn" > ${today}`,
  };
  return [
    Prisma.sql`NOT (p."isSample" AND p."pseudonymisedAt" IS NOT NULL)`, // a sample person whose name has been replaced
    role ? Prisma.sql`p.roles @> ARRAY[${role}]::text[]` : null,
    teamId === null ? null : Prisma.sql`p."teamId" = ${teamId}`,
    state && isOfState[state],
  ].filter((condition) => condition !== null);
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

/** The teams of a body, by name, in pages. @param text part of a name; "" for all */
export function teamList(tx: Tx, body: string, text: string): List<TeamRow> {
  return {
    within: { body },
    filter: text ? { name: holding(text) } : {},
    order: [
      ["name", "asc"],
      ["id", "asc"],
    ],
    key: "id",
    read: async (part) => (await tx.team.findMany({ ...part, select: teamFields })).map(toTeam),
  };
}

/** The teams of a body by name, without the number of people: all, or so many. */
export async function listTeamNames(tx: Tx, body: string, most?: number): Promise<{ id: string; name: string }[]> {
  const which = { where: { body }, select: { id: true, name: true }, orderBy: { name: "asc" } } as const;
  return most === undefined ? tx.team.findMany(which) : tx.team.findMany({ ...which, take: most });
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
