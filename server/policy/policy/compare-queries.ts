import { type Actor, can } from "#domain/access/permission/permission.ts";
import {
  compareOver,
  opinionOf,
  opinionAgreementsOf,
  unionAxes,
  type Comparison,
  type Disagreement,
} from "#domain/policy/decision/comparison.ts";
import { proveStrictness } from "#domain/policy/decision/strictness.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { askedPath, readWizardQuery } from "#domain/policy/decision/wizard.ts";
import { currentVersion } from "#domain/policy/policy/policy.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";

/** At most this many side by side are still readable. */
export const MOST_POLICIES = 6;

/** A policy that may be compared, in its current published version. */
export type ComparablePolicy = Awaited<ReturnType<typeof listComparable>>[number];

/** Why nothing is compared. */
export type ChoiceProblem = { kind: "unknown"; slug: string } | { kind: "too-many" | "just-one" };

/** What one policy says about the situation. */
export type PolicyOpinion = ReturnType<typeof opinionsOf>[number];
export type ComparePage = Awaited<ReturnType<typeof getComparePage>>;
/** Situations in which the chosen policies say the same different things. */
export type PolicyDisagreement = NonNullable<ComparePage["comparison"]>["disagreements"][number];

/**
 * Compares several policies, using only their published text, whoever the reader is.
 * @param query the query string, as received: one `policy` for each, and answers; unknown facts and answers are dropped
 */
export async function getComparePage(actor: Actor, query: Readonly<Record<string, string | string[] | undefined>>) {
  const { offered, chosen, problems, isStart } = await choosePolicies(actor, query.policy, MOST_POLICIES);
  const axes = unionAxes(chosen.map(({ version }) => version.table));
  const { answers } = readWizardQuery({ facts: axes }, query);
  /** `isStart`: nobody chose, and these are the defaults. If there is a problem, `chosen` is the known part of a choice. */
  const page = { offered, chosen, isStart, problems, axes, answers };
  const isCompared = problems.length === 0 && chosen.length >= 2;
  const opinions = isCompared ? opinionsOf(chosen, answers) : [];
  /** `deciding`: the answers that one of the policies asks for; the others make no difference. */
  const deciding = decidingAnswers(opinions, answers);
  const [one, other, ...more] = isCompared ? chosen : [];
  /** Of two policies, each measured against the other. */
  const strictness = one && other && more.length === 0 ? [strictnessOf(one, other), strictnessOf(other, one)] : [];
  return { ...page, opinions, deciding, comparison: isCompared ? compare(chosen) : null, strictness };
}

function strictnessOf(reference: ComparablePolicy, candidate: ComparablePolicy) {
  const proof = proveStrictness(reference.version.table, candidate.version.table, false);
  return { proof, pair: [reference, candidate] as const };
}

/** The policies that an address names, the actor's own first; without any, those to start with. @param most so many at once */
export async function choosePolicies(actor: Actor, given: string | readonly string[] | undefined, most: number) {
  const offered = await listComparable(actor);
  const asked = new Set([given ?? []].flat().filter((slug) => slug !== ""));
  const isStart = asked.size === 0;
  const chosen = isStart ? forAStart(offered).slice(0, most) : offered.filter(({ slug }) => asked.has(slug));
  return { offered, chosen, isStart, problems: isStart ? [] : problemsOf([...asked], offered, most) };
}

/** Whether there is anything to compare: with one policy there is not. */
export const hasComparison = async (actor: Actor): Promise<boolean> => (await listComparable(actor)).length > 1;

/** The actor's own first, then by body. */
async function listComparable(actor: Actor) {
  const { policies, bodies } = await loadContent();
  const today = clock.today();
  const found = policies.flatMap(({ slug, versions }) => {
    const published = versions.filter(({ isPublished }) => isPublished);
    const version = currentVersion(published, today);
    const body = bodies.find((candidate) => candidate.slug === version?.frontMatter.body);
    return version && body && can(actor, "policy.read", { body: body.slug }) ? [{ slug, version, body }] : [];
  });
  return found
    .map((policy) => {
      const { shortName, slug } = policy.body;
      const isOnly = found.every((other) => other === policy || other.body.slug !== slug);
      /** With the policy's title if the body has several. */
      const name = isOnly ? shortName : `${shortName}: ${policy.version.frontMatter.title}`;
      return { ...policy, name, isMine: slug === actor.body };
    })
    .sort((a, b) => Number(b.isMine) - Number(a.isMine) || a.name.localeCompare(b.name, "en-GB"));
}

