import "server-only";
import cronParser from "cron-parser";

/** Local time of the body: 8:00 stays 8:00 when the clocks change. */
export const ZONE = "Europe/London";

/** When work with this schedule was last due, at this moment or earlier. @param cron five fields */
export function lastDue(cron: string, at: Date): Date {
  // The parser looks for times before its own moment; work is due from the first millisecond of its minute.
  return cronParser
    .parseExpression(cron, { tz: ZONE, currentDate: new Date(at.getTime() + 1) })
    .prev()
    .toDate();
}

/** When it is next due, after this moment. @param cron five fields */
export function nextDue(cron: string, at: Date): Date {
  return cronParser.parseExpression(cron, { tz: ZONE, currentDate: at }).next().toDate();
}
