/**
 * A verdict with everything a person or a program needs to know about it: reasons quoted, obligations, alternatives,
 * what is still needed.
 */
import type { OwnTable } from "#domain/policy/exception/coverage.ts";
import { decide } from "#domain/policy/decision/decide.ts";
import { describeFact, type FactSet } from "#domain/policy/decision/fact.ts";
import type { Answers, Rule } from "#domain/policy/decision/rule-file.ts";
import type { Verdict } from "#domain/policy/decision/verdict.ts";
import { clauseById, type PolicyVersion } from "./policy.ts";

export interface Explanation {
  policy: string;
  version: string;
  verdict: Verdict | null;
  rule: string | null;
  reasons: { clause: string; text: string }[];
  obligations: { id: string; text: string; clause: string }[];
  instead: string[];
  /** Empty when the verdict is settled; otherwise every fact that can still change it, the one to ask next first. */
  needs: string[];
}

/** An answer or a fact that does not exist; the message says which ones do. */
export class UnknownAnswerError extends Error {
  override name = "UnknownAnswerError";
}

/**
 * Explains what a version says about a whole or partial situation. Facts that the policy does not use are ignored.
 * @throws UndecidedError if the policy has a gap; RangeError for an answer that its fact does not have
 */
export function explain(version: PolicyVersion, answers: Answers): Explanation {
  const decision = decide(version.table, answers);
  const head = { policy: version.slug, version: version.version };
  if (!decision.settled)
    return {
      ...head,
      verdict: null,
      rule: null,
      reasons: [],
      obligations: [],
      instead: [],
      needs: [...decision.needs],
    };
  const { rule } = decision;
  return {
    ...head,
    verdict: rule.verdict,
    rule: rule.id,
    reasons: rule.because.map((id) => ({ clause: id, text: clauseById(version, id).text })),
    obligations: obligationsOf(version, rule),
    instead: [...rule.instead],
    needs: [],
  };
}

/** The obligations of a rule, each with the first clause that it is based on. */
export const obligationsOf = (version: PolicyVersion, rule: Rule): Explanation["obligations"] =>
  rule.obligations.flatMap((id) => {
    const obligation = version.table.obligations.get(id);
    return obligation ? [{ id, text: obligation.text, clause: obligation.because[0] ?? "" }] : [];
  });

/** The same for a rule that decides for somebody: where it is under an exception, the advice that still holds, too. */
export function obligationsFor(
  version: PolicyVersion,
  own: Pick<OwnTable, "adviceBeside">,
  rule: Rule,
  answers: Answers,
): Explanation["obligations"] {
  const ids = [...new Set(own.adviceBeside(rule, answers).flatMap(({ because }) => because))];
  const still = ids.map((id) => ({ id: `clause ${id}`, text: clauseById(version, id).text, clause: id }));
  return [...obligationsOf(version, rule), ...still];
}

/**
 * Checks answers from outside against the version's facts, and against the shared ones for facts that the version does
 * not use.
 * @throws UnknownAnswerError for an unknown fact or an answer that its fact does not have
 */
export function checkAnswers(version: PolicyVersion, shared: FactSet, given: Readonly<Record<string, unknown>>) {
  const [unknown] = unknownAnswers(version, shared, given);
  if (unknown) throw new UnknownAnswerError(unknown.message);
  return given as Answers;
}

/** Every unknown fact, and every answer that its fact does not have; the messages say which ones exist. */
export function unknownAnswers(version: PolicyVersion, shared: FactSet, given: Readonly<Record<string, unknown>>) {
  const known = { ...shared, ...version.questions };
  return Object.entries(given).flatMap(([name, answer]) => {
    const fact = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!fact)
      return [{ fact: name, message: `There is no fact "${name}". The facts are ${Object.keys(known).join(", ")}.` }];
    if (typeof answer === "string" && Object.hasOwn(fact.answers, answer)) return [];
    const message = `${JSON.stringify(answer)} is no answer to ${name}. The answers are ${describeFact(fact)}.`;
    return [{ fact: name, message }];
  });
}
