/** The 72 hours in which a breach is reported, from awareness, nights and weekends included (content/outside-rules.yaml; model 9.5). */
const HOUR = 3_600_000;
export const REPORT_WITHIN_HOURS = 72;
/** How many hours before the deadline officers are mailed while nothing is decided; the most urgent last. */
export const WARN_AT_HOURS = [24, 12, 3] as const;
export type WarningHours = (typeof WARN_AT_HOURS)[number];
/** Office hours within which a case has to be opened before a stand-in is notified. */
export const OPEN_WITHIN_WORKING_HOURS = 4;

/** The deadline: 72 elapsed hours, regardless of clock changes. */
export function deadlineOf(awareAt: Date): Date {
  return new Date(awareAt.getTime() + REPORT_WITHIN_HOURS * HOUR);
}

/**
 * The remaining time in plain words: "52 hours", "1 hour and 5 minutes", "40 minutes"; for a deadline that has passed,
 * how long ago, in days from two days on.
 */
export function timeLeft(deadline: Date, at: Date): { isOver: boolean; words: string } {
  const left = deadline.getTime() - at.getTime();
  const isOver = left <= 0;
  const days = Math.floor(-left / (24 * HOUR));
  return { isOver, words: days >= 2 ? `${days} days` : hoursInWords(Math.abs(left)) };
}

/** A span of time in hours, with minutes if they matter. @param span milliseconds, 0 or more */
export function hoursInWords(span: number): string {
  const minutes = Math.floor(span / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const count = (number: number, unit: string) => `${number} ${unit}${number === 1 ? "" : "s"}`;
  if (hours === 0) return rest === 0 ? "less than a minute" : count(rest, "minute");
  if (rest === 0 || hours >= 12) return count(hours, "hour");
  return `${count(hours, "hour")} and ${count(rest, "minute")}`;
}

/**
 * The warnings that are due and not yet sent. Only the most urgent is mailed; all count as sent.
 * @param sent those sent before
 */
export function warningsDue(deadline: Date, at: Date, sent: readonly number[]): WarningHours[] {
  return WARN_AT_HOURS.filter((hours) => !sent.includes(hours) && deadline.getTime() - at.getTime() <= hours * HOUR);
}
