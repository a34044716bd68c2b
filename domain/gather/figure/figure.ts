/** The figures that requesters ask a body for, with small counts hidden as elsewhere (docs/decisions/085). */
import { addDays, addMonths, isDay } from "#domain/base/calendar/calendar.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import { shownAlone } from "#domain/gather/board/share.ts";
import { SUPPRESSED_WORDS, suppressSmallCounts, type ShownCount } from "#domain/policy/acknowledgement/suppression.ts";

/** A period of whole days, both included, YYYY-MM-DD. */
export interface FigurePeriod {
  from: string;
  until: string;
}

/** One question that requesters ask, counted. */
export interface FigureTable {
  title: string;
  /** What is counted. */
  what: string;
  rows: readonly FigureRow[];
  /** Whether the rows are parts of a whole, which is then shown, too. */
  isWhole: boolean;
}

interface FigureRow {
  label: string;
  count: number;
  /** What decides whether it is shown, where that is another count: of hours, how many searches they were for. */
  of?: number;
}

/** The same as it may be shown, in words. */
export interface ShownFigures {
  title: string;
  what: string;
  rows: { label: string; figure: string }[];
}

/** Hides small counts, and those that would tell them. */
export function showFigures({ title, what, rows, isWhole }: FigureTable): ShownFigures {
  const whole = isWhole && rows.length > 0 ? suppressSmallCounts([rows.map(({ count }) => count)]) : null;
  const shown = rows.map(({ label, count, of = count }, at) => {
    const cell = whole ? whole.rows[0]?.[at] : shownAlone(of);
    return { label, figure: cell?.kind === "shown" ? String(count) : figureInWords(cell) };
  });
  return { title, what, rows: whole ? [...shown, { label: "All", figure: figureInWords(whole.all) }] : shown };
}

/** The columns of a file of figures. */
export const FIGURE_COLUMNS = {
  About: ({ title }: FigureLine) => title,
  "What is counted": ({ what }: FigureLine) => what,
  "Of which": ({ label }: FigureLine) => label,
  "How many": ({ figure }: FigureLine) => figure,
};

type FigureLine = Record<"title" | "what" | "label" | "figure", string>;

/** The lines of a file of figures. */
export const figureLines = (tables: readonly ShownFigures[]): FigureLine[] =>
  tables.flatMap(({ title, what, rows }) => rows.map(({ label, figure }) => ({ title, what, label, figure })));

/** A count as it may be shown. */
export const figureInWords = (count: ShownCount | undefined): string =>
  count?.kind === "shown" ? String(count.count) : SUPPRESSED_WORDS[count?.kind ?? "hidden"];

/** The twelve months that end with a day. @param until YYYY-MM-DD */
export const yearUntil = (until: string): FigurePeriod => ({ from: addDays(addMonths(until, -12), 1), until });

/** What has to be corrected in a period. @param today YYYY-MM-DD */
export function figurePeriodProblems({ from, until }: FigurePeriod, today: string): FieldProblem[] {
  const days = Object.entries({ from, until }).flatMap(([field, day]) =>
    isDay(day) ? [] : [{ field, message: "Enter a day that exists, such as 2026-03-31." }],
  );
  if (days.length > 0) return days;
  if (until > today) return [{ field: "until", message: "Enter today or an earlier day." }];
  return from > until ? [{ field: "from", message: "Enter a day that is not after the last one." }] : [];
}
