/** When somebody is away: days alone, never why (docs/glossary.md, "Absence"). */
import { addDays, addMonths, dateInWords } from "#domain/base/calendar/calendar.ts";
import type { DayRange } from "#domain/base/calendar/period.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";

/** Who said so: somebody in a form, the list of people, or the program that feeds the directory. */
export const ABSENCE_SOURCES = ["form", "list", "scim"] as const;
export type AbsenceSource = (typeof ABSENCE_SOURCES)[number];

export interface KnownAbsence extends DayRange {
  id: string;
  source: AbsenceSource;
}

const LONGEST_YEARS = 5;

/** What is wrong with two days, in a sentence, and with which of them; null if they can be an absence. */
export function absenceDayProblem({ firstDay, lastDay }: DayRange): FieldProblem | null {
  if (lastDay < firstDay) return { field: "lastDay", message: "The last day must be the first day or later." };
  const latest = addDays(addMonths(firstDay, 12 * LONGEST_YEARS), -1);
  return lastDay > latest
    ? { field: "lastDay", message: `The last day must be ${dateInWords(latest)} or earlier: that is five years.` }
    : null;
}

/** "from 1 December 2026 to 4 December 2026", or "on 1 December 2026". */
export function absenceInWords({ firstDay, lastDay }: DayRange): string {
  const first = dateInWords(firstDay);
  return firstDay === lastDay ? `on ${first}` : `from ${first} to ${dateInWords(lastDay)}`;
}

/** Why an absence cannot stand beside those of the same person: it overlaps one, or follows or precedes it directly. */
export function absenceConflict(days: DayRange, others: readonly DayRange[]): FieldProblem | null {
  const found = others.find(
    (one) => one.firstDay <= addDays(days.lastDay, 1) && addDays(one.lastDay, 1) >= days.firstDay,
  );
  return (
    (found && {
      field: "firstDay",
      message: `Being away ${absenceInWords(found)} is recorded already. Correct that one, so that it has these days as well.`,
    }) ??
    null
  );
}

/** What happens to an absence. `before` is null where it is new, `after` where it goes. */
export interface AbsenceStep {
  /** Null where it is new. */
  id: string | null;
  before: DayRange | null;
  after: DayRange | null;
}

export interface PersonAbsenceStep extends AbsenceStep {
  personId: string;
}

/**
 * What changes where a list or a program says when somebody is away: one absence, the present or the next one, or none.
 * What has ended stays, so that the days still count as away. An absence that overlaps what is said is corrected; one
 * that has not begun and is not said any more is removed; where none is said, one that runs ended yesterday.
 * @param known of the same person and source
 * @param today YYYY-MM-DD, in London
 */
export function absenceSteps(known: readonly (DayRange & { id: string })[], said: DayRange | null, today: string) {
  const overlapping = said === null ? [] : known.filter((one) => overlap(one, said));
  const same = overlapping.find((one) => isSame(one, said)) ?? overlapping[0] ?? null;
  const steps: AbsenceStep[] = [];
  if (said !== null && !isSame(same, said))
    steps.push({ id: same?.id ?? null, before: same && daysOf(same), after: daysOf(said) });
  for (const one of known) {
    if (one.id === same?.id) continue;
    const before = daysOf(one);
    if (one.firstDay >= today || overlapping.includes(one)) steps.push({ id: one.id, before, after: null });
    else if (said === null && one.lastDay >= today)
      steps.push({ id: one.id, before, after: { firstDay: one.firstDay, lastDay: addDays(today, -1) } });
  }
  return steps;
}

const overlap = (one: DayRange, other: DayRange) => one.firstDay <= other.lastDay && other.firstDay <= one.lastDay;

const isSame = (one: DayRange | null, other: DayRange | null): boolean =>
  one !== null && one.firstDay === other?.firstDay && one.lastDay === other.lastDay;

const daysOf = ({ firstDay, lastDay }: DayRange): DayRange => ({ firstDay, lastDay });
