import "server-only";
import type { DayEnd } from "#domain/base/calendar/day-end.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { versionsThatCount } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { readDeclineTheme, type DeclineTheme } from "#domain/policy/acknowledgement/decline-theme.ts";
import { currentVersion, startDay } from "#domain/policy/policy/policy.ts";
import { readFromReplica } from "#server/base/db/replica.ts";
import { listServedPolicies, type ServedVersion } from "#server/policy/policy/queries.ts";
import {
  countAcceptedAt,
  countDeclinesByTheme,
  countPeopleAt,
  listAnswerTimes,
  listReportedTeamNames,
  type AnswerTimes,
  type CountsAtMoments,
} from "./board-repository.ts";

/** People of one employer in one team at a moment, and how many of them had accepted. */
export interface AcceptedCount {
  employer: string;
  /** Id; "" for none. */
  team: string;
  people: number;
  accepted: number;
}

/** How a policy was answered at the ends of some days. */
export interface AnswersAtMoments {
  slug: string;
  title: string;
  /** The version to be answered at the last moment; its first day to answer here, YYYY-MM-DD. */
  version: string;
  from: string;
  isDraft: boolean;
  /** For each moment; null where nothing was there to be answered. */
  counts: (readonly AcceptedCount[] | null)[];
  /** Null where nobody had answered. */
  times: Omit<AnswerTimes, "slug"> | null;
  /** How many people's latest decline is about what; null for those whom nobody has sorted. */
  declines: { theme: DeclineTheme | null; people: number }[];
}

export interface BodyAnswers {
  policies: AnswersAtMoments[];
  /** Names of the teams, by id. */
  teams: ReadonlyMap<string, string>;
}

/**
 * How the policies of a body were answered at the ends of some days, worked out from the records as they were then; a
 * policy with nothing to answer at the last of them is left out. For what has authorised already.
 * @param moments the oldest first, at most thirty
 */
export async function readAnswersAtMoments(body: string, moments: readonly DayEnd[]): Promise<BodyAnswers> {
  const last = moments.at(-1);
  if (!last) return { policies: [], teams: new Map() };
  const policies = (await listServedPolicies(body)).flatMap(({ slug, versions }) => {
    const counting = moments.map((moment) => countingAt(versions, moment));
    const [current] = counting.at(-1) ?? [];
    return current ? [{ slug, current, counting, last: counting.at(-1) ?? [] }] : [];
  });
  const versions = policies.flatMap(({ slug, counting }) => withMoments(slug, counting));
  const latest = policies.flatMap(({ slug, last: counting }) => {
    const from = firstDayToAnswer(counting);
    return counting.map(({ version, hash }) => ({ slug, version, hash, from }));
  });
  const [people, accepted, times, declines, teams] = await readFromReplica((tx) =>
    Promise.all([
      countPeopleAt(tx, body, moments),
      countAcceptedAt(tx, body, moments, versions),
      listAnswerTimes(tx, body, last, latest),
      countDeclinesByTheme(tx, body, last, latest),
      listReportedTeamNames(tx, body),
    ]),
  );
  const acceptedOf = grouped(accepted, ({ slug }) => slug);
  return {
    teams,
    policies: policies.map(({ slug, current, counting, last: lastCounting }): AnswersAtMoments => {
      const found = times.find((one) => one.slug === slug);
      return {
        slug,
        title: current.frontMatter.title,
        version: current.version,
        from: firstDayToAnswer(lastCounting),
        isDraft: current.frontMatter.status === "draft",
        counts: countsOf(people, acceptedOf.get(slug) ?? [], counting),
        times: found ? { people: found.people, median: found.median, ninetieth: found.ninetieth } : null,
        declines: declines
          .filter((one) => one.slug === slug)
          .map(({ theme, people: declined }) => ({ theme: readDeclineTheme(theme), people: declined })),
      };
    }),
  };
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

/** The first day on which anybody could answer one of these versions, YYYY-MM-DD. */
function firstDayToAnswer(counting: readonly ServedVersion[]): string {
  const days = counting.map((version) => [startDay(version), calendarDay(version.servedAt)].sort().at(-1) ?? "");
  return days.sort()[0] ?? "";
}

function countsOf(
  people: readonly CountsAtMoments[],
  accepted: readonly CountsAtMoments[],
  counting: readonly (readonly ServedVersion[])[],
): AnswersAtMoments["counts"] {
  const keyOf = ({ employer, team }: Pick<CountsAtMoments, "employer" | "team">) => JSON.stringify([employer, team]);
  const acceptedBy = new Map(accepted.map((row) => [keyOf(row), row.counts]));
  return counting.map((versions, at) => {
    if (versions.length === 0) return null;
    return people.map(({ employer, team, counts }) => ({
      employer,
      team,
      people: counts[at] ?? 0,
      accepted: acceptedBy.get(keyOf({ employer, team }))?.[at] ?? 0,
    }));
  });
}
