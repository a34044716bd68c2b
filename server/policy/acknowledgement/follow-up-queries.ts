import { type Actor, can } from "#domain/access/permission/permission.ts";
import { PERSON_KINDS } from "#domain/access/identity/person.ts";
import type { Asked, Register } from "#domain/base/list/page.ts";
import { taskKey } from "#domain/gather/task/digest.ts";
import { answerTask } from "#domain/policy/acknowledgement/acknowledgement.ts";
import type { CampaignTerms } from "#domain/policy/campaign/campaign.ts";
import { dueSoonUntil, FOLLOW_UP_STATES, type FollowUpState } from "#domain/policy/acknowledgement/person-state.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readEvery, registerOver } from "#server/base/db/list-page.ts";
import { withCurrent } from "#server/policy/policy/queries.ts";
import { listAskedPolicies, type AskedPolicy } from "./asking-queries.ts";
import { listManagedTeams } from "./repository.ts";
import {
  countFollowUp,
  FOLLOW_UP_SORTS,
  countTold,
  followUpList,
  listTeamsToFilter,
  type FollowUpFilter,
  type FollowUpPerson,
  type FollowUpPolicy,
} from "./follow-up-repository.ts";

export type { FollowUpFilter, FollowUpPerson } from "./follow-up-repository.ts";

/** Somebody to follow up on a policy, its title and version, and whether it is the reader. */
export type ListedFollowUp = FollowUpPerson & {
  policy: string;
  policyTitle: string;
  policyVersion: string;
  isReader: boolean;
};

/** The people of a body with what they have answered to a policy. */
export interface FollowUp extends Register<ListedFollowUp> {
  slug: string;
  title: string;
  version: string;
  policies: { slug: string; title: string }[];
  /** With the other filters, whichever state is chosen. */
  counts: ReadonlyMap<FollowUpState, number>;
  teams: { id: string; name: string }[];
  employers: readonly string[];
}

/** More teams than this are not offered as a filter: their pages link here. */
const MOST_TEAMS_OFFERED = 200;

/** Every batch works everybody's state out again. */
const PEOPLE_AT_ONCE = 5_000;

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads filters from an address; invalid values are left out. */
export function readFollowUpFilter(query: Query): Omit<FollowUpFilter, "managerId"> {
  const text = (name: string) => ([query[name] ?? []].flat().at(-1) ?? "").slice(0, 200);
  return {
    state: FOLLOW_UP_STATES.find((one) => one === text("state")) ?? null,
    teamId: text("team") || null,
    employer: text("employer") || null,
    kind: PERSON_KINDS.find((one) => one === text("kind")) ?? null,
    typed: text("q").trim(),
    sort: FOLLOW_UP_SORTS.find((one) => one === text("sort")) ?? "name",
  };
}

/** Whose people: everybody of the body, for officers and policy owners; or a line manager's own. */
export type FollowUpScope = "body" | "team";

function scopeFor(actor: Actor, scope: FollowUpScope): { managerId: string | null } | null {
  const mayRead = can(actor, scope === "body" ? "acknowledgement.follow-up" : "team.read", actor);
  return mayRead ? { managerId: scope === "body" ? null : actor.personId } : null;
}

/**
 * By name, who has answered a policy of the body and who has not: everybody, for officers and policy owners, or a line
 * manager's own people; null for everyone else.
 * @param asked its `policy` is a slug of the body's own, null for another; without one, it is the first policy
 */
export async function getFollowUp(actor: Actor, asked: Asked, whose: FollowUpScope = "body"): Promise<FollowUp | null> {
  const scope = scopeFor(actor, whose);
  if (!scope) return null;
  const { chosen, policies } = await choosePolicy(actor, asked["policy"]);
  if (!chosen || ![chosen.slug, "", undefined].includes(asked["policy"])) return null;
  const tx = getDatabase();
  const policy = policyToFollowUp(actor, chosen);
  const which = { ...readFollowUpFilter(asked), ...scope };
  const [counts, teams, { bodies }] = await Promise.all([
    countFollowUp(tx, policy, which),
    scope.managerId === null
      ? listTeamsToFilter(tx, actor.body, MOST_TEAMS_OFFERED + 1)
      : listManagedTeams(tx, actor.body, scope.managerId, MOST_TEAMS_OFFERED + 1),
    loadContent(),
  ]);
  const list = followUpList(tx, policy, which);
  const { frontMatter, version } = chosen.current;
  const of = { policy: chosen.slug, policyTitle: frontMatter.title, policyVersion: version };
  const make = (people: readonly FollowUpPerson[]): ListedFollowUp[] =>
    people.map((person) => ({ ...person, ...of, isReader: person.id === actor.personId }));
  return {
    ...registerOver(list, make),
    every: () => registerOver({ ...list, size: PEOPLE_AT_ONCE }, make).every(),
    slug: chosen.slug,
    title: frontMatter.title,
    version,
    policies,
    counts,
    teams: teams.length > MOST_TEAMS_OFFERED ? [] : teams,
    employers: bodies.find((one) => one.slug === actor.body)?.employers ?? [],
  };
}

