/** The fewest questions a table needs, worked out the plain way over every sub-cube: what the wizard's order is compared with. */
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import { winnersOf } from "./enumerated-table.ts";

/** On average over all situations, by dynamic programming over the product of (answers + "not answered"). */
export function plainFewestQuestions(table: DecisionTable): number {
  const { facts, situations } = table;
  const outcome = winnersOf(table).map((rule) => table.outcomeOf[rule] ?? -1);
  const steps: number[] = [];
  const cubes = facts.reduceRight((product, { answers }, at) => {
    steps[at] = product;
    return product * (answers.length + 1);
  }, 1);
  const common = new Int32Array(cubes);
  const best = new Float64Array(cubes);
  for (let cube = cubes - 1; cube >= 0; cube--) {
    const digits = facts.map(({ answers }, at) => Math.floor(cube / (steps[at] ?? 1)) % (answers.length + 1));
    const open = facts.flatMap(({ answers }, at) =>
      digits[at] === 0 ? [{ size: answers.length, step: steps[at] ?? 1 }] : [],
    );
    const [first] = open;
    if (!first) {
      common[cube] = outcome[facts.reduce((sum, { stride }, at) => sum + ((digits[at] ?? 1) - 1) * stride, 0)] ?? -1;
      continue;
    }
    const parts = ({ size, step }: typeof first) => Array.from({ length: size }, (_, at) => cube + (at + 1) * step);
    const outcomes = new Set(parts(first).map((part) => common[part]));
    common[cube] = outcomes.size === 1 ? (common[cube + first.step] ?? -2) : -2;
    if (common[cube] !== -2) continue;
    const within = open.reduce((product, { size }) => product * size, 1);
    best[cube] =
      within + Math.min(...open.map((fact) => parts(fact).reduce((sum, part) => sum + (best[part] ?? 0), 0)));
  }
  return (best[0] ?? 0) / situations;
}
