import type { FormState } from "./form-state.ts";

/** The parts of a date field: as typed, or else of a stored day. @param stored YYYY-MM-DD */
export function dateValues(formState: FormState, name: string, stored: string | null = null) {
  const [year = "", month = "", day = ""] = (stored ?? "").split("-");
  const plain = (part: string) => part.replace(/^0/, "");
  return {
    day: formState.value(`${name}-day`, plain(day)),
    month: formState.value(`${name}-month`, plain(month)),
    year: formState.value(`${name}-year`, year),
  };
}
