import type { AskingPolicy } from "#domain/policy/acknowledgement/asking.ts";
import { FOLLOW_UP_STATES, type FollowUpState } from "#domain/policy/acknowledgement/person-state.ts";
import { PERSON_KINDS, type PersonKind } from "#domain/access/identity/person.ts";
import { emailProblem, normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";
import { wordsBeginning } from "#server/base/db/part-of-text.ts";
import { byName, type List, NAME_ORDER } from "#server/base/db/list-page.ts";
import { joinLineManager, reportingTo } from "#server/base/db/line-manager.ts";

/** The policy to follow up, and the days that decide the states. */
export interface FollowUpPolicy extends AskingPolicy {
  body: string;
  slug: string;
  today: string;
  soonUntil: string;
}

/** What people can be ordered by: the state, the earliest last day, or the team, and then the name. */
export const FOLLOW_UP_SORTS = ["name", "state", "due", "team"] as const;
export type FollowUpSort = (typeof FOLLOW_UP_SORTS)[number];

/** Last day to answer of those who owe one. */
const OWED = Prisma.sql`CASE WHEN p.state IN ('acknowledged', 'declined', 'exempt', 'not-asked') THEN NULL ELSE p.due END`;
const FIRST: Partial<Record<FollowUpSort, { sql: Prisma.Sql; of: (row: FollowUpPerson) => string }>> = {
  state: {
    sql: Prisma.sql`chr(64 + array_position(${[...FOLLOW_UP_STATES]}::text[], p.state))`,
    of: ({ state }) => String.fromCharCode(65 + FOLLOW_UP_STATES.indexOf(state)),
  },
  due: { sql: Prisma.sql`coalesce(${OWED}, '9999')`, of: ({ due }) => due ?? "9999" },
  team: { sql: Prisma.sql`coalesce(t.name, '')`, of: ({ team }) => team ?? "" },
};

/** Which people; "" or null for all. */
export interface FollowUpFilter {
  state: FollowUpState | null;
  teamId: string | null;
  employer: string | null;
  kind: PersonKind | null;
  /** The beginnings of words of the name, or a whole e-mail address. */
  typed: string;
  /** What they are ordered by before the name. */
  sort?: FollowUpSort;
  /** Only those whose line manager this is. */
  managerId: string | null;
  /** Only these people, by id. */
  ids?: readonly string[];
  /** Only those who are asked, whether or not they have answered. */
  onlyAsked?: boolean;
  /** Leaves out the last days of those who have accepted, which only lists show: a count is several times faster. */
  isCountOnly?: boolean;
}

export interface FollowUpPerson {
  id: string;
  name: string;
  email: string;
  employer: string;
  kind: PersonKind;
  team: string | null;
  state: FollowUpState;
  /** The last day to answer, YYYY-MM-DD; null for who has answered. */
  due: string | null;
  /** The answer that decides the state, or else the last one, whether or not it still counts: when, and on which version. */
  givenAt: Date | null;
  version: string | null;
  /** Whether somebody recorded it from paper. */
  isOnPaper: boolean;
  /** Whether their understanding of that version was checked before they accepted it. */
  isUnderstandingChecked: boolean;
}

type Row = Omit<FollowUpPerson, "kind"> & { kind: string };

/**
 * Everybody of a body who has not left, with their state: the same as `askingOf` and `followUpStateOf` say of each, which
 * a test compares. One pass over the answers on the policy, so that a count costs no more than a page.
 */
function peopleWithState(policy: FollowUpPolicy, of: FollowUpFilter): Prisma.Sql {
  const { body, slug, counting, today, soonUntil } = policy;
  const versions = counting.map((one, rank) => ({ ...one, rank }));
  const latestDecline = (value: Prisma.Sql) => Prisma.sql`
    (array_agg(${value} ORDER BY c.rank, a.attempt DESC) FILTER (WHERE a.answer = 'declined' AND c.version IS NOT NULL))[1]`;
  const isAcceptance = Prisma.sql`(a.answer = 'accepted' AND c.version IS NOT NULL)`;
  const isAll = of.managerId === null;
  const own = isAll ? Prisma.empty : Prisma.sql`own AS ${reportingTo(body, of.managerId ?? "")},`;
  return Prisma.sql`
    WITH ${own} ${askedOf(policy)}, counting AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(versions)}::jsonb)
        AS v(version text, hash text, "from" text, days int, rank int)
    ), given AS (
      SELECT a."personId",
             bool_or(${isAcceptance}) AS accepted,
             ${latestDecline(Prisma.sql`a."repliedAt" IS NULL`)} AS declined,
             bool_or(a.answer = 'accepted' AND c.version IS NULL) AS earlier,
             to_char(${latestDecline(Prisma.sql`a."repliedAt"`)} AT TIME ZONE 'Europe/London', 'YYYY-MM-DD') AS replied,
             /* As acknowledgementStateOf has it: no other answer takes the place of an acceptance. */
             (array_agg(a.id ORDER BY ${isAcceptance} DESC, CASE WHEN ${isAcceptance} THEN c.rank END,
                                      a."givenAt" DESC, a.attempt DESC))[1] AS "answerId"
        FROM "Acknowledgement" a LEFT JOIN counting c ON c.version = a.version AND c.hash = a.hash
       WHERE a.body = ${body} AND a.policy = ${slug}
       GROUP BY 1
    ), exempt AS (
      SELECT DISTINCT "personId" FROM "Exemption"
       WHERE body = ${body} AND policy = ${slug} AND "endedAt" IS NULL AND ("lastDay" IS NULL OR "lastDay" >= ${today})
    ), facts AS (
      SELECT p.id, p.name, p.email, p.employer, p.kind::text AS kind, p."teamId",
             coalesce(g.accepted, false) AS accepted, coalesce(g.declined, false) AS declined,
             coalesce(g.earlier, false) AS earlier, g."answerId", x."personId" IS NOT NULL AS exempt,
             d.due IS NOT NULL AND (p."startsOn" IS NULL OR p."startsOn" <= ${today}) AS asked, d.due
        FROM "Person" p
        LEFT JOIN given g ON g."personId" = p.id
        LEFT JOIN exempt x ON x."personId" = p.id
        ${lastDays(policy, of.isCountOnly ? Prisma.sql`WHERE g.accepted IS NOT TRUE` : Prisma.empty)}
       WHERE p.body = ${body} AND p.status = 'active'
         AND ${of.ids ? Prisma.sql`p.id = ANY(${[...of.ids]}::text[])` : Prisma.sql`TRUE`}
         AND (${of.teamId}::text IS NULL OR p."teamId" = ${of.teamId})
         AND (${of.employer}::text IS NULL OR p.employer = ${of.employer})
         AND (${of.kind}::text IS NULL OR p.kind::text = ${of.kind})
         AND ${isAll ? Prisma.sql`TRUE` : Prisma.sql`p.id IN (SELECT id FROM own)`} AND ${isNamed(of.typed)}
    ), people AS (
      SELECT f.*, CASE WHEN accepted THEN 'acknowledged' WHEN NOT asked THEN 'not-asked' WHEN exempt THEN 'exempt'
                       WHEN declined THEN 'declined' WHEN due < ${today} THEN 'overdue'
                       WHEN due <= ${soonUntil} THEN 'due-soon' WHEN earlier THEN 'outdated' ELSE 'pending' END AS state
        FROM facts f WHERE ${of.onlyAsked ? Prisma.sql`asked` : Prisma.sql`TRUE`})`;
}

/** Marks the parts of the policy's own audience among those of campaigns. */
const OWN_AUDIENCE = "";
/** So far the calendar goes: absences that last longer end a time to answer there. */
const FURTHEST_DAYS = 800;

/**
 * The tables that decide who is asked: `member`, who is in which audience, and since when ("" since they joined);
 * `campaign`, those that run; `cal`, each day with how many working days there were up to it; `away`, when people are.
 */
function askedOf({ body, counting, audience, campaigns, daysOff, today }: FollowUpPolicy): Prisma.Sql {
  const running = campaigns.flatMap(({ state, version, hash, startDay, ...one }) => {
    const counted = counting.find((of) => of.version === version && of.hash === hash);
    if (state !== "running" || !counted) return [];
    return [{ ...one, start: startDay > counted.from ? startDay : counted.from }];
  });
  const parts = [
    ...(audience ?? []).map((part) => ({ of: OWN_AUDIENCE, ...part })),
    ...running.flatMap(({ reference, audience: own }) => own.map((part) => ({ of: reference, ...part }))),
  ];
  const asked = running.map(({ reference, start, workingDays }) => ({ of: reference, start, days: workingDays }));
  const [first = today] = [...counting.map(({ from }) => from), ...asked.map(({ start }) => start)].sort();
  return Prisma.sql`
    part AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) AS v("of" text, kind text, value text)
    ), campaign AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS v("of" text, start text, days int)
    ), cal AS MATERIALIZED (
      SELECT day, works, sum(works) OVER (ORDER BY day) AS number FROM (
        SELECT to_char(d, 'YYYY-MM-DD') AS day,
               (extract(isodow FROM d) < 6 AND to_char(d, 'YYYY-MM-DD') <> ALL(${[...daysOff]}::text[]))::int AS works
          FROM generate_series(${first}::date, ${today}::date + ${FURTHEST_DAYS}::int, '1 day') AS d) AS days
    ), away AS (
      SELECT "personId", "firstDay", "lastDay" FROM "Absence" WHERE body = ${body} AND "lastDay" > ${first}
    ), member AS MATERIALIZED (
      SELECT "of", person, min(since) AS since FROM (
        SELECT "of", p.id AS person, '' AS since FROM part JOIN "Person" p ON p.body = ${body} WHERE part.kind = 'body'
        UNION ALL
        SELECT "of", p.id, coalesce(p."employerSince", '') FROM part
          JOIN "Person" p ON p.body = ${body} AND p.employer = value WHERE part.kind = 'employer'
        UNION ALL
        SELECT "of", p.id, coalesce(p."teamSince", '') FROM part
          JOIN "Person" p ON p.body = ${body} AND p."teamId" = value WHERE part.kind = 'team'
        UNION ALL
        SELECT "of", p.id, coalesce(p."rolesSince"->>value, '') FROM part
          JOIN "Person" p ON p.body = ${body} AND value = ANY(p.roles) WHERE part.kind = 'role'
        UNION ALL
        SELECT "of", p.id, coalesce(p."kindSince", '') FROM part
          JOIN "Person" p ON p.body = ${body} AND p.kind::text = value WHERE part.kind = 'kind'
        UNION ALL
        SELECT "of", p.id, '' FROM part JOIN "Person" p ON p.body = ${body} AND p.id = value WHERE part.kind = 'person'
      ) AS members GROUP BY 1, 2
    )`;
}

/** Joins the last day on which somebody (`p`) can answer, `d.due`; null where nobody asks them. */
function lastDays({ counting, audience, campaigns, asksByItself }: FollowUpPolicy, where: Prisma.Sql): Prisma.Sql {
  const [current] = counting;
  const within =
    audience === null ? Prisma.empty : Prisma.sql`JOIN member own ON own."of" = ${OWN_AUDIENCE} AND own.person = p.id`;
  const since = audience === null ? Prisma.sql`''` : Prisma.sql`own.since`;
  const joined = Prisma.sql`greatest(to_char(p."createdAt" AT TIME ZONE 'Europe/London', 'YYYY-MM-DD'),
                                     p."startsOn", p."returnedOn", ${since})`;
  const end = (from: Prisma.Sql, days: Prisma.Sql, isWorking: boolean) => Prisma.sql`(CASE
      WHEN EXISTS (SELECT 1 FROM away WHERE away."personId" = p.id) THEN
        (SELECT cal.day FROM cal WHERE cal.day > ${from} ${isWorking ? Prisma.sql`AND cal.works = 1` : Prisma.empty}
            AND NOT EXISTS (SELECT 1 FROM away WHERE away."personId" = p.id
                               AND cal.day BETWEEN away."firstDay" AND away."lastDay")
          ORDER BY cal.day OFFSET ${days} - 1 LIMIT 1)
      ELSE ${
        isWorking
          ? Prisma.sql`(SELECT last.day FROM cal begun JOIN cal last ON last.number = begun.number + ${days} AND last.works = 1
                         WHERE begun.day = ${from})`
          : Prisma.sql`to_char(${from}::date + ${days}, 'YYYY-MM-DD')`
      } END)`;
  const people = Prisma.sql`(SELECT 1) AS one ${within}`;
  if (campaigns.length > 0)
    return Prisma.sql`LEFT JOIN LATERAL (
      SELECT min(greatest(${end(Prisma.sql`asking.start`, Prisma.sql`asking.days`, true)},
                          CASE WHEN g.replied IS NOT NULL THEN ${end(Prisma.sql`g.replied`, Prisma.sql`asking.days`, true)} END)) AS due
        FROM (SELECT greatest(campaign.start, ${joined}, member.since) AS start, campaign.days
                FROM ${people} JOIN campaign ON true JOIN member ON member."of" = campaign."of" AND member.person = p.id
               ${where}) AS asking) AS d ON true`;
  if (!asksByItself) return Prisma.sql`LEFT JOIN LATERAL (SELECT NULL::text AS due) AS d ON true`;
  const days = Prisma.sql`${current?.days ?? 0}::int`;
  return Prisma.sql`LEFT JOIN LATERAL (
      SELECT greatest(min(${end(Prisma.sql`asking.start`, Prisma.sql`asking.days`, false)}),
                      CASE WHEN g.replied IS NOT NULL THEN ${end(Prisma.sql`g.replied`, days, false)} END) AS due
        FROM (SELECT greatest(c."from", ${joined}) AS start, c.days FROM ${people} JOIN counting c ON true ${where}) AS asking
      HAVING count(*) > 0) AS d ON true`;
}

/** Each typed word begins a word of the name, accents and apostrophes aside; or it is the whole e-mail address. */
function isNamed(typed: string): Prisma.Sql {
  if (typed === "") return Prisma.sql`TRUE`;
  if (emailProblem(typed) === null) return Prisma.sql`p.email = ${normaliseEmail(typed)}`;
  const query = wordsBeginning(typed);
  return query === null ? Prisma.sql`FALSE` : Prisma.sql`search_words(p.name) @@ to_tsquery('simple', ${query})`;
}

/** Those people, by name. */
export function followUpList(tx: Tx, policy: FollowUpPolicy, filter: FollowUpFilter): List<FollowUpPerson> {
  const read = async (which: FollowUpFilter, beyond: Prisma.Sql, order: Prisma.Sql, take: number) => {
    const rows = await tx.$queryRaw<Row[]>`
      ${peopleWithState(policy, which)}
      SELECT p.id, p.name, p.email, p.employer, p.kind, t.name AS team, p.state, a."givenAt", a.version,
             a."recordedAt" IS NOT NULL AS "isOnPaper", a."understoodAt" IS NOT NULL AS "isUnderstandingChecked",
             ${OWED} AS due
        FROM people p LEFT JOIN "Team" t ON t.id = p."teamId" LEFT JOIN "Acknowledgement" a ON a.id = p."answerId"
       WHERE (${which.state}::text IS NULL OR p.state = ${which.state}) AND ${beyond}
       ORDER BY ${order} LIMIT ${take}::int`;
    return rows.map(({ kind, ...row }) => ({ ...row, kind: PERSON_KINDS.find((one) => one === kind) ?? "employee" }));
  };
  return {
    within: {},
    order: NAME_ORDER,
    key: "id",
    find: async (id) =>
      (await read({ ...filter, state: null }, Prisma.sql`p.id = ${id}`, Prisma.sql`p.id`, 1))[0] ?? null,
    read({ take }, position) {
      const { beyond, order } = byName(position, FIRST[filter.sort ?? "name"]);
      return read(filter, beyond, order, take);
    },
  };
}

/** How many of them are in each state, whichever the filter names. */
export async function countFollowUp(tx: Tx, policy: FollowUpPolicy, filter: FollowUpFilter) {
  const rows = await tx.$queryRaw<{ state: FollowUpState; count: number }[]>`
    SELECT counted.state, counted.count FROM (
      ${peopleWithState(policy, filter)} SELECT state, count(*)::int AS count FROM people GROUP BY 1) AS counted`;
  return new Map(rows.map(({ state, count }) => [state, count]));
}

/** How many of them know: the mail of their working day has named the task (its key), or they have answered. */
export async function countTold(tx: Tx, policy: FollowUpPolicy, filter: FollowUpFilter, task: string): Promise<number> {
  const [found] = await tx.$queryRaw<{ count: number }[]>`
    ${peopleWithState(policy, filter)}
    SELECT count(*)::int AS count FROM people p LEFT JOIN "DigestState" d ON d."personId" = p.id
     WHERE p.accepted OR p.declined OR ${task} = ANY(d."taskKeys")`;
  return found?.count ?? 0;
}

/**
 * How many of each line manager's people, null for those who have none, are overdue since a day, and since an earlier
 * one; nobody speaks to those who are away today. Who manages their own team has no line manager in it.
 * @param late YYYY-MM-DD: whoever had to answer by it counts
 */
export const countOverdueByManager = async (
  tx: Tx,
  policy: FollowUpPolicy,
  late: string,
  longLate: string,
): Promise<{ managerId: string | null; late: number; longLate: number }[]> => tx.$queryRaw`
    ${peopleWithState(policy, EVERYBODY)}
    SELECT manager.id AS "managerId", count(*)::int AS late,
           count(*) FILTER (WHERE o.due <= ${longLate})::int AS "longLate"
      FROM people o JOIN "Person" p ON p.id = o.id ${joinLineManager}
     WHERE o.state = 'overdue' AND o.due <= ${late}
       AND NOT EXISTS (SELECT 1 FROM away WHERE away."personId" = o.id
                          AND ${policy.today} BETWEEN away."firstDay" AND away."lastDay")
     GROUP BY 1`;

/** How many people of each team are in each state; "" for those in none. @param of everybody, or a line manager's own */
export const countFollowUpByTeam = async (
  tx: Tx,
  policy: FollowUpPolicy,
  of: Pick<FollowUpFilter, "managerId"> = EVERYBODY,
): Promise<{ teamId: string; team: string | null; state: FollowUpState; count: number }[]> => tx.$queryRaw`
    ${peopleWithState(policy, { ...EVERYBODY, ...of })}
    SELECT coalesce(t.id, '') AS "teamId", t.name AS team, p.state, count(*)::int AS count
      FROM people p LEFT JOIN "Team" t ON t.id = p."teamId" GROUP BY 1, 2, 3`;

const EVERYBODY: FollowUpFilter = {
  state: null,
  teamId: null,
  employer: null,
  kind: null,
  typed: "",
  managerId: null,
};

/** Marks the lock that has reminders of one body go out one after the other. */
const REMINDER_LOCK = 20_263;

/** Waits until nobody else is reminding people of a body, so that one pressing twice reminds once. */
export async function lockReminders(tx: Tx, body: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${REMINDER_LOCK}::int, hashtext(${body}))`;
}

/** The names of the teams that somebody of a body works in, by name: at most so many. */
export const listTeamsToFilter = (tx: Tx, body: string, take: number): Promise<{ id: string; name: string }[]> =>
  tx.team.findMany({
    where: { body, members: { some: { status: "active" } } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
    take,
  });
