/** The matrix is a view of the decision table: two facts as axes, the others assumed (S3.13-S3.20 are its model). */
import { decide } from "./decide.ts";
import type { DecisionTable, TableFact } from "./decision-table.ts";
import type { Answers } from "./fault.ts";
import type { Matrix, Rule } from "./rule-file.ts";
import type { Verdict } from "./verdict.ts";

export interface MatrixCell {
  /** The whole situation that the cell stands for. */
  answers: Answers;
  rule: Rule;
  /** What of the assumptions would change the verdict: a fact and the answers that do. */
  changes: { fact: string; answers: { answer: string; verdict: Verdict }[] }[];
}

export interface MatrixView {
  rows: TableFact;
  columns: TableFact;
  /** The facts that are neither axis, in table order. */
  assumed: TableFact[];
  /** What holds for them here: the policy's assumptions, or what the reader chose instead. */
  assume: Answers;
  /** Cells by row, then by column, in the order of the answers. */
  cells: MatrixCell[][];
}

/**
 * Works a matrix out.
 * @param chosen answers that replace the policy's assumptions; those to the axes are ignored
 * @throws RangeError when the matrix names a fact that the table lacks (the content check refuses that)
 */
export function viewMatrix(table: DecisionTable, matrix: Matrix, chosen: Answers = {}): MatrixView {
  const factNamed = (name: string) => {
    const fact = table.facts.find((candidate) => candidate.name === name);
    if (!fact) throw new RangeError(`The matrix uses "${name}", which is not among the facts.`);
    return fact;
  };
  const [rows, columns] = [factNamed(matrix.rows), factNamed(matrix.columns)];
  const assumed = table.facts.filter((fact) => fact !== rows && fact !== columns);
  const assume = Object.fromEntries(
    assumed.map(({ name, answers }) => [name, chosen[name] ?? matrix.assume[name] ?? answers[0] ?? ""]),
  );
  const cells = rows.answers.map((row) =>
    columns.answers.map((column) => {
      const answers = { ...assume, [rows.name]: row, [columns.name]: column };
      const rule = ruleFor(table, answers);
      const changes = assumed.flatMap(({ name, answers: possible }) => {
        const others = possible.flatMap((answer) => {
          const { verdict } = ruleFor(table, { ...answers, [name]: answer });
          return verdict === rule.verdict ? [] : [{ answer, verdict }];
        });
        return others.length > 0 ? [{ fact: name, answers: others }] : [];
      });
      return { answers, rule, changes };
    }),
  );
  return { rows, columns, assumed, assume, cells };
}

function ruleFor(table: DecisionTable, answers: Answers): Rule {
  const decision = decide(table, answers);
  if (!decision.settled) throw new RangeError(`A matrix cell leaves open: ${decision.needs.join(", ")}.`);
  return decision.rule;
}
