import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { GivenAnswer } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { dueSoonUntil, stateOfPerson, type PersonState } from "#domain/policy/acknowledgement/person-state.ts";
import type { AskedPerson, AskingPolicy } from "#domain/policy/acknowledgement/asking.ts";
import type { AudienceKind } from "#domain/policy/campaign/audience.ts";
import { startDay } from "#domain/policy/policy/policy.ts";
import type { CampaignTerms } from "#domain/policy/campaign/campaign.ts";
import type { FrontMatter } from "#domain/policy/policy/front-matter.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { listPlacements } from "#server/access/identity/queries.ts";
import { listAbsences } from "#server/people/absence/queries.ts";
import { listCampaignTerms, listTeamsNamed } from "#server/policy/campaign/queries.ts";
import { listOwnPolicies, type OwnPolicy } from "#server/policy/policy/queries.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { listExempt } from "./repository.ts";

/** A policy of a body with what decides who is asked. */
export type AskedPolicy = OwnPolicy & { asking: AskingPolicy };

/** The policies of the actor's body, each with who is asked, and by when. */
export async function listAskedPolicies(actor: Actor): Promise<AskedPolicy[]> {
  const [policies, terms] = await Promise.all([listOwnPolicies(actor), listCampaignTerms(actor.body)]);
  return Promise.all(policies.map(async (policy) => ({ ...policy, asking: await askingRules(policy, terms) })));
}

/** More days than any time to answer that runs today can still last without absences. */
const FURTHEST_DAYS = 800;

/** What decides who is asked for a policy. @param terms the campaigns that were started in its body, of any policy */
export async function askingRules({ slug, body, counting, current }: OwnPolicy, terms: readonly CampaignTerms[]) {
  const campaigns = terms.filter(
    ({ policy, version, hash }) =>
      policy === slug && counting.some((one) => one.version === version && one.hash === hash),
  );
  const counted = counting.map((one) => {
    const [from = ""] = [startDay(one), calendarDay(one.servedAt)].sort().reverse();
    return { version: one.version, hash: one.hash, days: one.frontMatter.acknowledgeWithinDays, from };
  });
  const today = clock.today();
  const first =
    [today, ...counted.map(({ from }) => from), ...campaigns.map(({ startDay }) => startDay)].sort()[0] ?? "";
  const isDraft = current?.frontMatter.status === "draft";
  return {
    counting: counted,
    audience: current ? await audiencePartsOf(current.frontMatter, body.slug) : null,
    asksByItself: !isDraft || body.asksForDrafts === true,
    campaigns,
    daysOff: daysOff(body, first, addDays(today, FURTHEST_DAYS)),
  };
}

/** Whom a version is asked of; teams by their ids, since names are the content's. */
export async function audiencePartsOf({ askedOf }: Pick<FrontMatter, "askedOf">, body: string) {
  if (askedOf === null) return null;
  const teams = askedOf.teams.length === 0 ? [] : await listTeamsNamed(getDatabase(), body, askedOf.teams);
  const of = (kind: AudienceKind, values: readonly string[]) => values.map((value) => ({ kind, value }));
  const ids = teams.map(({ id }) => id);
  return [
    ...of("employer", askedOf.employers),
    ...of("team", ids),
    ...of("role", askedOf.roles),
    ...of("kind", askedOf.kinds),
  ];
}

/** Somebody who may be asked, and the policies that they are exempt from, by slug. */
export interface PersonToAsk extends AskedPerson {
  exempt: ReadonlySet<string>;
}

/** Where somebody stands with a policy of their body today. @param given all their answers on it */
export function stateOfPersonToday(
  { slug, asking }: Pick<AskedPolicy, "slug" | "asking">,
  person: PersonToAsk,
  given: readonly GivenAnswer[],
): PersonState {
  const today = clock.today();
  const days = { today, soonUntil: dueSoonUntil(today, asking.daysOff) };
  return stateOfPerson(asking, { ...person, isExempt: person.exempt.has(slug) }, given, days);
}

/** What decides whether people are asked, by id; three queries however many they are. */
export async function listPeopleToAsk(tx: Tx, ids: readonly string[]): Promise<Map<string, PersonToAsk>> {
  const today = clock.today();
  const [placements, absences, exempt] = await Promise.all([
    listPlacements(tx, ids, today),
    listAbsences(tx, ids),
    listExempt(tx, ids, today),
  ]);
  return new Map(
    [...placements].map(([id, placement]) => [
      id,
      { ...placement, absences: absences.get(id) ?? [], exempt: exempt.get(id) ?? new Set<string>() },
    ]),
  );
}
