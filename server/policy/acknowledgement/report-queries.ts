import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import {
  answerDueDay,
  acknowledgementStateOf,
  type GivenAnswer,
  type AcknowledgementState,
  type VersionKey,
} from "#domain/policy/acknowledgement/acknowledgement.ts";
import { suppressSmallCounts, type ShownCount } from "#domain/policy/acknowledgement/suppression.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { Status } from "#domain/policy/policy/front-matter.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listOwnPolicies, type OwnPolicy, type ServedVersion } from "#server/policy/policy/queries.ts";
import {
  countAnswersByTeam,
  listAcknowledgementAnswers,
  listAnswersBefore,
  listManagedTeams,
  listPeople,
  listTeamSizes,
  type ReportPerson,
} from "./report-repository.ts";

/** What a person can have done with a policy, in the order in which reports show it. */
export const REPORT_PARTS = [
  "accepted",
  "declined",
  "outstanding",
] as const satisfies readonly AcknowledgementState["kind"][];
export type ReportPart = (typeof REPORT_PARTS)[number];

/** The policy that a report is about, in the version that is to be answered now. */
export interface ReportedPolicy {
  slug: string;
  title: string;
  version: string;
  status: Status;
}

/** Where one person of a team stands; not why somebody declined. */
export interface TeamMemberLine {
  personId: string;
  name: string;
  team: { id: string; name: string };
  part: ReportPart;
  /** When they accepted or declined. */
  givenAt: Date | null;
  /** Last day to answer, YYYY-MM-DD; null for those who have. */
  due: string | null;
  isOverdue: boolean;
}

export interface TeamReport {
  /** The teams that the actor manages, or has people in. */
  teams: { id: string; name: string }[];
  policies: { policy: ReportedPolicy; members: TeamMemberLine[] }[];
}

/** Stands for the team of those who are in none, and have a line manager all the same. */
const NO_TEAM = { id: "", name: "In no team" };

/** What those have answered whose line manager the actor is; null for those who are no line manager. */
export async function getTeamReport(actor: Actor): Promise<TeamReport | null> {
  if (!can(actor, "team.read", actor)) return null;
  const tx = getDatabase();
  const [teams, people, policies] = await Promise.all([
    listManagedTeams(tx, actor.body, actor.personId),
    listPeople(tx, actor.body, actor.personId),
    listOwnPolicies(actor),
  ]);
  const today = calendarDay(clock.now());
  const reports: TeamReport["policies"] = [];
  for (const policy of policies) {
    if (!policy.current) continue;
    const answers = await listAcknowledgementAnswers(tx, actor.body, policy.slug, actor.personId);
    const members = people.map((person) => memberLine(person, policy, answers.get(person.id) ?? [], today));
    reports.push({ policy: describe(policy.slug, policy.current), members });
  }
  const isSomebodyInNone = people.some(({ team }) => team === null);
  return { teams: [...teams, ...(isSomebodyInNone ? [NO_TEAM] : [])], policies: reports };
}

/** One policy by team: numbers only, the small ones suppressed. */
export interface PolicyReport {
  policy: ReportedPolicy;
  /** By name; those without a team last, with null. Counts in the order of `REPORT_PARTS`. */
  teams: { team: string | null; counts: ShownCount[] }[];
  totals: ShownCount[];
  people: ShownCount;
}

/**
 * How many have answered each policy of the body, by team; null for those who may not know. People who left do not count.
 * @param slug of the only policy that is asked for
 */
export async function listPolicyReports(actor: Actor, slug?: string): Promise<PolicyReport[] | null> {
  if (!can(actor, "governance.read", actor)) return null;
  const tx = getDatabase();
  const own = await listOwnPolicies(actor);
  const policies = own.filter((policy) => policy.current && (slug === undefined || policy.slug === slug));
  const [teams, counts] = await Promise.all([
    listTeamSizes(tx, actor.body),
    countAnswersByTeam(tx, actor.body, policies),
  ]);
  return policies.flatMap(({ slug: of, current }) => {
    if (!current) return [];
    const answered = counts.get(of);
    const table = teams.map(({ id, people }) => {
      const { accepted, declined } = answered?.get(id ?? "") ?? { accepted: 0, declined: 0 };
      return { accepted, declined, outstanding: people - accepted - declined };
    });
    const { rows, totals, all } = suppressSmallCounts(table.map((team) => REPORT_PARTS.map((part) => team[part])));
    return [
      {
        policy: describe(of, current),
        teams: teams.map(({ name }, at) => ({ team: name, counts: rows[at] ?? [] })),
        totals,
        people: all,
      },
    ];
  });
}

/** The same for one policy; null also where the body has none of that name. */
export async function getPolicyReport(actor: Actor, slug: string): Promise<PolicyReport | null> {
  return (await listPolicyReports(actor, slug))?.[0] ?? null;
}

/**
 * How many people of the body had accepted a policy before a moment; null for those who may not know. Who has left since
 * is counted: they were staff then.
 * @param counting the versions of which an acceptance counted then
 */
export async function countAcceptedBefore(
  actor: Actor,
  policy: string,
  counting: readonly VersionKey[],
  before: Date,
): Promise<number | null> {
  if (!can(actor, "governance.read", actor)) return null;
  const answers = await listAnswersBefore(getDatabase(), actor.body, policy, before);
  const counted = answers.filter(
    (given) =>
      given.answer === "accepted" &&
      counting.some(({ version, hash }) => given.version === version && given.hash === hash),
  );
  return new Set(counted.map(({ personId }) => personId)).size;
}

function memberLine(
  { id, name, team, joinedAt }: ReportPerson,
  { counting }: OwnPolicy,
  given: readonly GivenAnswer[],
  today: string,
): TeamMemberLine {
  const standing = acknowledgementStateOf(given, counting);
  const head = { personId: id, name, team: team ?? NO_TEAM, part: standing.kind };
  if (standing.kind !== "outstanding") return { ...head, givenAt: standing.given.givenAt, due: null, isOverdue: false };
  const due = answerDueDay(counting, joinedAt, standing.earlier);
  return { ...head, givenAt: null, due, isOverdue: due < today };
}

function describe(slug: string, { version, frontMatter }: ServedVersion): ReportedPolicy {
  return { slug, title: frontMatter.title, version, status: frontMatter.status };
}
