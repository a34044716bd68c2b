import type { MatrixView } from "#domain/decision/matrix.ts";
import type { PolicyVersion } from "#domain/policy/policy.ts";
import { questionFor, wordsFor, type Question } from "#domain/policy/wording.ts";

/** What a matrix takes for granted. */
export interface AssumptionWords {
  /** What holds, as clauses that fit after "when": only what would change a cell. */
  assumptions: string[];
  /** The questions that make no difference here. */
  idle: Question[];
}

/** The assumptions of a matrix in words. What changes no cell is said apart: it means little for most messages. */
export function assumptionWords(version: PolicyVersion, view: MatrixView): AssumptionWords {
  const changing = new Set(view.cells.flat().flatMap(({ changes }) => changes.map(({ fact }) => fact)));
  const assumed = view.assumed.map(({ name }) => questionFor(version, name));
  return {
    assumptions: assumed
      .filter(({ name }) => changing.has(name))
      .map((question) => wordsFor(question, view.assume[question.name] ?? "").when),
    idle: assumed.filter(({ name }) => !changing.has(name)),
  };
}
