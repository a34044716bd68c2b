/**
 * Rules that begin or end on a day: the days fall into periods, and each has a table of its own. The day is an argument
 * of deciding (docs/glossary.md, "Period").
 */
import { addDays } from "#domain/base/calendar/calendar.ts";
import { decide } from "./decide.ts";
import { buildTable, outcomeKey, type DecisionTable } from "./decision-table.ts";
import type { Fact } from "./fact.ts";
import type { Answers, Obligation, Rule } from "./rule-file.ts";

/** Days on which the same rules hold. */
export interface RulePeriod {
  /** Its first day, YYYY-MM-DD; null for the first period, which has no beginning. */
  readonly from: string | null;
  /** Its last day, YYYY-MM-DD; null for the last period, which has no end. */
  readonly until: string | null;
  readonly table: DecisionTable;
}

/** The part of a rule that says when it holds. */
export type Dated = Pick<Rule, "from" | "until">;

/** Whether a rule holds on a day; both its days are included. @param day calendar day, YYYY-MM-DD */
export const holdsOn = ({ from, until }: Dated, day: string): boolean =>
  (from === undefined || from <= day) && (until === undefined || day <= until);

/** The first day of each period but the first, in order. */
export function changeDays(rules: readonly Dated[]): string[] {
  const days = rules.flatMap(({ from, until }) => [
    ...(from === undefined ? [] : [from]),
    ...(until === undefined ? [] : [addDays(until, 1)]),
  ]);
  return [...new Set(days)].sort();
}

/**
 * The tables of a policy, one for each period, in order; a single one if no rule begins or ends on a day.
 * @param parameters as `buildTable` takes them
 * @throws RangeError as `buildTable` does
 */
export function buildPeriods(
  facts: readonly (readonly [name: string, fact: Fact])[],
  rules: readonly Rule[],
  obligations: readonly Obligation[],
  isOrderFixed = false,
): [RulePeriod, ...RulePeriod[]] {
  const days = changeDays(rules);
  const periodFrom = (from: string | null, at: number): RulePeriod => {
    const [next] = days.slice(at);
    const sample = from ?? addDays(next ?? "2000-01-02", -1);
    const held = rules.filter((rule) => holdsOn(rule, sample));
    const until = next === undefined ? null : addDays(next, -1);
    return { from, until, table: buildTable(facts, held, obligations, isOrderFixed) };
  };
  return [periodFrom(null, 0), ...days.map((day, at) => periodFrom(day, at + 1))];
}

/** When an answer changes, and to what. */
export type ComingChange = NonNullable<ReturnType<typeof nextChange>>;

/**
 * The next change of an answer that is settled in one of the periods: another verdict, or other obligations.
 * @param table the table of the period that the answer is from
 * @returns null if it never changes, or is not settled
 */
export function nextChange(periods: readonly RulePeriod[], table: DecisionTable, answers: Answers) {
  const at = periods.findIndex((period) => period.table === table);
  const now = at < 0 ? null : decide(table, answers);
  if (!now?.settled) return null;
  for (const period of periods.slice(at + 1)) {
    const then = decide(period.table, answers);
    if (then.settled && outcomeKey(then.rule) === outcomeKey(now.rule)) continue;
    const from = period.from ?? "";
    // The last day as it is now, the first of the next answer, and its rule; null if more has to be asked then.
    return { until: addDays(from, -1), from, rule: then.settled ? then.rule : null };
  }
  return null;
}
