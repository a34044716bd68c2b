/**
 * Who owes an answer to a policy, and by when: as a campaign says, otherwise as the version itself says. It follows from
 * the records at the moment of asking; nothing has to run for it.
 */
import type { Placement } from "#domain/access/identity/person.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { periodEnd, type DayRange } from "#domain/base/calendar/period.ts";
import { inAudienceSince, type AudiencePart } from "#domain/policy/campaign/audience.ts";
import type { CampaignTerms } from "#domain/policy/campaign/campaign.ts";
import type { GivenAnswer, VersionKey } from "./acknowledgement.ts";

/** A version whose acceptance counts. */
export interface CountedVersion extends VersionKey {
  /** The first day on which somebody could know of it here, YYYY-MM-DD. */
  from: string;
  /** Calendar days to answer, where no campaign says otherwise. */
  days: number;
}

/** What of a policy decides who is asked. */
export interface AskingPolicy {
  /** The current one first. */
  counting: readonly CountedVersion[];
  /** For whom the policy is; null for everybody. */
  audience: readonly AudiencePart[] | null;
  /** Whether it is asked at all without a campaign: not where it is a draft, unless the body says so. */
  asksByItself: boolean;
  /** The campaigns that were ever started, of these versions. */
  campaigns: readonly CampaignTerms[];
  /** Days off of the body, YYYY-MM-DD. */
  daysOff: ReadonlySet<string>;
}

/** What of somebody decides whether they are asked. */
export interface AskedPerson extends Placement {
  absences: readonly DayRange[];
}

/**
 * By when somebody owes an answer; null if nobody asks them. Once a campaign was started for a version, campaigns alone
 * ask for it. Each asks from the day on which somebody came into its audience; of several the earliest last day counts.
 * Without one, a change that was not material gives no extra time to people who had not answered before it. The policy
 * owner's reply to a decline gives the whole time again.
 * @param earlier a decline that the policy owner has replied to
 */
export function askingOf(policy: AskingPolicy, person: AskedPerson, earlier: Pick<GivenAnswer, "repliedAt"> | null) {
  const { counting, audience, asksByItself, campaigns, daysOff } = policy;
  const { absences, joinedDay } = person;
  const since = audience === null ? "" : inAudienceSince(audience, person);
  const [current] = counting;
  if (since === null || !current) return null;
  const from = latest(joinedDay, since);
  const replied = earlier?.repliedAt ? calendarDay(earlier.repliedAt) : "";
  if (campaigns.length === 0) {
    if (!asksByItself) return null;
    const rules = { unit: "calendar", daysOff, absences } as const;
    const dues = counting.map((one) => periodEnd(latest(one.from, from), one.days, rules));
    const afterReply = replied && periodEnd(replied, current.days, rules);
    return { due: latest(earliest(dues), afterReply), campaign: null };
  }
  const asked = campaigns.flatMap((campaign): { due: string; campaign: CampaignTerms }[] => {
    const within = campaign.state === "running" ? inAudienceSince(campaign.audience, person) : null;
    const version = counting.find(({ version: of, hash }) => of === campaign.version && hash === campaign.hash);
    if (within === null || !version) return [];
    const rules = { unit: "working", daysOff, absences } as const;
    const start = latest(campaign.startDay, version.from, from, within);
    const first = periodEnd(start, campaign.workingDays, rules);
    return [{ due: latest(first, replied && periodEnd(replied, campaign.workingDays, rules)), campaign }];
  });
  const [first = null] = asked.sort(
    (a, b) => compare(a.due, b.due) || compare(a.campaign.reference, b.campaign.reference),
  );
  return first;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const latest = (...days: readonly string[]): string => [...days].sort().at(-1) ?? "";

const earliest = (days: readonly string[]): string => [...days].sort()[0] ?? "";
