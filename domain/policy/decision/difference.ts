/** What changes for people between two decision tables: verdicts and obligations, over every situation of both. */
import type { DecisionTable, TableFact } from "./decision-table.ts";
import { groupSituations, type Group } from "./situation-group.ts";
import type { Rule } from "./rule-file.ts";
import type { Verdict } from "./verdict.ts";

/** Situations in which the verdict was one and is another now. */
export interface VerdictChange {
  from: Verdict;
  to: Verdict;
  groups: readonly Group[];
  situations: number;
}

/** Situations in which something must be done now that did not have to be, or the other way round. */
export interface ObligationChange {
  /** What is to be done, in the words of the table that has it, the later one where both do. */
  text: string;
  /** Also asked of the situations named, or no longer. */
  change: "added" | "removed";
  groups: readonly Group[];
  situations: number;
}

/** A fact that one of the two tables asks for and the other does not, or an answer of a fact that both have. */
export interface QuestionChange {
  fact: string;
  answer: string | null;
  change: "added" | "removed";
}

export interface TableDifference {
  /** Facts of either table, with the answers that both know; the groups speak of these. */
  axes: readonly TableFact[];
  /** Situations that both tables know: the product of those answers. */
  situations: number;
  /** How many of them have another verdict. */
  changed: number;
  verdicts: readonly VerdictChange[];
  obligations: readonly ObligationChange[];
  /** Obligations that both tables have, in other words. */
  reworded: readonly { before: string; after: string }[];
  questions: readonly QuestionChange[];
}

/**
 * Compares two tables situation by situation. A fact that only one of them uses does not matter to the other; an answer
 * that only one of them knows is listed under `questions`, because the other has no verdict for it.
 * Where either verdict is `never`, nothing may be done, so there is nothing that must be: obligations are not compared.
 */
export function compareTables(before: DecisionTable, after: DecisionTable): TableDifference {
  const axes = jointAxes(before, after);
  const situations = axes.reduce((product, { answers }) => product * answers.length, 1);
  const [was, is] = [winnersOver(before, axes), winnersOver(after, axes)];
  const verdictLabels = new Labels<{ from: Verdict; to: Verdict }>(situations);
  const obligationLabels = new Map<string, Labels<Pick<ObligationChange, "text" | "change">>>();
  const sameAs = matchObligations(before, after);
  const [oldIds, newIds] = [obligationsPerRule(), obligationsPerRule(sameAs)];
  for (let situation = 0; situation < situations; situation++) {
    const [old, now] = [before.rules[was[situation] ?? -1], after.rules[is[situation] ?? -1]];
    if (!old || !now) continue;
    const { verdict: from } = old;
    const { verdict: to } = now;
    if (from !== to) verdictLabels.set(situation, `${from} ${to}`, { from, to });
    if (from === "never" || to === "never") continue;
    for (const [id, change] of changedObligations(oldIds(old), newIds(now))) {
      const key = `${change} ${id}`;
      const labels = obligationLabels.get(key) ?? new Labels(situations);
      obligationLabels.set(key, labels);
      const text = (after.obligations.get(id) ?? before.obligations.get(id))?.text ?? id;
      labels.set(situation, key, { text, change });
    }
  }
  const verdicts = verdictLabels.grouped(axes);
  return {
    axes,
    situations,
    changed: verdicts.reduce((sum, change) => sum + change.situations, 0),
    verdicts,
    obligations: [...obligationLabels.values()].flatMap((labels) => labels.grouped(axes)),
    reworded: rewordedObligations(before, after),
    questions: questionChanges(before, after),
  };
}

/** True when anything that binds people changed: a verdict, an obligation, or what a situation is made of. */
export function isOutcomeChanged({ changed, obligations, reworded, questions }: TableDifference): boolean {
  return (
    changed > 0 || obligations.length > 0 || reworded.length > 0 || questions.some(({ answer }) => answer !== null)
  );
}

/** Which situations belong to what, one number for each thing. */
class Labels<Of extends object> {
  private readonly of: Of[] = [];
  private readonly known = new Map<string, number>();
  private readonly labels: Int32Array;

  constructor(situations: number) {
    this.labels = new Int32Array(situations).fill(-1);
  }

  set(situation: number, key: string, of: Of): void {
    const label = this.known.get(key) ?? this.of.push(of) - 1;
    this.known.set(key, label);
    this.labels[situation] = label;
  }

  grouped(axes: readonly TableFact[]): (Of & { groups: Group[]; situations: number })[] {
    const groups = groupSituations(axes, this.labels);
    return this.of
      .map((of, label) => {
        const own = groups.filter((group) => group.label === label);
        return { ...of, groups: own, situations: own.reduce((sum, { situations }) => sum + situations, 0) };
      })
      .sort((a, b) => b.situations - a.situations);
  }
}

