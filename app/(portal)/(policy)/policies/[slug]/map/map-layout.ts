import { Graph, layout, type EdgeLabel, type GraphLabel, type NodeLabel } from "@dagrejs/dagre";
import type { DecisionMap, MapQuestion, MapBranch, MapGoal } from "#domain/policy/decision/decision-map.ts";
import { verdictWord, type Verdict } from "#domain/policy/decision/verdict.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { questionFor, inOneSentence } from "#domain/policy/policy/wording.ts";

/** One unit is one CSS pixel: the drawing is never scaled down. */
export const LINE = 21;
export const PADDING = 12;

/** Top left corner and size. */
export type Box = { x: number; y: number; width: number; height: number };

const QUESTION_WIDTH = 190;
const LABEL_WIDTH = 160;

/** Lays out a map once, whoever looks at it. */
function onceForEachMap<Layout>(layOut: (version: PolicyVersion, map: DecisionMap) => Layout) {
  const known = new WeakMap<DecisionMap, Layout>();
  return (version: PolicyVersion, map: DecisionMap): Layout => {
    const laidOut = known.get(map) ?? layOut(version, map);
    known.set(map, laidOut);
    return laidOut;
  };
}

/** Lays out a map from left to right: questions, the branches from them, and verdicts. */
export const layOut = onceForEachMap((version, map) => {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: "LR", nodesep: 16, edgesep: 12, ranksep: 40, marginx: 4, marginy: 16 });
  const questions = map.questions.map((question) => {
    const lines = wrapWords(
      `${question.number} ${questionFor(version, question.fact).ask}`,
      QUESTION_WIDTH - 2 * PADDING,
    );
    const size = { width: QUESTION_WIDTH, height: lines.length * LINE + 2 * PADDING };
    graph.setNode(nameOf(question.number), size);
    return { question, lines, ...size };
  });
  const ends = new Map<string, { question: MapQuestion; verdict: Verdict; width: number; height: number }>();
  const branches = map.questions.flatMap((question) =>
    jointBranches(version, question).map((branch) => {
      const { goal } = branch;
      const target = goal.kind === "question" ? nameOf(goal.to) : `${nameOf(question.number)} ${goal.rule.verdict}`;
      if (goal.kind === "verdict") {
        const { verdict } = goal.rule;
        const size = { width: 40 + verdictWord(version, verdict).length * 9.2 + PADDING, height: LINE + 2 * PADDING };
        ends.set(target, { question, verdict, ...size });
        graph.setNode(target, size);
      }
      const lines = wrapWords(branch.words, LABEL_WIDTH);
      const longest = Math.max(...lines.map((line) => line.length));
      const size = { width: Math.ceil(longest * LETTER) + PADDING, height: lines.length * LINE + 6 };
      const edge = { v: nameOf(question.number), w: target };
      graph.setEdge(edge, { ...size, labelpos: "c" });
      return { question, branch, lines, edge, ...size };
    }),
  );
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    questions: questions.map((one) => ({ ...one, ...cornerOf(graph.node(nameOf(one.question.number)), one) })),
    verdicts: [...ends].map(([name, end]) => ({ ...end, ...cornerOf(graph.node(name), end) })),
    branches: branches.map(({ question, branch, lines, edge, ...size }) => {
      const laid = graph.edge(edge);
      return { question, branch, points: laid.points ?? [], label: { lines, ...size, ...cornerOf(laid, size) } };
    }),
  };
});

/** Fits a screen of 320 pixels with its margins. */
const LADDER_WIDTH = 272;
const LADDER_MARGIN = 16;
/** Between two questions. */
export const LADDER_GAP = 30;

/** Lays out a map from top to bottom, one question per rank; where a branch leads is written in its question. */
export const layOutLadder = onceForEachMap((version, map) => {
  const inside = LADDER_WIDTH - 2 * PADDING;
  let top = LADDER_MARGIN;
  const steps = map.questions.map((question) => {
    const lines = wrapWords(`${question.number} ${questionFor(version, question.fact).ask}`, inside);
    let y = PADDING + lines.length * LINE;
    const branches = jointBranches(version, question).map((branch) => {
      const words = wrapWords(branch.words, inside);
      const at = y + 10;
      y = at + (words.length + 1) * LINE;
      return { branch, lines: words, y: at };
    });
    const box = { x: 2, y: top, width: LADDER_WIDTH, height: y + PADDING };
    top += box.height + LADDER_GAP;
    return { question, lines, branches, ...box };
  });
  return { width: LADDER_WIDTH + 4, height: top - LADDER_GAP + LADDER_MARGIN, steps };
});

const nameOf = (number: number): string => `question ${number}`;

/** From something positioned by its centre. */
function cornerOf(at: { x?: number; y?: number }, { width, height }: Pick<Box, "width" | "height">) {
  return { x: Math.round((at.x ?? 0) - width / 2), y: Math.round((at.y ?? 0) - height / 2) };
}

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
function jointBranches(version: PolicyVersion, question: MapQuestion): JointBranch[] {
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
  const drawn = [...joint.values()].flatMap((branches, at) => {
    const held = words.answers.filter(({ answer }) => all[at]?.includes(answer)).map(({ label }) => label);
    const said = at === rest ? "Anything else" : inOneSentence(held, "or");
    return branches[0] ? [{ branches, goal: branches[0].goal, words: said, at }] : [];
  });
  return drawn.sort((a, b) => Number(a.at === rest) - Number(b.at === rest)).map(({ at: _, ...branch }) => branch);
}

/**
 * Breaks words into lines for a drawing, which cannot wrap text itself. Every letter is assumed to be a wide one, so
 * that no line is longer than its box in any substitute font.
 * @param width in the drawing's units, of which a letter of 16 takes about 9
 */
function wrapWords(text: string, width: number): string[] {
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
const LETTER = 8.8;
