/** Search in captured records, for FOI and subject access requests (S3.57, S4.13, S5.26). */
import { isDay } from "#domain/base/calendar/calendar.ts";
import { CLASS_UNSURE } from "./record.ts";

export const RECORD_STANDINGS = { kept: "Kept", due: "Disposal is due", disposed: "Disposed of" } as const;
export type RecordStanding = keyof typeof RECORD_STANDINGS;

/** Each is "" if not used. */
export interface RecordSearch {
  /** Words that all occur in the record, in any of its texts, or its reference. */
  words: string;
  /** Part of the name of somebody who captured it or took part. */
  person: string;
  /** Days of the message, YYYY-MM-DD, inclusive. */
  from: string;
  until: string;
  /** Reference of a registered group. */
  group: string;
  /** Id of a class, or CLASS_UNSURE. */
  class: string;
  standing: RecordStanding | "";
}

const LONGEST = 200;
type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads the query of an address, ignoring unknown parts. @returns also the days that do not exist */
export function readRecordSearch(query: Query): { search: RecordSearch; wrongDays: ("from" | "until")[] } {
  const read = (name: string) =>
    ([query[name] ?? ""].flat().at(-1) ?? "").replaceAll("\0", "").trim().slice(0, LONGEST);
  const typed = { from: read("from"), until: read("until") };
  const dayOf = (name: "from" | "until") => (isDay(typed[name]) ? typed[name] : "");
  const standing = read("standing");
  return {
    search: {
      words: read("words"),
      person: read("person"),
      from: dayOf("from"),
      until: dayOf("until"),
      group: read("group"),
      class: read("class"),
      standing: standing === "kept" || standing === "due" || standing === "disposed" ? standing : "",
    },
    wrongDays: (["from", "until"] as const).filter((name) => typed[name] !== "" && dayOf(name) === ""),
  };
}

/** The query string of a search, in a fixed order; "" without filters. */
export function writeRecordSearch(search: RecordSearch, more: Readonly<Record<string, string>> = {}): string {
  const parts = Object.entries({ ...search, ...more }).filter(([, value]) => value !== "");
  return new URLSearchParams(parts).toString();
}

/** Whether a search asks for those without a class. */
export function isWithoutClass({ class: chosen }: RecordSearch): boolean {
  return chosen === CLASS_UNSURE;
}
