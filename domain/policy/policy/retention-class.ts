/** How long a captured record is kept: the classes of a body's retention schedule (S2.22; FOIA s.46 code). */
import { z } from "zod";
import { addMonths } from "#domain/base/calendar/calendar.ts";

const sentence = z.string().trim().min(1);

export const retentionClassSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: sentence,
  /** Number of years for which it is kept; null if it is kept permanently. */
  years: z.int().min(1).max(100).nullable(),
  /** What the years count from, in words that follow "after": "the case is closed". Null for the day of the message. */
  after: sentence.nullable().default(null),
});

export type RetentionClass = z.infer<typeof retentionClassSchema>;

/** The rule of a class in words, without a full stop. */
export function keepRule({ years, after }: Pick<RetentionClass, "years" | "after">): string {
  if (years === null) return "Kept for good";
  return `${years === 1 ? "1 year" : `${years} years`} after ${after ?? "the day of the message"}`;
}

/**
 * The last day on which a class keeps a record, YYYY-MM-DD; null if it is permanent, or until the day that it counts
 * from is known.
 * @param saidOn day of the message; @param eventOn day of the event that the class counts from
 */
export function retainedUntil(
  { years, after }: Pick<RetentionClass, "years" | "after">,
  { saidOn, eventOn }: { saidOn: string; eventOn: string | null },
): string | null {
  const from = after === null ? saidOn : eventOn;
  return years === null || from === null ? null : addMonths(from, years * 12);
}

/** Whether disposal has to be decided. @param today calendar day, YYYY-MM-DD */
export const isDue = (record: { keepUntil: string | null; disposedAt: Date | null }, today: string): boolean =>
  record.disposedAt === null && record.keepUntil !== null && record.keepUntil < today;
