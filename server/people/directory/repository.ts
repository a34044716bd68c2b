import { emailProblem, normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import type { DirectoryPerson, PERSON_STATES, PersonFields } from "#domain/access/identity/person.ts";
import { type Role, rolesSchema } from "#domain/access/permission/permission.ts";
import { columns } from "#server/base/db/columns.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";
import { lineManagerOf, reportsTo, withLineManager } from "#server/base/db/line-manager.ts";
import { byName, type List, NAME_ORDER } from "#server/base/db/list-page.ts";
import { alternativesFor, patternBeginning, wordsBeginning } from "#server/base/db/part-of-text.ts";
import { listIdsNamed } from "#server/base/db/people-named.ts";

export type { DirectoryPerson, PersonFields } from "#domain/access/identity/person.ts";

/** Id of somebody's current line manager, or null. */
export async function findLineManagerId(tx: Tx, personId: string): Promise<string | null> {
  const person = await tx.person.findUnique({ where: { id: personId }, select: withLineManager });
  return person && (lineManagerOf(person)?.id ?? null);
}

const toReach = { name: true, email: true, status: true } as const;

/** How to reach somebody's current line manager, or null. */
export async function findLineManagerToReach(tx: Tx, personId: string) {
  const person = await tx.person.findUnique({
    where: { id: personId },
    select: { manager: { select: toReach }, team: { select: { manager: { select: toReach } } } },
  });
  const manager = person && lineManagerOf(person);
  return manager && { name: manager.name, email: manager.email };
}

const managerState = { id: true, status: true } as const;

/** Ids of the named line manager and of the team's manager, from which the line manager is derived. */
export async function findManagers(tx: Tx, { managerId, teamId }: Pick<PersonFields, "managerId" | "teamId">) {
  const manager =
    managerId === null ? null : await tx.person.findUnique({ where: { id: managerId }, select: managerState });
  const team =
    teamId === null
      ? null
      : await tx.team.findUnique({ where: { id: teamId }, select: { manager: { select: managerState } } });
  return { manager, team };
}

/**
 * Ids of people whose line manager changes when `from` leaves or comes back, and who then report to `to` or are `to`:
 * at most two, `to` first.
 */
export async function listWhoWouldFall(tx: Tx, { from, to }: { from: string; to: string }): Promise<string[]> {
  const isOther = { OR: [{ teamId: null }, { team: { OR: [{ managerId: null }, { managerId: { not: from } }] } }] };
  const own = await tx.person.findFirst({ where: { id: to, managerId: from, ...isOther }, select: { id: true } });
  const reports = { managerId: from, id: { not: to }, status: "active" as const, team: { managerId: to } };
  const other = await tx.person.findFirst({ where: reports, select: { id: true } });
  return [own, other].flatMap((one) => one?.id ?? []);
}

/** Teams of a body that somebody belongs to or manages, or in which they are somebody's line manager. */
export async function listTeamsOf(tx: Tx, body: string, personId: string) {
  const reports = { id: { not: personId }, status: "active" as const, ...reportsTo(personId) };
  const managed: Prisma.TeamWhereInput = { OR: [{ managerId: personId }, { members: { some: reports } }] };
  const rows = await tx.team.findMany({
    where: { body, OR: [managed, { members: { some: { id: personId } } }] },
    select: { id: true, name: true, managerId: true, members: { where: reports, select: { id: true }, take: 1 } },
    orderBy: { name: "asc" },
  });
  return rows.map(({ id, name, managerId, members }) => ({
    id,
    name,
    isManagedByActor: managerId === personId || members.length > 0,
  }));
}

export type FoundPerson = ReturnType<typeof toFound>;

const inShort = { id: true, name: true, email: true, status: true, team: { select: { name: true } } } as const;

type ShortRow = Prisma.PersonGetPayload<{ select: typeof inShort }>;

const toFound = ({ team, status, ...row }: ShortRow) => ({
  ...row,
  team: team?.name ?? null,
  hasLeft: status === "left",
});

/**
 * Active people of a body with this e-mail address, or else in whose name each word begins one; by name.
 * @param words not empty
 */
export async function searchByName(tx: Tx, body: string, { words, most }: { words: readonly string[]; most: number }) {
  const typed = words.join(" ");
  // An address stands only for the person it belongs to, not for people whose name contains it.
  const who =
    emailProblem(typed) === null
      ? { email: normaliseEmail(typed) }
      : { id: { in: await listIdsNamed(tx, body, typed, { most, onlyActive: true }) } };
  const rows = await tx.person.findMany({
    where: { body, status: "active" as const, ...who },
    select: inShort,
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: most,
  });
  return rows.map(toFound);
}

/** People of a body by their ids; ids of other bodies are left out. */
export async function listByIds(tx: Tx, body: string, ids: readonly string[]): Promise<FoundPerson[]> {
  const rows = await tx.person.findMany({ where: { body, id: { in: [...ids] } }, select: inShort });
  return rows.map(toFound);
}

const directoryFields = {
  ...columns("id", "body", "email", "name", "employer", "teamId", "managerId", "roles", "status", "kind"),
  ...columns("startsOn", "leavesOn", "awayUntil", "externalId"),
};

/**
 * Somebody of a body, locked until the transaction ends; null if it has no such person. People whose name was
 * replaced after they left are not found: if they come back, they are a new person. Rows that name the person can be
 * written meanwhile: somebody who decides on their request holds its lock, which their leaving waits for.
 */
export async function lockPerson(tx: Tx, body: string, personId: string): Promise<DirectoryPerson | null> {
  await tx.$queryRaw`SELECT id FROM "Person" WHERE id = ${personId} AND body = ${body} FOR NO KEY UPDATE`;
  const row = await tx.person.findFirst({
    where: { id: personId, body, pseudonymisedAt: null },
    select: directoryFields,
  });
  return row && { ...row, roles: rolesSchema.parse(row.roles) };
}

/** The roles of somebody of a body; none if it has no such person. */
export async function findRolesOf(tx: Tx, body: string, personId: string): Promise<Role[]> {
  const row = await tx.person.findFirst({ where: { id: personId, body }, select: { roles: true } });
  return rolesSchema.parse(row?.roles ?? []);
}

export const insertPerson = (tx: Tx, person: DirectoryPerson) => tx.person.create({ data: person });

export const updatePerson = (tx: Tx, personId: string, change: Partial<PersonFields>) =>
  tx.person.update({ where: { id: personId }, data: change });

/** Those of these people who are still active although their last day was before this one, YYYY-MM-DD; locked. */
export async function lockPastLastDay(tx: Tx, body: string, { today, ids }: { today: string; ids: readonly string[] }) {
  const locked = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Person" WHERE id = ANY(${[...ids]}::text[]) AND body = ${body} AND status = 'active'
       AND "leavesOn" < ${today} AND "pseudonymisedAt" IS NULL ORDER BY id FOR NO KEY UPDATE`;
  const where = { id: { in: locked.map(({ id }) => id) } };
  const rows = await tx.person.findMany({ where, select: directoryFields, orderBy: { id: "asc" } });
  return rows.map((row) => ({ ...row, roles: rolesSchema.parse(row.roles) }));
}

/** Marks people as having left. Only while holding their locks. */
export const writeLeft = (tx: Tx, ids: readonly string[]) =>
  tx.person.updateMany({ where: { id: { in: [...ids] } }, data: { status: "left" } });

/** The bodies with people who are still active although their last day was before this one, YYYY-MM-DD. */
export async function listBodiesWithLeavers(tx: Tx, today: string): Promise<string[]> {
  const where = { status: "active" as const, leavesOn: { lt: today } };
  return (await tx.person.groupBy({ by: ["body"], where, orderBy: { body: "asc" } })).map(({ body }) => body);
}

/** The ids of those of one body: the next `take` after an id. */
export async function listPastLastDay(
  tx: Tx,
  body: string,
  { today, after, take }: { today: string; after: string; take: number },
): Promise<string[]> {
  const where = { body, status: "active" as const, leavesOn: { lt: today }, id: { gt: after } };
  const rows = await tx.person.findMany({ where, select: { id: true }, orderBy: { id: "asc" }, take });
  return rows.map(({ id }) => id);
}

/** People in a body whose name has a word that a pattern matches. */
export const listPeopleLike = async (
  tx: Tx,
  body: string,
  pattern: string,
): Promise<{ id: string; name: string }[]> => tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM "Person" WHERE body = ${body} AND "pseudonymisedAt" IS NULL AND plain_letters(name) ~ ${pattern}`;

/** The texts beside the rows about each of these people, which include what they used to be called. */
export const listDetailsAbout = async (tx: Tx, body: string, personIds: readonly string[]) => tx.$queryRaw<
  { subject: string; detail: string }[]
>`
    SELECT e.subject, d.detail FROM "EvidenceDetail" d JOIN "Evidence" e ON e.body = d.body AND e.position = d.position
     WHERE d.body = ${body} AND e.subject = ANY(${[...personIds]}::text[])`;

// The directory as administrators see it.

export interface PeopleFilter {
  body: string;
  /** Each begins a word of the person's name or of the name of their team, or begins their address. */
  words: readonly string[];
  role: Role | null;
  teamId: string | null;
  state: keyof typeof PERSON_STATES | null;
  /** YYYY-MM-DD, in London. */
  today: string;
}

const whole = {
  ...columns("id", "name", "email", "employer", "roles", "status", "kind", "startsOn", "leavesOn"),
  ...columns("awayUntil", "managerId", "isSample", "createdAt", "rolesUnconfirmedSince"),
  ...withLineManager,
} satisfies Prisma.PersonSelect;

type WholeRow = Prisma.PersonGetPayload<{ select: typeof whole }>;

/**
 * Somebody with everything that the directory says of them. Their line manager by the usual rule, with `isNamed` where the
 * directory names them for this person, and the one it names, whether or not they still work here.
 */
export type PersonRow = ReturnType<typeof toRow>;

function toRow({ managerId, manager, team, roles, ...row }: WholeRow) {
  const found = lineManagerOf({ manager, team });
  return {
    ...row,
    roles: rolesSchema.parse(roles),
    team: team && { id: team.id, name: team.name },
    lineManager: found && { id: found.id, name: found.name, isNamed: found.id === managerId },
    namedManagerId: managerId,
  };
}

/** What they are ordered by before the name, if by team. */
const BY_TEAM = {
  sql: Prisma.sql`coalesce((SELECT t.name FROM "Team" t WHERE t.id = p."teamId"), '')`,
  of: ({ team }: PersonRow) => team?.name ?? "",
};

/** The people who match, by name, in pages. */
export function directoryList(tx: Tx, filter: PeopleFilter, isByTeam: boolean): List<PersonRow> {
  const { body } = filter;
  return {
    within: { body },
    order: NAME_ORDER,
    key: "id",
    find: (id) => findDirectoryPerson(tx, body, id),
    async read({ take }, position) {
      const { beyond, order } = byName(position, isByTeam ? BY_TEAM : undefined);
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
  const those = (way: Prisma.Sql) =>
    Prisma.sql`SELECT p.id, p.name, p."teamId" FROM "Person" p WHERE ${where} AND ${way}`;
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
    unconfirmed: Prisma.sql`p.status = 'active' AND p."rolesUnconfirmedSince" IS NOT NULL`,
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

/** A team, with how many work in it. */
export type TeamRow = ReturnType<typeof toTeam>;

const teamFields = {
  id: true,
  name: true,
  manager: { select: { id: true, name: true, email: true, status: true } },
  _count: { select: { members: { where: { status: "active" } } } },
} satisfies Prisma.TeamSelect;

const toTeam = ({ id, name, manager, _count }: Prisma.TeamGetPayload<{ select: typeof teamFields }>) => ({
  id,
  name,
  people: _count.members,
  manager: manager && { id: manager.id, name: manager.name, email: manager.email, hasLeft: manager.status === "left" },
});

/** The teams of a body, by name, in pages. @param text part of a name; "" for all */
export const teamList = (tx: Tx, body: string, text: string): List<TeamRow> => ({
  within: { body },
  ...(text && {
    found: async () => ({ OR: await alternativesFor(tx, body, text, { table: "Team", columns: ["name"] }) }),
  }),
  order: NAME_ORDER,
  key: "id",
  read: async (part) => (await tx.team.findMany({ ...part, select: teamFields })).map(toTeam),
});

/** The teams of a body by name, without the number of people: all, or so many. */
export async function listTeamNames(tx: Tx, body: string, most?: number): Promise<{ id: string; name: string }[]> {
  const which = { where: { body }, select: { id: true, name: true }, orderBy: { name: "asc" } } as const;
  return most === undefined ? tx.team.findMany(which) : tx.team.findMany({ ...which, take: most });
}

export async function findTeamRow(tx: Tx, body: string, id: string): Promise<TeamRow | null> {
  const row = await tx.team.findFirst({ where: { id, body }, select: teamFields });
  return row && toTeam(row);
}

export const insertTeam = (tx: Tx, team: { id: string; body: string; name: string }) => tx.team.create({ data: team });

export const updateTeam = (tx: Tx, id: string, change: { name: string; managerId: string | null }) =>
  tx.team.update({ where: { id }, data: change });
