import type { DayEnd } from "#domain/base/calendar/day-end.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { versionsThatCount, readDeclineTheme } from "#domain/policy/acknowledgement/acknowledgement.ts";
import type { AudiencePart } from "#domain/policy/campaign/audience.ts";
import { DEFAULT_CAMPAIGN } from "#domain/policy/campaign/campaign.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { currentVersion, startDay } from "#domain/policy/policy/policy.ts";
import { readFromReplica } from "#server/base/db/replica.ts";
import { listStartedCampaigns } from "#server/policy/campaign/queries.ts";
import { listServedPolicies, type ServedVersion } from "#server/policy/policy/queries.ts";
import { audiencePartsOf } from "./asking-queries.ts";
import {
  countAnsweredAt,
  countDeclinesByTheme,
  listAnswerTimes,
  listReportedTeamNames,
  type AnsweredAtMoments,
  type AskedAtMoments,
} from "./board-repository.ts";

/** How a policy was answered at the ends of some days. */
export type AnswersAtMoments = Awaited<ReturnType<typeof readAnswersAtMoments>>["policies"][number];

/**
 * How the policies of a body were answered at the ends of some days, worked out from the records as they were then; a
 * policy with nothing to answer at the last of them is left out. For what has authorised already.
 * @param moments the oldest first, at most thirty
 */
export async function readAnswersAtMoments(body: Body, moments: readonly DayEnd[]) {
  const last = moments.at(-1);
  if (!last) return { policies: [], teams: new Map<string, string>() };
  const [served, campaigns] = await Promise.all([listServedPolicies(body.slug), listStartedCampaigns(body.slug)]);
  const policies = served.flatMap(({ slug, versions }) => {
    const counting = moments.map((moment) => countingAt(versions, moment));
    const latest = counting.at(-1) ?? [];
    const [current] = latest;
    const own = campaigns.filter(({ policy }) => policy === slug);
    return current
      ? [{ slug, current, counting, latest, campaigns: own, from: firstDayToAnswer(latest, own, last) }]
      : [];
  });
  const versions = policies.flatMap(({ slug, counting }) => withMoments(slug, counting));
  const latest = policies.flatMap(({ slug, latest: counting, from }) =>
    counting.map(({ version, hash }) => ({ slug, version, hash, from })),
  );
  const parts = (await Promise.all(policies.map((policy) => askedParts(body, policy, moments)))).flat();
  const [answered, times, declines, teams] = await readFromReplica((tx) =>
    Promise.all([
      countAnsweredAt(tx, body.slug, moments, versions, parts),
      listAnswerTimes(tx, body.slug, last, latest),
      countDeclinesByTheme(tx, body.slug, last, latest),
      listReportedTeamNames(tx, body.slug),
    ]),
  );
  const answeredOf = grouped(answered, ({ slug }) => slug);
  return {
    teams,
    policies: policies.map(({ slug, current, counting, latest: lastCounting, campaigns: own }) => {
      const found = times.find((one) => one.slug === slug);
      const targets = callingAt(own, lastCounting, last).running.map(({ targetPercent }) => targetPercent);
      return {
        slug,
        title: current.frontMatter.title,
        /** The version to be answered at the last moment. */
        version: current.version,
        /** The share that is to be reached, in per cent: the campaign's that ran then, the highest of several. */
        target: targets.length === 0 ? DEFAULT_CAMPAIGN.targetPercent : Math.max(...targets),
        isDraft: current.frontMatter.status === "draft",
        /** For each moment; null where nothing was there to be answered. */
        counts: countsOf(answeredOf.get(slug) ?? [], counting),
        /** Null where nobody had answered. */
        times: found ?? null,
        /** How many people's latest decline is about what; null for those whom nobody has sorted. */
        declines: declines
          .filter((one) => one.slug === slug)
          .map(({ theme, people: declined }) => ({ theme: readDeclineTheme(theme), people: declined })),
      };
    }),
  };
}

type StartedCampaign = Awaited<ReturnType<typeof listStartedCampaigns>>[number];

