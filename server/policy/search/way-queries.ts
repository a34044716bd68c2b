import type { Actor } from "#domain/access/permission/permission.ts";
import { writeQuery } from "#domain/policy/decision/wizard.ts";
import { EXCEPTION_FACT } from "#domain/policy/exception/coverage.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { clauseById, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { answerWords, questionFor } from "#domain/policy/policy/wording.ts";
import { ABOUT, waysInto, type PolicyWay, type StartWay } from "#domain/policy/search/starts.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { waysOf, type SearchDocument } from "./document-reader.ts";
import { indexFor, thesaurusOf } from "./queries.ts";
import { searchIndex } from "./search-index.ts";

/** Somewhere that somebody is led: a line to choose, and a line that says where it leads. */
export interface WayShown {
  href: string;
  title: string;
  leads: string;
}

/** The ways of one kind, as the first page of the check shows them. */
export type StartShown = Awaited<ReturnType<typeof listStarts>>[number];

/** Nobody reads more. */
const MOST_WAYS = 8;
/** Ways are in people's words, and say better than a clause what they are for. */
const WAY_WEIGHT = 1.25;

/**
 * What fits the words that somebody types, best first: ways of the content, examples, answers and clauses of a policy.
 * @returns null if there is no such policy or the actor may not read it
 */
export async function findWays(actor: Actor, slug: string, words: string): Promise<WayShown[] | null> {
  const [content, policy] = [await loadContent(), await getPolicy(actor, slug)];
  if (!policy) return null;
  const { version, isMine } = policy;
  const found = searchIndex(
    indexFor(content, [version]),
    words,
    thesaurusOf(content),
    (document) => (isOffered(document, isMine) ? (document.kind === "way" ? WAY_WEIGHT : 1) : 0),
    (document) => [groupOf(document)],
  );
  const shown = new Map<string, WayShown>();
  for (const { texts } of found) {
    const [best] = texts;
    if (!best) continue;
    const way = wayTo(version, best.document);
    // A clause that a way leads to as well is shown once, where it stands, in the words of the way.
    if (!shown.has(way.href) || best.document.kind === "way") shown.set(way.href, way);
  }
  return [...shown.values()].slice(0, MOST_WAYS);
}

/** The first page of the check: what it may be about, and where each leads; empty if the content has no starts. */
export async function listStarts(version: PolicyVersion) {
  const { starts } = await loadContent();
  if (!starts || waysInto(starts, version).length === 0) return [];
  const named = waysOf(version, starts).filter(({ way }) => !(way && "isUnnamed" in way));
  const ways = new Map(named.map((document) => [groupOf(document), document]));
  return ABOUT.map((about) => ({
    about,
    ...starts.about[about],
    ways: [...ways.values()].filter(({ way }) => way?.about === about).map((document) => wayTo(version, document)),
  })).filter((start) => start.ways.length > 0 || start.about === "other");
}

/** Obligations are read with their clause; and the portal knows the reader's own exceptions, and does not ask. */
const isOffered = ({ kind, answers }: SearchDocument, isMine: boolean): boolean =>
  kind !== "obligation" && !(isMine && answers?.[EXCEPTION_FACT] === "yes");

const groupOf = ({ id, kind, way }: SearchDocument) => (kind === "way" && way ? `way ${way.about} ${way.title}` : id);

function wayTo(version: PolicyVersion, { kind, way, clauses: [clause = ""], text, answers }: SearchDocument): WayShown {
  if (kind === "way" && way) return wayOfContent(version, way);
  if (kind === "clause") {
    const { id, section, text: words } = clauseById(version, clause);
    const heading = version.sections.find(({ anchor }) => anchor === section)?.title.replace(/^[\d.]+\s+/, "");
    return {
      href: clauseHref(version, id),
      title: heading ? `Clause ${id}: ${heading}` : `Clause ${id}`,
      leads: words,
    };
  }
  const href = `/check?${writeQuery(version.slug, answers ?? {})}`;
  const [only] = Object.entries(answers ?? {});
  if (kind === "example" || !only) return { href, title: text, leads: "An example, with its answer." };
  const { ask } = questionFor(version, only[0]);
  const { label } = answerWords(questionFor(version, only[0]), only[1]);
  return { href, title: label, leads: `The check, with this answered already: ${ask} ${label}.` };
}

function wayOfContent(version: PolicyVersion, way: StartWay): WayShown {
  const { title } = way;
  if ("page" in way) return { href: way.page, title, leads: way.leads };
  if (way.clauses && !way.answers) {
    const [first = ""] = way.clauses;
    const leads =
      way.clauses.length === 1 ? `Clause ${first} of the policy.` : `Clauses ${listed(way.clauses)} of the policy.`;
    return { href: way.clauses.length === 1 ? clauseHref(version, first) : clausesHref(version, way), title, leads };
  }
  const given = Object.entries(way.answers ?? {}).map(
    ([fact, answer]) => answerWords(questionFor(version, fact), answer).label,
  );
  const leads = `The check, with this answered already: ${given.join(", ")}.`;
  return { href: `/check?${writeQuery(version.slug, way.answers ?? {})}`, title, leads };
}

const listed = (ids: readonly string[]): string => `${ids.slice(0, -1).join(", ")} and ${ids.at(-1) ?? ""}`;

/** All of them, by the search: it shows just these. */
function clausesHref({ slug }: PolicyVersion, { title, clauses }: PolicyWay): string {
  const query = new URLSearchParams({ policy: slug, q: title, clauses: (clauses ?? []).join(",") });
  return `/search?${query.toString()}`;
}

const clauseHref = ({ slug }: PolicyVersion, id: string) => `/policies/${encodeURIComponent(slug)}#${clauseAnchor(id)}`;
