import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { stateInWords, type OutsideRule } from "#domain/policy/policy/outside-rule.ts";
import { clock } from "#server/base/clock.ts";

/** The state of a rule from outside today, and the days to watch. */
export function RuleState({ rule }: { rule: OutsideRule }) {
  const today = calendarDay(clock.now());
  return (
    <>
      <p>{stateInWords(rule, today)}</p>
      {rule.watch
        .filter(({ on }) => on >= today)
        .map(({ on, what }) => (
          <p key={on}>
            {dateInWords(on)}: {what}
          </p>
        ))}
    </>
  );
}
