/** What an exception changes: the verdicts of its situation without it and with it (docs/glossary.md, "Exception"). */
import { Diagrams, NONE, OPEN } from "#domain/policy/decision/decision-diagram.ts";
import { digitsOf, tallyOf, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Answers, Rule } from "#domain/policy/decision/rule-file.ts";
import { groupValues } from "#domain/policy/decision/situation-group.ts";
import { isLaxer, VERDICTS, type Verdict } from "#domain/policy/decision/verdict.ts";
import {
  clausesToLift,
  EXCEPTION_FACT,
  rulesWithAndWithout,
  workOut,
  type ExceptionLimits,
  type ExceptionTable,
  type GrantedException,
  type OwnTable,
} from "./coverage.ts";

export type Effect = ReturnType<typeof effectOf>;

/** What decides some situations: without an exception, by the policy's rules for one, and with this one. */
interface Case {
  without: Rule;
  withOne: Rule;
  own: Rule;
}

/**
 * Runs the situation of a request through a policy's table, without and with the exception.
 * @param request facts and answers that the table does not know are left out
 */
export function effectOf(version: ExceptionTable, request: { clauses: readonly string[]; situation: Answers }) {
  const situation = knownAnswers(version.table, request.situation);
  const { cases, isUnder, groups } = casesOf(version, request, situation);
  const [now, under, unchanged] = [new Set<Verdict>(), new Set<Verdict>(), new Set<Verdict>()];
  const [because, missing] = [new Set<string>(), new Set<string>()];
  for (const { without, withOne, own } of cases) {
    now.add(without.verdict);
    for (const clause of without.because) because.add(clause);
    if (isUnder(own)) under.add(own.verdict);
    else {
      unchanged.add(own.verdict);
      if (isLaxer(withOne.verdict, without.verdict))
        for (const id of clausesToLift(own, version.exceptionRules) ?? [])
          if (!request.clauses.includes(id)) missing.add(id);
    }
  }
  /** In every case, in some, or in none: the policy has no laxer answer for these clauses. */
  const changes: "all" | "some" | "none" = under.size === 0 ? "none" : unchanged.size === 0 ? "all" : "some";
  return {
    /** The verdicts without it, over everything that the situation leaves open; strictest first. */
    now: strictestFirst(now),
    /** Clauses that the deciding rules are based on, each once. */
    because: [...because],
    changes,
    /** The verdicts with it, if it changes the answer; and those in cases where it changes nothing. */
    under: strictestFirst(under),
    unchanged: strictestFirst(unchanged),
    /** Clauses that it does not name, although the answer is based on them and would change if it did. */
    missing: [...missing],
    /** The situations whose answer changes; null if there are too many different ones to list. */
    situations: groups,
  };
}

/**
 * The clauses that an exception has to name to change the answer in a situation, wherever it leaves something open; null
 * if none can change it anywhere.
 */
export function clausesFor(version: ExceptionTable, situation: Answers): string[] | null {
  let clauses: string[] = [];
  for (;;) {
    const { missing, changes } = effectOf(version, { clauses, situation });
    if (missing.length === 0) return changes === "none" ? null : clauses;
    clauses = [...clauses, ...missing];
  }
}

/** Whether an exception can change the answer in a situation: one that names everything that can be lifted does. */
export function canBeLifted(version: ExceptionTable, situation: Answers): boolean {
  const { table, exceptionFor } = mostLifted.get(version.exceptionRules)?.get(version.table) ?? liftAll(version);
  return [...tallyOf(table, knownAnswers(table, situation)).keys()].some((at) => {
    const rule = table.rules[at];
    return rule !== undefined && exceptionFor(rule) !== undefined;
  });
}

/** The tables under such an exception, each worked out once. */
const mostLifted = new WeakMap<ExceptionLimits, WeakMap<DecisionTable, OwnTable>>();

function liftAll(version: ExceptionTable): OwnTable {
  const { own } = workOut(version, [exceptionFrom(version.exceptionRules.lifts, {})]);
  const ofRules = mostLifted.get(version.exceptionRules) ?? new WeakMap<DecisionTable, OwnTable>();
  mostLifted.set(version.exceptionRules, ofRules.set(version.table, own));
  return own;
}

/** An exception as far as it matters for what it changes. */
function exceptionFrom(clauses: readonly string[], situation: Answers): GrantedException {
  const always = { startsAt: new Date(0), endsAt: new Date(0) };
  return { reference: "", policy: "", clauses, situation, conditions: [], ...always };
}

function casesOf(version: ExceptionTable, request: { clauses: readonly string[]; situation: Answers }, known: Answers) {
  const { own, asPublished } = workOut(version, [exceptionFrom(request.clauses, request.situation)]);
  const { table, exceptionFor } = own;
  const isUnder = (rule: Rule) => exceptionFor(rule) !== undefined;
  if (!asPublished) {
    const cases = rulesWithAndWithout(table, known).map(([without]) => ({ without, withOne: without, own: without }));
    return { cases, isUnder, groups: [] };
  }
  const found: Case[] = [];
  const places = new Map<string, number>();
  const diagrams = new Diagrams(table.diagrams.sizes, table.diagrams.order);
  const digits = digitsOf(table, known);
  const refs = [asPublished.without, asPublished.withOne, table.winner];
  const read = (indexes: readonly number[]) => {
    const [without, withOne, decided] = indexes.map((index) => table.rules[index]);
    if (!without || !withOne || !decided) return NONE;
    const key = indexes.join(" ");
    const at = places.get(key) ?? found.push({ without, withOne, own: decided }) - 1;
    places.set(key, at);
    return at;
  };
  const root = diagrams.combine(refs, read, table.diagrams, digits);
  const isOpen = table.facts.flatMap((_, at) => ((digits[at] ?? OPEN) === OPEN ? [at] : []));
  const changed = diagrams.combine([root], ([at = NONE]) => (found[at] && isUnder(found[at].own) ? 0 : NONE));
  const reached = new Set(diagrams.values(root));
  return {
    cases: found.filter((_, at) => reached.has(at)),
    isUnder,
    groups: groupValues(table.facts, diagrams, changed, digits, isOpen),
  };
}

/** The answers of a situation that a table knows, without the one about exceptions. */
export const knownAnswers = (table: DecisionTable, situation: Answers): Answers =>
  Object.fromEntries(
    table.facts.flatMap(({ name, answers }) => {
      const answer = situation[name];
      return name !== EXCEPTION_FACT && answer !== undefined && answers.includes(answer) ? [[name, answer]] : [];
    }),
  );

const strictestFirst = (verdicts: ReadonlySet<Verdict>) => VERDICTS.filter((verdict) => verdicts.has(verdict));
