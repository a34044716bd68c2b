/** What is wrong in a form, in words that say how to correct it. */
import { lengthOf } from "./form-values.ts";
export interface FieldProblem {
  /** Name of the form field, which is also its id on the page. */
  field: string;
  message: string;
}

/**
 * What is wrong with a text: missing although required, or too long.
 * @param missing what to say if it is empty; null if it may be
 * @param most characters as people count them
 */
export function textProblems(field: string, text: string, missing: string | null, most: number): FieldProblem[] {
  if (text === "") return missing === null ? [] : [{ field, message: missing }];
  const length = lengthOf(text);
  if (length <= most) return [];
  const count = (number: number) => number.toLocaleString("en-GB");
  return [{ field, message: `Shorten this to ${count(most)} characters. It has ${count(length)}.` }];
}

/** A problem of a field, if that is wrong; otherwise none. */
export function problemIf(isWrong: boolean, field: string, message: string): FieldProblem[] {
  return isWrong ? [{ field, message }] : [];
}
