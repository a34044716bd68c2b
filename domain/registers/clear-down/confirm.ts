/**
 * The form that confirms a clear-down: where records were moved, and whether anybody asked for the messages (S5.20,
 * S5.25).
 */
import { problemIf, textProblems } from "#domain/base/form/form-values.ts";
import type { HoldAnswer } from "#domain/registers/hold/hold.ts";

/** Longest text about where records were moved, in characters. */
export const LONGEST_RECORDS = 500;

/** Whether the messages contained anything of value. */
export type RecordsAnswer = "moved" | "nothing";

/** What the form sent. */
export interface SentClearDown {
  /** Due day of the latest period shown, YYYY-MM-DD. */
  dueOn: string;
  records: RecordsAnswer | null;
  /** Where records were moved, as text and references. */
  recordsMovedTo: string;
  holdAnswer: HoldAnswer | null;
  /** Whose copies are gone: of an administrator who clears a group; senders delete what they sent. */
  copies: CopiesAnswer | null;
}

/** An administrator's own copy, or every member's. */
export type CopiesAnswer = "own" | "everybody";

/**
 * What has to be corrected. Somebody who knows of a request need not say more, since nothing is deleted then.
 * @param isForGroup whether it is confirmed for the whole group
 */
export function confirmProblems({ records, recordsMovedTo, holdAnswer, copies }: SentClearDown, isForGroup: boolean) {
  const hold =
    holdAnswer === null ? [{ field: "holdAnswer", message: "Say whether anybody has asked for these messages." }] : [];
  if (holdAnswer !== null && holdAnswer !== "none") return [];
  return [
    ...hold,
    ...problemIf(isForGroup && copies === null && holdAnswer !== null, "copies", "Say whose copies are cleared."),
    ...problemIf(records === null && holdAnswer !== null, "records", "Say whether anything had to go into the record."),
    ...(records === "moved"
      ? textProblems("recordsMovedTo", recordsMovedTo, "Say where it is now, with its reference.", LONGEST_RECORDS)
      : []),
  ];
}
