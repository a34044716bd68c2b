import { SUPPRESSED_WORDS } from "#domain/policy/acknowledgement/suppression.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { percentInWords } from "#domain/gather/board/share.ts";
import type { ShownShare } from "#domain/gather/board/share.ts";

/** "Mar" for the end of a month, "15 Mar" for a day within it. @param day YYYY-MM-DD */
export function shortDay(day: string, isWithin: boolean): string {
  const [date = "", month = ""] = dateInWords(day).split(" ");
  return isWithin ? `${date} ${month.slice(0, 3)}` : month.slice(0, 3);
}

/** A share as a reader may see it; null where there was nothing to answer yet. */
export function shareInWords(shown: ShownShare | null): string {
  if (shown === null) return "not served yet";
  return shown.share === null ? SUPPRESSED_WORDS.hidden : percentInWords(shown.share);
}
