/**
 * What an approved exception covers, and the decision table as it applies to somebody who has some (docs/glossary.md,
 * "Exception").
 */
import { Diagrams, NONE, OPEN } from "#domain/policy/decision/decision-diagram.ts";
import {
  diagramsOver,
  digitsOf,
  productOf,
  tallyOf,
  withStrides,
  type DecisionTable,
} from "#domain/policy/decision/decision-table.ts";
import type { Answers } from "#domain/policy/decision/fault.ts";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import { isLaxer } from "#domain/policy/decision/verdict.ts";

/** The fact that the portal answers itself, from its own records. */
export const EXCEPTION_FACT = "exception";

/** An approved exception that covers the person now. */
export interface GrantedException {
  reference: string;
  policy: string;
  clauses: readonly string[];
  /** The situation it was requested for; a fact that is missing here may have any answer. */
  situation: Answers;
  conditions: readonly string[];
  startsAt: Date;
  /** Exclusive. */
  endsAt: Date;
}

/** Whether a person is covered by an exception: the requester, or everybody in a team. */
export function isFor(
  exception: { requesterId: string; scope: "person" | "team" | null; teamId: string | null },
  person: { personId: string; team: string | null },
): boolean {
  if (exception.requesterId === person.personId) return true;
  return exception.scope === "team" && exception.teamId !== null && exception.teamId === person.team;
}

/** Whether it is in force at a moment: from its start, inclusive, to its end, exclusive. */
export function isCurrentException(exception: { startsAt: Date; endsAt: Date }, now: Date): boolean {
  return exception.startsAt <= now && now < exception.endsAt;
}

/** Whether an exception covers a situation that `rule` decides without one. */
export function covers(
  exception: Pick<GrantedException, "clauses" | "situation">,
  rule: Rule,
  answers: Answers,
): boolean {
  return (
    reaches(exception, rule) &&
    Object.entries(exception.situation).every(([fact, answer]) => fact === EXCEPTION_FACT || answers[fact] === answer)
  );
}

/** Whether it is an exception from all clauses that a rule is based on. */
function reaches(exception: Pick<GrantedException, "clauses">, rule: Rule): boolean {
  return rule.because.every((clause) => exception.clauses.includes(clause));
}

export interface OwnTable {
  /** The table without the fact `exception`: the questions still to be asked, and the rule that decides. */
  table: DecisionTable;
  /** The exception under which a rule of this table decides. */
  exceptionFor(rule: Rule): GrantedException | undefined;
}

/**
 * The table as it applies to somebody with these exceptions, who is no longer asked for `exception`. If one covers a
 * situation and the policy has a laxer rule for that, that rule decides, with a separate outcome; every other situation
 * is decided as without an exception. If several cover it, the one that lasts longest counts.
 * @param granted current exceptions from this policy that cover the person
 */
export function ownTable(table: DecisionTable, granted: readonly GrantedException[]): OwnTable {
  if (granted.length > 0) return workOut(table, granted);
  const known = withoutAny.get(table) ?? workOut(table, []);
  withoutAny.set(table, known);
  return known;
}

/** The table for people without an exception, who are nearly everybody: computed once. */
const withoutAny = new WeakMap<DecisionTable, OwnTable>();

