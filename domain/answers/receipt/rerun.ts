/** A decision receipt run again: under the rules of its day, and under today's. */
import { decide } from "#domain/policy/decision/decide.ts";
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Answers } from "#domain/policy/decision/fault.ts";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import type { Verdict } from "#domain/policy/decision/verdict.ts";
import { EXCEPTION_FACT } from "#domain/policy/exception/coverage.ts";
import { obligationsOf } from "#domain/policy/policy/explain.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import type { ReceiptContent } from "./content.ts";

/** What a receipt's answers are to a table as it was published: what the portal had looked up is among them. */
export function answersOf({ answers, isOwn }: Pick<ReceiptContent, "answers" | "isOwn">): Answers {
  const given = Object.fromEntries(answers.map(({ fact, answer }) => [fact, answer]));
  // On the own policy nobody is asked about an exception; where none decided, there was none.
  return isOwn && given[EXCEPTION_FACT] === undefined ? { ...given, [EXCEPTION_FACT]: "no" } : given;
}

/** The answers that a table knows. */
export function knownTo(table: Pick<DecisionTable, "facts">, answers: Answers): Answers {
  return Object.fromEntries(
    table.facts.flatMap(({ name, answers: possible }) => {
      const answer = answers[name];
      return answer !== undefined && possible.includes(answer) ? [[name, answer]] : [];
    }),
  );
}

/** Under the rules of its day: the same, or what of the store is not as it was. */
export type OriginalRun =
  | "same"
  /** The receipt is not what was sealed. */
  | "changed-receipt"
  /** The version with its hash is not in the content any more. */
  | "version-gone"
  /** The version is there and gives another verdict, or does not have what was quoted from it. */
  | "other-verdict"
  | "other-quotes";

/**
 * @param content null where what is stored cannot be read
 * @param version the version with the receipt's hash; null where there is none
 */
export function runOriginalRules(
  content: ReceiptContent | null,
  isIntact: boolean,
  version: PolicyVersion | null,
): OriginalRun {
  if (!isIntact || !content) return "changed-receipt";
  if (!version) return "version-gone";
  const answers = answersOf(content);
  const known = knownTo(version.table, answers);
  const isUnknown = content.answers.some(({ fact }) => known[fact] === undefined);
  const decision = isUnknown ? null : decide(version.table, known);
  if (!decision?.settled || decision.rule.verdict !== content.verdict) return "other-verdict";
  const { obligations } = version.table;
  const isQuoted =
    content.clauses.every(({ id, text }) =>
      version.clauses.some((clause) => clause.id === id && clause.text === text),
    ) && content.obligations.every(({ id, text }) => obligations.get(id)?.text === text);
  return isQuoted ? "same" : "other-quotes";
}

export type Today =
  | { kind: "same"; rule: Rule }
  | {
      kind: "different";
      rule: Rule;
      from: Verdict;
      to: Verdict;
      /** What must be done now that did not have to be, and the other way round; empty where nothing may be done. */
      added: readonly string[];
      removed: readonly string[];
    }
  /** Today's rules ask for more before they answer. */
  | { kind: "more"; facts: readonly string[] };

/**
 * @param version the current one
 * @param table the table that decides now, of that version
 * @param answers as kept; those that the table does not know are left out
 * @throws UndecidedError where the policy has a gap
 */
export function runToday(
  content: Pick<ReceiptContent, "verdict" | "obligations">,
  version: PolicyVersion,
  table: DecisionTable,
  answers: Answers,
): Today {
  const decision = decide(table, knownTo(table, answers));
  if (!decision.settled) return { kind: "more", facts: decision.needs };
  const { rule } = decision;
  const [from, to] = [content.verdict, rule.verdict];
  const mayNot = from === "never" || to === "never"; // nothing may be done, so there is nothing that must be
  const before = mayNot ? [] : content.obligations.map(({ text }) => text);
  const now = mayNot ? [] : obligationsOf(version, rule).map(({ text }) => text);
  const added = now.filter((text) => !before.includes(text));
  const removed = before.filter((text) => !now.includes(text));
  if (from === to && added.length === 0 && removed.length === 0) return { kind: "same", rule };
  return { kind: "different", rule, from, to, added, removed };
}

/**
 * Whether a version answers a kept result differently, by its rules alone: with the exception and the activity that
 * counted then. Asking for more counts as different, because nobody knows.
 */
export function differsUnder(version: PolicyVersion, content: ReceiptContent): boolean {
  return runToday(content, version, version.table, answersOf(content)).kind !== "same";
}
