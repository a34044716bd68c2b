import type { Actor } from "#domain/access/permission/permission.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import type { Combination } from "#domain/policy/decision/merge.ts";
import { filesOfMergedDraft } from "#server/base/content/merged-draft.ts";
import { loadContent } from "#server/base/content/store.ts";
import { choiceField, COVERING, getMergePage, type MergePage, NOT_COVERED } from "./merge-queries.ts";
import { beginDraftOf } from "./service.ts";

/** What somebody chose: policies by their slugs. */
export interface MergeChoices {
  /** What the policies said then: `seen` of the page. */
  seen: string;
  /** Taken where nothing is chosen and something is to decide: a policy, `COVERING`, or "" for nothing. */
  rest: string;
  /** For a combination, by its key; "" for nothing. */
  take(key: string): string;
}

const MOST_NAMED = 20;

/**
 * Begins a draft that decides every situation as it was chosen: agreed answers as they are, the strictest unless another
 * one was chosen, and what was decided.
 * @returns its address, or what is still to decide; "not-found" for those who may not write drafts
 */
export async function beginMergedDraft(
  actor: Actor,
  policies: string | readonly string[] | undefined,
  address: { slug: string; version: string },
  choices: MergeChoices,
) {
  const page = await getMergePage(actor, policies);
  if (!page) return "not-found";
  const { chosen: sources, combinations, seen } = page;
  if (!combinations) return { problems: [{ field: "", message: "Choose policies that can be put together." }] };
  if (choices.seen !== seen)
    return {
      problems: [{ field: "", message: "A policy changed since you opened the page. Look at it again, then send it." }],
    };
  const taken = new Map(combinations.combinations.map((one) => [one, choose(page, one, choices)]));
  const problems = openProblems(combinations.combinations.filter((one) => taken.get(one) === undefined));
  if (problems.length > 0) return { problems };
  const { bodies } = await loadContent();
  const body = bodies.find(({ slug }) => slug === actor.body);
  if (!body) return "not-found";
  return beginDraftOf(actor, address, (fresh) => ({
    files: filesOfMergedDraft(fresh, sources, { combinations, chosen: (one) => taken.get(one) ?? null, body }),
    data: { merged: sources.map(({ slug, version }) => `${slug} ${version.version}`).join(", ") },
  }));
}

/** The place of the policy whose answer is taken; null for not covered, undefined if that is still to decide. */
function choose({ chosen }: MergePage, one: Combination, { take, rest }: MergeChoices): number | null | undefined {
  if (one.kind === "agree") return one.strictest;
  const named = take(one.key);
  if (named === NOT_COVERED) return null;
  const hasRule = (slug: string) => chosen.findIndex((policy, at) => policy.slug === slug && one.rules[at] !== null);
  if (named !== "") return found(hasRule(named));
  if (one.strictest !== null) return one.strictest;
  const covering = one.rules.flatMap((rule, at) => (rule !== null && rule.verdict !== "not-covered" ? [at] : []));
  if (rest === COVERING) return covering.length === 1 ? covering[0] : undefined;
  return found(hasRule(rest));
}

const found = (at: number): number | undefined => (at < 0 ? undefined : at);

function openProblems(open: readonly Combination[]): FieldProblem[] {
  const problems = open.slice(0, MOST_NAMED).map(({ key }, at) => ({
    field: choiceField(key),
    message: `Choose whose answer to take (${at + 1} of ${open.length} still to decide).`,
  }));
  const more = open.length - MOST_NAMED;
  if (more <= 0) return problems;
  return [...problems, { field: "rest", message: `${more} more are still to decide. Choose one by one, or for all.` }];
}
