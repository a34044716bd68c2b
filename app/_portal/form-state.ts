import { cache } from "react";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import { getFormInput } from "#server/access/form-input/queries.ts";

/** What a form's fields show: what was typed before it was refused, or else what is stored. */
export interface FormState {
  problems: readonly FieldProblem[];
  /** True if the page shows a form that was sent before. */
  isReturned: boolean;
  /** "Error: " for the page's title, or "". */
  titlePrefix: string;
  /** The value of a field: as typed, or else `stored`. */
  value(name: string, stored?: string): string;
  /** Whether a choice is selected: as sent, or else `stored`. */
  isChosen(name: string, value: string, stored?: boolean): boolean;
  errorOf(name: string): string | undefined;
}

/** The state of a form that shows what is stored, when another one of its page came back. */
export const NOTHING_TYPED: FormState = {
  problems: [],
  isReturned: false,
  titlePrefix: "",
  value: (_, stored = "") => stored,
  isChosen: (_, __, stored = false) => stored,
  errorOf: () => undefined,
};

/**
 * @param id the address's `kept` parameter, as received
 * @param path the page's address without it, as passed to receive-form.ts
 */
export const readFormState = cache(async (actor: Actor, id: unknown, path: string): Promise<FormState> => {
  const input = await getFormInput(actor, id, path);
  const problems = input?.problems ?? [];
  // A form that could not be read left nothing to show again: the fields then show what is stored.
  const typed = input && Object.keys(input.values).length > 0 ? input.values : null;
  return {
    problems,
    isReturned: typed !== null,
    titlePrefix: problems.length > 0 ? "Error: " : "",
    value: (name, stored = "") => (typed ? (typed[name]?.at(-1) ?? "") : stored),
    isChosen: (name, value, stored = false) => (typed ? (typed[name]?.includes(value) ?? false) : stored),
    errorOf: (name) => problems.find(({ field }) => field === name)?.message,
  };
});
