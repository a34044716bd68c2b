/** What changes for people between two decision tables: verdicts and obligations, over every situation of both. */
import { Diagrams, NONE, OPEN, type Condition, type Ref } from "./decision-diagram.ts";
import { diagramsOver, productOf, withStrides, type DecisionTable, type TableFact } from "./decision-table.ts";
import { groupValues, type Group, groupSituations, situationsOver } from "./situation-group.ts";
import type { Rule } from "./rule-file.ts";
import { VERDICTS, type Verdict } from "./verdict.ts";

/** Situations whose verdict changed from one to another. */
export interface VerdictChange {
  from: Verdict;
  to: Verdict;
  /** Together they are the situations; empty if there are too many different ones to list. */
  groups: readonly Group[];
  situations: number;
}

/** Situations that gain or lose an obligation. */
export interface ObligationChange {
  /** What has to be done, in the words of the table that has it; if both do, the later one. */
  text: string;
  /** Whether the obligation now applies to these situations, or no longer does. */
  change: "added" | "removed";
  /** As with verdicts. */
  groups: readonly Group[];
  situations: number;
}

/** Situations that only one of the two tables knows, with its verdict: they have an answer that the other lacks. */
export interface OneSidedVerdict {
  verdict: Verdict;
  /** As with changed verdicts, in terms of the facts of that table. */
  groups: readonly Group[];
  situations: number;
}

/** A fact that only one of the two tables asks for, or an answer that only one of them has to a shared fact. */
export interface QuestionChange {
  fact: string;
  answer: string | null;
  change: "added" | "removed";
  /** What the table that has the answer says with it, strictest first; none for a fact. */
  verdicts: readonly Verdict[];
}

/** An answer to a question that only the later table asks, and that decides by itself: whatever else is answered. */
export interface DecidingAnswer {
  fact: string;
  answer: string;
  verdict: Verdict;
}

export type TableDifference = ReturnType<typeof compareTables>;

/**
 * Compares two tables over every situation of both. A fact that only one of them uses does not matter to the other. A
 * situation with an answer that only one of them knows has a verdict in that one only: see `gone` and `fresh`. If either
 * verdict is `never`, nothing may be done, so nothing has to be: obligations are not compared.
 * @param before null, or `after`, if there is no policy then: all that the other says is gone or fresh
 */
export function compareTables(before: DecisionTable | null, after: DecisionTable | null) {
  const { axes, verdicts, obligations } = before && after ? compareShared(before, after) : NOTHING_SHARED;
  return {
    /** Facts of either table, with the answers that both know; the groups are in terms of these. */
    axes,
    /** Situations that both tables know: the product of those answers. */
    situations: axes.length === 0 ? 0 : productOf(axes),
    /** How many of them have a different verdict. */
    changed: verdicts.reduce((sum, change) => sum + change.situations, 0),
    verdicts,
    obligations,
    /** Obligations that both tables have, but worded differently. */
    reworded: before && after ? rewordedObligations(before, after) : [],
    questions: questionChanges(before, after),
    deciding: before && after ? decidingAnswers(before, after) : [],
    /** What can no longer be said, with the verdict that it had. */
    gone: before ? oneSided(before, after) : [],
    /** What can be said only now. */
    fresh: after ? oneSided(after, before) : [],
  };
}

const NOTHING_SHARED = { axes: [], verdicts: [], obligations: [] } as const;