/** The facts of several tables in the order of the first that has them, with the answers that all who use them know. */
export function jointAxes(...tables: readonly DecisionTable[]): TableFact[] {
  const names = [...new Set(tables.flatMap(({ facts }) => facts.map(({ name }) => name)))];
  const axes = names.flatMap((name) => {
    const [first, ...others] = tables.flatMap(({ facts }) => facts.find((fact) => fact.name === name) ?? []);
    if (!first) return [];
    const answers = first.answers.filter((answer) => others.every((other) => other.answers.includes(answer)));
    return answers.length > 0 ? [{ ...first, answers }] : [];
  });
  let stride = axes.reduce((product, { answers }) => product * answers.length, 1);
  return axes.map((axis) => ({ ...axis, stride: (stride /= axis.answers.length) }));
}

/** For each situation over the axes the rule of the table that decides it, or -1: also where it does not know an answer. */
export function winnersOver(table: DecisionTable, axes: readonly TableFact[]): Int32Array {
  const situations = axes.reduce((product, { answers }) => product * answers.length, 1);
  const ownStrides = axes.map(({ name, answers }) => {
    const own = table.facts.find((fact) => fact.name === name);
    // An answer that the table does not know has no place in it, and its situations have no rule.
    return answers.map((answer) => {
      if (!own) return 0;
      return own.answers.includes(answer) ? own.answers.indexOf(answer) * own.stride : NaN;
    });
  });
  // A fact of the table that is no axis shares no answer with the others; its first answer stands for it.
  const winners = new Int32Array(situations);
  for (let situation = 0; situation < situations; situation++) {
    let own = 0;
    axes.forEach(({ stride, answers }, at) => {
      own += ownStrides[at]?.[Math.floor(situation / stride) % answers.length] ?? 0;
    });
    winners[situation] = table.winner[own] ?? -1;
  }
  return winners;
}

/** Ids of the later table → the id that the earlier one has for the same words. */
function matchObligations(before: DecisionTable, after: DecisionTable): ReadonlyMap<string, string> {
  const byText = new Map([...before.obligations.values()].map(({ id, text }) => [text, id]));
  return new Map(
    [...after.obligations.values()].flatMap(({ id, text }): [string, string][] => {
      const same = byText.get(text);
      return same === undefined || same === id ? [] : [[id, same]];
    }),
  );
}

/** What a rule obliges to, as ids. */
function obligationsPerRule(sameAs?: ReadonlyMap<string, string>): (rule: Rule) => ReadonlySet<string> {
  const known = new Map<Rule, ReadonlySet<string>>();
  return (rule) => {
    const ids =
      known.get(rule) ?? new Set(rule.verdict === "never" ? [] : rule.obligations.map((id) => sameAs?.get(id) ?? id));
    known.set(rule, ids);
    return ids;
  };
}

/** Whether a rule of the earlier table and one of the later, by their numbers, oblige to the same. */
export function sameObligations(before: DecisionTable, after: DecisionTable): (old: number, now: number) => boolean {
  const [oldIds, newIds] = [obligationsPerRule(), obligationsPerRule(matchObligations(before, after))];
  return (old, now) => {
    const [from, to] = [before.rules[old], after.rules[now]];
    return from !== undefined && to !== undefined && changedObligations(oldIds(from), newIds(to)).next().done === true;
  };
}

function* changedObligations(
  old: ReadonlySet<string>,
  now: ReadonlySet<string>,
): Generator<[id: string, change: "added" | "removed"]> {
  for (const id of now) if (!old.has(id)) yield [id, "added"];
  for (const id of old) if (!now.has(id)) yield [id, "removed"];
}

function rewordedObligations(before: DecisionTable, after: DecisionTable): { before: string; after: string }[] {
  const texts = new Set([...before.obligations.values()].map(({ text }) => text));
  return [...after.obligations.values()].flatMap(({ id, text }) => {
    const old = before.obligations.get(id)?.text;
    return old === undefined || old === text || texts.has(text) ? [] : [{ before: old, after: text }];
  });
}

function questionChanges(before: DecisionTable, after: DecisionTable): QuestionChange[] {
  return [...missing(before, after, "removed"), ...missing(after, before, "added")];
}

function missing(from: DecisionTable, other: DecisionTable, change: "added" | "removed"): QuestionChange[] {
  return from.facts.flatMap(({ name, answers }): QuestionChange[] => {
    const counterpart = other.facts.find((fact) => fact.name === name);
    if (!counterpart) return [{ fact: name, answer: null, change }];
    return answers
      .filter((answer) => !counterpart.answers.includes(answer))
      .map((answer) => ({ fact: name, answer, change }));
  });
}
