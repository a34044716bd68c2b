/** A question about one clause, or a suggestion for it: who asks, who answers, and what may be published about it. */
import { type Actor, may } from "#domain/access/permission/permission.ts";
import type { FactSet } from "#domain/policy/decision/fact.ts";
import { problemIf, textProblems, type FieldProblem } from "#domain/base/form/form-values.ts";
import type { Clause } from "#domain/policy/policy/clause.ts";
import { SMALLEST_SHOWN } from "#domain/policy/acknowledgement/suppression.ts";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import { resultWords, type OwnWords } from "#domain/policy/decision/verdict.ts";

/** In place of a clause: the question is about the policy as a whole. */
export const WHOLE_POLICY = "";

/** What a question is about, after "about": "clause 4.3". */
export const subjectWords = (clause: string): string => (clause === WHOLE_POLICY ? "the policy" : `clause ${clause}`);

/** Longest question, answer and note, in characters. */
export const LONGEST_QUESTION = 2000;

/** What has to be corrected in a question, the policy owner's answer, or a note under a clause. */
export const questionProblems = (field: keyof typeof MISSING, text: string): FieldProblem[] =>
  textProblems(field, text, MISSING[field], LONGEST_QUESTION);
const MISSING = { question: "Write your question.", answer: "Write your answer.", note: "Write the note." } as const;

/** What somebody suggests for a clause, besides what is wrong with it. */
export interface SuggestedChange {
  /** What it should say instead; "" if they do not know. */
  instead: string;
  /** Whether whoever answers may know who it was; null if they did not say. */
  wantsAnswer: boolean | null;
}

/** What has to be corrected in a suggestion. @param wrong what is wrong with the clause */
export const suggestionProblems = (wrong: string, { instead, wantsAnswer }: SuggestedChange): FieldProblem[] => [
  ...textProblems("question", wrong, "Say what is wrong.", LONGEST_QUESTION),
  ...textProblems("instead", instead, null, LONGEST_QUESTION),
  ...problemIf(wantsAnswer === null, "wantsAnswer", "Say whether you may be answered."),
];

/** The details of a question that decide who may do what with it. */
export interface AskedQuestion {
  body: string;
  /** Who asked. */
  personId: string;
}

type Reader = Pick<Actor, "personId" | "roles" | "body">;

/** Whether somebody answers it and handles its note: as policy owner of its body, and never their own. */
export const mayAnswer = (actor: Reader, { body, personId }: AskedQuestion): boolean =>
  may(actor, "question.answer", { body, ownerId: personId });

/** Whether somebody may read it: the person who asked, and the policy owners of its body. */
export const mayReadQuestion = (actor: Reader, { body, personId }: AskedQuestion): boolean =>
  may(actor, "question.read", { body, ownerId: personId });

/** Whether a note about one wording of a clause still fits another. Ids may be reused, so the words decide. */
export const isSameClause = (one: Pick<Clause, "id" | "text">, other: Pick<Clause, "id" | "text">): boolean =>
  one.id === other.id && one.text === other.text;

/** Whether an answer of the situation was "not sure": one that the question treats as another. */
export const hasUnsure = (questions: FactSet, situation: Readonly<Record<string, string>>): boolean =>
  Object.entries(situation).some(([fact, answer]) => (questions[fact]?.answers[answer]?.as ?? null) !== null);

export const CLAUSE_COUNTS = ["questions", "suggestions", "exceptions", "refusals", "unsure"] as const;
/** How often each sign of an unclear text occurred at one clause. */
export type ClauseCounts = Record<(typeof CLAUSE_COUNTS)[number], number>;

/** Clauses with any count, the highest first and ties in the order of the text; then the rest in that order. */
export function byTrouble<Line extends ClauseCounts>(lines: readonly Line[]): { troubled: Line[]; quiet: Line[] } {
  const total = (line: Line) => CLAUSE_COUNTS.reduce((sum, name) => sum + line[name], 0);
  return {
    troubled: lines.filter((line) => total(line) > 0).sort((a, b) => total(b) - total(a)),
    quiet: lines.filter((line) => total(line) === 0),
  };
}

/** As long as a search may be. */
export const LONGEST_UNFOUND_WORDS = 200;
/** Counts below this could point at somebody; they read "fewer than 5". */
export const LEAST_UNFOUND_SHOWN = 5;

/** What is wrong with words that somebody gives to the policy owner. */
export function unfoundWordsProblems(words: string): FieldProblem[] {
  if (words === "") return [{ field: "words", message: "Write what you looked for, or take the tick away." }];
  if (words.length <= LONGEST_UNFOUND_WORDS) return [];
  const message = `What you looked for has ${words.length} characters. Use ${LONGEST_UNFOUND_WORDS} or fewer.`;
  return [{ field: "words", message }];
}

// “Was this an answer?”: what policy owners see of the counts.

/** How often one result, that of a rule, was an answer and how often not. */
export interface ResultCount {
  rule: string;
  yes: number;
  no: number;
}

/**
 * The results with a count that may be shown, those that were no answer most often first. A count is shown from five
 * on: a smaller one could tell who it was.
 */
export function shownResultCounts(
  counts: readonly ResultCount[],
  { rules, words }: OwnWords & { rules: readonly Rule[] },
) {
  const shown = (count: number) => (count >= SMALLEST_SHOWN ? count : null);
  return counts
    .map(({ rule: id, yes, no }) => {
      const rule = rules.find((one) => one.id === id);
      const sentence = rule ? (rule.says ?? resultWords({ words }, rule.verdict)) : id;
      return { rule: id, verdict: rule?.verdict ?? null, sentence, yes: shown(yes), no: shown(no) };
    })
    .filter(({ yes, no }) => yes !== null || no !== null)
    .sort((a, b) => (b.no ?? 0) - (a.no ?? 0) || (b.yes ?? 0) - (a.yes ?? 0) || (a.rule < b.rule ? -1 : 1));
}
