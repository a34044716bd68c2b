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
import type { Prisma } from "#server/base/db/generated/client.ts";
import { readFromReplica } from "#server/base/db/replica.ts";
import { listOwnPolicies, type OwnPolicy, type ServedVersion } from "#server/policy/policy/queries.ts";
import {
  listAcknowledgementAnswers,
  listAnswersBefore,
  listManagedTeams,
  listPeople,
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
  const policies = await listOwnPolicies(actor);
  const [teams, people, answersOn] = await readFromReplica(async (tx) =>
    Promise.all([
      listManagedTeams(tx, actor.body, actor.personId),
      listPeople(tx, actor.body, actor.personId),
      listAnswersToCurrent(tx, actor.body, policies, actor.personId),
    ]),
  );
  const today = calendarDay(clock.now());
  const reports: TeamReport["policies"] = [];
  for (const policy of policies) {
    if (!policy.current) continue;
    const answers = answersOn.get(policy.slug);
    const members = people.map((person) => memberLine(person, policy, answers?.get(person.id) ?? [], today));
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

/** How many have answered each policy of the body, by team; null for those who may not know. People who left do not count. */
export async function listPolicyReports(actor: Actor): Promise<PolicyReport[] | null> {
  if (!can(actor, "governance.read", actor)) return null;
  const policies = await listOwnPolicies(actor);
  const [people, answersOn] = await readFromReplica(async (tx) =>
    Promise.all([listPeople(tx, actor.body), listAnswersToCurrent(tx, actor.body, policies)]),
  );
  const teams = groupByTeam(people);
  const reports: PolicyReport[] = [];
  for (const { slug, current, counting } of policies) {
    if (!current) continue;
    const answers = answersOn.get(slug);
    const parts = teams.map(({ members }) =>
      members.map(({ id }) => acknowledgementStateOf(answers?.get(id) ?? [], counting).kind),
    );
    const counts = parts.map((kinds) => REPORT_PARTS.map((part) => kinds.filter((kind) => kind === part).length));
    const { rows, totals, all } = suppressSmallCounts(counts);
    reports.push({
      policy: describe(slug, current),
      teams: teams.map(({ team }, at) => ({ team, counts: rows[at] ?? [] })),
      totals,
      people: all,
    });
  }
  return reports;
}

/** The same for one policy; null also where the body has none of that name. */
export async function getPolicyReport(actor: Actor, slug: string): Promise<PolicyReport | null> {
  return (await listPolicyReports(actor))?.find(({ policy }) => policy.slug === slug) ?? null;
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

type Answers = Awaited<ReturnType<typeof listAcknowledgementAnswers>>;

/** The answers on each policy that has a current version, by its slug. @param managerId only of those whose line manager this is */
async function listAnswersToCurrent(
  tx: Prisma.TransactionClient,
  body: string,
  policies: readonly OwnPolicy[],
  managerId?: string,
): Promise<Map<string, Answers>> {
  const slugs = policies.flatMap(({ slug, current }) => (current ? [slug] : []));
  const answers = slugs.map(
    async (slug) => [slug, await listAcknowledgementAnswers(tx, body, slug, managerId)] as const,
  );
  return new Map(await Promise.all(answers));
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

function groupByTeam(people: readonly ReportPerson[]): { team: string | null; members: ReportPerson[] }[] {
  const ids = [...new Set(people.map(({ team }) => team?.id ?? null))];
  return ids
    .map((id) => people.filter(({ team }) => (team?.id ?? null) === id))
    .map((members) => ({ team: members[0]?.team?.name ?? null, members }))
    .sort(
      (a, b) =>
        Number(a.team === null) - Number(b.team === null) || (a.team ?? "").localeCompare(b.team ?? "", "en-GB"),
    );
}

function describe(slug: string, { version, frontMatter }: ServedVersion): ReportedPolicy {
  return { slug, title: frontMatter.title, version, status: frontMatter.status };
}
