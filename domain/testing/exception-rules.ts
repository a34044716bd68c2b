import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { ExceptionTable } from "#domain/policy/exception/coverage.ts";
import { exceptionRulesOf, type ExceptionRules } from "#domain/policy/exception/exception-rules.ts";
import { buildTable } from "#domain/policy/decision/decision-table.ts";

/** The portal's defaults: line manager or officer, for a high risk officer or senior owner; twelve months; everybody. */
export const DEFAULT_RULES: ExceptionRules = exceptionRulesOf({ clauses: [], table: buildTable([], [], []) }, null);

/** A table from which exceptions can lift every clause that a rule names. */
export function allLifted(table: DecisionTable): ExceptionTable {
  const clauses = [...new Set(table.rules.flatMap(({ because }) => because))];
  return { table, exceptionRules: { lifts: clauses, binding: clauses } };
}
