import MiniSearch, { type Query } from "minisearch";
import type { Synonyms } from "#domain/policy/search/synonyms.ts";
import { plainWords, stem, typedWords } from "#domain/policy/search/words.ts";

/** A word or phrase that somebody typed, with everything that it may stand for. */
export interface Concept {
  /** What was typed. */
  own: Query;
  /** Each thing that means the same, by its words. */
  others: ReadonlyMap<string, Query>;
  /** The words that were typed. */
  typed: readonly string[];
  /** It stands in no text and in no list: what it finds is only spelt like it. */
  isGuess: boolean;
  /** It is rarely what is asked about. */
  isLight: boolean;
}

/** How much a synonym counts, compared with 1 for the word that was typed. */
const SYNONYM_WEIGHT = 0.75;
/** The shortest word that is taken for two written as one. */
const SHORTEST_RUN_TOGETHER = 7;
const SHORTEST_PART = 3;
/** Short words are taken as they are: most of those that are not known are no typing errors. */
const SHORTEST_MISSPELT = 6;

const ASKS_WHAT_IT_IS =
  /^\W*(what['’‘ʼ`´]?s|(what|who) (is|are|counts?|(do|does) .* (mean|think|call|class|consider|treat))|(meaning|definition|examples?) of|define)\b/i;

/** Words of such a question that are not what it asks about. */
const OF_THE_QUESTION = new Set(["mean", "definition", "define", "count", "class", "example"].flatMap(typedWords));

type Group = readonly (readonly string[])[];

/** Finds what means the same as a word, even if it is misspelt. */
export interface Thesaurus {
  /** First word of a phrase → phrases that begin with it, each with its synonyms. */
  phrases: ReadonlyMap<string, readonly { words: readonly string[]; group: Group }[]>;
  /** Two words of a phrase as if they were one → the two. */
  runTogether: ReadonlyMap<string, readonly string[]>;
  ignored: ReadonlySet<string>;
  light: ReadonlySet<string>;
  /** Counts only where nothing else is asked. */
  subject: ReadonlySet<string>;
  spelling: MiniSearch<{ id: string }>;
}

export function makeThesaurus({ same, means, ignore, light, subject }: Synonyms): Thesaurus {
  const phrases = new Map<string, { words: readonly string[]; group: Group }[]>();
  const add = (words: readonly string[], group: Group) => {
    const [first = ""] = words;
    const known = phrases.get(first);
    if (known) known.push({ words, group });
    else phrases.set(first, [{ words, group }]);
  };
  const groups = same.map(phrasesOf);
  for (const group of groups) for (const words of group) add(words, group);
  for (const { find, words } of means) {
    const found = phrasesOf(find);
    for (const one of phrasesOf(words)) add(one, found);
  }
  const spelling = new MiniSearch<{ id: string }>({ fields: ["id"], tokenize: (text) => [text] });
  const single = [...phrases].filter(([, list]) => list.some(({ words }) => words.length === 1));
  spelling.addAll(single.map(([id]) => ({ id })));
  const named = (terms: readonly string[]) => new Set(terms.map((one) => typedWords(one).join(" ")));
  const ignored = new Set(ignore.flatMap(typedWords));
  const pairs = [...same.flat(), ...means.flatMap(({ find, words }) => [...find, ...words])]
    .map(plainWords)
    .filter((words) => words.length === 2);
  const runTogether = new Map(pairs.map((words) => [words.join(""), words]));
  return { phrases, runTogether, ignored, light: named(light), subject: named(subject), spelling };
}

/** Terms as they are looked up, each once. */
const phrasesOf = (terms: readonly string[]): Group => [
  ...new Map(terms.map(typedWords).map((words) => [words.join(" "), words])).values(),
];

/**
 * What the words of a search look for, or null if nothing is left of them.
 * @param isKnown whether a word occurs in the texts as it is: then it is not a typing error
 */
export function parseSearchQuery(text: string, thesaurus: Thesaurus, isKnown: (word: string) => boolean) {
  const words = asWritten(plainWords(text), thesaurus, isKnown).map(stem);
  const asksWhatItIs = ASKS_WHAT_IT_IS.test(text);
  const concepts = new Map<string, Concept>();
  const aboutSubject = new Set<string>();
  for (let at = 0; at < words.length;) {
    const word = words[at] ?? "";
    const matching = (thesaurus.phrases.get(word) ?? []).flatMap((phrase) => {
      const length = lengthOf(phrase.words, words, at);
      return length === null ? [] : [{ ...phrase, length }];
    });
    const length = Math.max(1, ...matching.map((phrase) => phrase.length));
    const own = words.slice(at, at + length);
    at += length;
    if (length === 1 && (thesaurus.ignored.has(word) || isNoise(word))) continue;
    if (asksWhatItIs && words.length > 1 && OF_THE_QUESTION.has(word)) continue;
    const same =
      matching.length > 0 ? matching.filter((phrase) => phrase.length === length) : meant(word, thesaurus, isKnown);
    const others = new Map<string, Query>(
      same.flatMap(({ group }) => group).map((one) => [one.join(" "), lookFor(one, SYNONYM_WEIGHT, isKnown)]),
    );
    const name = own.join(" ");
    if ([name, ...others.keys()].some((one) => thesaurus.subject.has(one))) aboutSubject.add(name);
    others.delete(name);
    const isGuess = others.size === 0 && !own.every(isKnown);
    const isLight =
      thesaurus.light.has(name) ||
      (others.size > 0 && same.every(({ group }) => group.every((one) => thesaurus.light.has(one.join(" ")))));
    concepts.set(name, { typed: own, isGuess, isLight, own: lookFor(own, 1, isKnown), others });
  }
  if (aboutSubject.size < concepts.size) for (const name of aboutSubject) concepts.delete(name);
  if (concepts.size === 0) return null;
  return { concepts: [...concepts.values()], asksWhatItIs };
}

/** Which of them stands before a noun makes no difference: "lost my phone", "lost the phone", "lost phone". */
const DETERMINERS = new Set("a an the my our your his her their this that some any".split(" "));

/** How many of the words from a place on make up a phrase, whatever stands before its nouns; null if they do not. */
function lengthOf(phrase: readonly string[], words: readonly string[], from: number): number | null {
  let at = from;
  for (const wanted of phrase) {
    if (DETERMINERS.has(wanted) && words[at] !== wanted) continue;
    while (words[at] !== wanted && DETERMINERS.has(words[at] ?? "")) at += 1;
    if (words[at] !== wanted) return null;
    at += 1;
  }
  return at - from;
}

/** The words of a phrase in any form; synonyms only as they are. */
const lookFor = (phrase: readonly string[], weight: number, isKnown: (word: string) => boolean): Query => ({
  queries: phrase.filter((word) => phrase.length === 1 || !DETERMINERS.has(word)),
  combineWith: "AND",
  boostTerm: () => weight,
  fuzzy: (word) => (weight === 1 ? typingErrors(word, isKnown(word)) : false),
  prefix: (word) => word.length > (weight === 1 ? 2 : 3) && /^\p{L}/u.test(word),
});

/** The words as the texts write them: "e mail" as "email", and "linemanager" as "line manager". */
function asWritten(
  words: readonly string[],
  { ignored, phrases, runTogether }: Thesaurus,
  isKnown: (word: string) => boolean,
) {
  const isWord = (word: string) => isKnown(stem(word)) || phrases.has(stem(word));
  const written: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const joined = word + (words[at + 1] ?? "");
    if (at + 1 < words.length && !ignored.has(stem(word)) && isKnown(stem(joined))) {
      written.push(joined);
      at += 1;
    } else
      written.push(
        ...(isWord(word)
          ? [word]
          : (runTogether.get(word) ??
            splitInTwo(
              word,
              (part) => (stem(part) === part || part.endsWith("e")) && isKnown(stem(part)) && !ignored.has(stem(part)),
            ))),
      );
  }
  return written;
}

function splitInTwo(word: string, isKnown: (word: string) => boolean): string[] {
  if (word.length < SHORTEST_RUN_TOGETHER) return [word];
  for (let at = SHORTEST_PART; at <= word.length - SHORTEST_PART; at += 1) {
    const [first, second] = [word.slice(0, at), word.slice(at)];
    if (isKnown(first) && isKnown(second)) return [first, second];
  }
  return [word];
}

/** The synonyms-list word that a misspelt word was probably meant to be. */
function meant(word: string, { phrases, spelling }: Thesaurus, isKnown: (word: string) => boolean) {
  const fuzzy = typingErrors(word, isKnown(word));
  if (fuzzy === false) return [];
  const [best] = spelling.search(word, { fuzzy, prefix: word.length > 4 });
  return (phrases.get(String(best?.id)) ?? []).filter(({ words }) => words.length === 1);
}

const isNoise = (word: string): boolean => word.length < 2 && !/\p{N}/u.test(word);

/**
 * How many letters may differ, as a number for MiniSearch: few in short words, and few if the word is spelt correctly.
 */
function typingErrors(word: string, isRight: boolean): number | false {
  if (!/^\p{L}+$/u.test(word) || word.length < SHORTEST_MISSPELT) return false;
  if (isRight) return false;
  return word.length < 8 ? 1 : 2;
}