function compareShared(before: DecisionTable, after: DecisionTable) {
  const axes = jointAxes(before, after);
  // Where a fact has no answer that both know, no situation is in both.
  if (!axes) return NOTHING_SHARED;
  const { diagrams, winners } = diagramsOver(axes, [before, after]);
  const sameAs = matchObligations(before, after);
  const [oldIds, newIds] = [obligationsPerRule(), obligationsPerRule(sameAs)];
  const changesFor = <Of extends object>(changesOf: (old: Rule, now: Rule) => [key: string, of: Of][]) =>
    labelledChanges(axes, diagrams, winners, (was, is) => {
      const [old, now] = [before.rules[was], after.rules[is]];
      return old && now ? changesOf(old, now) : [];
    });
  const verdicts = changesFor<{ from: Verdict; to: Verdict }>(({ verdict: from }, { verdict: to }) =>
    from === to ? [] : [[`${from} ${to}`, { from, to }]],
  ).sort((one, other) => other.situations - one.situations);
  const obligations = changesFor<Pick<ObligationChange, "text" | "change">>((old, now) => {
    if (old.verdict === "never" || now.verdict === "never") return [];
    return [...changedObligations(oldIds(old), newIds(now))].map(([id, change]) => {
      const text = (after.obligations.get(id) ?? before.obligations.get(id))?.text ?? id;
      return [`${change} ${id}`, { text, change }];
    });
  });
  return { axes, verdicts, obligations };
}

/** The situations of a table that have an answer which another does not know, by verdict, strictest first. */
function oneSided(table: DecisionTable, other: DecisionTable | null): OneSidedVerdict[] {
  const { facts, rules, winner } = table;
  const isOnlyHere = ({ name, answers }: TableFact): boolean[] | null => {
    const known = other?.facts.find((fact) => fact.name === name)?.answers;
    return known ? answers.map((answer) => !known.includes(answer)) : null;
  };
  const conditions: Condition[] = facts.flatMap((fact, axis) => {
    const only = isOnlyHere(fact);
    return only?.includes(true) ? [facts.map((_, at) => (at === axis ? only : null))] : [];
  });
  if (other && conditions.length === 0) return [];
  const diagrams = new Diagrams(table.diagrams.sizes, table.diagrams.order);
  const said = diagrams.combine([winner], ([rule = NONE]) => verdictNumber(rules[rule]), table.diagrams);
  const isGone = other ? diagrams.firstOf(conditions) : diagrams.leaf(0);
  const root = diagrams.combine([said, isGone], ([verdict = NONE, gone]) => (gone === NONE ? NONE : verdict));
  const groups = groupValues(facts, diagrams, root) ?? [];
  const tally = diagrams.tally(root);
  return VERDICTS.flatMap((verdict, label) => {
    const situations = tally.get(label) ?? 0;
    return situations === 0 ? [] : [{ verdict, situations, groups: groups.filter((group) => group.label === label) }];
  });
}

/** Whether an earlier table has answers that a later one lacks, to a question that both ask. */
export const losesAnswers = (before: DecisionTable, after: DecisionTable): boolean =>
  before.facts.some(({ name, answers }) => {
    const now = after.facts.find((fact) => fact.name === name)?.answers;
    return now !== undefined && answers.some((answer) => !now.includes(answer));
  });

const verdictNumber = (rule: Rule | undefined): number => (rule ? VERDICTS.indexOf(rule.verdict) : NONE);

const decidingAnswers = (before: DecisionTable, { diagrams, facts, rules, winner }: DecisionTable): DecidingAnswer[] =>
  facts.flatMap(({ name, answers }, axis): DecidingAnswer[] => {
    if (before.facts.some((fact) => fact.name === name)) return [];
    return answers.flatMap((answer, digit) => {
      const given = facts.map((_, at) => (at === axis ? digit : OPEN));
      const [verdict, ...others] = new Set([...diagrams.tally(winner, given).keys()].map((at) => rules[at]?.verdict));
      return verdict === undefined || others.length > 0 ? [] : [{ fact: name, answer, verdict }];
    });
  });

/** True if anything that binds people changed: a verdict, an obligation, or what can be said. */
export const isOutcomeChanged = ({ changed, obligations, reworded, gone, fresh }: TableDifference): boolean =>
  [obligations, reworded, gone, fresh].some(({ length }) => length > 0) || changed > 0;

