import { Graph, layout, type EdgeLabel, type GraphLabel, type NodeLabel } from "@dagrejs/dagre";
import type { DecisionMap, MapQuestion } from "#domain/policy/decision/decision-map.ts";
import { verdictWord, type Verdict } from "#domain/policy/decision/verdict.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { questionFor } from "#domain/policy/policy/wording.ts";
import { jointBranches, LETTER, wrapWords, type JointBranch } from "./map-words.ts";

/** One unit is one CSS pixel: the drawing is never scaled down. */
export const LINE = 21;
export const PADDING = 12;

/** Top left corner and size. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface DrawnQuestion extends Box {
  question: MapQuestion;
  lines: string[];
}

export interface DrawnVerdict extends Box {
  question: MapQuestion;
  verdict: Verdict;
}

export interface DrawnBranch {
  question: MapQuestion;
  branch: JointBranch;
  points: { x: number; y: number }[];
  label: Box & { lines: string[] };
}

export interface MapLayout {
  width: number;
  height: number;
  questions: DrawnQuestion[];
  verdicts: DrawnVerdict[];
  branches: DrawnBranch[];
}

const QUESTION_WIDTH = 190;
const LABEL_WIDTH = 160;

const known = new WeakMap<DecisionMap, MapLayout>();

/** Lays out a map from left to right: questions, the branches from them, and verdicts. Once for each map. */
export function layOut(version: PolicyVersion, map: DecisionMap): MapLayout {
  const laidOut = known.get(map);
  if (laidOut) return laidOut;
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
  const drawing: MapLayout = {
    width: Math.ceil(width),
    height: Math.ceil(height),
    questions: questions.map((one) => ({ ...one, ...cornerOf(graph.node(nameOf(one.question.number)), one) })),
    verdicts: [...ends].map(([name, end]) => ({ ...end, ...cornerOf(graph.node(name), end) })),
    branches: branches.map(({ question, branch, lines, edge, ...size }) => {
      const laid = graph.edge(edge);
      return { question, branch, points: laid.points ?? [], label: { lines, ...size, ...cornerOf(laid, size) } };
    }),
  };
  known.set(map, drawing);
  return drawing;
}

/** A question with its branches inside it, for windows with room for only one box across. */
export interface LadderStep extends Box {
  question: MapQuestion;
  lines: string[];
  branches: { branch: JointBranch; lines: string[]; y: number }[];
}

/** Fits a screen of 320 pixels with its margins. */
const LADDER_WIDTH = 272;

const ladders = new WeakMap<DecisionMap, { width: number; height: number; steps: LadderStep[] }>();

/**
 * Lays out a map from top to bottom, one question per rank; where a branch leads is written in its question. Once for
 * each map.
 */
export function layOutLadder(version: PolicyVersion, map: DecisionMap) {
  const laidOut = ladders.get(map);
  if (laidOut) return laidOut;
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: "TB", ranksep: 30, marginx: 2, marginy: 16 });
  const inside = LADDER_WIDTH - 2 * PADDING;
  const drafts = map.questions.map((question) => {
    const lines = wrapWords(`${question.number} ${questionFor(version, question.fact).ask}`, inside);
    let y = PADDING + lines.length * LINE;
    const branches = jointBranches(version, question).map((branch) => {
      const words = wrapWords(branch.words, inside);
      const at = y + 10;
      y = at + (words.length + 1) * LINE;
      return { branch, lines: words, y: at };
    });
    const size = { width: LADDER_WIDTH, height: y + PADDING };
    graph.setNode(nameOf(question.number), size);
    if (question.number > 1) graph.setEdge(nameOf(question.number - 1), nameOf(question.number), {});
    return { question, lines, branches, ...size };
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const ladder = {
    width: Math.ceil(width),
    height: Math.ceil(height),
    steps: drafts.map((one) => ({ ...one, ...cornerOf(graph.node(nameOf(one.question.number)), one) })),
  };
  ladders.set(map, ladder);
  return ladder;
}

function nameOf(number: number): string {
  return `question ${number}`;
}

/** From something positioned by its centre. */
function cornerOf(at: { x?: number; y?: number }, { width, height }: Pick<Box, "width" | "height">) {
  return { x: Math.round((at.x ?? 0) - width / 2), y: Math.round((at.y ?? 0) - height / 2) };
}
