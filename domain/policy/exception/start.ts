/**
 * What a request starts with: the situation of a verdict, read from its address, and the clauses that decide it
 * (S3.11).
 */
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { readWizardQuery, stepFor } from "#domain/policy/decision/wizard.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { ownTable } from "./coverage.ts";
import { clausesFor } from "./effect.ts";

export type RequestStart = ReturnType<typeof readStart>;

/**
 * Reads an address such as `?purpose=file&clause=2.1`. Facts, answers and clauses that the version does not know are
 * dropped, and so are answers that were not needed. Besides the named clauses, all clauses are added that the answer is
 * based on, wherever an exception could change it: one that names them all covers the whole situation.
 */
export function readStart(
  version: PolicyVersion,
  query: Readonly<Record<string, string | readonly string[] | undefined>>,
) {
  const { table } = ownTable(version, []);
  const { answers } = readWizardQuery(table, query);
  const step = stepFor(table, { answers, ask: null, change: null });
  const situation: Answers = Object.fromEntries(Object.entries(answers).filter(([name]) => step.path.includes(name)));
  const rule = step.kind === "result" && step.path.length > 0 ? step.rule : null;
  const decisive = rule ? (clausesFor(version, situation) ?? rule.because) : [];
  const named = [...[query.clause ?? []].flat(), ...decisive];
  const known = version.clauses.map(({ id }) => id).filter((id) => named.includes(id));
  const { lifts, binding, never } = version.exceptionRules;
  // What says that something is never lifted explains the others, and is shown with them.
  const isReason = (id: string) => Object.values(never).includes(id) && ![query.clause].flat().includes(id);
  return {
    /** Answers that the verdict depends on, without the one about exceptions; {} for any situation. */
    situation,
    /** What the policy says about the situation without an exception; null if something is still open. */
    rule,
    /** Ids of clauses that can be lifted, in the order of the text. */
    clauses: known.filter((id) => lifts.includes(id)),
    /** Ids of clauses of the text that the address names, or the answer is based on, and that cannot be lifted. */
    barred: known.filter((id) => binding.includes(id) && !lifts.includes(id) && !isReason(id)),
  };
}
