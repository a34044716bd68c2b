/** A decision receipt: who may read it, and what may be written on it. */
import { type Actor, may } from "#domain/access/permission/permission.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/form-values.ts";

/** Longest text in the person's own words, in characters. It has to fit on the one printed page. */
export const LONGEST_WORDS = 500;

/** What has to be corrected in the person's own words, which are optional. */
export function wordsProblems(words: string): FieldProblem[] {
  return textProblems("words", words, null, LONGEST_WORDS);
}

/** The parts of a receipt that decide who may open it by its reference. */
export interface ReceiptAccess {
  body: string;
  personId: string;
  sharedWithManagerAt: Date | null;
  /** The line manager now of the person who kept it. */
  managerId: string | null;
}

/** In which capacity somebody may open a receipt by its reference; null for everybody who may not. */
export function readerOf(
  actor: Pick<Actor, "personId" | "roles" | "body">,
  receipt: ReceiptAccess,
): "owner" | "manager" | null {
  if (!may(actor, "receipt.read", { ...receipt, ownerId: receipt.personId })) return null;
  if (receipt.personId === actor.personId) return "owner";
  return receipt.sharedWithManagerAt !== null ? "manager" : null;
}