/**
 * Policies on one subject, including the actor's own if there is one: those with more than half of the questions of the
 * shorter of two in common. Without that overlap, one would only be silent where the other speaks.
 */
function forAStart(offered: readonly ComparablePolicy[]): ComparablePolicy[] {
  const mine = offered.filter(({ isMine }) => isMine);
  const groups = (mine.length > 0 ? mine : offered).map((lead) => offered.filter((other) => isAkin(lead, other)));
  const largest = Math.max(0, ...groups.map(({ length }) => length));
  return groups.find(({ length }) => length === largest)?.slice(0, MOST_POLICIES) ?? [];
}

function isAkin(one: ComparablePolicy, other: ComparablePolicy): boolean {
  const [names, others] = [one, other].map(({ version }) => version.table.facts.map(({ name }) => name));
  const shared = names?.filter((name) => others?.includes(name)).length ?? 0;
  return shared * 2 > Math.min(names?.length ?? 0, others?.length ?? 0);
}

function problemsOf(asked: readonly string[], offered: readonly ComparablePolicy[], most: number): ChoiceProblem[] {
  const unknown = asked.filter((slug) => !offered.some((policy) => policy.slug === slug));
  return [
    ...unknown.map((slug): ChoiceProblem => ({ kind: "unknown", slug })),
    ...(asked.length > most ? [{ kind: "too-many" as const }] : []),
    ...(asked.length === 1 && unknown.length === 0 ? [{ kind: "just-one" as const }] : []),
  ];
}

function opinionsOf(chosen: readonly ComparablePolicy[], answers: Answers) {
  if (Object.keys(answers).length === 0) return [];
  const opinions = chosen.map(({ version }) => opinionOf(version.table, answers));
  const own = chosen.findIndex(({ isMine }) => isMine);
  /** Compared with the reader's own or, without one, with the most common; null if it speaks and there is neither. */
  const standings = opinionAgreementsOf(opinions, own);
  return chosen.flatMap((policy, at) => {
    const opinion = opinions[at];
    return opinion ? [{ policy, opinion, standing: standings[at] ?? null }] : [];
  });
}

function decidingAnswers(opinions: readonly PolicyOpinion[], answers: Answers): Answers {
  const asked = new Set(
    opinions.flatMap(({ policy, opinion }) => {
      const isUnknown = opinion.kind === "silent" && opinion.rule === null;
      return isUnknown ? opinion.unknown : askedPath(policy.version.table, answers);
    }),
  );
  return Object.fromEntries(Object.entries(answers).filter(([name]) => asked.has(name)));
}

/** Null if the policies ask too many different things. A comparison takes up to a second and stays valid as long as the rules are the same. */
const known = new Map<string, Comparison | null>();
const MOST_KNOWN = 100;

function compare(chosen: readonly ComparablePolicy[]) {
  // The reader's list has a different order for each body; one fixed order lets all of them share a comparison.
  const policies = [...chosen].sort((a, b) => (a.slug < b.slug ? -1 : 1));
  const key = policies.map(({ version }) => version.rulesHash).join(" ");
  if (!known.has(key)) {
    const [oldest] = known.keys();
    if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest);
    known.set(key, compareOver(policies.map(({ version }) => version.table)));
  }
  const comparison = known.get(key);
  if (!comparison) return null;
  const voicesOf = ({ voices }: Disagreement) =>
    chosen.map((policy) => ({ policy, voice: voices[policies.indexOf(policy)] ?? null }));
  return {
    ...comparison,
    disagreements: comparison.disagreements.map((line) => ({ ...line, voices: voicesOf(line) })),
  };
}
