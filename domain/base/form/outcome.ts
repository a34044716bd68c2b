/** What comes of a form, besides what is particular to it. */
import type { FieldProblem } from "./form-values.ts";

/** Something in the form has to be corrected, or what it is about is not there for this actor. */
export type NotTaken = { code: "invalid"; problems: readonly FieldProblem[] } | { code: "not-found" };

/** It has changed meanwhile, or something is missing; the message says what to do. Nothing was changed. */
export interface Refused {
  code: "refused";
  message: string;
}

/** What comes of a form: one of these codes, or it was not taken. "too-late": somebody else was quicker, and nothing was changed. */
export type Outcome<Code extends string> = { code: Code } | NotTaken;

/** What comes of a form that starts an entry of a register. */
export type Started<Code extends string> = { code: Code; reference: string } | NotTaken;
