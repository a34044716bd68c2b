import { calendarDay } from "#domain/base/calendar/calendar.ts";

/** The machine's clock: services take the time from here and pass it to `domain`, which has no clock. */
export const clock = {
  now: () => new Date(),
  /** The calendar day in London, YYYY-MM-DD. */
  today: (): string => calendarDay(clock.now()),
};
