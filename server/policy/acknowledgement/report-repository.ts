import "server-only";
import type { GivenAnswer } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { joinedAt } from "#domain/access/identity/person.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { reportsTo } from "#server/base/db/line-manager.ts";

// What reports read: people and answers of many at once, without what anybody wrote.

export interface ReportPerson {
  id: string;
  name: string;
  joinedAt: Date;
  team: { id: string; name: string } | null;
}

/** People of a body who have not left, by name: all, or those whose line manager `managedBy` is. */
export async function listPeople(
  tx: Prisma.TransactionClient,
  body: string,
  managedBy?: string,
): Promise<ReportPerson[]> {
  const people = await tx.person.findMany({
    where: activePeople(body, managedBy),
    select: { id: true, name: true, createdAt: true, startsOn: true, team: { select: { id: true, name: true } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return people.map(({ createdAt: entered, startsOn, ...person }) => ({
    ...person,
    joinedAt: joinedAt({ entered, startsOn }),
  }));
}

/** The teams of a body that somebody manages, or has people in. */
export async function listManagedTeams(
  tx: Prisma.TransactionClient,
  body: string,
  managerId: string,
): Promise<{ id: string; name: string }[]> {
  return tx.team.findMany({
    where: { body, OR: [{ managerId }, { members: { some: { status: "active", ...reportsTo(managerId) } } }] },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });
}

/** The answers on a policy by person, of the same people as `listPeople`. */
export async function listAcknowledgementAnswers(
  tx: Prisma.TransactionClient,
  body: string,
  policy: string,
  managedBy?: string,
): Promise<Map<string, GivenAnswer[]>> {
  const rows = await tx.acknowledgement.findMany({
    where: { body, policy, person: activePeople(body, managedBy) },
    select: {
      personId: true,
      reference: true,
      policy: true,
      version: true,
      hash: true,
      attempt: true,
      answer: true,
      givenAt: true,
      repliedAt: true,
    },
  });
  const byPerson = new Map<string, GivenAnswer[]>();
  for (const { personId, ...answer } of rows) byPerson.set(personId, [...(byPerson.get(personId) ?? []), answer]);
  return byPerson;
}

/** A policy to count the answers on: the versions whose acceptance counts, the current one first. */
export interface PolicyToCount {
  slug: string;
  counting: readonly VersionKey[];
}

/** How many of a team have accepted and declined each policy, in the order of the policies. */
export interface TeamCounts {
  team: { id: string; name: string } | null;
  people: number;
  accepted: number[];
  declined: number[];
}

/**
 * Where the people of a body who have not left stand with each policy, counted by the database: as
 * `acknowledgementStateOf` says of each of them, which a test compares. Teams by name, those in none last.
 */
export async function countAnswersByTeam(
  tx: Prisma.TransactionClient,
  body: string,
  policies: readonly PolicyToCount[],
): Promise<TeamCounts[]> {
  const versions = policies.flatMap(({ counting }, number) =>
    counting.map(({ version, hash }, at) => ({ number: number + 1, slug: policies[number]?.slug, version, hash, at })),
  );
  const rows = await tx.$queryRaw<
    { id: string | null; name: string | null; people: number; accepted: number[] | null; declined: number[] | null }[]
  >`
    WITH counting AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(versions)}::jsonb)
        AS v(number int, slug text, version text, hash text, at int)
    ), given AS (
      SELECT c.number, a."personId", bool_or(a.answer = 'accepted') AS accepted,
             bool_or(a.answer = 'declined' AND a."repliedAt" IS NULL AND c.at = 0) AS declined
        FROM counting c
        JOIN "Acknowledgement" a ON a.policy = c.slug AND a.version = c.version AND a.hash = c.hash
       WHERE a.body = ${body}
       GROUP BY 1, 2
    ), answered AS (
      SELECT p."teamId", g.number, count(*) FILTER (WHERE g.accepted)::int AS accepted,
             count(*) FILTER (WHERE NOT g.accepted AND g.declined)::int AS declined
        FROM given g JOIN "Person" p ON p.id = g."personId"
       WHERE p.body = ${body} AND p.status = 'active'
       GROUP BY 1, 2
    ), teams AS (
      SELECT "teamId", count(*)::int AS people FROM "Person" WHERE body = ${body} AND status = 'active' GROUP BY 1
    )
    SELECT t."teamId" AS id, team.name, t.people,
           (SELECT array_agg(coalesce(a.accepted, 0) ORDER BY n) FROM generate_series(1, ${policies.length}::int) AS n
              LEFT JOIN answered a ON a.number = n AND a."teamId" IS NOT DISTINCT FROM t."teamId") AS accepted,
           NULL::int[] AS declined
      FROM teams t LEFT JOIN "Team" team ON team.id = t."teamId"`;
  return rows.map(({ id, name, people, accepted, declined }) => ({
    team: id === null ? null : { id, name: name ?? "" },
    people,
    accepted: accepted ?? [],
    declined: declined ?? [],
  }));
}

/** The answers on a policy that were given before a moment, also by people who have left since. */
export async function listAnswersBefore(
  tx: Prisma.TransactionClient,
  body: string,
  policy: string,
  before: Date,
): Promise<(Pick<GivenAnswer, "version" | "hash" | "answer"> & { personId: string })[]> {
  return tx.acknowledgement.findMany({
    where: { body, policy, givenAt: { lt: before } },
    select: { personId: true, version: true, hash: true, answer: true },
  });
}

function activePeople(body: string, managedBy: string | undefined): Prisma.PersonWhereInput {
  return { body, status: "active", ...(managedBy !== undefined && reportsTo(managedBy)) };
}
