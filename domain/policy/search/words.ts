/** Text as the search sees it: words, and the forms in which each is kept and looked for. */

/** The words of a text and where each begins; numbers such as "2.1" and joined words such as "e-mail" are one word. */
export function splitIntoWords(text: string): { word: string; at: number }[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+(?:[.'’-][\p{L}\p{M}\p{N}]+)*/gu)].map((found) => ({
    word: found[0],
    at: found.index,
  }));
}

/**
 * The forms of one word: small letters, without accents and possessive s. Of a joined word ("non-sensitive") both the
 * whole without its hyphen and its parts, so that every way to write it meets.
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
