/**
 * What an approved exception covers, and the decision table as it applies to somebody who has some (docs/glossary.md,
 * "Exception").
 */
import { Diagrams, NONE, OPEN, type Ref } from "#domain/policy/decision/decision-diagram.ts";
import {
  diagramsOver,
  digitsOf,
  productOf,
  tallyOf,
  withStrides,
  type DecisionTable,
} from "#domain/policy/decision/decision-table.ts";
import type { Answers, Rule } from "#domain/policy/decision/rule-file.ts";
import { isLaxer, isPermission, type Verdict } from "#domain/policy/decision/verdict.ts";

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

/** Whom an exception is for. */
export interface Covered {
  requesterId: string;
  scope: "person" | "team" | "group" | null;
  teamId: string | null;
  /** The manager of the team that it is for; null if it is for nobody's team. */
  teamManagerId: string | null;
  /** Ids of the people who are in the chat group that it is for, while that is on the register; none otherwise. */
  groupMemberIds: readonly string[];
}

/**
 * Whether a person is covered by an exception: the requester; or, if it is for a team, everybody who is in it now, with
 * its manager if they asked for it; or those who are in the chat group that it is for. Nobody else.
 */
export function isFor(
  { requesterId, scope, teamId, teamManagerId, groupMemberIds }: Covered,
  { personId, team }: { personId: string; team: string | null },
): boolean {
  if (scope === "group") return groupMemberIds.includes(personId);
  if (scope !== "team") return requesterId === personId;
  return teamId !== null && (teamId === team || (requesterId === personId && teamManagerId === personId));
}

/** Whether it is in force at a moment: from its start, inclusive, to its end, exclusive. */
export const isCurrentException = (exception: { startsAt: Date; endsAt: Date }, now: Date): boolean =>
  exception.startsAt <= now && now < exception.endsAt;

/** Which clauses exceptions can lift: what the table of a person with some depends on. */
export interface ExceptionLimits {
  /** In the order of the text. */
  lifts: readonly string[];
  /** Clauses that oblige or forbid: a rule based on one is lifted only by an exception from it. */
  binding: readonly string[];
}

/** A version, as far as exceptions from it are concerned. */
export type ExceptionTable = { table: DecisionTable; exceptionRules: ExceptionLimits };

/**
 * The clauses that an exception has to name to lift a rule; null if none can lift it, because a clause that binds
 * people and can't be lifted is among its reasons. Permissions and information among its reasons need no exception.
 */
export function clausesToLift({ because }: Rule, { lifts, binding }: ExceptionLimits): string[] | null {
  const needed = because.filter((id) => lifts.includes(id) || binding.includes(id));
  return needed.length > 0 && needed.every((id) => lifts.includes(id)) ? needed : null;
}

const isLifted = (rule: Rule, clauses: readonly string[], limits: ExceptionLimits): boolean =>
  clausesToLift(rule, limits)?.every((id) => clauses.includes(id)) ?? false;

export interface OwnTable {
  /** The table without the fact `exception`: the questions still to be asked, and the rule that decides. */
  table: DecisionTable;
  /** The exception under which a rule of this table decides. */
  exceptionFor(rule: Rule): GrantedException | undefined;
  /**
   * For a rule that decides under an exception: the rules that advise against the same, as far as the answers say, and
   * still hold. Nobody is asked more questions for advice.
   */
  adviceBeside(rule: Rule, answers: Answers): Rule[];
}

/**
 * The table as it applies to somebody with these exceptions, who is no longer asked for `exception`. If one covers a
 * situation and the policy has a laxer rule for that, that rule decides, with a separate outcome; every other situation
 * is decided as without an exception. The other clauses still hold: where a rule that the exception does not lift
 * forbids the same, that rule decides; where one advises against it, its advice stands beside the answer. If several
 * exceptions cover a situation, the one that lasts longest counts; two are never added up, because each was assessed
 * on its own.
 * @param granted current exceptions from this policy that cover the person
 */
export function ownTable(version: ExceptionTable, granted: readonly GrantedException[]): OwnTable {
  if (granted.length > 0) return workOut(version, granted).own;
  const known = withoutAny.get(version.table) ?? workOut(version, []).own;
  withoutAny.set(version.table, known);
  return known;
}

/** The table for people without an exception, who are nearly everybody: computed once. */
const withoutAny = new WeakMap<DecisionTable, OwnTable>();

/** A table for somebody, and the rules that decide each situation without an exception and with one. */
export interface WorkedOut {
  own: OwnTable;
  /** Indexes of rules of the policy's table; null if the policy does not ask for exceptions. */
  asPublished: { without: Ref; withOne: Ref } | null;
}

