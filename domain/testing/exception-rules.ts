import { buildTable, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Fact } from "#domain/policy/decision/fact.ts";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import type { Verdict } from "#domain/policy/decision/verdict.ts";
import type { ExceptionTable } from "#domain/policy/exception/coverage.ts";
import { exceptionRulesOf, type ExceptionRules } from "#domain/policy/exception/exception-rules.ts";

/** The portal's defaults: line manager or officer, for a high risk officer or senior owner; twelve months; everybody. */
export const DEFAULT_RULES: ExceptionRules = exceptionRulesOf({ clauses: [], table: buildTable([], [], []) }, null);

/** A table from which exceptions can lift every clause that a rule names. */
export function allLifted(table: DecisionTable): ExceptionTable {
  const clauses = [...new Set(table.rules.flatMap(({ because }) => because))];
  return { table, exceptionRules: { lifts: clauses, binding: clauses } };
}

const answerOf = (label: string) => ({ label, hint: null, when: null, as: null });

/** A fact with these answers, their words being themselves. */
export function factOf(...answers: string[]): Fact {
  const words = Object.fromEntries(answers.map((label) => [label, answerOf(label)]));
  return { ask: "?", short: "?", help: null, ordered: false, answers: words };
}

/** A rule that is based on clauses. */
export function ruleBecause(id: string, when: Rule["when"], verdict: Verdict, because: string[]): Rule {
  return { id, when, verdict, because, obligations: [], instead: [], contacts: [] };
}
