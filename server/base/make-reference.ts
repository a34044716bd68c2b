import { randomInt } from "node:crypto";
import {
  formatReference,
  REFERENCE_ALPHABET,
  REFERENCE_CODE_LENGTH,
  type ReferencePrefix,
} from "#domain/base/reference/reference.ts";

/** A new reference that nobody can guess: 30 to the power of 8 of each kind. The unique key guarantees it. */
export function makeReference(prefix: ReferencePrefix): string {
  const digits = Array.from({ length: REFERENCE_CODE_LENGTH }, () => randomInt(REFERENCE_ALPHABET.length));
  return formatReference(prefix, digits);
}