function workOut(table: DecisionTable, granted: readonly GrantedException[]): OwnTable {
  const fact = table.facts.find(({ name }) => name === EXCEPTION_FACT);
  if (!fact?.answers.includes("no") || !fact.answers.includes("yes")) return { table, exceptionFor: () => undefined };
  const others = table.facts.filter((other) => other !== fact);
  const longestFirst = granted
    .filter(({ situation }) => isOver(others, situation))
    .sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime());
  const answered = (answer: string) => ({
    facts: [...others, { ...fact, answers: [answer] }],
    rules: table.rules,
  });
  const asked = longestFirst.map(({ situation }) => ({ facts: others, rules: [{ when: whenIn(situation) }] }));
  const { diagrams, winners } = diagramsOver(others, [answered("no"), answered("yes"), ...asked]);
  const rules: Rule[] = [...table.rules];
  const outcomeOf = [...table.outcomeOf];
  const under = new Map<Rule, GrantedException>();
  const known = new Map<string, number>();
  const winner = diagrams.combine(winners, ([without = NONE, withOne = NONE, ...coverings]) => {
    const [ruleWithout, rule] = [table.rules[without], table.rules[withOne]];
    if (!rule || !ruleWithout || !isLaxer(rule.verdict, ruleWithout.verdict)) return without;
    const exception = longestFirst.find((one, at) => coverings[at] !== NONE && reaches(one, ruleWithout));
    if (!exception) return without;
    const key = `${withOne} ${exception.reference}`;
    const own = known.get(key) ?? rules.push({ ...rule }) - 1;
    known.set(key, own);
    under.set(rules[own] ?? rule, exception);
    outcomeOf[own] ??= Math.max(...outcomeOf) + 1;
    return own;
  });
  return {
    table: { ...table, facts: withStrides(others), rules, situations: productOf(others), diagrams, winner, outcomeOf },
    exceptionFor: (rule) => under.get(rule),
  };
}

/** Whether a situation uses only these facts and their answers, apart from the fact about exceptions. */
function isOver(facts: DecisionTable["facts"], situation: Answers): boolean {
  return Object.entries(situation).every(
    ([name, answer]) =>
      name === EXCEPTION_FACT || facts.some((fact) => fact.name === name && fact.answers.includes(answer)),
  );
}

function whenIn(situation: Answers): Rule["when"] {
  const known = Object.entries(situation).filter(([name]) => name !== EXCEPTION_FACT);
  return Object.fromEntries(known.map(([name, answer]) => [name, [answer]]));
}

/**
 * Where exceptions allow something in situations that have these answers in common.
 * @param own from `ownTable`; an answer to `exception` is ignored
 * @returns the number of situations, and which exception applies in how many of them
 */
export function coverageIn(
  { table, exceptionFor }: OwnTable,
  answers: Answers,
): { situations: number; under: { exception: GrantedException; situations: number }[] } {
  const known = Object.fromEntries(Object.entries(answers).filter(([name]) => name !== EXCEPTION_FACT));
  const under = new Map<GrantedException, number>();
  let situations = 0;
  for (const [at, count] of tallyOf(table, known)) {
    situations += count;
    const rule = table.rules[at];
    const exception = rule && exceptionFor(rule);
    if (exception) under.set(exception, (under.get(exception) ?? 0) + count);
  }
  return {
    situations,
    under: [...under].map(([exception, count]) => ({ exception, situations: count })),
  };
}

/**
 * Whether an exception could change the answer at all: given what is known so far, the policy has a laxer answer under
 * one.
 */
export function exceptionMatters(table: DecisionTable, answers: Answers): boolean {
  return rulesWithAndWithout(table, answers).some(([without, withOne]) => isLaxer(withOne.verdict, without.verdict));
}

/**
 * The rules that decide situations with these answers, without an exception and with one; each pair once, in table
 * order. Both are the same if the policy does not ask for exceptions.
 */
export function rulesWithAndWithout(table: DecisionTable, answers: Answers): [without: Rule, withOne: Rule][] {
  const axis = table.facts.findIndex(({ name }) => name === EXCEPTION_FACT);
  const own = new Diagrams(table.diagrams.sizes, table.diagrams.order);
  const at = (answer: string) => {
    const digits = digitsOf(table, axis < 0 ? answers : { ...answers, [EXCEPTION_FACT]: answer });
    return own.combine([table.winner], ([rule = NONE]) => rule, table.diagrams, digits);
  };
  const pairs = own.combine(
    [at("no"), at("yes")],
    ([no = OPEN, yes = OPEN]) => (no + 1) * (table.rules.length + 1) + yes + 1,
  );
  return own
    .values(pairs)
    .sort((a, b) => a - b)
    .flatMap((pair): [Rule, Rule][] => {
      const [no, yes] = [Math.floor(pair / (table.rules.length + 1)) - 1, (pair % (table.rules.length + 1)) - 1];
      const [without, withOne] = [table.rules[no], table.rules[yes]];
      return without && withOne ? [[without, withOne]] : [];
    });
}
