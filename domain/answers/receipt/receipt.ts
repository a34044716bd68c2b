/** A decision receipt: who may read it, and what may be written on it. */
import type { Actor } from "#domain/access/permission/actor.ts";
import { may } from "#domain/access/permission/permission.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/field-problem.ts";

/** Longest own words, in characters. They have to fit on the one page of paper. */
export const LONGEST_WORDS = 500;

/** What has to be put right in the own words; there need not be any. */
export function wordsProblems(words: string): FieldProblem[] {
  return textProblems("words", words, null, LONGEST_WORDS);
}

/** Of a receipt, what decides who reads it at its reference. */
export interface ReceiptAccess {
  body: string;
  personId: string;
  sharedWithManagerAt: Date | null;
  /** Who manages the team of who kept it now. */
  managerId: string | null;
}

/** As what somebody reads a receipt at its reference; null for everybody who may not. */
export function readerOf(
  actor: Pick<Actor, "personId" | "roles" | "body">,
  receipt: ReceiptAccess,
): "owner" | "manager" | null {
  if (!may(actor, "receipt.read", { ...receipt, ownerId: receipt.personId })) return null;
  if (receipt.personId === actor.personId) return "owner";
  return receipt.sharedWithManagerAt !== null ? "manager" : null;
}
