/**
 * The wizard has no rules of its own: it asks what `decide` still needs, one question at a time, with answers kept in
 * the address.
 */
import { decide, unsaidBy } from "./decide.ts";
import type { DecisionTable } from "./decision-table.ts";
import { remainingOf, remainingQuestions, type RemainingQuestions } from "./question-order.ts";
import type { Answers, Rule } from "./rule-file.ts";
import type { Verdict } from "./verdict.ts";

/** What an address may contain besides the answers. */
export interface WizardQuery {
  /** Answers that the table knows, in its order; unknown facts and answers are dropped. */
  answers: Answers;
  /** A question to show again although it is answered: when going back, or changing one answer of a result. */
  ask: string | null;
  change: string | null;
}

export type WizardStep =
  | { kind: "question"; fact: string; isChange: boolean; previous: string | null; path: readonly string[] }
  /** `unsaid`: facts in the rule's conditions that nobody was asked about; its own words may then say too much. */
  | { kind: "result"; rule: Rule; path: readonly string[]; unsaid: readonly string[] };

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads a query string: if a name is repeated, the last known value counts. */
export function readWizardQuery(table: Pick<DecisionTable, "facts">, query: Query): WizardQuery {
  const answers: Record<string, string> = {};
  for (const { name, answers: possible } of table.facts) {
    const given = [query[name] ?? []]
      .flat()
      .filter((value) => possible.includes(value))
      .at(-1);
    if (given !== undefined) answers[name] = given;
  }
  const factIn = (name: string) => {
    const given = [query[name] ?? []].flat().at(-1);
    return table.facts.some((fact) => fact.name === given) ? (given ?? null) : null;
  };
  const change = factIn("change");
  return { answers, ask: change === null ? factIn("ask") : null, change };
}

/** References to records that give an answer, by their parameter names in the address. */
export type References = Readonly<Record<string, readonly string[]>>;

/**
 * The query string of a page of the wizard, in a fixed order: policy, answers in table order, the records that give
 * some of them, then the question to show again.
 */
export function writeQuery(
  policy: string,
  answers: Answers,
  revisit: { ask?: string; change?: string; references?: References } = {},
): string {
  const query = new URLSearchParams({ policy, ...answers });
  for (const [name, references] of Object.entries(revisit.references ?? {}))
    for (const reference of references) query.append(name, reference);
  if (revisit.ask) query.set("ask", revisit.ask);
  if (revisit.change) query.set("change", revisit.change);
  return query.toString();
}

/**
 * Which page the wizard shows: a question, or the result. A result's path is what was asked, plus any other answers in
 * the address that its rule uses: with these answers alone, the same rule decides.
 * @throws UndecidedError if the table has a gap
 */
export function stepFor(table: DecisionTable, { answers, ask, change }: WizardQuery): WizardStep {
  const path = askedPath(table, answers);
  const revisited = change ?? ask;
  if (revisited !== null) {
    const at = path.indexOf(revisited);
    const before = at < 0 ? path : path.slice(0, at);
    const previous = before.at(-1) ?? null;
    return { kind: "question", fact: revisited, isChange: change !== null, previous, path: before };
  }
  const decision = decide(table, answers);
  if (decision.settled) {
    const { rule } = decision;
    const besides = unsaidBy(table, rule, Object.fromEntries(path.map((name) => [name, ""])));
    return {
      kind: "result",
      rule,
      path: [...path, ...besides.filter((name) => answers[name] !== undefined)],
      unsaid: besides.filter((name) => answers[name] === undefined),
    };
  }
  return { kind: "question", fact: decision.needs[0], isChange: false, previous: path.at(-1) ?? null, path };
}

/**
 * The questions that come after one that is asked now.
 * @param offered the answers that can be given to it; at least one
 */
export const questionsAfter = (table: DecisionTable, answers: Answers, fact: string, offered: readonly string[]) =>
  remainingOf(offered.map((answer) => remainingQuestions(table, { ...answers, [fact]: answer })));

/** The same in a sentence: "About 2 more questions after this one (1 to 4)." Without "about" where it is certain. */
export function questionsAfterInWords({ fewest, most, average }: RemainingQuestions): string {
  if (most === 0) return "This is the last question.";
  const about = Math.min(most, Math.max(fewest, 1, Math.round(average)));
  const words = `${about} more ${about === 1 ? "question" : "questions"} after this one`;
  return fewest === most ? `${words}.` : `About ${words} (${fewest} to ${most}).`;
}

/**
 * The facts whose answers were needed, in the order in which they are asked; answers to questions that are no longer
 * asked stay in the address but are not included.
 */
export function askedPath(table: DecisionTable, answers: Answers): string[] {
  const known: Record<string, string> = {};
  const path: string[] = [];
  for (;;) {
    const decision = decide(table, known);
    const next = decision.settled ? undefined : decision.needs.find((name) => answers[name] !== undefined);
    const answer = next === undefined ? undefined : answers[next];
    if (next === undefined || answer === undefined) return path;
    known[next] = answer;
    path.push(next);
  }
}

// Somebody's path to a verdict: for each question the answer given, and where the other answers would have led.

export interface AnswerPathStep {
  fact: string;
  answer: string;
  /** The other answers, grouped by where they would have led: straight to a verdict, or null for more questions. */
  others: { verdict: Verdict | null; answers: string[] }[];
}

/**
 * @param path the facts in the order in which they were asked, from `askedPath`
 * @throws UndecidedError if the table has a gap; RangeError for an answer that its fact does not have
 */
export function answerPath(table: DecisionTable, answers: Answers, path: readonly string[]): AnswerPathStep[] {
  const known: Record<string, string> = {};
  return path.flatMap((fact): AnswerPathStep[] => {
    const answer = answers[fact];
    if (answer === undefined) return [];
    const others: AnswerPathStep["others"] = [];
    for (const other of table.facts.find(({ name }) => name === fact)?.answers ?? []) {
      if (other === answer) continue;
      const decision = decide(table, { ...known, [fact]: other });
      const verdict = decision.settled ? decision.rule.verdict : null;
      const same = others.find((one) => one.verdict === verdict);
      if (same) same.answers.push(other);
      else others.push({ verdict, answers: [other] });
    }
    known[fact] = answer;
    return [{ fact, answer, others }];
  });
}
