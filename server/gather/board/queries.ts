import { type Actor, can } from "#domain/access/permission/permission.ts";
import { addDays, isDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { boardMoments, firstBoardDay } from "#domain/gather/board/moments.ts";
import { shownAlone, shownShares, type PeopleCount, type ShownShare } from "#domain/gather/board/share.ts";
import { DECLINE_THEME_NAMES } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { SMALLEST_SHOWN, suppressSmallCounts, type ShownCount } from "#domain/policy/acknowledgement/suppression.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getHeadBefore } from "#server/evidence/journal/queries.ts";
import { readAnswersAtMoments, type AnswersAtMoments } from "#server/policy/acknowledgement/board-queries.ts";
import { readExceptionsAtMoments } from "#server/policy/exception/figures-queries.ts";
import { listMissedDays } from "#server/registers/clear-down/ledger-queries.ts";
import { readAccidentCounts } from "#server/registers/incident/count-queries.ts";

/** Of some people, at each moment: null where nothing was there to answer. */
export type SharesOverTime = (ShownShare | null)[];

/** How a policy is answered: the times in calendar days, null where so few answered that it could be about one of them. */
export type BoardPolicy = ReturnType<typeof toBoardPolicy>;

/** All that the board sees, as it was at the end of a day; the months the oldest first, each up to the day. */
export type Board = Awaited<ReturnType<typeof readBoard>>;
export type BoardMonth = Board["months"][number];

/** What is wrong with the day of an address. */
export type WrongBoardDay = "no-day" | "future";

/**
 * The board's page for a day; null for those who may not see it.
 * @param typed YYYY-MM-DD as in the address; today if empty or left out
 */
export async function getBoard(
  actor: Actor,
  typed: string | undefined,
): Promise<Board | { wrong: WrongBoardDay } | null> {
  if (!can(actor, "board.read", actor)) return null;
  const today = clock.today();
  const day = typed === undefined || typed.trim() === "" ? today : typed.trim();
  if (!isDay(day)) return { wrong: "no-day" };
  if (day > today) return { wrong: "future" };
  const body = (await loadContent()).bodies.find(({ slug }) => slug === actor.body);
  return body ? readBoard(body, day) : null;
}

/** The same for a body, for what has authorised already. @param day YYYY-MM-DD, today or past */
export async function readBoard(body: Body, day: string) {
  const moments = boardMoments(day);
  const from = firstBoardDay(moments);
  const periods = moments.map((moment, at) => ({
    from: at === 0 ? from : addDays(moments[at - 1]?.day ?? "", 1),
    until: moment.day,
  }));
  const starts = [...periods.map((period) => startOfDay(period.from)), ...moments.slice(-1).map(({ at }) => at)];
  const [answers, exceptions, accidents, missed, head] = await Promise.all([
    readAnswersAtMoments(body, moments),
    readExceptionsAtMoments(body.slug, moments, startOfDay(from)),
    readAccidentCounts(body.slug, starts),
    listMissedDays(body, addDays(from, -1), day),
    getHeadBefore(body.slug, moments.at(-1)?.at ?? clock.now()),
  ]);
  return {
    bodyName: body.name,
    day,
    isToday: day === clock.today(),
    moments,
    policies: answers.policies.map((policy) => toBoardPolicy(policy, answers.teams)),
    months: periods.map((period, at) => ({
      ...period,
      exceptionsInForce: shownAlone(exceptions.at[at]?.inForce ?? 0),
      exceptionsWaiting: shownAlone(exceptions.at[at]?.waiting ?? 0),
      accidents: accidents[at]?.accidents ?? 0,
      breaches: accidents[at]?.breaches ?? 0,
      missedClearDowns: missed.filter((dueOn) => period.from <= dueOn && dueOn <= period.until).length,
    })),
    exceptionsApproved: shownAlone(exceptions.approved),
    exceptionsDeclined: shownAlone(exceptions.declined),
    head,
  };
}

function toBoardPolicy(policy: AnswersAtMoments, names: ReadonlyMap<string, string>) {
  const { slug, title, version, target, isDraft, counts, times } = policy;
  const shown = counts.map((rows) => (rows === null ? null : shownShares(rows)));
  const peopled = (counts.at(-1) ?? []).filter(({ people }) => people > 0);
  const employers = [...new Set(peopled.map(({ employer }) => employer))].sort(compare);
  const { declines, declinesInAll } = declinesOf(policy);
  return {
    slug,
    title,
    version,
    isDraft,
    target,
    all: shown.map((at): ShownShare | null => at && at.all),
    employers: employers.map((name) => ({
      name,
      shares: shown.map((at): ShownShare | null => at?.employers.get(name) ?? null),
    })),
    teams: peopled
      .map((row) => ({ ...row, name: names.get(row.team) ?? null }))
      .sort(byEmployerAndName)
      .map(({ employer, team, name }) => ({
        key: `${employers.indexOf(employer)}.${team || "none"}`,
        employer,
        name,
        shares: shown.map((at) => at?.teams.get(employer)?.get(team) ?? null),
      })),
    times: times && times.people >= SMALLEST_SHOWN ? { median: times.median, ninetieth: times.ninetieth } : null,
    declines,
    declinesInAll,
  };
}

const { compare } = new Intl.Collator("en-GB");

function byEmployerAndName(a: PeopleCount & { name: string | null }, b: PeopleCount & { name: string | null }): number {
  const noneLast = Number(a.name === null) - Number(b.name === null);
  return compare(a.employer, b.employer) || noneLast || compare(a.name ?? "", b.name ?? "");
}

/** In the order of the themes, those that nobody has sorted last, with null. */
function declinesOf({ declines }: AnswersAtMoments) {
  const themes = [...DECLINE_THEME_NAMES, null];
  const counts = themes.map((theme) => declines.reduce((sum, one) => sum + (one.theme === theme ? one.people : 0), 0));
  const { rows, all } = suppressSmallCounts([counts]);
  const hidden: ShownCount = { kind: "hidden" };
  return { declinesInAll: all, declines: themes.map((theme, at) => ({ theme, count: rows[0]?.[at] ?? hidden })) };
}
