import { momentInWords } from "#domain/base/calendar/calendar.ts";

/** A moment in words, London time, with the exact time for programs. */
export function Moment({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{momentInWords(at)}</time>;
}
