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
  "HOK",
  "INC",
  "PHO",
  "PHR",
  "PRO",
  "REC",
  "REQ",
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
  const shape = new RegExp(`^${prefix}([${REFERENCE_ALPHABET}]{4})([${REFERENCE_ALPHABET}]{4})$`);
  const [, first, second] = shape.exec(signsOf(typed)) ?? [];
  return first && second ? `${prefix}-${first}-${second}` : null;
}

/**
 * For searching: what references that contain what was typed may contain, in their standard spelling; none if what was
 * typed cannot be part of one. Small letters, blanks and missing hyphens do not matter: "grp 22", "EX2A84".
 */
export function partsOfReference(typed: string): string[] {
  const signs = signsOf(typed);
  const kinds = REFERENCE_PREFIXES.filter((prefix) => signs.startsWith(prefix));
  const withKind = kinds.flatMap((prefix) => {
    const code = signs.slice(prefix.length);
    return IN_CODE.test(code) ? [[prefix, code.slice(0, 4), code.slice(4)].filter(Boolean).join("-")] : [];
  });
  if (!IN_CODE.test(signs) || signs.length < LEAST_SEARCHED) return withKind;
  // Without the kind, the hyphen in the middle may be anywhere.
  const halves = [...signs].map((_, at) => [signs.slice(0, at), signs.slice(at)]).slice(1);
  const across = halves.filter((both) => both.every(({ length }) => length <= 4)).map((both) => both.join("-"));
  return [...withKind, ...(signs.length <= 4 ? [signs] : []), ...across];
}

const IN_CODE = new RegExp(`^[${REFERENCE_ALPHABET}]{0,${REFERENCE_CODE_LENGTH}}$`);

/** Fewer signs of a code would find too much. */
const LEAST_SEARCHED = 3;

/** Without anything between them. */
const signsOf = (typed: string): string =>
  typed
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}\u00ad\u200b]/gu, "");
