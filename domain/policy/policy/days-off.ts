/** Days on which a body does not work besides weekends: what content adds to the bank holidays, or takes from them. */
import { z } from "zod";
import { addDays, isDay } from "#domain/base/calendar/calendar.ts";
import type { DayRange } from "#domain/base/calendar/period.ts";

export const NATIONS = ["england", "wales", "scotland", "northern-ireland", "uk"] as const;

const day = z.string().refine(isDay, "write a day that exists, such as 2026-12-29");
const name = z.string().trim().min(1);

/** More in one year is a slip of a number. */
const MOST_IN_A_YEAR = 60;

const closureSchema = z.strictObject({ day: day.optional(), from: day.optional(), until: day.optional(), name });

/** Days on which a body is closed: one day, or from one to another, each with a name. */
export const closureDaysSchema = z.array(closureSchema).transform((entries, context): DayRange[] => {
  const ranges: DayRange[] = [];
  const seen = new Set<string>();
  const inYear = new Map<string, number>();
  entries.forEach((entry, at) => {
    const problem = (field: string, message: string) => {
      context.issues.push({ code: "custom", message, path: [at, field], input: entry });
    };
    const [firstDay, lastDay] = entry.day === undefined ? [entry.from, entry.until] : [entry.day, entry.day];
    if (entry.day !== undefined && (entry.from !== undefined || entry.until !== undefined))
      return problem("day", "write either the day, or from and until");
    if (firstDay === undefined)
      return problem("from", "write the day, or the first one as from and the last one as until");
    if (lastDay === undefined) return problem("until", "write the last day as well; for a single one write day");
    if (lastDay < firstDay) return problem("until", "the last day lies before the first");
    // A range of years would take long to look at; it is too long in any case.
    for (let date = firstDay; date <= lastDay; date = addDays(date, 1)) {
      const year = date.slice(0, 4);
      const count = (inYear.get(year) ?? 0) + 1;
      inYear.set(year, count);
      if (seen.has(date)) return problem(entry.day === undefined ? "from" : "day", `${date} is a closure day already`);
      if (count > MOST_IN_A_YEAR)
        return problem(
          entry.day === undefined ? "until" : "day",
          `${year} has more than ${MOST_IN_A_YEAR} closure days`,
        );
      seen.add(date);
    }
    ranges.push({ firstDay, lastDay });
  });
  return ranges;
});

const holidays = z.array(z.strictObject({ day, name })).default([]);

/** Where the calendar of a nation differs from what the portal works out: bank holidays added and taken away. */
export const bankHolidayChangesSchema = z.partialRecord(
  z.enum(NATIONS),
  z
    .strictObject({ added: holidays, removed: holidays })
    .superRefine(({ added, removed }, context) => {
      for (const [list, entries] of Object.entries({ added, removed }))
        entries.forEach(({ day: one }, at) => {
          const isTwice = entries.findIndex((other) => other.day === one) < at;
          const isBoth = list === "removed" && added.some((other) => other.day === one);
          if (!isTwice && !isBoth) return;
          const message = isBoth ? `${one} is added as well: keep one of them` : `${one} stands here twice`;
          context.addIssue({ code: "custom", message, path: [list, at, "day"] });
        });
    })
    .transform(({ added, removed }) => {
      return { added: added.map((one) => one.day), removed: removed.map((one) => one.day) };
    }),
);

/** By nation: days, YYYY-MM-DD. */
export type BankHolidayChanges = z.infer<typeof bankHolidayChangesSchema>;
