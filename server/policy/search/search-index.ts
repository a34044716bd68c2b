import "server-only";
import MiniSearch from "minisearch";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { splitIntoWords, wordForms } from "#domain/policy/search/words.ts";
import { documentsOf, type DocumentKind, type SearchDocument } from "./document-reader.ts";
import { parseSearchQuery, type Thesaurus } from "./query-reader.ts";

/** A clause that was found: by its own words, or by what is based on it. */
export interface Found {
  version: PolicyVersion;
  clause: string;
  score: number;
  /** The texts that were found, best first. */
  texts: { kind: DocumentKind; text: string; words: ReadonlySet<string> }[];
}

/** Several versions in one index; more can be added. */
export interface SearchIndex {
  search: MiniSearch<SearchDocument>;
  documents: Map<string, SearchDocument>;
  versions: Set<PolicyVersion>;
  /** Every word form in the texts. */
  words: Set<string>;
}

/** People are looking for a clause; obligations, answers and examples lead to one. */
const WEIGHTS: Record<DocumentKind, number> = { clause: 1, obligation: 0.9, answer: 0.8, example: 0.7 };
/** Several matches for one clause count more than one, but less than a better one. */
const SHARE_OF_OTHERS = 0.2;

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
      processTerm: (word) => wordForms(word).slice(0, 1),
    },
  });
  return { search, documents: new Map(), versions: new Set(), words };
}

/** Adds the versions that are not in the index yet. */
export function addVersions(index: SearchIndex, versions: readonly PolicyVersion[]): void {
  for (const version of versions) {
    if (index.versions.has(version)) continue;
    index.versions.add(version);
    const documents = documentsOf(version);
    for (const document of documents) index.documents.set(document.id, document);
    index.search.addAll(documents);
  }
}

/**
 * The matching clauses, best first.
 * @param weightOf how much a version's clauses count, 1 for an ordinary one; 0 leaves them out
 */
export function searchIndex(
  index: SearchIndex,
  text: string,
  thesaurus: Thesaurus,
  weightOf: (version: PolicyVersion) => number,
): Found[] {
  const query = parseSearchQuery(text, thesaurus, (word) => index.words.has(word));
  if (!query) return [];
  const documentOf = (id: unknown) => index.documents.get(String(id));
  const results = index.search.search(query.query, {
    filter: ({ id }) => {
      const document = documentOf(id);
      return document !== undefined && weightOf(document.version) > 0;
    },
  });
  const found = new Map<string, Found>();
  for (const result of results) {
    const document = documentOf(result.id);
    if (!document) continue;
    const { version, kind, clause, text: words } = document;
    // A text scores once for each concept that it matches, however many words they share.
    const met = new Set(result.queryTerms.flatMap((term) => query.concepts.get(term) ?? []));
    const score = (result.score / Math.max(1, result.queryTerms.length)) * met.size * WEIGHTS[kind] * weightOf(version);
    const name = `${version.slug} ${version.version} ${clause}`;
    const known = found.get(name) ?? { version, clause, score: 0, texts: [] };
    known.score =
      known.texts.length === 0 ? score : Math.max(known.score, score) + Math.min(known.score, score) * SHARE_OF_OTHERS;
    known.texts.push({ kind, text: words, words: new Set(Object.keys(result.match)) });
    found.set(name, known);
  }
  return [...found.values()].sort((one, other) => other.score - one.score);
}
