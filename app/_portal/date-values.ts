import type { Refill } from "./form-values.ts";

/** The parts of a date field: as typed, else of a stored day. @param stored YYYY-MM-DD */
export function dateValues(refill: Refill, name: string, stored: string | null = null) {
  const [year = "", month = "", day = ""] = (stored ?? "").split("-");
  const plain = (part: string) => part.replace(/^0/, "");
  return {
    day: refill.value(`${name}-day`, plain(day)),
    month: refill.value(`${name}-month`, plain(month)),
    year: refill.value(`${name}-year`, year),
  };
}
