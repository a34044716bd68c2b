import "server-only";
import type { DayEnd } from "#domain/base/calendar/day-end.ts";
import { Prisma } from "#server/base/db/generated/client.ts";

// What the board's page counts at the ends of several days at once. Each moment is one bit of a number, the oldest the
// lowest, so that every person and every answer is read once, however many moments there are.

type Tx = Prisma.TransactionClient;

/** A version, and at which moments its acceptance counts: a bit for each. */
export interface VersionAtMoments {
  slug: string;
  version: string;
  hash: string;
  moments: number;
}

/** People of one employer in one team, with a number for each moment. */
export interface CountsAtMoments {
  employer: string;
  /** Id; "" for none. */
  team: string;
  counts: number[];
}

/** The bits of all moments that are later than some event: `index` of them are not. */
const after = (all: number, index: Prisma.Sql) => Prisma.sql`((${all}::int >> ${index}) << ${index})`;

/** How many moments are not later than an event. */
const notLater = (moments: readonly DayEnd[], at: Prisma.Sql) =>
  Prisma.sql`width_bucket(${at}, ${moments.map((one) => one.at.toISOString())}::timestamptz[])`;

const bitsOf = (moments: readonly DayEnd[]) => 2 ** moments.length - 1;

const versionsIn = (versions: readonly VersionAtMoments[]) => Prisma.sql`
  (SELECT * FROM jsonb_to_recordset(${JSON.stringify(versions)}::jsonb)
     AS v(slug text, version text, hash text, moments int))`;

/**
 * Rows `present` (id, employer, team, bits): at which moments somebody was in the directory, had begun and had not left.
 * When somebody left and came back is in the journal. Employer and team are those of now.
 */
function present(body: string, moments: readonly DayEnd[]): Prisma.Sql {
  const all = bitsOf(moments);
  const days = Prisma.sql`${moments.map(({ day }) => day)}::date[]`;
  return Prisma.sql`
    turns AS (
      SELECT subject AS id, event, at, lead(at) OVER (PARTITION BY subject ORDER BY position) AS until
        FROM "Evidence" WHERE body = ${body} AND event IN ('person.left', 'person.returned')
    ), gone AS (
      SELECT id, bit_or(${after(all, notLater(moments, Prisma.sql`at`))}
                        & ~coalesce(${after(all, notLater(moments, Prisma.sql`until`))}, 0)) AS bits
        FROM turns WHERE event = 'person.left' GROUP BY id
    ), present AS (
      SELECT p.id, p.employer, coalesce(p."teamId", '') AS team,
             ${after(all, notLater(moments, Prisma.sql`p."createdAt"`))}
             & CASE WHEN p."startsOn" IS NULL THEN ${all}::int
                    ELSE ${after(all, Prisma.sql`width_bucket(p."startsOn"::date - 1, ${days})`)} END
             & ~coalesce(g.bits, CASE WHEN p.status = 'left' THEN ${all}::int ELSE 0 END) AS bits
        FROM "Person" p LEFT JOIN gone g ON g.id = p.id WHERE p.body = ${body}
    )`;
}

/** A number for each moment: in how many rows its bit is set. */
const countOfEach = (moments: readonly DayEnd[], bits: Prisma.Sql) => Prisma.sql`
  array[${Prisma.join(moments.map((_, at) => Prisma.sql`(count(*) FILTER (WHERE (${bits} >> ${at}::int) & 1 = 1))::int`))}]`;

/** How many people of a body there were at each moment, by employer and team. */
export async function countPeopleAt(tx: Tx, body: string, moments: readonly DayEnd[]): Promise<CountsAtMoments[]> {
  return tx.$queryRaw`
    WITH ${present(body, moments)}
    SELECT employer, team, ${countOfEach(moments, Prisma.sql`bits`)} AS counts
      FROM present WHERE bits <> 0 GROUP BY 1, 2`;
}

