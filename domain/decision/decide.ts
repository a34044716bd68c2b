/** The verdict for a situation, or what is still needed; it asks nothing that cannot change the result (DESIGN, "Rules as data"). */
import { situationAt, situationsWith, type DecisionTable } from "./decision-table.ts";
import type { Answers } from "./fault.ts";
import type { Rule } from "./rule-file.ts";

export type Decision =
  | { readonly settled: true; readonly rule: Rule }
  | {
      readonly settled: false;
      /** Every fact that can still change the verdict or the obligations, the next to ask first. */
      readonly needs: readonly [string, ...string[]];
    };

/** A situation that no rule decides: the policy has a gap, and there is no silent default. */
export class UndecidedError extends Error {
  constructor(readonly situation: Answers) {
    super(`No rule decides this situation: ${describe(situation)}. Nothing is assumed. Tell the policy owner.`);
    this.name = "UndecidedError";
  }
}

/**
 * Decides from the answers known so far, whole or partial.
 * Settled means: every completion has the same verdict and, unless that is `never`, the same obligations; `rule` is then
 * the first in table order that can still apply. Answers to facts that the table does not use are ignored.
 * @throws UndecidedError when a completion has no rule; RangeError for an answer that its fact does not have.
 */
export function decide(table: DecisionTable, answers: Answers): Decision {
  const open = situationsWith(table, answers);
  let first = Infinity;
  let outcome: number | undefined;
  let settled = true;
  for (const situation of open) {
    const rule = table.winner[situation] ?? -1;
    if (rule < 0) throw new UndecidedError(situationAt(table, situation));
    first = Math.min(first, rule);
    outcome ??= table.outcome[situation];
    settled &&= table.outcome[situation] === outcome;
  }
  const rule = table.rules[first];
  if (settled && rule) return { settled: true, rule };
  const [next, ...others] = table.facts
    .filter((fact) => answers[fact.name] === undefined)
    .filter(({ stride, answers: possible }) =>
      open.some((situation) => {
        const digit = Math.floor(situation / stride) % possible.length;
        return digit > 0 && table.outcome[situation] !== table.outcome[situation - stride];
      }),
    )
    .map((fact) => fact.name);
  if (next === undefined) throw new Error("A situation is open, but no fact can settle it.");
  return { settled: false, needs: [next, ...others] };
}

/** A situation in one line, for messages: `audience colleague, content sensitive`. */
export function describe(situation: Answers): string {
  return Object.entries(situation)
    .map(([fact, answer]) => `${fact} ${answer}`)
    .join(", ");
}
