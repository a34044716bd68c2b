import { EXCEPTION_FACT, type ExceptionTable } from "#domain/policy/exception/coverage.ts";
import { canBeLifted } from "#domain/policy/exception/effect.ts";
import { UNLESS } from "#domain/policy/exception/result-sentence.ts";
import { ANY } from "#domain/policy/decision/matrix-state.ts";
import type { CellChange, MatrixCell, MatrixView, Split } from "#domain/policy/decision/matrix.ts";
import { verdictWord, type OwnWords } from "#domain/policy/decision/verdict.ts";
import { inOneSentence, questionFor, answerWords, type Question, type Worded } from "#domain/policy/policy/wording.ts";

/**
 * The assumptions of a matrix in words. Those that change no cell are kept separate: they mean little for most
 * messages.
 */
export function assumptionWords(version: Worded, view: MatrixView) {
  const cells = view.cells.flat();
  const changing = new Set(
    cells.flatMap(({ changes, dependsOn }) => [...changes.map(({ fact }) => fact), ...dependsOn]),
  );
  const assumed = view.assumed.map(({ name }) => questionFor(version, name));
  const isAny = ({ name }: Question) => view.assume[name] === ANY;
  const mattering = assumed.filter(({ name }) => changing.has(name));
  return {
    /** As clauses that fit after "when": only those that could change a cell. */
    assumptions: mattering
      .filter((question) => !isAny(question))
      .map((question) => answerWords(question, view.assume[question.name] ?? "").when),
    /** The questions that may have any answer here, if a cell depends on it. */
    open: mattering.filter(isAny),
    /** The questions that make no difference here. */
    idle: assumed.filter(({ name }) => !changing.has(name)),
  };
}

/** The same as sentences, for above the table, the poster and the file. */
export function assumptionSentences(version: Worded, view: MatrixView): { holds: string[]; idle: string | null } {
  const { assumptions, open, idle } = assumptionWords(version, view);
  return {
    holds: [
      ...(assumptions.length > 0 ? [`This applies when ${inOneSentence(assumptions)}.`] : []),
      ...(open.length > 0 ? [`The cells say what depends on your answer to ${inOneSentence(open.map(quoted))}.`] : []),
    ],
    idle: idle.length > 0 ? `It makes no difference here what you answer to ${inOneSentence(idle.map(quoted))}.` : null,
  };
}

/** "Never in 12, With care in 4". */
export const describeSplit = (split: Split, own: OwnWords): string =>
  split.map(({ verdict, situations }) => `${verdictWord(own, verdict)} in ${situations}`).join(", ");

/** The questions that a cell depends on, each as it is asked. */
export const dependsOnWords = (version: Worded, { dependsOn }: MatrixCell): string[] =>
  dependsOn.map((name) => questionFor(version, name).ask);

/**
 * The small lines below a cell's verdict: the split, or which assumptions would change it, and whether an exception
 * could.
 */
export function cellNotes(version: Worded & ExceptionTable & OwnWords, cell: MatrixCell): string[] {
  if (cell.split.length > 1) return [...dependsOnWords(version, cell), describeSplit(cell.split, version)];
  // A long list of purposes says less than the question it answers, so it comes last.
  const isLiftable = cell.split[0]?.verdict === "never" && canBeLifted(version, cell.answers);
  const changes = cell.changes.filter(({ fact }) => !isLiftable || fact !== EXCEPTION_FACT);
  const isLong = ({ answers }: MatrixCell["changes"][number]) => answers.length > 2;
  const reasons = [
    ...changes
      .filter((change) => !isLong(change))
      .flatMap(({ fact, answers }) => answers.map((answer) => answerWords(questionFor(version, fact), answer).when)),
    ...changes.filter(isLong).map(({ fact }) => `you answer “${questionFor(version, fact).ask}” differently`),
  ];
  const duties = cell.dependsOn.map((name) => quoted(questionFor(version, name)));
  return [
    ...(isLiftable ? [UNLESS.charAt(0).toUpperCase() + UNLESS.slice(1)] : []),
    ...(reasons.length > 0 ? [`Changes if ${inOneSentence(reasons, "or")}`] : []),
    ...(duties.length > 0 ? [`What you have to do depends on ${inOneSentence(duties)}`] : []),
  ];
}

/** What another version said, for a cell that changed. */
export function changeWords(
  { situations, verdicts, obligations, unknown, was }: CellChange,
  since: string,
  own: OwnWords,
): string {
  const all = (count: number) => count === situations;
  const some = (count: number) => (all(count) ? "" : ` in ${count} of ${situations}`);
  if (all(unknown)) return `New: version ${since} does not know this answer`;
  const before =
    was.length === 1 ? was.map(({ verdict }) => verdictWord(own, verdict)).join() : describeSplit(was, own);
  return [
    ...(verdicts > 0 ? [`Changed${some(verdicts)}: was ${before}`] : []),
    ...(obligations > 0 ? [`Changed${some(obligations)}: other things to do`] : []),
    ...(unknown > 0 ? [`New in ${unknown} of ${situations}`] : []),
  ].join(". ");
}

const quoted = ({ ask }: Question): string => `“${ask}”`;
