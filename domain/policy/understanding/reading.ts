/** How somebody reads a version that they are asked to accept: for how long, and which situations they are asked about. */
import { VERDICTS, type Verdict } from "#domain/policy/decision/verdict.ts";
import { SITUATIONS_ASKED, type CheckSituation } from "./check-situation.ts";

/** What is asked of somebody before they can accept. */
export interface ReadingDemand {
  checksUnderstanding: boolean;
  /** How long reading has to take, in minutes; 0 for no time at all. */
  readingMinutes: number;
}

export const NO_DEMAND: ReadingDemand = { checksUnderstanding: false, readingMinutes: 0 };

/** The moment from which a version can be accepted, to the full minute; null where no time is asked for. */
export const acceptableFrom = (openedAt: Date, { readingMinutes }: ReadingDemand): Date | null =>
  readingMinutes <= 0 ? null : new Date(Math.ceil(openedAt.getTime() / MINUTE) * MINUTE + readingMinutes * MINUTE);

const MINUTE = 60_000;

/** Where somebody is with the situations. Lists are of situation ids. */
export interface Standing {
  asked: string | null;
  seen: readonly string[];
  right: readonly string[];
  missed: string | null;
  chosen: string | null;
  hasPassed: boolean;
}

/** How many situations have to be answered right. */
export const neededOf = (situations: readonly CheckSituation[]) => Math.min(SITUATIONS_ASKED, situations.length);

/** At the first situation of an order; passed where there is none. */
export function beginAsking(order: readonly CheckSituation[]): Standing {
  const [first] = order;
  const id = first?.id ?? null;
  return { asked: id, seen: id === null ? [] : [id], right: [], missed: null, chosen: null, hasPassed: id === null };
}

/**
 * After an answer: the next situation, never one that was asked before while there are others; passed once enough are right.
 * Nothing remains then of what was asked and missed.
 * @param order all situations, as they were drawn
 * @param asked the one that was answered
 */
export function answerSituation(
  order: readonly CheckSituation[],
  { seen, right }: Pick<Standing, "seen" | "right">,
  asked: CheckSituation,
  chosen: Verdict,
): Standing {
  const isRight = asked.rule.verdict === chosen;
  const rightNow = isRight ? [...right, asked.id] : [...right];
  if (rightNow.length >= neededOf(order)) return { ...beginAsking([]), hasPassed: true };
  const left = order.filter(({ id }) => !seen.includes(id));
  // All were asked: those that were missed come again, the one just missed last.
  const remaining = order.filter(({ id }) => !rightNow.includes(id) && id !== asked.id);
  const next = left[0] ?? remaining[0] ?? asked;
  return {
    asked: next.id,
    seen: left.length > 0 ? [...seen, next.id] : [...rightNow, next.id],
    right: rightNow,
    missed: isRight ? null : asked.id,
    chosen: isRight ? null : chosen,
    hasPassed: false,
  };
}

/** A verdict as it was sent or stored; null for anything else. */
export const verdictFrom = (text: string | null) => VERDICTS.find((verdict) => verdict === text) ?? null;

/** Somebody's reading of a version that something is asked about. */
export interface OpenReading {
  demand: ReadingDemand;
  openedAt: Date;
  /** When they had answered enough situations right; null if they have not, or none are asked. */
  passedAt: Date | null;
  /** Where they are with the situations; null where none are asked, or they have passed. */
  asking: {
    asked: CheckSituation;
    right: number;
    needed: number;
    missed: CheckSituation | null;
    chosen: string | null;
  } | null;
}
