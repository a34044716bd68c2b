/** The wizard drawn as a map: one box for each question and what can follow from it, with verdicts at the ends. */
import { decide } from "./decide.ts";
import type { DecisionTable } from "./decision-table.ts";
import { oncePer } from "./once-per.ts";
import type { Answers, Rule } from "./rule-file.ts";

/** Where some answers lead: to the question with this number, or to the rule that decides. */
export type MapGoal =
  { readonly kind: "question"; readonly to: number } | { readonly kind: "verdict"; readonly rule: Rule };

export interface MapBranch {
  /** Answers in the order in which they are offered; all lead to the same place. */
  readonly answers: readonly string[];
  readonly goal: MapGoal;
}

export interface MapQuestion {
  /** Starts at 1, in the order of the walk; a question never leads back to a lower number. */
  readonly number: number;
  readonly fact: string;
  readonly branches: readonly MapBranch[];
}

export interface DecisionMap {
  /** By number; empty if the policy says the same about everything. */
  readonly questions: readonly MapQuestion[];
  /** What applies without any questions; null if there are some. */
  readonly settled: Rule | null;
}

/** Maps with more questions than this are not drawn. */
export const MOST_MAPPED = 150;
/** With more situations than this, walking all paths would keep a reader waiting. */
const MOST_WALKED = 200_000;

interface Draft {
  fact: string;
  branches: { answers: string[]; goal: { draft: Draft } | { rule: Rule } }[];
}

/**
 * Builds the map of a table: the paths of the wizard, merged where the same questions and rules lie ahead. Built once
 * for each table.
 * @returns null if there is too much to draw
 * @throws UndecidedError if the table has a gap
 */
export const decisionMap = oncePer((table: DecisionTable): DecisionMap | null =>
  table.situations > MOST_WALKED ? null : makeMap(table),
);

function makeMap(table: DecisionTable): DecisionMap | null {
  const ids = new Map<Draft | Rule, number>();
  const drafts = new Map<string, Draft>();
  const idOf = (thing: Draft | Rule) => {
    const id = ids.get(thing) ?? ids.size;
    ids.set(thing, id);
    return id;
  };
  const draw = (answers: Answers): Draft | Rule => {
    const decision = decide(table, answers);
    if (decision.settled) return decision.rule;
    const [fact] = decision.needs;
    const branches: Draft["branches"] = [];
    for (const answer of table.facts.find(({ name }) => name === fact)?.answers ?? []) {
      const end = draw({ ...answers, [fact]: answer });
      const same = branches.find(({ goal }) => ("draft" in goal ? goal.draft : goal.rule) === end);
      if (same) same.answers.push(answer);
      else branches.push({ answers: [answer], goal: "fact" in end ? { draft: end } : { rule: end } });
    }
    const key = `${fact} ${branches.map(({ answers: held, goal }) => `${held.join()}:${idOf("draft" in goal ? goal.draft : goal.rule)}`).join(" ")}`;
    const draft = drafts.get(key) ?? { fact, branches };
    drafts.set(key, draft);
    return draft;
  };
  const start = draw({});
  if (!("fact" in start)) return { questions: [], settled: start };
  if (drafts.size > MOST_MAPPED) return null;
  const order = inOrder(start);
  const numbers = new Map(order.map((draft, at) => [draft, at + 1]));
  return {
    settled: null,
    questions: order.map(({ fact, branches }, at) => ({
      number: at + 1,
      fact,
      branches: branches.map(({ answers, goal }) => ({
        answers,
        goal:
          "draft" in goal
            ? { kind: "question", to: numbers.get(goal.draft) ?? 0 }
            : { kind: "verdict", rule: goal.rule },
      })),
    })),
  };
}

/** Each question after all those that lead to it, and close to the one that leads to it first. */
function inOrder(start: Draft): Draft[] {
  const seen = new Set<Draft>();
  const backwards: Draft[] = [];
  const visit = (draft: Draft): void => {
    if (seen.has(draft)) return;
    seen.add(draft);
    for (const { goal } of draft.branches.toReversed()) if ("draft" in goal) visit(goal.draft);
    backwards.push(draft);
  };
  visit(start);
  return backwards.reverse();
}

/**
 * The path of these answers through the map, as far as they go.
 * @returns the answer given to each question, and the rule at the end; null if a question is still open
 */
export function wayThrough({ questions, settled }: DecisionMap, answers: Answers) {
  const steps: { question: MapQuestion; branch: MapBranch; answer: string }[] = [];
  let question = questions[0];
  while (question) {
    const answer = answers[question.fact];
    const branch = question.branches.find((one) => answer !== undefined && one.answers.includes(answer));
    if (!branch || answer === undefined) return { steps, rule: null };
    steps.push({ question, branch, answer });
    const { goal } = branch;
    if (goal.kind === "verdict") return { steps, rule: goal.rule };
    question = questions[goal.to - 1];
  }
  return { steps, rule: settled };
}
