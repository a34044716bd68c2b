import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { Contact } from "#domain/policy/policy/body.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { clauseById, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { markWords, type Piece } from "#domain/policy/search/mark.ts";
import { loadContent, type Content } from "#server/base/content/store.ts";
import { getPolicy, getPolicyVersion, listVersions, type ReadablePolicy } from "#server/policy/policy/queries.ts";
import type { DocumentKind, SearchDocument } from "./document-reader.ts";
import { addVersions, makeIndex, searchIndex, type Found, type SearchIndex } from "./search-index.ts";
import { makeThesaurus, type Thesaurus } from "./query-reader.ts";

/** People are asked to shorten longer searches; it is more than anybody types. */
export const LONGEST_QUERY = 200;
export const RESULTS_A_PAGE = 20;
/** Extra weight of a clause that binds the reader. */
const OWN_WEIGHT = 4;
/** In place of a policy: those of other employers too. No policy can be called so. */
export const ALL_POLICIES = "*";

/** What the address of the search asks for, cleaned up. */
export interface SearchRequest {
  /** The words as they were typed. */
  words: string;
  /** Slug of the one policy to look in, ALL_POLICIES, or "" for the reader's own (for all, if they have none). */
  policy: string;
  /** Number of a version of that policy, or "" for the current one. */
  version: string;
  /** Only these clauses of that policy, in this order; none for a search by words. */
  clauses?: readonly string[] | undefined;
}

/** A clause that was found. */
export interface SearchResult {
  href: string;
  title: string;
  version: string;
  bodyName: string;
  isMine: boolean;
  isPublished: boolean;
  clause: string;
  /** Title of the section; null before the first heading. */
  section: string | null;
  /** The words of the clause. */
  text: Piece[];
  /** Matches that are based on the clause. */
  others: { kind: Exclude<DocumentKind, "clause" | "way">; text: Piece[] }[];
}

export interface SearchAnswer {
  /** The reader's own policies that were searched, by slug and version. */
  own: readonly { slug: string; version: string }[];
  results: readonly SearchResult[];
  /** Total number on all pages. */
  total: number;
  page: number;
  pages: number;
}

/** The filters for a search. */
export interface SearchScope {
  policies: { slug: string; title: string; bodyName: string; isMine: boolean }[];
  /** Versions of the chosen policy, newest first; none if no policy is chosen. */
  versions: { version: string; isCurrent: boolean }[];
  /** Whom to ask about the policies: the contacts of the reader's own body. */
  contacts: readonly Contact[];
}

/** More matches than this for one clause add nothing. */
const MOST_OTHERS = 2;

/**
 * Reads a search from the address, whatever it contains; if a part is repeated the last counts. Control characters are
 * not words and are left out.
 */
export function readSearchRequest(query: Readonly<Record<string, string | string[] | undefined>>): SearchRequest {
  const part = (name: string) => ([query[name] ?? ""].flat().at(-1) ?? "").replace(/\p{Cc}+/gu, " ").trim();
  const policy = part("policy");
  const words = part("q");
  if (!isOne(policy)) return { words, policy, version: "" };
  const clauses = part("clauses")
    .split(",")
    .filter((id) => id !== "");
  return { words, policy, version: part("version"), ...(clauses.length > 0 && { clauses }) };
}

function isOne(policy: string): boolean {
  return policy !== "" && policy !== ALL_POLICIES;
}

/** The policies and versions that the actor may search, and whom to ask if nothing is found. */
export async function getSearchScope(actor: Actor, { policy }: SearchRequest): Promise<SearchScope> {
  const readable = await listSearched(actor);
  const versions = !isOne(policy) ? [] : ((await listVersions(actor, policy)) ?? []);
  const current = readable.find(({ version }) => version.slug === policy)?.current;
  return {
    policies: readable
      .map(({ version, body, isMine }) => ({
        slug: version.slug,
        title: version.frontMatter.title,
        bodyName: body.shortName,
        isMine,
      }))
      .sort((a, b) => Number(b.isMine) - Number(a.isMine) || a.title.localeCompare(b.title, "en-GB")),
    versions: versions.map(({ version: { version } }) => ({ version, isCurrent: version === current })),
    contacts: readable.find(({ isMine }) => isMine)?.body.contacts ?? [],
  };
}

/**
 * Searches for words in what the actor may read: their own policies, every policy, or one version of one policy.
 * @param page from 1; one that does not exist gives the nearest
 * @returns null if there is no such policy or version, or the actor may not read it
 */
