/** Runs a decision receipt again: under the rules of its day, and under today's. */
import { decide } from "#domain/policy/decision/decide.ts";
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Answers, Rule } from "#domain/policy/decision/rule-file.ts";
import type { Verdict } from "#domain/policy/decision/verdict.ts";
import { EXCEPTION_FACT } from "#domain/policy/exception/coverage.ts";
import { obligationsOf } from "#domain/policy/policy/explain.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import type { ReceiptContent } from "./content.ts";

/** A receipt's answers for a table as published, including those that the portal had looked up. */
export function answersOf({ answers, isOwn }: Pick<ReceiptContent, "answers" | "isOwn">): Answers {
  const given = Object.fromEntries(answers.map(({ fact, answer }) => [fact, answer]));
  // On their own body's policies people are not asked about exceptions; if none decided, there was none.
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

/** Under the rules of its day: the same, or what has changed in the stored data. */
export type OriginalRun =
  | "same"
  /** The receipt is not what was sealed. */
  | "changed-receipt"
  /** The content no longer has the version with this hash. */
  | "version-gone"
  /** The version exists, but gives another verdict or lacks what was quoted from it. */
  | "other-verdict"
  | "other-quotes";

/**
 * @param content null if what is stored cannot be read
 * @param version the version with the receipt's hash; null if there is none
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
      /** New obligations, and those that no longer apply; empty if nothing may be done. */
      added: readonly string[];
      removed: readonly string[];
    }
  /** Today's rules need more answers. */
  | { kind: "more"; facts: readonly string[] };

/**
 * @param version the current one
 * @param table the table that decides now, from that version
 * @param answers as kept; those that the table does not know are left out
 * @throws UndecidedError if the policy has a gap
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
  const mayNot = from === "never" || to === "never"; // never means nothing may be done, so nothing must be
  const before = mayNot ? [] : content.obligations.map(({ text }) => text);
  const now = mayNot ? [] : obligationsOf(version, rule).map(({ text }) => text);
  const added = now.filter((text) => !before.includes(text));
  const removed = before.filter((text) => !now.includes(text));
  if (from === to && added.length === 0 && removed.length === 0) return { kind: "same", rule };
  return { kind: "different", rule, from, to, added, removed };
}

/**
 * Whether a version answers a kept result differently, by its rules alone: with the exception and the activity that
 * applied then. Needing more answers counts as different, because the outcome is unknown.
 */
export function differsUnder(version: PolicyVersion, content: ReceiptContent): boolean {
  return runToday(content, version, version.table, answersOf(content)).kind !== "same";
}
