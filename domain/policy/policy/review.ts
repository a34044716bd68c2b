/** When a policy has to be reviewed, and how long an interim one was meant to last (S2.3, S5.3). */
import { Temporal } from "temporal-polyfill";
import { addDays } from "#domain/base/calendar/calendar.ts";
import type { FrontMatter } from "./front-matter.ts";

/** How many days before a review its owner is reminded. Our own figure: no source gives one. */
export const REVIEW_WARN_DAYS = 60;

export type ReviewStanding =
  /** Withdrawn: nobody reviews it. */
  | { kind: "none" }
  /** It applies, and no review date is stated. */
  | { kind: "not-stated" }
  /** `due` as written in the document, a day or a month; `lastDay` YYYY-MM-DD. */
  | { kind: "later" | "due-soon" | "overdue"; due: string; lastDay: string };

/** The last day of a date in the content: the last one of a month. "2026-11" → "2026-11-30". */
export function lastDayIn(date: string): string {
  if (date.length > 7) return date;
  const month = Temporal.PlainYearMonth.from(date);
  return month.toPlainDate({ day: month.daysInMonth }).toString();
}

/** @param today calendar day in the body's time zone, YYYY-MM-DD */
export function reviewStanding(
  { reviewDue, status }: Pick<FrontMatter, "reviewDue" | "status">,
  today: string,
): ReviewStanding {
  if (status === "withdrawn") return { kind: "none" };
  if (reviewDue === null) return { kind: "not-stated" };
  const lastDay = lastDayIn(reviewDue);
  const kind = lastDay < today ? "overdue" : lastDay <= addDays(today, REVIEW_WARN_DAYS) ? "due-soon" : "later";
  return { kind, due: reviewDue, lastDay };
}

/** True if an interim policy has outlasted the day that was promised for its end. @param today YYYY-MM-DD */
export function isInterimOverdue(
  { status, interimUntil }: Pick<FrontMatter, "status" | "interimUntil">,
  today: string,
): boolean {
  return status === "interim" && interimUntil !== null && lastDayIn(interimUntil) < today;
}
