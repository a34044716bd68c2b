/** References that read well aloud: a prefix and a short code without look-alike letters (docs/glossary.md, "References and addresses"). */

export const REFERENCE_PREFIXES = [
  "ACK",
  "ASK",
  "CAM",
  "CHK",
  "CON",
  "DEC",
  "EX",
  "EXP",
  "GRP",
  "HLD",
  "INC",
  "PHO",
  "REC",
  "SUR",
  "TOK",
] as const;
export type ReferencePrefix = (typeof REFERENCE_PREFIXES)[number];

/** No 0 O, 1 I L, U: characters easily misheard or misread. */
export const REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
export const REFERENCE_CODE_LENGTH = 8;

/**
 * A reference such as EX-7K3M-9QTP.
 * @param digits eight numbers from 0 up to the length of the alphabet; random ones, from the caller
 */
export function formatReference(prefix: ReferencePrefix, digits: readonly number[]): string {
  const code = digits.map((digit) => REFERENCE_ALPHABET[digit] ?? "").join("");
  if (code.length !== REFERENCE_CODE_LENGTH) throw new RangeError("A reference needs eight digits of its alphabet.");
  return `${prefix}-${code.slice(0, 4)}-${code.slice(4)}`;
}

/** A reference as somebody typed it, in its standard spelling; null if it cannot be one of this kind. */
export function parseReference(prefix: ReferencePrefix, typed: string): string | null {
  const text = typed.trim().toUpperCase();
  const shape = new RegExp(`^${prefix}-[${REFERENCE_ALPHABET}]{4}-[${REFERENCE_ALPHABET}]{4}$`);
  return shape.test(text) ? text : null;
}