export async function searchPolicies(actor: Actor, request: SearchRequest, page = 1): Promise<SearchAnswer | null> {
  const content = await loadContent();
  const searched = await versionsFor(actor, request);
  if (!searched) return null;
  const own = searched.filter(({ isMine }) => isMine).map(({ version: { slug, version } }) => ({ slug, version }));
  const [only] = searched;
  if (request.clauses && only) {
    const results = clausesOf(only, request.clauses);
    return { own, results, total: results.length, page: 1, pages: 1 };
  }
  const policies = new Map(searched.map((policy) => [policy.version, policy]));
  const weightOf = ({ version, clauses }: SearchDocument) => {
    const policy = policies.get(version);
    return !policy || clauses.length === 0 ? 0 : policy.isMine ? OWN_WEIGHT : 1;
  };
  const found = searchIndex(
    indexFor(content, [...policies.keys()]),
    request.words,
    thesaurusOf(content),
    weightOf,
    ({ version, clauses }) => clauses.map((clause) => `${version.slug} ${version.version} ${clause}`),
  );
  const pages = Math.max(1, Math.ceil(found.length / RESULTS_A_PAGE));
  const shown = Math.min(Math.max(page, 1), pages);
  const results = found.slice((shown - 1) * RESULTS_A_PAGE, shown * RESULTS_A_PAGE).flatMap((one) => {
    const policy = one.texts[0] && policies.get(one.texts[0].document.version);
    return policy ? [resultOf(one, policy)] : [];
  });
  return { own, results, total: found.length, page: shown, pages };
}

/** The clauses that a way of the content leads to; what is not there is left out. */
function clausesOf(policy: ReadablePolicy, ids: readonly string[]): SearchResult[] {
  const known = new Set(policy.version.clauses.map(({ id }) => id));
  const { slug, version } = policy.version;
  return [...new Set(ids)]
    .filter((id) => known.has(id))
    .map((id) => resultOf({ name: `${slug} ${version} ${id}`, score: 1, texts: [] }, policy));
}

async function versionsFor(actor: Actor, { policy, version }: SearchRequest): Promise<ReadablePolicy[] | null> {
  if (!isOne(policy)) {
    const all = await listSearched(actor);
    const mine = policy === "" ? all.filter(({ isMine }) => isMine) : [];
    return mine.length > 0 ? mine : all;
  }
  const one = version === "" ? await getPolicy(actor, policy) : await getPolicyVersion(actor, policy, version);
  return one && [one];
}

/** What is searched by default: for each policy the version that applies, or its draft. */
async function listSearched(actor: Actor): Promise<ReadablePolicy[]> {
  const { policies } = await loadContent();
  const readable = await Promise.all(policies.map(({ slug }) => getPolicy(actor, slug)));
  return readable.filter((policy) => policy !== null).filter(({ current, version }) => current === version.version);
}

function resultOf({ name, texts }: Found, policy: ReadablePolicy): SearchResult {
  const { version } = policy;
  const id = name.slice(name.lastIndexOf(" ") + 1);
  const clause = clauseById(version, id);
  const address = `/policies/${encodeURIComponent(version.slug)}`;
  const own =
    policy.current === version.version ? address : `${address}/versions/${encodeURIComponent(version.version)}`;
  const ofClause = texts.find(({ document }) => document.kind === "clause");
  return {
    href: `${own}#${clauseAnchor(id)}`,
    title: version.frontMatter.title,
    version: version.version,
    bodyName: policy.body.shortName,
    isMine: policy.isMine,
    isPublished: policy.isPublished,
    clause: id,
    section: version.sections.find(({ anchor }) => anchor === clause.section)?.title ?? null,
    text: markWords(clause.text, ofClause?.words ?? new Set()),
    others: texts
      .flatMap(({ document: { kind, text }, words }) =>
        kind === "clause" || kind === "way" ? [] : [{ kind, text: markWords(text, words) }],
      )
      .slice(0, MOST_OTHERS),
  };
}

/** Cached with the content and the version they were made from, and freed with them. */
const currentIndexes = new WeakMap<Content, SearchIndex>();
const versionIndexes = new WeakMap<PolicyVersion, SearchIndex>();
const thesauri = new WeakMap<Content, Thesaurus>();

/** One version has an index of its own, made when somebody first searches it; several share one. */
export function indexFor(content: Content, versions: readonly PolicyVersion[]): SearchIndex {
  const [only, ...others] = versions;
  const index =
    only && others.length === 0
      ? remembered(versionIndexes, only, makeIndex)
      : remembered(currentIndexes, content, makeIndex);
  addVersions(index, versions, content.starts);
  return index;
}

export function thesaurusOf(content: Content): Thesaurus {
  return remembered(thesauri, content, () => makeThesaurus(content.synonyms));
}

function remembered<Key extends object, Value>(store: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  const known = store.get(key);
  if (known !== undefined) return known;
  const made = make();
  store.set(key, made);
  return made;
}
