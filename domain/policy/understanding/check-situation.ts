/**
 * Situations of a policy's own table that people plausibly confuse, to see whether they understood it: change one answer,
 * and the verdict is another.
 */
import { decide } from "#domain/policy/decision/decide.ts";
import { digitsOf, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import { oncePer } from "#domain/policy/decision/once-per.ts";
import type { Answers, Rule } from "#domain/policy/decision/rule-file.ts";
import { VERDICTS, type Verdict } from "#domain/policy/decision/verdict.ts";

/** A situation to ask about: the answers that settle it, in the order in which the check asks for them. */
export interface CheckSituation {
  /** The same for the same answers in every version. */
  id: string;
  answers: Answers;
  /** The rule that decides it, whatever the other facts are. */
  rule: Rule;
  /** Every change of one answer after which the verdict is another, whatever the other facts are. */
  neighbours: readonly { fact: string; answer: string; verdict: Verdict }[];
  /** What one may choose from, the strictest first: the right verdict, and those of its neighbours. */
  choices: readonly Verdict[];
}

/** The words for a verdict where somebody says what a policy says of a situation. */
export const CHOICE_WORDS: Readonly<Record<Verdict, string>> = {
  never: "No",
  "exception-only": "Only with an approved exception",
  "via-communications": "Only through the communications team",
  discouraged: "Use another channel if you can",
  "with-care": "Yes, under conditions",
  allowed: "Yes",
  "not-covered": "The policy does not say",
};

/** Situations of which one person is asked two. */
export const SITUATIONS_ASKED = 2;

const FEWEST_CHOICES = 3;
const MOST_CHOICES = 4;

/** So many ways through the questions are followed; policies have a few hundred. */
const MOST_WAYS = 20_000;

/**
 * The situations that can be asked, in the order of the table. Each is as little as the check needs to know to settle it,
 * has a clause that says so, and at least one neighbour with another verdict.
 */
export const checkSituationsOf = oncePer((table: DecisionTable): readonly CheckSituation[] =>
  [...settledWays(table)].flatMap((way) => toSituation(table, way) ?? []),
);

function* settledWays(table: DecisionTable): Generator<{ answers: Answers; rule: Rule }> {
  const open: Answers[] = [{}];
  for (let left = MOST_WAYS; left > 0; left--) {
    const answers = open.pop();
    if (!answers) return;
    const decision = decide(table, answers);
    if (decision.settled) yield { answers, rule: decision.rule };
    else {
      const [fact] = decision.needs;
      open.push(...answersOf(table, fact).map((answer) => ({ ...answers, [fact]: answer })));
    }
  }
}

function toSituation(table: DecisionTable, { answers, rule }: { answers: Answers; rule: Rule }): CheckSituation | null {
  if (rule.because.length === 0) return null;
  const neighbours = Object.entries(answers).flatMap(([fact, given]) =>
    answersOf(table, fact).flatMap((answer) => {
      if (answer === given) return [];
      const verdict = verdictOf(table, { ...answers, [fact]: answer });
      return verdict === null || verdict === rule.verdict ? [] : [{ fact, answer, verdict }];
    }),
  );
  if (neighbours.length === 0) return null;
  const id = Object.entries(answers)
    .map(([fact, answer]) => `${fact}=${answer}`)
    .join("&");
  return { id, answers, rule, neighbours, choices: choicesOf(table, rule.verdict, neighbours) };
}

/** The verdict of all completions of some answers; null if they have several. */
function verdictOf(table: DecisionTable, answers: Answers): Verdict | null {
  const rules = table.diagrams.values(table.winner, digitsOf(table, answers));
  const verdicts = new Set(rules.map((at) => table.rules[at]?.verdict));
  const [verdict] = verdicts;
  return verdicts.size === 1 ? (verdict ?? null) : null;
}

/** The right verdict and those of most neighbours; where these are few, others of the table, the nearest first. */
function choicesOf(table: DecisionTable, right: Verdict, neighbours: CheckSituation["neighbours"]): Verdict[] {
  const times = (verdict: Verdict) => neighbours.filter((one) => one.verdict === verdict).length;
  const steps = (verdict: Verdict) => Math.abs(VERDICTS.indexOf(verdict) - VERDICTS.indexOf(right));
  const others = VERDICTS.filter((one) => one !== right && table.rules.some(({ verdict }) => verdict === one)).sort(
    (a, b) => times(b) - times(a) || steps(a) - steps(b),
  );
  const confused = others.filter((verdict) => times(verdict) > 0).length;
  const chosen = [right, ...others.slice(0, Math.min(Math.max(confused, FEWEST_CHOICES - 1), MOST_CHOICES - 1))];
  return VERDICTS.filter((verdict) => chosen.includes(verdict));
}

function answersOf(table: DecisionTable, fact: string): readonly string[] {
  return table.facts.find(({ name }) => name === fact)?.answers ?? [];
}