/** The campaigns for versions that count which had been started by the end of a day, and those that ran then. */
function callingAt(campaigns: readonly StartedCampaign[], counting: readonly ServedVersion[], { at }: DayEnd) {
  const started = campaigns.filter(
    ({ startedAt, version, hash }) =>
      startedAt < at && counting.some((one) => one.version === version && one.hash === hash),
  );
  return { started, running: started.filter(({ endedAt }) => endedAt === null || endedAt >= at) };
}

interface CountedPolicy {
  slug: string;
  counting: readonly (readonly ServedVersion[])[];
  campaigns: readonly StartedCampaign[];
}

/** Whom a policy asked at each moment: as its version says, and as campaigns did, where one had been started. */
async function askedParts(body: Body, { slug, counting, campaigns }: CountedPolicy, moments: readonly DayEnd[]) {
  const whole: readonly AudiencePart[] = [{ kind: "body", value: "" }];
  const ofMoments = moments.map(async (moment, at): Promise<AskedAtMoments[]> => {
    const versions = counting[at] ?? [];
    const [current] = versions;
    if (!current) return [];
    const { started, running } = callingAt(campaigns, versions, moment);
    const own = await audiencePartsOf(current.frontMatter, body.slug);
    const asksByItself = current.frontMatter.status !== "draft" || body.asksForDrafts === true;
    const call = started.length > 0 ? running.flatMap(({ audience }) => audience) : asksByItself ? whole : [];
    const toPart =
      (side: AskedAtMoments["side"]) =>
      ({ kind, value }: AudiencePart) => ({ slug, side, kind, value, moments: 2 ** at });
    return [...(own ?? whole).map(toPart("own")), ...call.map(toPart("call"))];
  });
  const found = (await Promise.all(ofMoments)).flat();
  // A policy that asks nobody is counted by who accepted it nevertheless.
  const none: AskedAtMoments = { slug, side: "own", kind: "body", value: "", moments: 0 };
  const same = grouped([none, ...found], ({ side, kind, value }) => JSON.stringify([side, kind, value]));
  return [...same.values()].flatMap(([first, ...rest]) =>
    first ? [{ ...first, moments: rest.reduce((bits, part) => bits | part.moments, first.moments) }] : [],
  );
}

/** The versions whose acceptance counted at the end of a day, the one to be answered first; of what was served by then. */
function countingAt(versions: readonly ServedVersion[], { day, at }: DayEnd): ServedVersion[] {
  const served = versions.filter(({ servedAt }) => servedAt < at);
  const current = currentVersion(served, day);
  const counting = current ? versionsThatCount(served, current) : [];
  return counting.flatMap((version) => served.find((one) => one === version) ?? []);
}

/** Each version once, with a bit for each moment at which it counts. */
function withMoments(slug: string, counting: readonly (readonly ServedVersion[])[]) {
  const all = new Map(counting.flat().map((version) => [version.hash, version]));
  return [...all.values()].map(({ version, hash }) => ({
    slug,
    version,
    hash,
    moments: counting.reduce(
      (bits, ofMoment, at) => bits + (ofMoment.some((one) => one.hash === hash) ? 2 ** at : 0),
      0,
    ),
  }));
}

/** The first day on which anybody could answer one of these versions, or was called to, YYYY-MM-DD. */
function firstDayToAnswer(counting: readonly ServedVersion[], campaigns: readonly StartedCampaign[], moment: DayEnd) {
  const days = counting.map((version) => [startDay(version), calendarDay(version.servedAt)].sort().at(-1) ?? "");
  const calls = callingAt(campaigns, counting, moment).started.map(({ startedAt }) => calendarDay(startedAt));
  const [served = ""] = days.sort();
  const [called = ""] = calls.sort();
  return called > served ? called : served;
}

/** By employer and team: how many people had to answer at each moment, and how many of them had accepted. */
const countsOf = (answered: readonly AnsweredAtMoments[], counting: readonly (readonly ServedVersion[])[]) =>
  counting.map((versions, at) =>
    versions.length === 0
      ? null
      : answered.map(({ people, accepted, ...of }) => ({
          ...of,
          people: people[at] ?? 0,
          accepted: accepted[at] ?? 0,
        })),
  );
