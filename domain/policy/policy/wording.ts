/** A question in the words of a policy: its own if it has any, otherwise the shared ones. */
import type { Fact } from "#domain/policy/decision/fact.ts";
import type { Wording } from "#domain/policy/decision/rule-file.ts";
import type { PolicyVersion } from "./policy.ts";

export interface Question {
  name: string;
  ask: string;
  short: string;
  help: string | null;
  /** `examples` are the policy's own. */
  answers: { answer: string; label: string; hint: string | null; when: string; examples: string[] }[];
}

/** The parts of a version that wording comes from. */
export type Worded = Pick<PolicyVersion, "slug" | "version" | "wording"> & {
  readonly table: Pick<PolicyVersion["table"], "facts">;
};

/** The question about a fact, as this version asks it. @throws RangeError for a fact that the version does not use */
export function questionFor(version: Worded, name: string): Question {
  const fact = version.table.facts.find((candidate) => candidate.name === name)?.fact;
  if (!fact) throw new RangeError(`${version.slug} ${version.version} does not ask for "${name}".`);
  return questionIn(name, fact, version.wording[name]);
}

function questionIn(name: string, fact: Fact, own?: Wording): Question {
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
export function answerWords(question: Question, answer: string): Question["answers"][number] {
  const words = question.answers.find((candidate) => candidate.answer === answer);
  if (!words) throw new RangeError(`"${answer}" is not an answer to "${question.ask}".`);
  return words;
}

/**
 * The question about a fact with every answer that one of the versions knows; null if none of them asks it. Versions of
 * one policy use that policy's words, from the first version that knows an answer; several policies use the shared
 * ones.
 */
export function jointQuestion(versions: readonly Worded[], name: string): Question | null {
  const asking = versions.filter(({ table }) => table.facts.some((fact) => fact.name === name));
  const isOnePolicy = asking.every(({ slug }) => slug === asking[0]?.slug);
  const asked = asking.flatMap((version) => {
    const fact = version.table.facts.find((candidate) => candidate.name === name)?.fact;
    return fact ? [questionIn(name, fact, isOnePolicy ? version.wording[name] : undefined)] : [];
  });
  const [first] = asked;
  if (!first) return null;
  const answers = new Map<string, Question["answers"][number]>();
  for (const words of asked.flatMap((question) => question.answers))
    if (!answers.has(words.answer)) answers.set(words.answer, words);
  return { ...first, answers: [...answers.values()] };
}

/** Clauses joined as in speech: "a, b and c". */
export function inOneSentence(clauses: readonly string[], conjunction: "and" | "or" = "and"): string {
  const last = clauses.at(-1) ?? "";
  return clauses.length < 2 ? last : `${clauses.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}

/**
 * What some situations share, as clauses that read well after "if": one for each fact, with exceptions at the end.
 * @param when fact → the answers it has; facts that may have any answer are left out
 * @param versions where the words come from, as in `jointQuestion`
 * @returns e.g. "it is for a colleague, and it is a photo, unless …"; null for every situation
 */
export function situationsInWords(when: Readonly<Record<string, readonly string[]>>, versions: readonly Worded[]) {
  const conditions: string[] = [];
  const exceptions: string[] = [];
  for (const [name, answers] of Object.entries(when)) {
    const all = jointQuestion(versions, name)?.answers ?? [];
    if (all.length === 0) continue;
    const held = all.filter(({ answer }) => answers.includes(answer));
    const others = all.filter(({ answer }) => !answers.includes(answer));
    if (held.length > MOST_NAMED && others.length < held.length) exceptions.push(...others.map((one) => one.when));
    else
      conditions.push(
        inOneSentence(
          held.map((one) => one.when),
          "or",
        ),
      );
  }
  const rest = exceptions.length > 0 ? `unless ${inOneSentence(exceptions, "or")}` : null;
  return (
    [...conditions.slice(0, 1), ...conditions.slice(1).map((one) => `and ${one}`), ...(rest ? [rest] : [])].join(
      ", ",
    ) || null
  );
}

/** The same as a sentence: "If …", "Unless …" or "In every situation". */
export function situationsInASentence(
  when: Readonly<Record<string, readonly string[]>>,
  versions: readonly Worded[],
): string {
  const words = situationsInWords(when, versions);
  if (words === null) return "In every situation.";
  return words.startsWith("unless ") ? `U${words.slice(1)}.` : `If ${words}.`;
}

/** With more answers than this, the ones left out are listed instead, if that is shorter. */
const MOST_NAMED = 2;
