import type { DayEnd } from "#domain/base/calendar/day-end.ts";
import type { AudienceKind } from "#domain/policy/campaign/audience.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";

// What the board's page counts at the ends of several days at once. Each moment is one bit of a number, the oldest the
// lowest, so that every person and every answer is read once, however many moments there are.

/** A version, and at which moments its acceptance counts: a bit for each. */
export interface VersionAtMoments {
  slug: string;
  version: string;
  hash: string;
  moments: number;
}

/** Since when the portal has an answer (`a`): one on paper since it was recorded, so that the page of a past day stays. */
const KNOWN = Prisma.sql`coalesce(a."recordedAt", a."givenAt")`;

/** The bits of all moments that are later than some event: `index` of them are not. */
const after = (all: number, index: Prisma.Sql) => Prisma.sql`((${all}::int >> ${index}) << ${index})`;

/** How many moments are not later than an event. */
const notLater = (moments: readonly DayEnd[], at: Prisma.Sql) =>
  Prisma.sql`width_bucket(${at}, ${moments.map((one) => one.at.toISOString())}::timestamptz[])`;

const notLaterThanDay = (moments: readonly DayEnd[], day: Prisma.Sql) =>
  Prisma.sql`width_bucket(${day}, ${moments.map((one) => one.day)}::date[])`;

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
                    ELSE ${after(all, notLaterThanDay(moments, Prisma.sql`p."startsOn"::date - 1`))} END
             & ~coalesce(g.bits, CASE WHEN p.status = 'left' THEN ${all}::int ELSE 0 END) AS bits
        FROM "Person" p LEFT JOIN gone g ON g.id = p.id WHERE p.body = ${body}
    )`;
}

/** A number for each moment: in how many rows its bit is set. */
const countOfEach = (moments: readonly DayEnd[], bits: Prisma.Sql) => Prisma.sql`
  array[${Prisma.join(moments.map((_, at) => Prisma.sql`(count(*) FILTER (WHERE (${bits} >> ${at}::int) & 1 = 1))::int`))}]`;

/**
 * At which moments a policy asked whom: a bit for each. Somebody is asked where they are in the audience of the version
 * (`own`) and are called by a campaign, or by the policy itself (`call`).
 */
export interface AskedAtMoments {
  slug: string;
  side: "own" | "call";
  kind: AudienceKind;
  value: string;
  moments: number;
}

/**
 * Rows `asked` (slug, person, side, bits) of those who are asked as a part of the body, and `everybody` (slug, own, call)
 * with the moments at which all of it is. Since when somebody is with their employer, in their team, in a role and of
 * their kind is in the directory.
 */
function askedAt(body: string, moments: readonly DayEnd[], parts: readonly AskedAtMoments[]): Prisma.Sql {
  const all = bitsOf(moments);
  const slugs = [...new Set(parts.map(({ slug }) => slug))];
  const wholes = slugs.map((slug) => ({
    slug,
    own: wholeBits(parts, slug, "own"),
    call: wholeBits(parts, slug, "call"),
  }));
  const since = (day: Prisma.Sql) =>
    Prisma.sql`CASE WHEN ${day} IS NULL THEN ${all}::int ELSE ${after(all, notLaterThanDay(moments, Prisma.sql`(${day})::date - 1`))} END`;
  const members = (kind: AudienceKind, condition: Prisma.Sql, day: Prisma.Sql) => Prisma.sql`
    SELECT slug, side, p.id AS person, moments & ${since(day)} AS bits
      FROM part JOIN "Person" p ON p.body = ${body} AND ${condition} WHERE part.kind = ${kind}`;
  return Prisma.sql`
    part AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(parts)}::jsonb)
        AS v(slug text, side text, kind text, value text, moments int)
    ), everybody AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(wholes)}::jsonb) AS v(slug text, own int, call int)
    ), asked AS (
      SELECT slug, side, person, bit_or(bits) AS bits FROM (
        ${Prisma.join(
          [
            members("employer", Prisma.sql`p.employer = value`, Prisma.sql`p."employerSince"`),
            members("team", Prisma.sql`p."teamId" = value`, Prisma.sql`p."teamSince"`),
            members("role", Prisma.sql`value = ANY(p.roles)`, Prisma.sql`p."rolesSince"->>value`),
            members("kind", Prisma.sql`p.kind::text = value`, Prisma.sql`p."kindSince"`),
            members("person", Prisma.sql`p.id = value`, Prisma.sql`NULL::text`),
          ],
          " UNION ALL ",
        )}) AS members GROUP BY 1, 2, 3
    ), exempt AS (
      SELECT policy AS slug, "personId" AS person,
             bit_or(${after(all, notLater(moments, Prisma.sql`"givenAt"`))}
                    & ~coalesce(${after(all, notLater(moments, Prisma.sql`"endedAt"`))}, 0)
                    & ~coalesce(${after(all, notLaterThanDay(moments, Prisma.sql`"lastDay"::date`))}, 0)) AS bits
        FROM "Exemption" WHERE body = ${body} GROUP BY 1, 2
    )`;
}

function wholeBits(parts: readonly AskedAtMoments[], slug: string, side: AskedAtMoments["side"]): number {
  const own = parts.filter((part) => part.slug === slug && part.side === side && part.kind === "body");
  return own.reduce((bits, { moments }) => bits | moments, 0);
}

/** People of one employer in one team who had to answer a policy, and of them who had accepted, at each moment. */
export interface AnsweredAtMoments {
  slug: string;
  employer: string;
  /** Id; "" for none. */
  team: string;
  people: number[];
  accepted: number[];
}

/** Who had accepted counts as asked, whether or not they were; who was exempt does not, unless they had accepted. */
export async function countAnsweredAt(
  tx: Tx,
  body: string,
  moments: readonly DayEnd[],
  versions: readonly VersionAtMoments[],
  parts: readonly AskedAtMoments[],
): Promise<AnsweredAtMoments[]> {
  const given = after(bitsOf(moments), notLater(moments, KNOWN));
  return tx.$queryRaw`
    WITH ${present(body, moments)}, ${askedAt(body, moments, parts)}, accepted AS (
      SELECT v.slug, a."personId" AS id, bit_or(${given} & v.moments) AS bits
        FROM ${versionsIn(versions)} AS v
        JOIN "Acknowledgement" a ON a.policy = v.slug AND a.version = v.version AND a.hash = v.hash
       WHERE a.body = ${body} AND a.answer = 'accepted'
       GROUP BY 1, 2
    ), people AS (
      SELECT e.slug, p.employer, p.team, p.bits & coalesce(a.bits, 0) AS accepted,
             p.bits & (coalesce(a.bits, 0) | ((e.own | coalesce(own.bits, 0)) & (e.call | coalesce(call.bits, 0))
                                             & ~coalesce(x.bits, 0))) AS asked
        FROM present p CROSS JOIN everybody e
        LEFT JOIN accepted a ON a.slug = e.slug AND a.id = p.id
        LEFT JOIN asked own ON own.slug = e.slug AND own.person = p.id AND own.side = 'own'
        LEFT JOIN asked call ON call.slug = e.slug AND call.person = p.id AND call.side = 'call'
        LEFT JOIN exempt x ON x.slug = e.slug AND x.person = p.id
       WHERE p.bits <> 0
    )
    SELECT slug, employer, team, ${countOfEach(moments, Prisma.sql`asked`)} AS people,
           ${countOfEach(moments, Prisma.sql`accepted`)} AS accepted
      FROM people WHERE asked <> 0 GROUP BY 1, 2, 3`;
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
       WHERE a.body = ${body} AND ${KNOWN} < ${at} GROUP BY 1, 2, 3
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
export const countDeclinesByTheme = async (
  tx: Tx,
  body: string,
  { at }: DayEnd,
  versions: readonly Pick<VersionAtMoments, "slug" | "version" | "hash">[],
): Promise<{ slug: string; theme: string | null; people: number }[]> => tx.$queryRaw`
    WITH latest AS (
      SELECT DISTINCT ON (a.policy, a."personId") a.policy AS slug,
             CASE WHEN a."repliedAt" < ${at} THEN a.theme END AS theme
        FROM (SELECT * FROM jsonb_to_recordset(${JSON.stringify(versions)}::jsonb)
                AS v(slug text, version text, hash text)) AS v
        JOIN "Acknowledgement" a ON a.policy = v.slug AND a.version = v.version AND a.hash = v.hash
       WHERE a.body = ${body} AND a.answer = 'declined' AND ${KNOWN} < ${at}
       ORDER BY a.policy, a."personId", a."givenAt" DESC, a.attempt DESC
    )
    SELECT slug, theme, count(*)::int AS people FROM latest GROUP BY 1, 2`;

/** The names of a body's teams, by id. */
export async function listReportedTeamNames(tx: Tx, body: string): Promise<Map<string, string>> {
  const teams = await tx.team.findMany({ where: { body }, select: { id: true, name: true } });
  return new Map(teams.map(({ id, name }) => [id, name]));
}
