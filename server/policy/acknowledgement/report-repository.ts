import "server-only";
import type { AcknowledgementAnswer, GivenAnswer, VersionKey } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { joinedAt } from "#domain/access/identity/person.ts";
import { Prisma } from "#server/base/db/generated/client.ts";
import { byName, type List } from "#server/base/db/list-page.ts";
import { reportingTo, reportsTo } from "#server/base/db/line-manager.ts";

// What reports read: people and answers in bulk, without the text that anybody wrote.

export interface ReportPerson {
  id: string;
  name: string;
  joinedAt: Date;
  team: { id: string; name: string } | null;
}

/** The people of a body who have not left and whose line manager somebody is, by name. */
export function reportingPeopleList(
  tx: Prisma.TransactionClient,
  body: string,
  managerId: string,
  size: number,
): List<ReportPerson> {
  const read = async (condition: Prisma.Sql, order: Prisma.Sql, take: number): Promise<ReportPerson[]> => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      WITH own AS ${reportingTo(body, managerId)}
      SELECT p.id FROM own p WHERE ${condition} ORDER BY ${order} LIMIT ${take}::int`;
    const ids = rows.map(({ id }) => id);
    const people = await tx.person.findMany({
      where: { id: { in: ids } },
      select: { id: true, name: true, createdAt: true, startsOn: true, team: { select: { id: true, name: true } } },
    });
    return people
      .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
      .map(({ createdAt: entered, startsOn, ...person }) => ({ ...person, joinedAt: joinedAt({ entered, startsOn }) }));
  };
  return {
    within: {},
    order: [
      ["name", "asc"],
      ["id", "asc"],
    ],
    key: "id",
    size,
    find: async (id) => (await read(Prisma.sql`p.id = ${id}`, Prisma.sql`p.id`, 1))[0] ?? null,
    read({ take }, place) {
      const { beyond, order } = byName(place);
      return read(beyond, order, take);
    },
  };
}

/** The teams of a body that somebody manages, or has people in: the first ones by name, up to a limit. */
export async function listManagedTeams(
  tx: Prisma.TransactionClient,
  body: string,
  managerId: string,
  take: number,
): Promise<{ id: string; name: string }[]> {
  return tx.team.findMany({
    take,
    where: { body, OR: [{ managerId }, { members: { some: { status: "active", ...reportsTo(managerId) } } }] },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });
}

/** What these people answered on these policies: id of the person and slug → answers. */
export async function listAcknowledgementAnswers(
  tx: Prisma.TransactionClient,
  personIds: readonly string[],
  policies: readonly string[],
): Promise<(personId: string, policy: string) => GivenAnswer[]> {
  const rows = await tx.acknowledgement.findMany({
    where: { personId: { in: [...personIds] }, policy: { in: [...policies] } },
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
  const byBoth = new Map<string, GivenAnswer[]>();
  for (const { personId, ...answer } of rows) {
    const key = `${personId} ${answer.policy}`;
    byBoth.set(key, [...(byBoth.get(key) ?? []), answer]);
  }
  return (personId, policy) => byBoth.get(`${personId} ${policy}`) ?? [];
}

/**
 * The teams of a body that somebody works in, by name, with the number of people who have begun; those without a team
 * last, with null.
 * @param today YYYY-MM-DD
 */
export async function listTeamSizes(
  tx: Prisma.TransactionClient,
  body: string,
  today: string,
): Promise<{ id: string | null; name: string | null; people: number }[]> {
  const teams = await tx.$queryRaw<{ id: string | null; name: string | null; people: number }[]>`
    SELECT t.id, t.name, p.people
      FROM (SELECT "teamId", count(*)::int AS people FROM "Person"
             WHERE body = ${body} AND status = 'active' AND ("startsOn" IS NULL OR "startsOn" <= ${today})
             GROUP BY 1) AS p
      LEFT JOIN "Team" t ON t.id = p."teamId"`;
  const { compare } = new Intl.Collator("en-GB");
  return teams.sort((a, b) => Number(a.id === null) - Number(b.id === null) || compare(a.name ?? "", b.name ?? ""));
}

/** A policy to count the answers on: the versions whose acceptance counts, the current one first. */
export interface PolicyToCount {
  slug: string;
  counting: readonly VersionKey[];
}

/** How many people of a team have accepted a policy, and how many have declined it and wait for a reply. */
export interface AnswerCounts {
  accepted: number;
  declined: number;
}

/**
 * Where the people of a body who have begun and not left stand with these policies, counted by the database: the same as
 * `acknowledgementStateOf` for each person, which a test compares.
 * @returns slug of the policy → id of the team, "" for none → counts
 */
export async function countAnswersByTeam(
  tx: Prisma.TransactionClient,
  body: string,
  policies: readonly PolicyToCount[],
  today: string,
): Promise<Map<string, Map<string, AnswerCounts>>> {
  const versions = policies.flatMap(({ slug, counting }) =>
    counting.map(({ version, hash }, at) => ({ slug, version, hash, isCurrent: at === 0 })),
  );
  const rows = await tx.$queryRaw<{ slug: string; teams: string[]; accepted: number[]; declined: number[] }[]>`
    WITH counting AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(versions)}::jsonb)
        AS v(slug text, version text, hash text, "isCurrent" boolean)
    ), given AS (
      SELECT c.slug, a."personId", bool_or(a.answer = 'accepted') AS accepted,
             bool_or(a.answer = 'declined' AND a."repliedAt" IS NULL AND c."isCurrent") AS declined
        FROM counting c
        JOIN "Acknowledgement" a ON a.policy = c.slug AND a.version = c.version AND a.hash = c.hash
       WHERE a.body = ${body}
       GROUP BY 1, 2
    ), answered AS (
      SELECT g.slug, coalesce(p."teamId", '') AS team, count(*) FILTER (WHERE g.accepted)::int AS accepted,
             count(*) FILTER (WHERE NOT g.accepted AND g.declined)::int AS declined
        FROM given g JOIN "Person" p ON p.id = g."personId"
       WHERE p.body = ${body} AND p.status = 'active' AND (p."startsOn" IS NULL OR p."startsOn" <= ${today})
       GROUP BY 1, 2
    )
    SELECT slug, array_agg(team) AS teams, array_agg(accepted) AS accepted, array_agg(declined) AS declined
      FROM answered GROUP BY 1`;
  return new Map(
    rows.map(({ slug, teams, accepted, declined }) => [
      slug,
      new Map(teams.map((team, at) => [team, { accepted: accepted[at] ?? 0, declined: declined[at] ?? 0 }])),
    ]),
  );
}

/**
 * How many people gave an answer on some versions of a policy before a moment, including people who have left since.
 * @param versions a person counts once, however many of them they answered
 */
export async function countPeopleWhoAnswered(
  tx: Prisma.TransactionClient,
  body: string,
  { policy, versions, answer, before }: AnswersToCount,
): Promise<number> {
  const [found] = await tx.$queryRaw<{ people: number }[]>`
    SELECT count(DISTINCT a."personId")::int AS people FROM "Acknowledgement" a
      JOIN jsonb_to_recordset(${JSON.stringify(versions.map(({ version, hash }) => ({ version, hash })))}::jsonb)
        AS v(version text, hash text) USING (version, hash)
     WHERE a.body = ${body} AND a.policy = ${policy} AND a.answer = ${answer}::"AcknowledgementAnswer"
       AND a."givenAt" < ${before}`;
  return found?.people ?? 0;
}

export interface AnswersToCount {
  policy: string;
  versions: readonly VersionKey[];
  answer: AcknowledgementAnswer;
  before: Date;
}
