import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";

/** After so many days roles that the provider's groups do not say any more lapse, where the body says nothing else. */
export const UNCONFIRMED_ROLES_LIMIT_DAYS = 30;

/** The day on which unconfirmed roles lapse, YYYY-MM-DD, in London. @param since when they were first not said */
export const lapseDay = (since: Date, limitDays = UNCONFIRMED_ROLES_LIMIT_DAYS): string =>
  addDays(calendarDay(since), limitDays);
