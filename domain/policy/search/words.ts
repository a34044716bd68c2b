/** Text as the search sees it: words, and the forms in which each is indexed and looked up. */

/**
 * The words of a text and where each begins; numbers such as "2.1" and hyphenated words such as "e-mail" are one word.
 */
export const splitIntoWords = (text: string): { word: string; at: number }[] =>
  [...text.matchAll(/[\p{L}\p{M}\p{N}]+(?:[.'’‘ʼ`´\-‐‑][\p{L}\p{M}\p{N}]+)*/gu)].map((found) => ({
    word: found[0],
    at: found.index,
  }));

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

/** They end like the form of a verb and are none. */
const NO_VERBS = new Set(["anything", "during", "everything", "evening", "morning", "nothing", "something", "thing"]);

/** Three letters that lost an e: "sav" of "saving". */
const LOST_AN_E = /^[^aeiou][aeiou][^aeiouwxy]$/;

/**
 * The stem of a verb's form: "deleting", "deleted" and "delete" alike as "delet", "running" as "run", "saved" as "save".
 * The same is done to the texts and to what is typed, so it need not be a word.
 */
export function stem(word: string): string {
  if (word.length < 5 || NO_VERBS.has(word) || !/^[a-z]+$/.test(word)) return word;
  if (/[^aeiou]ied$/.test(word)) return `${word.slice(0, -3)}y`;
  const [, base = ""] = /^(.*[aeiouy].*)(?:ing|(?<!e)ed)$/.exec(word) ?? [];
  if (base.length < 3) return word.replace(/([^e])e$/, "$1");
  if (/([^aeiouls])\1$/.test(base) && base.length > 3) return base.slice(0, -1);
  return LOST_AN_E.test(base) ? `${base}e` : base.length > 3 ? base.replace(/([^e])e$/, "$1") : base;
}

/** Apostrophes and hyphens as they are typed, pasted and set. */
const APOSTROPHE = "['’‘ʼ`´]";
const HYPHEN = /[-‐‑]/;

/**
 * The forms of one word: lower case, without accents, apostrophes, possessive s and the endings of plurals and verbs. A
 * hyphenated word ("non-sensitive") gives both the whole without its hyphen and its parts, so that all spellings match.
 */
export function wordForms(word: string): string[] {
  const plain = plainForm(word);
  const parts = plain.split(HYPHEN);
  const forms = parts.length === 1 ? [plain] : [parts.join(""), ...parts.filter((part) => part.length > 1)];
  return forms.map((form) => stem(singular(form)));
}

const plainForm = (word: string): string =>
  word
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(new RegExp(`${APOSTROPHE}s$`), "")
    .replace(new RegExp(APOSTROPHE, "g"), "");

/** What somebody typed, in words at blanks and at hyphens alike, before the endings of verbs are taken off. */
export const plainWords = (text: string): string[] =>
  splitIntoWords(text).flatMap(({ word }) => plainForm(word).split(HYPHEN).map(singular));

/** The same as it is looked up: each word in its one form. */
export const typedWords = (text: string): string[] => plainWords(text).map(stem);
