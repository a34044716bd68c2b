import "server-only";
import type { FollowUpState } from "#domain/policy/acknowledgement/person-state.ts";
import { PERSON_KINDS, type PersonKind } from "#domain/access/identity/person.ts";
import { Prisma } from "#server/base/db/generated/client.ts";
import { byName, type List } from "#server/base/db/list-page.ts";
import { reportingTo } from "#server/base/db/line-manager.ts";

type Tx = Prisma.TransactionClient;

/** A version whose acceptance counts, the current one first. Days are YYYY-MM-DD. */
export interface CountedVersion {
  version: string;
  hash: string;
  /** The first day on which somebody could know of it here. */
  from: string;
  /** Calendar days to answer. */
  days: number;
}

/** The policy to follow up, and the days that decide the states. */
export interface FollowUpPolicy {
  body: string;
  slug: string;
  counting: readonly CountedVersion[];
  today: string;
  soonUntil: string;
}

/** Which people; "" or null for all. */
export interface FollowUpFilter {
  state: FollowUpState | null;
  teamId: string | null;
  employer: string | null;
  kind: PersonKind | null;
  /** The beginnings of words of the name. */
  typed: string;
  /** Only those whose line manager this is. */
  managerId: string | null;
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
  /** When they answered; the version that they answered last, whether or not it still counts. */
  givenAt: Date | null;
  version: string | null;
}

type Row = Omit<FollowUpPerson, "kind"> & { kind: string };

/**
 * Everybody of a body who has not left, with their state: the same as `followUpStateOf` says of each, which a test
 * compares. One pass over the answers on the policy, so that a count costs no more than a page.
 */
function peopleWithState({ body, slug, counting, today, soonUntil }: FollowUpPolicy, of: FollowUpFilter): Prisma.Sql {
  const versions = counting.map((one, at) => ({ ...one, current: at === 0 }));
  const [current] = counting;
  const isAll = of.managerId === null;
  const own = isAll ? Prisma.empty : Prisma.sql`own AS ${reportingTo(body, of.managerId ?? "")},`;
  return Prisma.sql`
    WITH ${own} counting AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(versions)}::jsonb)
        AS v(version text, hash text, "from" text, days int, current boolean)
    ), given AS (
      SELECT a."personId",
             bool_or(a.answer = 'accepted' AND c.version IS NOT NULL) AS accepted,
             bool_or(a.answer = 'declined' AND c.current AND a."repliedAt" IS NULL) AS declined,
             bool_or(a.answer = 'accepted' AND c.version IS NULL) AS earlier,
             max(a."repliedAt") FILTER (WHERE a.answer = 'declined' AND c.current) AS "repliedAt",
             max(a."givenAt") AS "givenAt",
             (array_agg(a.version ORDER BY a."givenAt" DESC))[1] AS version
        FROM "Acknowledgement" a LEFT JOIN counting c ON c.version = a.version AND c.hash = a.hash
       WHERE a.body = ${body} AND a.policy = ${slug}
       GROUP BY 1
    ), facts AS (
      SELECT p.id, p.name, p.email, p.employer, p.kind::text AS kind, p."teamId",
             coalesce(g.accepted, false) AS accepted, coalesce(g.declined, false) AS declined,
             coalesce(g.earlier, false) AS earlier, g."givenAt", g.version,
             (p."startsOn" IS NULL OR p."startsOn" <= ${today}) AS begun,
             greatest(
               (SELECT min(to_char(greatest(c."from", j.joined)::date + c.days, 'YYYY-MM-DD')) FROM counting c),
               to_char((g."repliedAt" AT TIME ZONE 'Europe/London')::date + ${current?.days ?? 0}::int, 'YYYY-MM-DD')
             ) AS due
        FROM "Person" p
        CROSS JOIN LATERAL (
          SELECT greatest(to_char(p."createdAt" AT TIME ZONE 'Europe/London', 'YYYY-MM-DD'), p."startsOn") AS joined) j
        LEFT JOIN given g ON g."personId" = p.id
       WHERE p.body = ${body} AND p.status = 'active'
         AND (${of.teamId}::text IS NULL OR p."teamId" = ${of.teamId})
         AND (${of.employer}::text IS NULL OR p.employer = ${of.employer})
         AND (${of.kind}::text IS NULL OR p.kind::text = ${of.kind})
         AND ${isAll ? Prisma.sql`TRUE` : Prisma.sql`p.id IN (SELECT id FROM own)`} AND ${nameMatches(of.typed)}
    ), people AS (
      SELECT f.*, CASE WHEN accepted THEN 'acknowledged' WHEN NOT begun THEN 'not-asked' WHEN declined THEN 'declined'
                       WHEN due < ${today} THEN 'overdue' WHEN due <= ${soonUntil} THEN 'due-soon'
                       WHEN earlier THEN 'outdated' ELSE 'pending' END AS state
        FROM facts f)`;
}

