/** What an approved exception covers, and the decision table as it is for the person who holds some (docs/glossary.md, "Exception"). */
import { situationAt, situationsWith, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Answers } from "#domain/policy/decision/fault.ts";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import { isLaxer } from "#domain/policy/decision/verdict.ts";

/** The fact that the portal answers itself, from its own records. */
export const EXCEPTION_FACT = "exception";

/** An approved exception that the person at hand is covered by, now. */
export interface GrantedException {
  reference: string;
  policy: string;
  clauses: readonly string[];
  /** The situation it was asked for; a fact that is not in it may have any answer. */
  situation: Answers;
  conditions: readonly string[];
  startsAt: Date;
  /** Exclusive. */
  endsAt: Date;
}

/** Whether a person is one of those for whom an exception was approved: the one who asked, or all of a team. */
export function isFor(
  exception: { requesterId: string; scope: "person" | "team" | null; teamId: string | null },
  person: { personId: string; team: string | null },
): boolean {
  if (exception.requesterId === person.personId) return true;
  return exception.scope === "team" && exception.teamId !== null && exception.teamId === person.team;
}

/** Whether it holds at a moment: from its start, inclusive, to its end, exclusive. */
export function isCurrentException(exception: { startsAt: Date; endsAt: Date }, now: Date): boolean {
  return exception.startsAt <= now && now < exception.endsAt;
}

/** Whether an exception covers a situation that `rule` decides as long as there is none. */
export function covers(
  exception: Pick<GrantedException, "clauses" | "situation">,
  rule: Rule,
  answers: Answers,
): boolean {
  return (
    rule.because.every((clause) => exception.clauses.includes(clause)) &&
    Object.entries(exception.situation).every(([fact, answer]) => fact === EXCEPTION_FACT || answers[fact] === answer)
  );
}

export interface OwnTable {
  /** The table without the fact `exception`: what is still to be asked, and the rule that decides. */
  table: DecisionTable;
  /** The exception under which a rule of this table decides. */
  exceptionFor(rule: Rule): GrantedException | undefined;
}

/**
 * The table as it is for somebody with these exceptions: nobody is asked for `exception` any more. Where one covers a
 * situation and the policy has a laxer answer for that, the rule is that one, and its outcome its own; every other
 * situation is what it is without exception. Of several that cover, the one that lasts longest counts.
 * @param granted current exceptions from this policy, of the person at hand
 */
export function ownTable(table: DecisionTable, granted: readonly GrantedException[]): OwnTable {
  if (granted.length > 0) return workOut(table, granted);
  const known = withoutAny.get(table) ?? workOut(table, []);
  withoutAny.set(table, known);
  return known;
}

/** What a table is for those without an exception, who are nearly all: worked out once. */
const withoutAny = new WeakMap<DecisionTable, OwnTable>();

function workOut(table: DecisionTable, granted: readonly GrantedException[]): OwnTable {
  const fact = table.facts.find(({ name }) => name === EXCEPTION_FACT);
  const no = fact?.answers.indexOf("no") ?? -1;
  const yes = fact?.answers.indexOf("yes") ?? -1;
  if (!fact || no < 0 || yes < 0) return { table, exceptionFor: () => undefined };
  const longestFirst = [...granted].sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime());
  const rules: Rule[] = [...table.rules];
  const under = new Map<Rule, GrantedException>();
  const known = new Map<string, number>();
  const others = table.facts.filter((other) => other !== fact);
  let stride = table.situations / fact.answers.length;
  const situations = stride;
  const facts = others.map(({ name, fact: kind, answers }) => {
    stride /= answers.length;
    return { name, fact: kind, answers, stride };
  });
  const winner = new Int32Array(situations);
  const outcome = new Int32Array(situations);
  let lastOutcome = table.outcome.reduce((most, one) => Math.max(most, one), -1);
  const outcomeUnder = new Map<number, number>();
  for (let situation = 0; situation < situations; situation++) {
    const within = situation % fact.stride;
    const base = (situation - within) * fact.answers.length + within;
    const without = base + no * fact.stride;
    const withOne = base + yes * fact.stride;
    const ruleWithout = table.rules[table.winner[without] ?? -1];
    winner[situation] = table.winner[without] ?? -1;
    outcome[situation] = table.outcome[without] ?? -1;
    const at = table.winner[withOne] ?? -1;
    const rule = table.rules[at];
    if (longestFirst.length === 0 || !rule || !ruleWithout || !isLaxer(rule.verdict, ruleWithout.verdict)) continue;
    const answers = situationAt(table, without);
    const exception = longestFirst.find((candidate) => covers(candidate, ruleWithout, answers));
    if (!exception) continue;
    const key = `${at} ${exception.reference}`;
    let own = known.get(key);
    if (own === undefined) {
      const copy = { ...rule };
      under.set(copy, exception);
      own = rules.push(copy) - 1;
      known.set(key, own);
      outcomeUnder.set(own, ++lastOutcome);
    }
    winner[situation] = own;
    outcome[situation] = outcomeUnder.get(own) ?? -1;
  }
  return {
    table: { ...table, facts, rules, situations, winner, outcome },
    exceptionFor: (rule) => under.get(rule),
  };
}

/**
 * Where exceptions allow something in situations that have these answers in common.
 * @param own from `ownTable`; an answer to `exception` is ignored
 * @returns of how many situations, and which exception in how many of them
 */
export function coverageIn(
  { table, exceptionFor }: OwnTable,
  answers: Answers,
): { situations: number; under: { exception: GrantedException; situations: number }[] } {
  const known = Object.fromEntries(Object.entries(answers).filter(([name]) => name !== EXCEPTION_FACT));
  const open = situationsWith(table, known);
  const under = new Map<GrantedException, number>();
  for (const situation of open) {
    const rule = table.rules[table.winner[situation] ?? -1];
    const exception = rule && exceptionFor(rule);
    if (exception) under.set(exception, (under.get(exception) ?? 0) + 1);
  }
  return {
    situations: open.length,
    under: [...under].map(([exception, situations]) => ({ exception, situations })),
  };
}

/** Whether an exception could change the answer at all: in what is known so far, the policy has a laxer one under it. */
export function exceptionMatters(table: DecisionTable, answers: Answers): boolean {
  const fact = table.facts.find(({ name }) => name === EXCEPTION_FACT);
  if (!fact) return false;
  const apart = (fact.answers.indexOf("yes") - fact.answers.indexOf("no")) * fact.stride;
  return situationsWith(table, { ...answers, [EXCEPTION_FACT]: "no" }).some((situation) => {
    const [without, withOne] = [situation, situation + apart].map((at) => table.rules[table.winner[at] ?? -1]);
    return without !== undefined && withOne !== undefined && isLaxer(withOne.verdict, without.verdict);
  });
}