/** What `ownTable` gives, with the rules of the policy that it was made from. */
export function workOut({ table, exceptionRules }: ExceptionTable, granted: readonly GrantedException[]): WorkedOut {
  const fact = table.facts.find(({ name }) => name === EXCEPTION_FACT);
  if (!fact?.answers.includes("no") || !fact.answers.includes("yes"))
    return { own: { table, exceptionFor: () => undefined, adviceBeside: () => [] }, asPublished: null };
  const others = table.facts.filter((other) => other !== fact);
  const longestFirst = granted
    .filter(({ situation }) => isOver(others, situation))
    .sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime());
  const answered = (answer: string, rules: readonly Rule[]) => ({
    facts: [...others, { ...fact, answers: [answer] }],
    rules,
  });
  const asked = longestFirst.map(({ situation }) => ({ facts: others, rules: [{ when: whenIn(situation) }] }));
  const still = longestFirst.map(({ clauses }) => rulesLeft(table, clauses, exceptionRules));
  const { diagrams, winners } = diagramsOver(others, [
    answered("no", table.rules),
    answered("yes", table.rules),
    ...asked,
    ...still.map((rules) => answered("no", rules)),
  ]);
  const { under, exceptionFor, adviceBeside, ...made } = ownRules(table, exceptionRules);
  const winner = diagrams.combine(winners, ([without = NONE, withOne = NONE, ...rest]) => {
    const [ruleWithout, rule] = [table.rules[without], table.rules[withOne]];
    if (!rule || !ruleWithout || !isLaxer(rule.verdict, ruleWithout.verdict)) return without;
    const found = longestFirst.flatMap((exception, at) => {
      if (rest[at] === NONE || !isLifted(ruleWithout, exception.clauses, exceptionRules)) return [];
      return [{ exception, left: still[at]?.[rest[longestFirst.length + at] ?? NONE] }];
    });
    const free = found.find(({ left }) => !left || !FORBIDDING.includes(left.verdict));
    if (free) return under(withOne, rule, free.exception);
    const [held] = found;
    return held?.left ? table.rules.indexOf(held.left) : without;
  });
  const facts = withStrides(others);
  const ofOwn = { ...table, ...made, facts, situations: productOf(others), diagrams, winner };
  const own = { table: ofOwn, exceptionFor, adviceBeside };
  return { own, asPublished: { without: winners[0] ?? NONE, withOne: winners[1] ?? NONE } };
}

/** Whether a rule may be about a situation, as far as it is known. */
const isPossible = (when: Rule["when"], answers: Answers): boolean =>
  Object.entries(when).every(([name, allowed]) => {
    const answer = answers[name];
    return answer === undefined || allowed.includes(answer);
  });

/** Verdicts of rules that still hold as they are under an exception from other clauses. */
const FORBIDDING: readonly Verdict[] = ["never", "exception-only", "via-communications"];

/**
 * The rules that an exception from these clauses leaves in force. A rule that says what holds in all other cases is
 * none: that the policy permits nothing more is what an exception is from.
 */
function rulesLeft({ rules }: Pick<DecisionTable, "rules">, clauses: readonly string[], limits: ExceptionLimits) {
  const hasCondition = ({ when }: Rule) => Object.keys(when).some((name) => name !== EXCEPTION_FACT);
  const isGone = (rule: Rule) => !isPermission(rule.verdict) && isLifted(rule, clauses, limits);
  return rules.filter((rule) => hasCondition(rule) && !isGone(rule));
}

/** The rules of a table and, after them, those that decide under an exception: each has an outcome of its own. */
function ownRules(table: DecisionTable, limits: ExceptionLimits) {
  const [rules, outcomeOf] = [[...table.rules], [...table.outcomeOf]];
  const exceptions = new Map<Rule, GrantedException>();
  const known = new Map<string, number>();
  return {
    rules,
    outcomeOf,
    /** The index of a rule as it decides under an exception. */
    under(index: number, rule: Rule, exception: GrantedException): number {
      const key = `${index} ${exception.reference}`;
      const same = known.get(key);
      if (same !== undefined) return same;
      const own = { ...rule };
      const at = rules.push(own) - 1;
      known.set(key, at);
      exceptions.set(own, exception);
      outcomeOf[at] = Math.max(...outcomeOf) + 1;
      return at;
    },
    exceptionFor: (rule: Rule) => exceptions.get(rule),
    adviceBeside(rule: Rule, answers: Answers): Rule[] {
      const exception = exceptions.get(rule);
      if (!exception) return [];
      return rulesLeft(table, exception.clauses, limits).filter(
        ({ verdict, when }) => verdict === "discouraged" && isPossible(when, { ...answers, [EXCEPTION_FACT]: "no" }),
      );
    },
  };
}

/** Whether a situation uses only these facts and their answers, apart from the fact about exceptions. */
const isOver = (facts: DecisionTable["facts"], situation: Answers): boolean =>
  Object.entries(situation).every(
    ([name, answer]) =>
      name === EXCEPTION_FACT || facts.some((fact) => fact.name === name && fact.answers.includes(answer)),
  );

function whenIn(situation: Answers): Rule["when"] {
  const known = Object.entries(situation).filter(([name]) => name !== EXCEPTION_FACT);
  return Object.fromEntries(known.map(([name, answer]) => [name, [answer]]));
}

/**
 * Where exceptions allow something in situations that have these answers in common.
 * @param own from `ownTable`; an answer to `exception` is ignored
 * @returns the number of situations, and which exception applies in how many of them
 */
export function coverageIn({ table, exceptionFor }: OwnTable, answers: Answers) {
  const known = Object.fromEntries(Object.entries(answers).filter(([name]) => name !== EXCEPTION_FACT));
  const under = new Map<GrantedException, number>();
  let situations = 0;
  for (const [at, count] of tallyOf(table, known)) {
    situations += count;
    const rule = table.rules[at];
    const exception = rule && exceptionFor(rule);
    if (exception) under.set(exception, (under.get(exception) ?? 0) + count);
  }
  return { situations, under: [...under].map(([exception, count]) => ({ exception, situations: count })) };
}

/**
 * Whether an exception could change the answer at all: given what is known so far, the policy has a laxer answer under
 * one.
 */
export const exceptionMatters = (table: DecisionTable, answers: Answers): boolean =>
  rulesWithAndWithout(table, answers).some(([without, withOne]) => isLaxer(withOne.verdict, without.verdict));

/** The rules that have a laxer answer under an exception, in some situation. */
export function liftableRules(table: DecisionTable): Set<Rule> {
  const pairs = rulesWithAndWithout(table, {});
  return new Set(pairs.flatMap(([without, withOne]) => (isLaxer(withOne.verdict, without.verdict) ? [without] : [])));
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
