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

/**
 * The forms of one word: lower case, without accents and possessive s. A hyphenated word ("non-sensitive") gives both
 * the whole without its hyphen and its parts, so that all spellings match.
 */
export function wordForms(word: string): string[] {
  const plain = word
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’]s$/, "")
    .replace(/['’]/g, "");
  const parts = plain.split("-").filter((part) => part.length > 1);
  return plain.includes("-") ? [plain.replaceAll("-", ""), ...parts] : [plain];
}
