import type { MapBranch, MapGoal, MapQuestion } from "#domain/policy/decision/decision-map.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { inOneSentence, questionFor } from "#domain/policy/policy/wording.ts";

/** Branches of a question that lead to the same place in a drawing: on to one question, or to one verdict. */
export interface JointBranch {
  branches: readonly MapBranch[];
  goal: MapGoal;
  /** Its answers in words; if many share it, they become "Anything else", which comes last. */
  words: string;
}

/** If a branch has more answers than this and no other has as many, they are not listed. */
const MOST_LISTED = 3;

/** What a drawing shows of a question's branches. */
export function jointBranches(version: PolicyVersion, question: MapQuestion): JointBranch[] {
  const joint = new Map<string, MapBranch[]>();
  for (const branch of question.branches) {
    const { goal } = branch;
    const key = goal.kind === "question" ? String(goal.to) : goal.rule.verdict;
    joint.set(key, [...(joint.get(key) ?? []), branch]);
  }
  const words = questionFor(version, question.fact);
  const all = [...joint.values()].map((branches) => branches.flatMap(({ answers }) => answers));
  const most = Math.max(...all.map((answers) => answers.length));
  const rest = most > MOST_LISTED ? all.findIndex((answers) => answers.length === most) : -1;
  return [...joint.values()]
    .flatMap((branches, at): (JointBranch & { isRest: boolean })[] => {
      const [first] = branches;
      const held = words.answers.filter(({ answer }) => all[at]?.includes(answer)).map(({ label }) => label);
      if (!first) return [];
      return [
        {
          branches,
          goal: first.goal,
          words: at === rest ? "Anything else" : inOneSentence(held, "or"),
          isRest: at === rest,
        },
      ];
    })
    .sort((a, b) => Number(a.isRest) - Number(b.isRest))
    .map(({ branches, goal, words: said }) => ({ branches, goal, words: said }));
}

/**
 * Breaks words into lines for a drawing, which cannot wrap text itself. Every letter is assumed to be a wide one, so
 * that no line is longer than its box in any substitute font.
 * @param width in the drawing's units, of which a letter of 16 takes about 9
 */
export function wrapWords(text: string, width: number): string[] {
  const most = Math.max(4, Math.floor(width / LETTER));
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else for (let at = 0; at < word.length; at += most) lines.push(word.slice(at, at + most));
  }
  return lines;
}

/** The width of a wide letter, bold, 16 pixels high. */
export const LETTER = 8.8;
