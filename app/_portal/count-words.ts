import { SUPPRESSED_WORDS, type ShownCount } from "#domain/policy/acknowledgement/suppression.ts";

/** The row of those who belong to no team, and the total. */
export const NO_TEAM = "Without a team";
export const ALL_TEAMS = "All together";

/** A count as a reader may see it: the number, or why there is none. */
export const shownCountInWords = (count: ShownCount): string =>
  count.kind === "shown" ? String(count.count) : SUPPRESSED_WORDS[count.kind];
