import MiniSearch, { type Query } from "minisearch";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { explains } from "#domain/policy/search/definition.ts";
import type { Starts } from "#domain/policy/search/starts.ts";
import { splitIntoWords, wordForms } from "#domain/policy/search/words.ts";
import { documentsOf, waysOf, type DocumentKind, type SearchDocument } from "./document-reader.ts";
import { parseSearchQuery, type Thesaurus } from "./query-reader.ts";

/** A text that was found. */
export interface FoundText {
  document: SearchDocument;
  score: number;
  /** What each word or phrase that was typed adds to the score. */
  parts: readonly number[];
  /** The word forms that were found in it. */
  words: ReadonlySet<string>;
}

/** Texts that were found and belong together, such as a clause and what is based on it. */
export interface Found {
  name: string;
  score: number;
  /** Best first. */
  texts: FoundText[];
}

/** Several versions in one index; more can be added. */
export interface SearchIndex {
  search: MiniSearch<SearchDocument>;
  documents: Map<string, SearchDocument>;
  versions: Set<PolicyVersion>;
  /** Every word form in the texts. */
  words: Set<string>;
  /** What the terms of the content's lists have found so far: they are few, and are looked for again and again. */
  found: Map<string, readonly Hit[]>;
}

/** A text that one term matches. */
interface Hit {
  id: string;
  score: number;
  words: readonly string[];
}

const WEIGHTS: Record<DocumentKind, number> = { clause: 1, obligation: 0.9, answer: 0.6, example: 0.7, way: 0.9 };
/** Several matches for one clause count more than one, but less than a better one. */
const SHARE_OF_OTHERS = 0.35;
/** How much the second clause that a text leads to counts, compared with the first. */
const SHARE_OF_NEXT = 0.95;
/** How much it counts that several texts of one name hold what was typed between them, against the best of them alone. */
const SHARE_OF_TOGETHER = 0.5;
/** How much more the number of a clause counts than a word as rare. */
const NUMBER_WEIGHT = 3;
/** How much a word counts that many questions hold beside what they are about. */
const LIGHT_WEIGHT = 0.35;
/** How much a word counts that only looks like one of the texts. */
const GUESS_WEIGHT = 0.5;
/** How much more a clause counts that explains the word, little or well, for somebody who asks what it means. */
const DEFINITION_WEIGHTS = [1, 3, 10] as const;

export function makeIndex(): SearchIndex {
  const words = new Set<string>();
  const search = new MiniSearch<SearchDocument>({
    fields: ["text", "section", "number"],
    tokenize: (text) => splitIntoWords(text).map(({ word }) => word),
    processTerm: (word) => {
      const forms = wordForms(word);
      forms.forEach((form) => words.add(form));
      return forms;
    },
    searchOptions: {
      boost: { section: 0.4, number: 4 },
      weights: { fuzzy: 0.45, prefix: 0.5 },
      // What is looked for has been brought into its form already.
      processTerm: (word) => word,
    },
  });
  return { search, documents: new Map(), versions: new Set(), words, found: new Map() };
}

/** Adds the versions that are not in the index yet, and the ways into them. */
export function addVersions(index: SearchIndex, versions: readonly PolicyVersion[], starts: Starts | null = null) {
  for (const version of versions) {
    if (index.versions.has(version)) continue;
    index.versions.add(version);
    index.found.clear();
    const documents = [...documentsOf(version), ...(starts ? waysOf(version, starts) : [])];
    for (const document of documents) index.documents.set(document.id, document);
    index.search.addAll(documents);
  }
}

/**
 * What matches, best first.
 * @param weightOf how much a text counts, 1 for an ordinary one; 0 leaves it out
 * @param namesOf texts of the same name are found as one; a text of several counts most for the first
 */