/** For each difference, by its key, the situations that have it, in the order of the first of them. */
function labelledChanges<Of extends object>(
  axes: readonly TableFact[],
  diagrams: Diagrams,
  winners: readonly Ref[],
  changesOf: (was: number, is: number) => [key: string, of: Of][],
): (Of & { groups: Group[]; situations: number })[] {
  const found = new Map<string, Of>();
  diagrams.combine(winners, ([was = NONE, is = NONE]) => {
    for (const [key, of] of changesOf(was, is)) found.set(key, found.get(key) ?? of);
    return NONE;
  });
  return [...found]
    .map(([key, of]) => {
      const root = diagrams.combine(winners, ([was = NONE, is = NONE]) =>
        changesOf(was, is).some(([other]) => other === key) ? 0 : NONE,
      );
      const groups = groupValues(axes, diagrams, root) ?? [];
      const change = { ...of, groups, situations: diagrams.tally(root).get(0) ?? 0 };
      return { change, first: diagrams.first(root, 0) ?? [] };
    })
    .sort((a, b) => compareDigits(a.first, b.first))
    .map(({ change }) => change);
}

function compareDigits(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((digit, index) => digit !== other[index]);
  return (one[at] ?? 0) - (other[at] ?? 0);
}

/**
 * The facts of two tables in the order of the first that has them, with the answers that all tables using them know.
 * @returns null if they share a fact, but none of its answers
 */
function jointAxes(before: DecisionTable, after: DecisionTable): TableFact[] | null {
  const added = after.facts.filter(({ name }) => !before.facts.some((fact) => fact.name === name));
  const axes = [...before.facts, ...added].map((fact) => {
    const known = after.facts.find(({ name }) => name === fact.name)?.answers ?? fact.answers;
    return { ...fact, answers: fact.answers.filter((answer) => known.includes(answer)) };
  });
  return axes.some(({ answers }) => answers.length === 0) ? null : withStrides(axes);
}

/** Obligation ids of the later table → the earlier table's id for the same words. */
function matchObligations(before: DecisionTable, after: DecisionTable): ReadonlyMap<string, string> {
  const byText = new Map([...before.obligations.values()].map(({ id, text }) => [text, id]));
  return new Map(
    [...after.obligations.values()].flatMap(({ id, text }): [string, string][] => {
      const same = byText.get(text);
      return same === undefined || same === id ? [] : [[id, same]];
    }),
  );
}

/** A rule's obligations, as ids. */
function obligationsPerRule(sameAs?: ReadonlyMap<string, string>): (rule: Rule) => ReadonlySet<string> {
  const known = new Map<Rule, ReadonlySet<string>>();
  return (rule) => {
    const ids =
      known.get(rule) ?? new Set(rule.verdict === "never" ? [] : rule.obligations.map((id) => sameAs?.get(id) ?? id));
    known.set(rule, ids);
    return ids;
  };
}

/** Whether a rule of the earlier table and one of the later, by their numbers, have the same obligations. */
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

const questionChanges = (before: DecisionTable | null, after: DecisionTable | null): QuestionChange[] =>
  !before || !after ? [] : [...missing(before, after, "removed"), ...missing(after, before, "added")];

const missing = (from: DecisionTable, other: DecisionTable, change: "added" | "removed"): QuestionChange[] =>
  from.facts.flatMap(({ name, answers }, axis): QuestionChange[] => {
    const counterpart = other.facts.find((fact) => fact.name === name);
    if (!counterpart) return [{ fact: name, answer: null, change, verdicts: [] }];
    return answers.flatMap((answer, digit): QuestionChange[] => {
      if (counterpart.answers.includes(answer)) return [];
      const given = from.facts.map((_, at) => (at === axis ? digit : OPEN));
      const said = new Set([...from.diagrams.tally(from.winner, given).keys()].map((at) => from.rules[at]?.verdict));
      return [{ fact: name, answer, change, verdicts: VERDICTS.filter((verdict) => said.has(verdict)) }];
    });
  });

// What a new table changes, in as few lines as there are things that a manager would say: which messages to whom had one verdict and now have another.

