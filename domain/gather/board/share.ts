/**
 * Shares of people by employer and team that give nobody away: small counts are hidden, and so is whatever would tell
 * them (docs/decisions/064-board-report.md).
 */
import { grouped } from "#domain/base/list/grouped.ts";
import { type ShownCount, SMALLEST_SHOWN, suppressSmallCounts } from "#domain/policy/acknowledgement/suppression.ts";

/**
 * The share of a part in per cent, rounded down: it never says that a target is reached before it is.
 * @returns null where there is nobody
 */
export const shareOf = (part: number, whole: number) => (whole === 0 ? null : Math.floor((100 * part) / whole));

/** People of one employer in one team who have to answer, and how many of them have accepted. */
export interface PeopleCount {
  employer: string;
  /** "" for none. */
  team: string;
  people: number;
  accepted: number;
}

/** A share in whole per cent: itself, or the limit that follows from knowing that fewer than five are left, or are done. */
export interface ShownPercent {
  kind: "exact" | "at-least" | "at-most";
  percent: number;
}

/** What is shown of some people. */
export interface ShownShare {
  /** How many accepted, and how many have not. */
  accepted: ShownCount;
  rest: ShownCount;
  /** Null where it is not shown, or there is nobody. */
  share: ShownPercent | null;
  /** Null where it is not shown. */
  people: number | null;
}

export interface ShownShares {
  all: ShownShare;
  /** By employer. */
  employers: Map<string, ShownShare>;
  /** By employer, then by team. */
  teams: Map<string, Map<string, ShownShare>>;
}

const HIDDEN: ShownCount = { kind: "hidden" };
const NOTHING: ShownShare = { accepted: HIDDEN, rest: HIDDEN, share: null, people: null };

/**
 * The shares of a body, its employers and their teams at one moment. An employer's number is the sum of its teams', so a
 * team is shown only where its employer is and where both together tell no small number; else the whole employer's teams
 * are hidden. A reader is taken to know how many people there are.
 */
export function shownShares(counts: readonly PeopleCount[]): ShownShares {
  const employers = [...grouped(counts, ({ employer }) => employer)].filter(([, rows]) => sumOf(rows).people > 0);
  const table = suppressSmallCounts(employers.map(([, rows]) => toCounts(sumOf(rows))));
  const shown: ShownShares = { all: toShown(table.totals, sumOf(counts)), employers: new Map(), teams: new Map() };
  employers.forEach(([employer, rows], at) => {
    const cells = table.rows[at] ?? [];
    shown.employers.set(employer, toShown(cells, sumOf(rows)));
    const peopled = rows.filter(({ people }) => people > 0);
    const ofTeams = suppressSmallCounts(peopled.map(toCounts));
    const areSafe = cells.every(isShown) && ofTeams.totals.every(isShown);
    const teams = peopled.map((row, index): [string, ShownShare] => [
      row.team,
      areSafe ? toShown(ofTeams.rows[index] ?? [], row) : NOTHING,
    ]);
    shown.teams.set(employer, new Map(teams));
  });
  return shown;
}

const isShown = ({ kind }: ShownCount) => kind === "shown";
const toCounts = ({ people, accepted }: Pick<PeopleCount, "people" | "accepted">) => [accepted, people - accepted];

const sumOf = (rows: readonly PeopleCount[]) =>
  rows.reduce((sum, { people, accepted }) => ({ people: sum.people + people, accepted: sum.accepted + accepted }), {
    people: 0,
    accepted: 0,
  });

function toShown(
  [accepted = HIDDEN, rest = HIDDEN]: readonly ShownCount[],
  { people, accepted: count }: Pick<PeopleCount, "people" | "accepted">,
): ShownShare {
  const share = shownPercent(accepted, rest, { people, accepted: count });
  return { accepted, rest, share, people: share === null ? null : people };
}

const MOST_FEW = SMALLEST_SHOWN - 1;

/** A count that reads "fewer than 5" says as much as its limit: the share tells no more. */
function shownPercent(
  accepted: ShownCount,
  rest: ShownCount,
  { people, accepted: count }: Pick<PeopleCount, "people" | "accepted">,
): ShownPercent | null {
  const percentOf = (part: number) => shareOf(part, people) ?? 0;
  if (people < SMALLEST_SHOWN) return null;
  if (isShown(accepted) && isShown(rest)) return { kind: "exact", percent: percentOf(count) };
  if (rest.kind === "few" && accepted.kind === "hidden")
    return { kind: "at-least", percent: percentOf(people - MOST_FEW) };
  if (accepted.kind === "few" && rest.kind === "hidden") return { kind: "at-most", percent: percentOf(MOST_FEW) };
  return null;
}

/** Whether a share is known to reach the target; null where that is not known. @param target in per cent */
export function reachesTarget(share: ShownPercent | null, target: number): boolean | null {
  if (share === null) return null;
  if (share.percent >= target) return share.kind === "at-most" ? null : true;
  return share.kind === "at-least" ? null : false;
}

/** A count of its own, with no sum beside it: small ones are hidden. */
export const shownAlone = (count: number): ShownCount =>
  count < SMALLEST_SHOWN ? { kind: "few" } : { kind: "shown", count };

/** A share in words: "82%", "at least 96%". */
export const percentInWords = ({ kind, percent }: ShownPercent): string =>
  kind === "exact" ? `${percent}%` : `${kind === "at-least" ? "at least" : "at most"} ${percent}%`;

/** Where a share stands against the target. @param target in per cent */
export function standingInWords(shown: ShownShare | null, target: number): string {
  if (!shown?.share) return `So few people are left, or done, that the share is not shown. The target is ${target}%.`;
  const reaches = reachesTarget(shown.share, target);
  const percent = percentInWords(shown.share);
  const have = `${percent.charAt(0).toUpperCase()}${percent.slice(1)} of ${shown.people ?? 0} people have accepted it.`;
  if (reaches === null) return `${have} The target is ${target}%.`;
  return reaches ? `${have} The target of ${target}% is reached.` : `${have} The target of ${target}% is not reached.`;
}

/** How long people took to answer, in calendar days. @param times null where too few have answered */
export function timesInWords(times: { median: number; ninetieth: number } | null): string {
  if (!times) return "Time to answer: too few people have answered to say.";
  return `Time to answer: half of the people took ${days(times.median)} or less, nine in ten ${days(times.ninetieth)} or less.`;
}

const days = (count: number) => (count === 1 ? "1 day" : `${count} days`);
