/** Finds what looks like a phone number in a text, because the group register must not contain any. */

/** Dates as people write them, which are not phone numbers. */
const DAYS = /\b(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ](\d{4}|\d{2}))(?!\d)/g;
/** Consecutive digits, with the separators people use. */
const DIGITS = /[+(]*\d(?:[\s().\-/\u2010-\u2015]*\d)+/g;

/**
 * Whether a text contains something that could be a phone number: nine digits or more, or eight that begin with a plus
 * or a zero. Digits of every script count.
 */
export function hasPhoneNumber(text: string): boolean {
  const plain = text
    .normalize("NFKC")
    .replaceAll(/[\u200b-\u200f\u2060\ufeff]/g, "")
    .replaceAll(/\p{Nd}/gu, (digit) => asciiDigit(digit))
    .replaceAll(DAYS, " day ");
  return (plain.match(DIGITS) ?? []).some((found) => {
    const digits = found.replaceAll(/\D/g, "");
    return digits.length >= (/^[+(]*0|^\+/.test(found) ? 8 : 9);
  });
}

/** The digits of a script are ten consecutive characters, zero first. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let nought = code;
  while (nought > code - 9 && /^\p{Nd}$/u.test(String.fromCodePoint(nought - 1)) && nought - 1 > 0x39) nought--;
  return code <= 0x39 ? digit : String((code - nought) % 10);
}

export const NO_PHONE_NUMBERS = "Take out the phone number. The register contains none.";
