/** Text as the search sees it: words, and the forms in which each is indexed and looked up. */

/**
 * The words of a text and where each begins; numbers such as "2.1" and hyphenated words such as "e-mail" are one word.
 */
export function splitIntoWords(text: string): { word: string; at: number }[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+(?:[.'’-][\p{L}\p{M}\p{N}]+)*/gu)].map((found) => ({
    word: found[0],
    at: found.index,
  }));
}

/** They end like a plural and are none, or mean something else without their last letter. */
const NO_PLURALS = new Set(["news", "teams", "always", "perhaps", "business", "whereas", "canvas", "alias"]);

/** A plural without its ending: "copies" as "copy", "boxes" as "box", "13s" as "13". Irregular ones are synonyms. */
function singular(word: string): string {
  if (word.length < 3 || NO_PLURALS.has(word)) return word;
  if (/^\d+s$/.test(word)) return word.slice(0, -1);
  if (word.length < 4) return word;
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ch|sh|ss|x|zz)es$/.test(word)) return word.slice(0, -2);
  return /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}

/**
 * The forms of one word: lower case, without accents, apostrophes, possessive s and the ending of a plural. A hyphenated
 * word ("non-sensitive") gives both the whole without its hyphen and its parts, so that all spellings match.
 */
export function wordForms(word: string): string[] {
  const plain = word
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’]s$/, "")
    .replace(/['’]/g, "");
  const parts = plain.split("-").filter((part) => part.length > 1);
  return (plain.includes("-") ? [plain.replaceAll("-", ""), ...parts] : [plain]).map(singular);
}

/** What somebody typed, as it is looked up: words at blanks and at hyphens alike, each in its one form. */
export function typedWords(text: string): string[] {
  return splitIntoWords(text).flatMap(({ word }) => word.split("-").flatMap((part) => wordForms(part)));
}