/** Each typed word begins a word of the name. */
function nameMatches(typed: string): Prisma.Sql {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 5);
  const conditions = words.map((word) => {
    const like = word.replace(/[\\%_]/g, "\\$&");
    return Prisma.sql`(lower(p.name) LIKE ${`${like}%`} OR lower(p.name) LIKE ${`% ${like}%`} OR lower(p.name) LIKE ${`%-${like}%`})`;
  });
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, " AND ");
}

/** Those people, by name. */
export function followUpList(
  tx: Tx,
  policy: FollowUpPolicy,
  filter: FollowUpFilter,
  size?: number,
): List<FollowUpPerson> {
  const read = async (which: FollowUpFilter, beyond: Prisma.Sql, order: Prisma.Sql, take: number) => {
    const rows = await tx.$queryRaw<Row[]>`
      ${peopleWithState(policy, which)}
      SELECT p.id, p.name, p.email, p.employer, p.kind, t.name AS team, p.state, p."givenAt", p.version,
             CASE WHEN p.state IN ('acknowledged', 'declined') THEN NULL ELSE p.due END AS due
        FROM people p LEFT JOIN "Team" t ON t.id = p."teamId"
       WHERE (${which.state}::text IS NULL OR p.state = ${which.state}) AND ${beyond}
       ORDER BY ${order} LIMIT ${take}::int`;
    return rows.map(({ kind, ...row }) => ({ ...row, kind: PERSON_KINDS.find((one) => one === kind) ?? "employee" }));
  };
  return {
    within: {},
    order: [
      ["name", "asc"],
      ["id", "asc"],
    ],
    key: "id",
    ...(size !== undefined && { size }),
    find: async (id) =>
      (await read({ ...filter, state: null }, Prisma.sql`p.id = ${id}`, Prisma.sql`p.id`, 1))[0] ?? null,
    read({ take }, place) {
      const { beyond, order } = byName(place);
      return read(filter, beyond, order, take);
    },
  };
}

/** How many of them are in each state, whichever the filter names. */
export async function countFollowUp(
  tx: Tx,
  policy: FollowUpPolicy,
  filter: FollowUpFilter,
): Promise<ReadonlyMap<FollowUpState, number>> {
  const rows = await tx.$queryRaw<{ state: FollowUpState; count: number }[]>`
    ${peopleWithState(policy, filter)} SELECT state, count(*)::int AS count FROM people GROUP BY 1`;
  return new Map(rows.map(({ state, count }) => [state, count]));
}

/** Marks the lock that has reminders of one body go out one after the other. */
const REMINDER_LOCK = 20_263;

/** Waits until nobody else is reminding people of a body, so that one pressing twice reminds once. */
export async function lockReminders(tx: Tx, body: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${REMINDER_LOCK}::int, hashtext(${body}))`;
}

/** The names of the teams that somebody of a body works in, by name: at most so many. */
export async function listTeamsToFilter(tx: Tx, body: string, take: number): Promise<{ id: string; name: string }[]> {
  return tx.team.findMany({
    where: { body, members: { some: { status: "active" } } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
    take,
  });
}