/** How many of them had accepted a version that counted at each moment, by policy, employer and team. */
export async function countAcceptedAt(
  tx: Tx,
  body: string,
  moments: readonly DayEnd[],
  versions: readonly VersionAtMoments[],
): Promise<(CountsAtMoments & { slug: string })[]> {
  const given = after(bitsOf(moments), notLater(moments, Prisma.sql`a."givenAt"`));
  return tx.$queryRaw`
    WITH ${present(body, moments)}, accepted AS (
      SELECT v.slug, a."personId" AS id, bit_or(${given} & v.moments) AS bits
        FROM ${versionsIn(versions)} AS v
        JOIN "Acknowledgement" a ON a.policy = v.slug AND a.version = v.version AND a.hash = v.hash
       WHERE a.body = ${body} AND a.answer = 'accepted'
       GROUP BY 1, 2
    )
    SELECT a.slug, p.employer, p.team, ${countOfEach(moments, Prisma.sql`(a.bits & p.bits)`)} AS counts
      FROM accepted a JOIN present p ON p.id = a.id
     WHERE a.bits & p.bits <> 0 GROUP BY 1, 2, 3`;
}

/** How long people took to answer, in calendar days. */
export interface AnswerTimes {
  slug: string;
  people: number;
  median: number;
  /** Nine in ten took this many days or fewer. */
  ninetieth: number;
}

/**
 * From the day on which somebody could answer to the day of their first answer on a version that counts, in London.
 * @param from first day on which anybody could answer, YYYY-MM-DD, by policy
 */
export async function listAnswerTimes(
  tx: Tx,
  body: string,
  { at }: DayEnd,
  versions: readonly (Pick<VersionAtMoments, "slug" | "version" | "hash"> & { from: string })[],
): Promise<AnswerTimes[]> {
  const entered = Prisma.sql`(p."createdAt" AT TIME ZONE 'Europe/London')::date`;
  return tx.$queryRaw`
    WITH first AS (
      SELECT v.slug, v."from", a."personId", min(a."givenAt") AS "givenAt"
        FROM (SELECT * FROM jsonb_to_recordset(${JSON.stringify(versions)}::jsonb)
                AS v(slug text, version text, hash text, "from" text)) AS v
        JOIN "Acknowledgement" a ON a.policy = v.slug AND a.version = v.version AND a.hash = v.hash
       WHERE a.body = ${body} AND a."givenAt" < ${at} GROUP BY 1, 2, 3
    ), took AS (
      SELECT f.slug, greatest(0, (f."givenAt" AT TIME ZONE 'Europe/London')::date
                                 - greatest(f."from"::date, p."startsOn"::date, ${entered})) AS days
        FROM first f JOIN "Person" p ON p.id = f."personId"
    )
    SELECT slug, count(*)::int AS people, percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS median,
           percentile_disc(0.9) WITHIN GROUP (ORDER BY days)::int AS ninetieth
      FROM took GROUP BY 1`;
}

/** How many people's latest decline of a version that counts is about what, by policy; null where nobody has said. */
export async function countDeclinesByTheme(
  tx: Tx,
  body: string,
  { at }: DayEnd,
  versions: readonly Pick<VersionAtMoments, "slug" | "version" | "hash">[],
): Promise<{ slug: string; theme: string | null; people: number }[]> {
  return tx.$queryRaw`
    WITH latest AS (
      SELECT DISTINCT ON (a.policy, a."personId") a.policy AS slug,
             CASE WHEN a."repliedAt" < ${at} THEN a.theme END AS theme
        FROM (SELECT * FROM jsonb_to_recordset(${JSON.stringify(versions)}::jsonb)
                AS v(slug text, version text, hash text)) AS v
        JOIN "Acknowledgement" a ON a.policy = v.slug AND a.version = v.version AND a.hash = v.hash
       WHERE a.body = ${body} AND a.answer = 'declined' AND a."givenAt" < ${at}
       ORDER BY a.policy, a."personId", a."givenAt" DESC, a.attempt DESC
    )
    SELECT slug, theme, count(*)::int AS people FROM latest GROUP BY 1, 2`;
}

/** The names of a body's teams, by id. */
export async function listReportedTeamNames(tx: Tx, body: string): Promise<Map<string, string>> {
  const teams = await tx.team.findMany({ where: { body }, select: { id: true, name: true } });
  return new Map(teams.map(({ id, name }) => [id, name]));
}