/** Some messages whose verdict changed, under some conditions. */
export interface ChangeLine {
  from: Verdict;
  to: Verdict;
  /** What is sent, and to whom: fact → answers; a fact that may have any answer is left out. */
  about: Readonly<Record<string, readonly string[]>>;
  /** The other facts that matter, in the same way. */
  when: Readonly<Record<string, readonly string[]>>;
  /** False if only some of the situations that these describe have changed. */
  isAll: boolean;
}

/** The facts that say what a message is and whom it is for; a table without them is described by its first two. */
const SUBJECTS = ["purpose", "audience"];

/**
 * The lines of each change of verdict, in the order of the difference; none for one with too many situations to list, or
 * where an answer to a new question decides by itself (see `DecidingAnswer`): that is said once, not for each message.
 */
export function summariseChanges(difference: Pick<TableDifference, "axes" | "verdicts" | "deciding">): ChangeLine[] {
  const axes = withStrides(
    difference.axes.map((axis) => ({
      ...axis,
      answers: axis.answers.filter((one) => !decides(difference, axis, one)),
    })),
  );
  const named = SUBJECTS.flatMap((subject) => axes.find(({ name }) => name === subject) ?? []);
  const subjects = named.length > 0 ? named : axes.slice(0, 2);
  return difference.verdicts.flatMap((change) =>
    linesOf({ ...change, groups: undecided(change, axes) }, axes, subjects),
  );
}

const decides = ({ deciding }: Pick<TableDifference, "deciding">, { name }: TableFact, answer: string): boolean =>
  deciding.some((one) => one.fact === name && one.answer === answer);

/** The groups without the answers that decide by themselves: those that the axes no longer have. */
const undecided = ({ groups }: VerdictChange, axes: readonly TableFact[]): VerdictChange["groups"] =>
  groups.flatMap((group) => {
    const when = Object.fromEntries(
      Object.entries(group.when).map(([name, held]) => {
        const answers = axes.find((axis) => axis.name === name)?.answers ?? held;
        return [name, held.filter((answer) => answers.includes(answer))] as const;
      }),
    );
    return Object.values(when).some((held) => held.length === 0) ? [] : [{ ...group, when }];
  });

type Conditions = Pick<ChangeLine, "when" | "isAll">;

function linesOf({ from, to, groups }: VerdictChange, axes: readonly TableFact[], subjects: readonly TableFact[]) {
  const others = axes.filter((axis) => !subjects.includes(axis));
  const kinds: Conditions[] = [];
  const keys: string[] = [];
  const labels = [...situationsOver(subjects)].map(() => -1);
  let cell = 0;
  for (const digits of situationsOver(subjects)) {
    const covering = groups.filter(({ when }) =>
      subjects.every(({ name, answers }, at) => when[name]?.includes(answers[digits[at] ?? 0] ?? "") ?? true),
    );
    if (covering.length > 0) {
      const conditions = conditionsOf(covering, others);
      const key = JSON.stringify(conditions);
      if (!keys.includes(key)) kinds[keys.push(key) - 1] = conditions;
      labels[cell] = keys.indexOf(key);
    }
    cell++;
  }
  return groupSituations(subjects, labels).flatMap(({ label, when: about }): ChangeLine[] => {
    const conditions = kinds[label];
    return conditions ? [{ from, to, about, ...conditions }] : [];
  });
}

/** What the situations of one cell have in common in the facts that are not its own. */
function conditionsOf(groups: VerdictChange["groups"], others: readonly TableFact[]): Conditions {
  const held = others.map((axis) => {
    const found = axis.answers.filter((answer) => groups.some(({ when }) => when[axis.name]?.includes(answer) ?? true));
    return { ...axis, answers: found, isAny: found.length === axis.answers.length };
  });
  const changed = groups.reduce(
    (sum, { when }) => sum + others.reduce((all, { name, answers }) => all * (when[name] ?? answers).length, 1),
    0,
  );
  return {
    when: Object.fromEntries(held.filter(({ isAny }) => !isAny).map(({ name, answers }) => [name, answers])),
    isAll: changed === productOf(held),
  };
}
