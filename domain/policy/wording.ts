/** A question in the words that a policy gives it: its own where it has some, else the shared ones. */
import type { PolicyVersion } from "./policy.ts";

export interface Question {
  name: string;
  ask: string;
  short: string;
  help: string | null;
  /** `examples` are the policy's own. */
  answers: { answer: string; label: string; hint: string | null; when: string; examples: string[] }[];
}

/** The question about a fact, as this version asks it. @throws RangeError for a fact that the version does not use */
export function questionFor(version: PolicyVersion, name: string): Question {
  const fact = version.table.facts.find((candidate) => candidate.name === name)?.fact;
  if (!fact) throw new RangeError(`${version.slug} ${version.version} does not ask for "${name}".`);
  const own = version.wording[name];
  const answers = Object.entries(fact.answers).map(([answer, shared]) => {
    const words = own?.answers[answer];
    const label = words?.label ?? shared.label;
    return {
      answer,
      label,
      hint: words?.hint === undefined ? shared.hint : words.hint,
      when: words?.when ?? shared.when ?? `the answer to "${own?.ask ?? fact.ask}" is "${label}"`,
      examples: own?.examples[answer] ?? [],
    };
  });
  return {
    name,
    ask: own?.ask ?? fact.ask,
    short: fact.short,
    help: own?.help === undefined ? fact.help : own.help,
    answers,
  };
}

/** An answer's words. @throws RangeError for an answer that the question does not have */
export function wordsFor(question: Question, answer: string): Question["answers"][number] {
  const words = question.answers.find((candidate) => candidate.answer === answer);
  if (!words) throw new RangeError(`"${answer}" is no answer to "${question.ask}".`);
  return words;
}

/** Clauses joined as one speaks: "a, b and c". */
export function inOneSentence(clauses: readonly string[], conjunction: "and" | "or" = "and"): string {
  const last = clauses.at(-1) ?? "";
  return clauses.length < 2 ? last : `${clauses.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