export function searchIndex(
  index: SearchIndex,
  text: string,
  thesaurus: Thesaurus,
  weightOf: (document: SearchDocument) => number,
  namesOf: (document: SearchDocument) => readonly string[],
): Found[] {
  const found = new Map<string, Found & { parts: number[] }>();
  for (const one of findTexts(index, text, thesaurus, weightOf))
    for (const [at, name] of namesOf(one.document).entries()) {
      const share = SHARE_OF_NEXT ** at;
      const known = found.get(name) ?? { name, score: 0, texts: [], parts: [] };
      known.parts = one.parts.map((part, concept) => Math.max(part * share, known.parts[concept] ?? 0));
      // The phrases of one way say the same in other words: the best one counts.
      const { way } = one.document;
      if (!way || !known.texts.some(({ document }) => document.way === way)) {
        const score = one.score * share;
        known.score = Math.max(known.score, score) + Math.min(known.score, score) * SHARE_OF_OTHERS;
        known.texts.push(one);
      }
      found.set(name, known);
    }
  for (const one of found.values())
    one.score += SHARE_OF_TOGETHER * (one.parts.reduce((sum, part) => sum + part, 0) - one.score);
  return [...found.values()].sort((one, other) => other.score - one.score);
}

/**
 * Each text that matches, best first. For each word or phrase that was typed the best text counts as much as the word
 * is rare, and others as much less as they match it worse: so a rare word decides, however often a common one stands.
 */
function findTexts(
  index: SearchIndex,
  text: string,
  thesaurus: Thesaurus,
  weightOf: (document: SearchDocument) => number,
): FoundText[] {
  const query = parseSearchQuery(text, thesaurus, (word) => index.words.has(word));
  const scores = new Map<string, { parts: number[]; words: Set<string> }>();
  const documentOf = (id: string) => index.documents.get(id);
  const isFound = ({ id }: Hit) => {
    const document = documentOf(id);
    return document !== undefined && weightOf(document) > 0;
  };
  for (const [at, concept] of (query?.concepts ?? []).entries()) {
    // A text counts by the best of the words that mean the same, not by how many of them it has.
    const results = new Map<string, { score: number; words: string[] }>();
    for (const hits of [hitsOf(index, concept.own), ...[...concept.others].map((one) => knownHitsOf(index, one))])
      for (const { id, score, words } of hits.filter(isFound)) {
        const known = results.get(id);
        results.set(id, { score: Math.max(known?.score ?? 0, score), words: [...(known?.words ?? []), ...words] });
      }
    const best = Math.max(...[...results.values()].map(({ score }) => score));
    const isNumber = concept.typed.some((word) => /\d\.\d/.test(word));
    const trust = isNumber
      ? NUMBER_WEIGHT
      : (concept.isGuess ? GUESS_WEIGHT : 1) * (concept.isLight ? LIGHT_WEIGHT : 1);
    const rarity = Math.log(1 + index.documents.size / (results.size + 1)) * trust;
    for (const [id, { score, words }] of results) {
      const known = scores.get(id) ?? { parts: (query?.concepts ?? []).map(() => 0), words: new Set<string>() };
      known.parts[at] = rarity * (score / best);
      words.forEach((word) => known.words.add(word));
      scores.set(id, known);
    }
  }
  const asked = new Set(query?.asksWhatItIs ? query.concepts.flatMap(({ typed }) => typed) : []);
  const found = [...scores].flatMap(([id, { parts, words }]) => {
    const document = documentOf(id);
    if (!document) return [];
    const weight = WEIGHTS[document.kind] * weightOf(document);
    const isDefinition = asked.size > 0 && document.kind === "clause";
    const explained = isDefinition ? DEFINITION_WEIGHTS[explains(document.text, asked)] : 1;
    const weighed = parts.map((part) => part * weight * explained);
    return [{ document, words, parts: weighed, score: weighed.reduce((sum, part) => sum + part, 0) }];
  });
  return found.sort((one, other) => other.score - one.score);
}

const hitsOf = ({ search }: SearchIndex, query: Query): Hit[] =>
  search.search(query).map(({ id, score, match, queryTerms }) => ({
    id: String(id),
    score: score / queryTerms.length,
    words: Object.keys(match),
  }));

function knownHitsOf(index: SearchIndex, [name, query]: readonly [string, Query]): readonly Hit[] {
  const known = index.found.get(name) ?? hitsOf(index, query);
  index.found.set(name, known);
  return known;
}
