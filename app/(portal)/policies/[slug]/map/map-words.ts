import type { MapBranch, MapQuestion } from "#domain/decision/decision-map.ts";
import type { PolicyVersion } from "#domain/policy/policy.ts";
import { questionFor, wordsFor } from "#domain/policy/wording.ts";

/** More answers than these, on the branch that most of them take, are "Anything else". */
const MOST_LISTED = 3;

/** What stands on a branch: the labels of its answers, or that it is all the others. */
export function branchLabels(version: PolicyVersion, question: MapQuestion, branch: MapBranch): string[] {
  const [longest] = question.branches.toSorted((a, b) => b.answers.length - a.answers.length);
  if (branch === longest && branch.answers.length > MOST_LISTED) return ["Anything else"];
  const words = questionFor(version, question.fact);
  return branch.answers.map((answer) => wordsFor(words, answer).label);
}

/**
 * Breaks words into lines for a drawing, which cannot break them itself. The width of a letter is taken as that of a wide
 * one, so that no line is longer than its box in any font that stands in.
 * @param width in the drawing's units, of which a letter of 16 takes about 9
 */
export function wrapWords(text: string, width: number): string[] {
  const most = Math.max(4, Math.floor(width / 8.8));
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else for (let at = 0; at < word.length; at += most) lines.push(word.slice(at, at + most));
  }
  return lines;
}
