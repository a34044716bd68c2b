import { type Actor, can } from "#domain/access/permission/permission.ts";
import type { AcknowledgementState, VersionKey } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { REMINDED_STATES, type FollowUpState } from "#domain/policy/acknowledgement/person-state.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readFromReplica } from "#server/base/db/replica.ts";
import { listOwnPolicies, withCurrent, type ServedVersion } from "#server/policy/policy/queries.ts";
import { listAskedPolicies } from "./asking-queries.ts";
import { policyToFollowUp } from "./follow-up-queries.ts";
import { countFollowUpByTeam } from "./follow-up-repository.ts";
import { countPeopleWhoAnswered } from "./repository.ts";
import { clock } from "#server/base/clock.ts";

/** Where a person can stand with a policy, in the order in which reports show it. */
export const REPORT_PARTS = [
  "accepted",
  "declined",
  "outstanding",
] as const satisfies readonly AcknowledgementState["kind"][];
export type ReportPart = (typeof REPORT_PARTS)[number];

/** The policy that a report is about, in the version to be answered now. */
export type ReportedPolicy = ReturnType<typeof describe>;
/** One policy by team, in numbers: for officers, who can see the names as well. */
export type PolicyReport = NonNullable<Awaited<ReturnType<typeof listPolicyReports>>>[number];

/** How many of a line manager's own people have answered a policy, by team; null for everybody else. */
export async function countTeamAnswers(actor: Actor, slug: string) {
  const policy = (await listAskedPolicies(actor)).find((one) => one.slug === slug);
  if (!policy || !can(actor, "team.read", actor)) return null;
  const own = { managerId: actor.personId };
  return sumByTeam(await countFollowUpByTeam(getDatabase(), policyToFollowUp(actor, policy), own)).teams;
}

/** This many policies are shown on one page; if there are more, one at a time. */
const MOST_POLICIES_SHOWN = 3;

/** The slugs of the policies on a page: all if there are few, otherwise the requested one or the first. */
function policiesToShow(policies: readonly ReportedPolicy[], slug: string | undefined): string[] {
  const slugs = policies.map((policy) => policy.slug);
  if (slug !== undefined && slugs.includes(slug)) return [slug];
  return slugs.length <= MOST_POLICIES_SHOWN ? slugs : slugs.slice(0, 1);
}

/** The policies in officers' reports; null for those who may not know. */
export async function listReportedPolicies(actor: Actor, slug: string | undefined) {
  if (!can(actor, "governance.read", actor)) return null;
  const all = withCurrent(await listOwnPolicies(actor)).map(describe);
  return { all, shown: policiesToShow(all, slug) };
}

/**
 * How many of those who are asked have answered each policy of the body, by team; null for those who may not know. Who
 * left, has not begun yet, is exempt or is not in the audience does not count.
 * @param slugs of the policies wanted; all if omitted
 */
export async function listPolicyReports(actor: Actor, slugs?: readonly string[]) {
  if (!can(actor, "governance.read", actor)) return null;
  const policies = withCurrent(await listAskedPolicies(actor)).filter(({ slug }) => slugs?.includes(slug) ?? true);
  const counted = await readFromReplica((tx) =>
    Promise.all(policies.map((policy) => countFollowUpByTeam(tx, policyToFollowUp(actor, policy)))),
  );
  return policies.map((policy, at) => ({ policy: describe(policy), ...sumByTeam(counted[at] ?? []) }));
}

/** By name, people without a team last, with nulls. */
function sumByTeam(counts: Awaited<ReturnType<typeof countFollowUpByTeam>>) {
  const byTeam = grouped(counts, ({ teamId }) => teamId);
  const { compare } = new Intl.Collator("en-GB");
  const teams = [...byTeam]
    .map(([id, of]) => ({ id: id || null, team: of[0]?.team ?? null, counts: partsOf(of) }))
    .sort((a, b) => Number(a.id === null) - Number(b.id === null) || compare(a.team ?? "", b.team ?? ""));
  const totals = partsOf(counts);
  return { teams, totals, people: REPORT_PARTS.reduce((sum, part) => sum + totals[part], 0) };
}

function partsOf(counts: readonly { state: FollowUpState; count: number }[]): Record<ReportPart, number> {
  const sum = (of: (part: ReportPart | null) => boolean) =>
    counts.reduce((total, { state, count }) => total + (of(partOf(state)) ? count : 0), 0);
  return {
    accepted: sum((part) => part === "accepted"),
    declined: sum((part) => part === "declined"),
    outstanding: sum((part) => part === "outstanding"),
  };
}

/** The part of a report in which somebody in a state counts; null for who owes no answer. */
export function partOf(state: FollowUpState): ReportPart | null {
  if (state === "acknowledged") return "accepted";
  if (state === "declined") return "declined";
  return REMINDED_STATES.includes(state) ? "outstanding" : null;
}

/** The same for one policy; null also if the body has none of that name. */
export const getPolicyReport = async (actor: Actor, slug: string) =>
  (await listPolicyReports(actor, [slug]))?.[0] ?? null;

/**
 * How many people of the body had accepted a policy before a moment; null for those who may not know. People who have
 * left since are counted: they were staff then.
 * @param counting the versions whose acceptance counted then
 */
export async function countAcceptedBefore(actor: Actor, policy: string, counting: readonly VersionKey[], before: Date) {
  if (!can(actor, "governance.read", actor)) return null;
  const which = { policy, versions: counting, answer: "accepted", before } as const;
  return countPeopleWhoAnswered(getDatabase(), actor.body, which);
}

function describe({ slug, current: { version, frontMatter } }: { slug: string; current: ServedVersion }) {
  return { slug, title: frontMatter.title, version, status: frontMatter.status };
}

/**
 * How many people of the actor's body ever declined a version. Null for people who do not answer declines: they never
 * see small numbers (server/policy/acknowledgement/report-queries.ts).
 */
export async function countDeclines(actor: Actor, on: { policy: string; version: string; hash: string }) {
  if (!can(actor, "acknowledgement.answer-decline", actor)) return null;
  const which = { policy: on.policy, versions: [on], answer: "declined", before: clock.now() } as const;
  return countPeopleWhoAnswered(getDatabase(), actor.body, which);
}
