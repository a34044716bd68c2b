/** Several decision tables compared over every situation: where they agree, where they differ, which are silent. */
import { decide } from "./decide.ts";
import { NONE } from "./decision-diagram.ts";
import { diagramsOver, productOf, withStrides, type DecisionTable, type TableFact } from "./decision-table.ts";
import { groupValues, MOST_ANSWERS } from "./situation-group.ts";
import type { Answers, Rule } from "./rule-file.ts";
import { VERDICTS, type Verdict } from "./verdict.ts";

/** What a table says; null if it is silent: it does not cover the situation, or does not know one of its answers. */
export type Voice = Exclude<Verdict, "not-covered"> | null;

/** What one table says about a whole or partial situation. */
export type Opinion =
  | { readonly kind: "speaks"; readonly verdict: Exclude<Verdict, "not-covered">; readonly rule: Rule }
  /** `rule` says that it is not covered; null if the table does not know the answers to the facts in `unknown`. */
  | { readonly kind: "silent"; readonly rule: Rule | null; readonly unknown: readonly string[] }
  /** The facts that can still change what it says, the one to ask next first. */
  | { readonly kind: "open"; readonly needs: readonly string[] };

/** How an opinion compares with the one it is measured against. */
export type OpinionAgreement = "measure" | "agrees" | "differs" | "silent" | "open";

/** Situations in which the tables say the same different things. */
export interface Disagreement {
  /** What each table says, in the order of the tables. */
  voices: readonly Voice[];
  /** The number of steps of strictness between the strictest and the laxest; at least 1. */
  distance: number;
  /** Fact → the answers that it has here; a fact that may have any answer is left out. */
  when: Readonly<Record<string, readonly string[]>>;
  situations: number;
  /** One of the situations, in full. */
  example: Answers;
}

/** Every situation is counted once: `agree` + `differ` + `alone` + `silent` = `situations`. */
export interface Comparison {
  situations: number;
  /** At least two tables speak, and say the same. */
  agree: number;
  /** At least two tables speak, and say different things. */
  differ: number;
  /** Only one table speaks. */
  alone: number;
  /** No table speaks. */
  silent: number;
  /** Those furthest apart first, then those with the most situations; together they are the `differ` situations. */
  disagreements: readonly Disagreement[];
}

/** What a table says. Facts that it does not use are ignored. @throws UndecidedError if the table has a gap */
export function opinionOf(table: DecisionTable, answers: Answers): Opinion {
  const unknown = table.facts.filter(({ name, answers: possible }) => {
    const given = answers[name];
    return given !== undefined && !possible.includes(given);
  });
  if (unknown.length > 0) return { kind: "silent", rule: null, unknown: unknown.map(({ name }) => name) };
  const decision = decide(table, answers);
  if (!decision.settled) return { kind: "open", needs: decision.needs };
  const { rule } = decision;
  const { verdict } = rule;
  return verdict === "not-covered" ? { kind: "silent", rule, unknown: [] } : { kind: "speaks", verdict, rule };
}

/**
 * Compares each opinion with the one at `own`; without one, with the most common verdict.
 * @param own index of the reader's own, or -1
 * @returns the standing of each opinion; null if it speaks and there is nothing to compare it with
 */
export function opinionAgreementsOf(opinions: readonly Opinion[], own: number): (OpinionAgreement | null)[] {
  const mine = opinions[own];
  const measure = mine ? (mine.kind === "speaks" ? mine.verdict : null) : mostGiven(opinions);
  return opinions.map((opinion, at) => {
    if (opinion.kind !== "speaks") return opinion.kind;
    if (at === own) return "measure";
    if (measure === null) return null;
    return opinion.verdict === measure ? "agrees" : "differs";
  });
}

/** The most common verdict, given at least twice; null if there is none. */
function mostGiven(opinions: readonly Opinion[]): Voice {
  const counts = new Map<Exclude<Verdict, "not-covered">, number>();
  for (const opinion of opinions)
    if (opinion.kind === "speaks") counts.set(opinion.verdict, (counts.get(opinion.verdict) ?? 0) + 1);
  const [first, second] = [...counts].sort(([, a], [, b]) => b - a);
  return first && first[1] > 1 && first[1] > (second?.[1] ?? 0) ? first[0] : null;
}

/**
 * The facts of several tables in the order of the first table that has them, with every answer that any of them knows.
 */
export function unionAxes(tables: readonly Pick<DecisionTable, "facts">[]): TableFact[] {
  const names = [...new Set(tables.flatMap(({ facts }) => facts.map(({ name }) => name)))];
  const axes = names.flatMap((name) => {
    const [first, ...others] = tables.flatMap(({ facts }) => facts.find((fact) => fact.name === name) ?? []);
    if (!first) return [];
    return [{ ...first, answers: [...new Set([first, ...others].flatMap(({ answers }) => answers))] }];
  });
  return withStrides(axes);
}

/**
 * Compares tables over the product of all answers that any of them knows. A fact that a table does not use makes no
 * difference to it.
 * @returns null if there are too many different situations to list, or more answers to a fact than can be grouped
 */
export function compareOver(tables: readonly DecisionTable[]): Comparison | null {
  const axes = unionAxes(tables);
  if (axes.some(({ answers }) => answers.length > MOST_ANSWERS)) return null;
  const { diagrams, winners } = diagramsOver(axes, tables);
  const patterns = new Map<string, number>();
  const voicesOf: Voice[][] = [];
  const said = diagrams.combine(winners, (rules) => {
    const voices = rules.map((rule, at) => voiceOf(tables[at]?.rules[rule]));
    const key = voices.join();
    const label = patterns.get(key) ?? voicesOf.push(voices) - 1;
    patterns.set(key, label);
    return label;
  });
  const counts = { agree: 0, differ: 0, alone: 0, silent: 0 };
  for (const [label, count] of diagrams.tally(said)) counts[kindOf(voicesOf[label] ?? [])] += count;
  const differing = diagrams.combine([said], ([label = NONE]) =>
    kindOf(voicesOf[label] ?? []) === "differ" ? label : NONE,
  );
  const disagreements = groupValues(axes, diagrams, differing)?.map(({ label, when, situations }): Disagreement => {
    const voices = voicesOf[label] ?? [];
    const example = Object.fromEntries(axes.map(({ name, answers }) => [name, (when[name] ?? answers)[0] ?? ""]));
    return { voices, distance: distanceOf(voices), when, situations, example };
  });
  if (!disagreements) return null;
  disagreements.sort((a, b) => b.distance - a.distance || b.situations - a.situations);
  return { situations: productOf(axes), ...counts, disagreements };
}

/** What a table says if this rule decides. */
const voiceOf = (rule: Rule | undefined): Voice =>
  rule === undefined || rule.verdict === "not-covered" ? null : rule.verdict;

/** The number of steps of strictness between the strictest and the laxest; 0 if fewer than two speak. */
function distanceOf(voices: readonly Voice[]): number {
  const levels = voices.flatMap((voice) => (voice === null ? [] : [VERDICTS.indexOf(voice)]));
  return levels.length === 0 ? 0 : Math.max(...levels) - Math.min(...levels);
}

function kindOf(voices: readonly Voice[]): "agree" | "differ" | "alone" | "silent" {
  const spoken = voices.filter((voice) => voice !== null);
  if (spoken.length < 2) return spoken.length === 0 ? "silent" : "alone";
  return spoken.every((voice) => voice === spoken[0]) ? "agree" : "differ";
}
