import "server-only";
import MiniSearch, { type Query } from "minisearch";
import { splitIntoWords, wordForms } from "#domain/policy/search/words.ts";
import type { Synonyms } from "#domain/policy/search/synonyms.ts";

/** What somebody searches for: one concept for each word or phrase of theirs, with everything that means the same. */
export interface SearchQuery {
  query: Query;
  /** Form of a search word → the concepts it stands for. */
  concepts: ReadonlyMap<string, readonly number[]>;
}

/** How much a synonym counts, compared with 1 for the word that was typed. */
const SYNONYM_WEIGHT = 0.75;

type Group = readonly (readonly string[])[];

/** Finds what means the same as a word, even if it is misspelt. */
export interface Thesaurus {
  /** First word of a phrase → phrases that begin with it, longest first, each with its synonyms. */
  phrases: ReadonlyMap<string, readonly { words: readonly string[]; group: Group }[]>;
  ignored: ReadonlySet<string>;
  spelling: MiniSearch<{ id: string }>;
}

/** The words of a phrase as they are looked up; a hyphenated one counts as one word. */
function formsOf(text: string): string[] {
  return splitIntoWords(text).flatMap(({ word }) => wordForms(word).slice(0, 1));
}

export function makeThesaurus({ same, ignore }: Synonyms): Thesaurus {
  const phrases = new Map<string, { words: readonly string[]; group: Group }[]>();
  for (const terms of same) {
    const group = terms.map(formsOf);
    for (const words of group) {
      const [first = ""] = words;
      phrases.set(first, [...(phrases.get(first) ?? []), { words, group }]);
    }
  }
  for (const list of phrases.values()) list.sort((one, other) => other.words.length - one.words.length);
  const spelling = new MiniSearch<{ id: string }>({ fields: ["id"], tokenize: (text) => [text] });
  const single = [...phrases].filter(([, list]) => list.some(({ words }) => words.length === 1));
  spelling.addAll(single.map(([id]) => ({ id })));
  return { phrases, ignored: new Set(ignore.flatMap(formsOf)), spelling };
}

/**
 * What the words of a search look for, or null if nothing is left of them.
 * @param isKnown whether a word occurs in the texts as it is: then it is not a typing error
 */
export function parseSearchQuery(
  text: string,
  thesaurus: Thesaurus,
  isKnown: (word: string) => boolean,
): SearchQuery | null {
  const words = formsOf(text);
  const concepts = new Map<string, number[]>();
  const queries: Query[] = [];
  const note = (word: string) => {
    const known = concepts.get(word) ?? [];
    if (!known.includes(queries.length)) concepts.set(word, [...known, queries.length]);
  };
  const lookFor = (phrase: readonly string[], weight: number): Query => {
    phrase.forEach(note);
    return {
      queries: [...phrase],
      combineWith: "AND",
      boostTerm: () => weight,
      fuzzy: (word) => (weight === 1 ? typingErrors(word, isKnown(word)) : false),
      prefix: (word) => word.length > 2 && /^\p{L}/u.test(word),
    };
  };
  for (let at = 0; at < words.length;) {
    const word = words[at] ?? "";
    const matching = (thesaurus.phrases.get(word) ?? []).filter((phrase) =>
      phrase.words.every((part, ahead) => words[at + ahead] === part),
    );
    const length = matching[0]?.words.length ?? 1;
    const own = words.slice(at, at + length);
    at += length;
    if (matching.length === 0 && (thesaurus.ignored.has(word) || isNoise(word))) continue;
    const same =
      matching.length > 0
        ? matching.filter((phrase) => phrase.words.length === length)
        : meant(word, thesaurus, isKnown);
    const others = new Map(same.flatMap(({ group }) => group).map((phrase) => [phrase.join(" "), phrase]));
    others.delete(own.join(" "));
    queries.push({
      queries: [lookFor(own, 1), ...[...others.values()].map((phrase) => lookFor(phrase, SYNONYM_WEIGHT))],
      combineWith: "OR",
    });
  }
  return queries.length === 0 ? null : { query: { queries, combineWith: "OR" }, concepts };
}

/** The synonyms-list word that a misspelt word was probably meant to be. */
function meant(word: string, { phrases, spelling }: Thesaurus, isKnown: (word: string) => boolean) {
  if (isKnown(word) || word.length < 4) return [];
  const [best] = spelling.search(word, { fuzzy: 0.25, prefix: true });
  return (phrases.get(String(best?.id)) ?? []).filter(({ words }) => words.length === 1);
}

function isNoise(word: string): boolean {
  return word.length < 2 && !/\p{N}/u.test(word);
}

/**
 * How many letters may differ, as a number for MiniSearch: few in short words, and few if the word is spelt correctly.
 */
function typingErrors(word: string, isRight: boolean): number | false {
  if (!/^\p{L}+$/u.test(word) || word.length < 4) return false;
  if (isRight) return word.length > 5 ? 1 : false;
  return word.length < 6 ? 1 : word.length < 9 ? 2 : 3;
}
