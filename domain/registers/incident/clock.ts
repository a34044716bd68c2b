/** The 72 hours in which a breach is reported, from awareness, nights and weekends included (content/outside-rules.yaml; model 9.5). */
const HOUR = 3_600_000;
export const REPORT_WITHIN_HOURS = 72;
/** How many hours before the deadline those who handle the case are mailed while nothing is decided or reported. */
const WARN_BEFORE_HOURS = [24, 12, 3];
/** At the deadline they are mailed again, and each time so many hours have passed after it. */
export const WARN_AGAIN_HOURS = 12;
/** Office hours within which a case has to be opened before a stand-in is notified. */
export const OPEN_WITHIN_WORKING_HOURS = 4;

/** The deadline: 72 elapsed hours, regardless of clock changes. */
export const deadlineOf = (awareAt: Date): Date => new Date(awareAt.getTime() + REPORT_WITHIN_HOURS * HOUR);

/**
 * The warning that is due and was not sent, in hours before the deadline: 24, 12, 3, 0, -12, -24 and so on. Only the
 * latest one is ever due: if nothing ran for a while, those before it are not made up for.
 * @param sent those sent before
 * @returns null if none is due
 */
export function warningDue(deadline: Date, at: Date, sent: readonly number[]): number | null {
  const left = (deadline.getTime() - at.getTime()) / HOUR;
  const due =
    left > 0
      ? WARN_BEFORE_HOURS.findLast((hours) => left <= hours)
      : 0 - WARN_AGAIN_HOURS * Math.floor(-left / WARN_AGAIN_HOURS);
  return due === undefined || sent.some((hours) => hours <= due) ? null : due;
}
