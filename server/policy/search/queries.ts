import type { Actor } from "#domain/access/permission/permission.ts";
import { oncePer } from "#domain/policy/decision/once-per.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { clauseById, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { markWords } from "#domain/policy/search/mark.ts";
import { loadContent, type Content } from "#server/base/content/store.ts";
import { getPolicy, getPolicyVersion, listVersions, type ReadablePolicy } from "#server/policy/policy/queries.ts";
import type { SearchDocument } from "./document-reader.ts";
import { addVersions, makeIndex, searchIndex, type Found, type SearchIndex } from "./search-index.ts";
import { makeThesaurus } from "./query-reader.ts";

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
export type SearchResult = ReturnType<typeof resultOf>;
export type SearchAnswer = NonNullable<Awaited<ReturnType<typeof searchPolicies>>>;
/** The filters for a search. */
export type SearchScope = Awaited<ReturnType<typeof getSearchScope>>;

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

const isOne = (policy: string): boolean => policy !== "" && policy !== ALL_POLICIES;

/** The policies and versions that the actor may search, and whom to ask if nothing is found. */
export async function getSearchScope(actor: Actor, { policy }: SearchRequest) {
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
    /** Versions of the chosen policy, newest first; none if no policy is chosen. */
    versions: versions.map(({ version: { version } }) => ({ version, isCurrent: version === current })),
    /** Whom to ask about the policies: the contacts of the reader's own body. */
    contacts: readable.find(({ isMine }) => isMine)?.body.contacts ?? [],
  };
}

/**
 * Searches for words in what the actor may read: their own policies, every policy, or one version of one policy.
 * @param page from 1; one that does not exist gives the nearest
 * @returns null if there is no such policy or version, or the actor may not read it
 */
export async function searchPolicies(actor: Actor, request: SearchRequest, page = 1) {
  const content = await loadContent();
  const searched = await versionsFor(actor, request);
  if (!searched) return null;
  /** The reader's own policies that were searched. */
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
function clausesOf(policy: ReadablePolicy, ids: readonly string[]) {
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

function resultOf({ name, texts }: Found, policy: ReadablePolicy) {
  const { version, isMine, isPublished } = policy;
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
    isMine,
    isPublished,
    clause: id,
    /** Title of the section; null before the first heading. */
    section: version.sections.find(({ anchor }) => anchor === clause.section)?.title ?? null,
    text: markWords(clause.text, ofClause?.words ?? new Set()),
    /** Matches that are based on the clause. */
    others: texts
      .flatMap(({ document: { kind, text }, words }) =>
        kind === "clause" || kind === "way" ? [] : [{ kind, text: markWords(text, words) }],
      )
      .slice(0, MOST_OTHERS),
  };
}

/** Cached with the content and the version they were made from, and freed with them. */
const currentIndex = oncePer<Content, SearchIndex>(makeIndex);
const versionIndex = oncePer<PolicyVersion, SearchIndex>(makeIndex);
export const thesaurusOf = oncePer((content: Content) => makeThesaurus(content.synonyms));

/** One version has an index of its own, made when somebody first searches it; several share one. */
export function indexFor(content: Content, versions: readonly PolicyVersion[]): SearchIndex {
  const [only, ...others] = versions;
  const index = only && others.length === 0 ? versionIndex(only) : currentIndex(content);
  addVersions(index, versions, content.starts);
  return index;
}
