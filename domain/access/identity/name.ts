/** What a name of a person, a team, an employer or a group may hold, whichever way it comes in. */
import { smallLetters } from "./small-letters.ts";

export const MOST_NAME = 200;

/**
 * Characters that nobody sees or that turn the direction of a text round: control and format characters, fillers,
 * variation selectors, tags, the blank of Braille, what no character stands for, and what stands for a broken one.
 */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Variation_Selector}\u2800\ufffd]/u;

/**
 * The two joiners are not seen either, and yet a part of names: of Persian ones (علی‌رضا), and in Indic scripts of letters
 * (ශ්‍රී). They may stand between two letters of these scripts, and nowhere else.
 */
const JOINING = ["Arabic", "Syriac", "Mongolian", "Nko", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya"]
  .concat("Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Khmer", "Myanmar", "Tibetan")
  .map((script) => `\\p{Script=${script}}`)
  .join("");
const JOINER = new RegExp(`(?<=[${JOINING}])[\\u200c\\u200d](?=[${JOINING}])`, "gu");

/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\u2212]/u;
/** What mail programs and directories write in front of an address. */
const PREFIX = /^(?:mailto|smtp|sip|eum|x400|x500)\s*:/iu;

/** A name as it is kept: composed letters, and one plain blank where there were several or other ones. */
export const normaliseName = (text: string): string =>
  text
    .normalize("NFC")
    .replaceAll(/\p{Zs}+/gu, " ")
    .trim();

/** The same for two names that differ by capital letters and blanks alone. */
export const nameKey = (name: string): string => smallLetters(normaliseName(name));

/** What is wrong with any text that a person reads, be it a name or not; null where nothing is. */
export function textProblem(text: string): string | null {
  const hidden = HIDDEN.exec(text.replaceAll(JOINER, ""))?.[0];
  if (hidden !== undefined)
    return /[\n\r\v\f\u0085\u2028\u2029]/.test(hidden)
      ? "It contains a line break. Take it out."
      : `It contains a character that cannot be seen (${codeOf(hidden)}). Type it again.`;
  const plain = text.normalize("NFKC").trimStart(); // full-width signs are run as well
  if (FORMULA.test(plain))
    return `${quoted(text)} begins like a formula of a spreadsheet. Take the first character out.`;
  return null;
}

/**
 * What is wrong with a name, as a sentence that says what to do; null where nothing is. One rule for the pages, lists,
 * SCIM, the identity provider and the commands.
 * @param text not empty: whether a name is needed is for others to say
 */
export function nameProblem(text: string): string | null {
  const prefix = prefixOf(text);
  if (prefix !== null) return `It begins with “${prefix}”. Take that out.`;
  const length = [...text].length;
  if (length > MOST_NAME) return `It has ${length} characters. Shorten it to ${MOST_NAME}.`;
  return (
    textProblem(text) ?? (/[\p{L}\p{N}]/u.test(text) ? null : `${quoted(text)} has no letter in it. Enter a name.`)
  );
}

/** "mailto:" and the like at the beginning of a text, as it is written there; null where there is none. */
export const prefixOf = (text: string): string | null => PREFIX.exec(text.normalize("NFKC").trimStart())?.[0] ?? null;

/** A text in quotation marks, shortened. */
export function quoted(text: string): string {
  const characters = [...text];
  return `“${characters.length > 60 ? `${characters.slice(0, 60).join("")}…` : text}”`;
}

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