/** The same people one after the other, for a reminder to all; null where the actor follows nobody up. */
export async function readFollowUp(
  actor: Actor,
  slug: string,
  filter: Omit<FollowUpFilter, "managerId">,
  whose: FollowUpScope,
): Promise<{ chosen: CurrentPolicy; people: AsyncIterable<FollowUpPerson> } | null> {
  const scope = scopeFor(actor, whose);
  if (!scope) return null;
  const { chosen } = await choosePolicy(actor, slug);
  if (chosen?.slug !== slug) return null;
  const policy = policyToFollowUp(actor, chosen);
  return {
    chosen,
    people: readEvery({ ...followUpList(getDatabase(), policy, { ...filter, ...scope }), size: PEOPLE_AT_ONCE }),
  };
}

export type CurrentPolicy = ReturnType<typeof withCurrent<AskedPolicy>>[number];

async function choosePolicy(actor: Actor, slug: string | undefined) {
  const own = withCurrent(await listAskedPolicies(actor));
  const policies = own.map(({ slug: of, current }) => ({ slug: of, title: current.frontMatter.title }));
  return { policies, chosen: own.find((one) => one.slug === slug) ?? own[0] };
}

const ASKED: FollowUpFilter = { ...readFollowUpFilter({}), managerId: null, onlyAsked: true };

/** The policy as if one campaign alone asked; null asks nobody. */
function askedBy(actor: Actor, policy: AskedPolicy, terms: CampaignTerms | null): FollowUpPolicy {
  const stopped = policy.asking.campaigns.map((one) => ({ ...one, state: "stopped" as const }));
  const campaigns = terms ? [terms] : stopped;
  const asking = { ...policy.asking, campaigns, asksByItself: false };
  return policyToFollowUp(actor, { ...policy, asking });
}

/** Those whom a campaign asks, or would ask, by name. The caller authorises. @param terms null asks nobody */
export const listCampaignPeople = (actor: Actor, policy: AskedPolicy, terms: CampaignTerms | null) =>
  followUpList(getDatabase(), askedBy(actor, policy, terms), ASKED);

/** How many of them are in each state, and how many have been told or answered. The caller authorises. */
export async function countCampaign(actor: Actor, policy: AskedPolicy, terms: CampaignTerms | null) {
  const asked = askedBy(actor, policy, terms);
  const { current } = policy;
  const task = current ? taskKey(answerTask(policy.slug, current)) : "";
  const [states, told] = await Promise.all([
    countFollowUp(getDatabase(), asked, ASKED),
    countTold(getDatabase(), asked, ASKED, task),
  ]);
  return { states, told };
}

/** What of a policy decides who is in which state today. */
export function policyToFollowUp(actor: Actor, { slug, asking }: AskedPolicy): FollowUpPolicy {
  const today = clock.today();
  return { ...asking, body: actor.body, slug, today, soonUntil: dueSoonUntil(today, asking.daysOff) };
}

/** More policies than these are counted on their own pages. */
const MOST_COUNTED_POLICIES = 3;

/** How many have answered, by policy: of the body, or the actor's own people; null for those who follow nobody up. */
export async function countAnswersToPolicies(actor: Actor, whose: FollowUpScope) {
  const scope = scopeFor(actor, whose);
  if (!scope) return null;
  const policies = withCurrent(await listAskedPolicies(actor));
  return Promise.all(
    policies.slice(0, MOST_COUNTED_POLICIES).map(async (policy) => {
      const which = { ...ASKED, ...scope, onlyAsked: false, isCountOnly: true };
      const states = await countFollowUp(getDatabase(), policyToFollowUp(actor, policy), which);
      const sum = (...of: FollowUpState[]) => of.reduce((total, state) => total + (states.get(state) ?? 0), 0);
      return {
        slug: policy.slug,
        title: policy.current.frontMatter.title,
        answered: sum("acknowledged", "declined"),
        /** Not answered, and still in time. */
        inTime: sum("due-soon", "outdated", "pending"),
        overdue: sum("overdue"),
      };
    }),
  );
}
