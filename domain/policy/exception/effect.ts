/** What an exception changes: the verdicts of its situation without it and with it (docs/glossary.md, "Exception"). */
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Answers } from "#domain/policy/decision/fault.ts";
import { isLaxer, VERDICTS, type Verdict } from "#domain/policy/decision/verdict.ts";
import { covers, EXCEPTION_FACT, rulesWithAndWithout } from "./coverage.ts";

export interface Effect {
  /** The verdicts without it, over everything that the situation leaves open; strictest first. */
  now: readonly Verdict[];
  /** Clauses that the deciding rules are based on, each once. */
  because: readonly string[];
  /**
   * `all`: the answer changes in every case. `some`: in some cases. `none`: the policy has no laxer answer for these
   * clauses.
   */
  changes: "all" | "some" | "none";
  /** The verdicts with it, if it changes the answer. */
  under: readonly Verdict[];
  /** The verdicts that stay the same even with it. */
  unchanged: readonly Verdict[];
  /** Clauses that it does not name, although the answer is based on them and would change if it did. */
  missing: readonly string[];
}

/**
 * Runs the situation of a request through a policy's table, without and with the exception.
 * @param request facts and answers that the table does not know are left out
 */
export function effectOf(table: DecisionTable, request: { clauses: readonly string[]; situation: Answers }): Effect {
  const situation = knownAnswers(table, request.situation);
  const now = new Set<Verdict>();
  const because = new Set<string>();
  const under = new Set<Verdict>();
  const unchanged = new Set<Verdict>();
  const missing = new Set<string>();
  for (const [without, withOne] of rulesWithAndWithout(table, situation)) {
    now.add(without.verdict);
    for (const clause of without.because) because.add(clause);
    const couldChange = isLaxer(withOne.verdict, without.verdict);
    if (couldChange && covers(request, without, situation)) under.add(withOne.verdict);
    else {
      unchanged.add(without.verdict);
      if (couldChange) without.because.filter((id) => !request.clauses.includes(id)).forEach((id) => missing.add(id));
    }
  }
  return {
    now: strictestFirst(now),
    because: [...because],
    changes: under.size === 0 ? "none" : unchanged.size === 0 ? "all" : "some",
    under: strictestFirst(under),
    unchanged: strictestFirst(unchanged),
    missing: [...missing],
  };
}

/** The answers of a situation that a table knows, without the one about exceptions. */
export function knownAnswers(table: DecisionTable, situation: Answers): Answers {
  return Object.fromEntries(
    table.facts.flatMap(({ name, answers }) => {
      const answer = situation[name];
      return name !== EXCEPTION_FACT && answer !== undefined && answers.includes(answer) ? [[name, answer]] : [];
    }),
  );
}

function strictestFirst(verdicts: ReadonlySet<Verdict>): Verdict[] {
  return VERDICTS.filter((verdict) => verdicts.has(verdict));
}
