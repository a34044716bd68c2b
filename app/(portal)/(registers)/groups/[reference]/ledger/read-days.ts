import { isDay } from "#domain/base/calendar/calendar.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";

/** The first and last day asked for in the address: YYYY-MM-DD. */
export interface AskedDays {
  from: string | null;
  to: string | null;
  /** As it was typed. */
  typed: { from: string; to: string };
  problems: readonly FieldProblem[];
  /** The days for another address, with its "?"; or "". */
  query: string;
}

/** Reads the days in an address. A wrong one is left out and reported. */
export function readDays(params: Readonly<Record<string, string | string[] | undefined>>): AskedDays {
  const read = (name: string) => {
    const value = params[name];
    return (typeof value === "string" ? value : (value?.[0] ?? "")).trim().slice(0, 40);
  };
  const typed = { from: read("from"), to: read("to") };
  const problems = Object.entries(typed)
    .filter(([, day]) => day !== "" && !isDay(day))
    .map(([field]) => ({ field, message: "Write a day that exists, such as 2026-11-24." }));
  const from = isDay(typed.from) ? typed.from : null;
  const to = isDay(typed.to) ? typed.to : null;
  const isTurned = from !== null && to !== null && to < from;
  const turned = { field: "to", message: "The last day must not be before the first." };
  const query = new URLSearchParams([...(from ? [["from", from]] : []), ...(to ? [["to", to]] : [])]).toString();
  return {
    from,
    to: isTurned ? null : to,
    typed,
    problems: isTurned ? [...problems, turned] : problems,
    query: query === "" ? "" : `?${query}`,
  };
}
