/**
 * Everything that a result of the wizard shows, which is what a decision receipt keeps (docs/glossary.md, "Receipt").
 */
import { z } from "zod";
import { lastDay } from "#domain/base/calendar/calendar.ts";
import type { Sha256 } from "#domain/evidence/journal/chain.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { VERDICT_WORDS, VERDICTS, verdictWord } from "#domain/policy/decision/verdict.ts";
import { stepFor } from "#domain/policy/decision/wizard.ts";
import {
  EXCEPTION_FACT,
  exceptionMatters,
  type GrantedException,
  type OwnTable,
} from "#domain/policy/exception/coverage.ts";
import { canBeLifted } from "#domain/policy/exception/effect.ts";
import { resultSentence } from "#domain/policy/exception/result-sentence.ts";
import { obligationsFor } from "#domain/policy/policy/explain.ts";
import type { KnownAnswer } from "#domain/policy/policy/known-answer.ts";
import { nextChangeIn } from "#domain/policy/policy/on-day.ts";
import { clauseById, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { answerWords, questionFor } from "#domain/policy/policy/wording.ts";
import type { PhotoAnswer } from "#domain/registers/consent/photo-answer.ts";

/**
 * Where an answer came from: the person, or one of the portal's own records. Add new registers that give answers here.
 */
export const SOURCE_KINDS = ["me", "exception", "continuity", "group", "photo-consent"] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

const text = z.string();
const sourceSchema = z.strictObject({
  kind: z.enum(SOURCE_KINDS),
  /** The record it was read from, several separated by ", "; null for "me", and if a register had none. */
  reference: text.nullable(),
});

export const receiptContentSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** The day that it was decided for, YYYY-MM-DD; receipts from before rules could end on a day have none. */
  day: text.optional(),
  /** The last day on which the answer is this one, by the rules of the version; absent if it does not change. */
  holdsUntil: text.optional(),
  /** Title of the policy, and the name of its body. */
  title: text,
  bodyName: text,
  /** Whether it was the policy of the person's own body. */
  isOwn: z.boolean(),
  isDraft: z.boolean(),
  /** What the result is based on, in the order of the questions: question and answer in the words that were shown. */
  answers: z.array(
    z.strictObject({ fact: text, ask: text, short: text, answer: text, label: text, source: sourceSchema }),
  ),
  verdict: z.enum(VERDICTS),
  /** The policy's own word for it; absent if it has none. */
  verdictWord: text.optional(),
  rule: text,
  sentence: text,
  clauses: z.array(z.strictObject({ id: text, text })),
  obligations: z.array(z.strictObject({ id: text, text, clause: text })),
  instead: z.array(text),
  /** The exception it was decided under; `until` is its last day, YYYY-MM-DD. */
  exception: z.strictObject({ reference: text, until: text, conditions: z.array(text) }).nullable(),
});

export type ReceiptContent = z.infer<typeof receiptContentSchema>;
export type ReceiptAnswer = ReceiptContent["answers"][number];

export interface KnownCircumstances extends OwnTable {
  continuity: KnownAnswer | null;
  activity: { reference: string } | null;
  /** The answer that the group register gives, and the group it is about; absent if the register gives none. */
  chats?: KnownAnswer | null;
  group?: { reference: string } | null;
  photo?: PhotoAnswer | null | undefined;
}

export type ShownResult =
  | { kind: "result"; content: ReceiptContent }
  /** No result yet: `fact` has to be answered first. */
  | { kind: "question"; fact: string };

/**
 * What the wizard shows for these answers. Anything it does not need is left out.
 * @param published the version with the table as published
 * @param deciding the table that decides for the person, and what the portal knows
 * @param answers to facts that `deciding.table` has
 * @param day the calendar day that it is decided for, YYYY-MM-DD: that of `published`
 * @throws UndecidedError if the policy has a gap
 */
export function shownResult(
  { published, bodyName, isOwn }: { published: PolicyVersion; bodyName: string; isOwn: boolean },
  deciding: KnownCircumstances,
  answers: Answers,
  day: string,
): ShownResult {
  const { table, exceptionFor } = deciding;
  const step = stepFor(table, { answers, ask: null, change: null });
  if (step.kind === "question") return { kind: "question", fact: step.fact };
  const { rule, path, unsaid } = step;
  const situation = Object.fromEntries(path.map((fact) => [fact, answers[fact] ?? ""]));
  const exception = exceptionFor(rule);
  const isLookedUp = isOwn && exceptionMatters(published.table, situation);
  const asPublished = isOwn && !exception ? { ...situation, [EXCEPTION_FACT]: "no" } : situation;
  const until = exception ? null : nextChangeIn(published, asPublished)?.until;
  const word = verdictWord(published, rule.verdict);
  const given = path.map((fact) => describe(published, fact, situation[fact] ?? "", sourceOf(fact)));
  const fromRegister = { kind: "exception", reference: exception?.reference ?? null } as const;
  const lookedUp = isLookedUp ? [describe(published, EXCEPTION_FACT, exception ? "yes" : "no", fromRegister)] : [];
  return {
    kind: "result",
    content: {
      schemaVersion: 1,
      day,
      ...(until && { holdsUntil: until }),
      title: published.frontMatter.title,
      bodyName,
      isOwn,
      isDraft: published.frontMatter.status === "draft",
      answers: [...given, ...lookedUp],
      verdict: rule.verdict,
      ...(word !== VERDICT_WORDS[rule.verdict] && { verdictWord: word }),
      rule: rule.id,
      sentence: resultSentence(rule, {
        exception,
        unsaid,
        canBeLifted: isOwn && canBeLifted(published, situation),
        words: published.words,
      }),
      clauses: rule.because.map((id) => ({ id, text: clauseById(published, id).text })),
      obligations: obligationsFor(published, deciding, rule, situation),
      instead: [...rule.instead],
      exception: exception ? keptException(exception) : null,
    },
  };

  function sourceOf(fact: string): ReceiptAnswer["source"] {
    const { continuity, activity, chats, group, photo } = deciding;
    if (group && chats?.fact === fact && situation[fact] === chats.answer)
      return { kind: "group", reference: group.reference };
    const isConsented = photo?.known.fact === fact && situation[fact] === photo.known.answer;
    if (photo && isConsented && photo.chosen.length > 0)
      return { kind: "photo-consent", reference: photo.chosen.map(({ reference }) => reference).join(", ") };
    const isDeclared = activity !== null && continuity?.fact === fact && situation[fact] === continuity.answer;
    return isDeclared ? { kind: "continuity", reference: activity.reference } : { kind: "me", reference: null };
  }
}

function keptException({ reference, endsAt, conditions }: GrantedException): ReceiptContent["exception"] {
  return { reference, until: lastDay(endsAt), conditions: [...conditions] };
}

function describe(
  version: PolicyVersion,
  fact: string,
  answer: string,
  source: ReceiptAnswer["source"],
): ReceiptAnswer {
  const { ask, short, ...question } = questionFor(version, fact);
  return { fact, ask, short, answer, label: answerWords({ ask, short, ...question }, answer).label, source };
}

export interface SealedReceipt {
  salt: string;
  reference: string;
  body: string;
  personId: string;
  policy: string;
  version: string;
  hash: string;
  verdict: string;
  keptAt: Date;
  words: string | null;
  /** JSON, as stored. */
  content: string;
}

/**
 * The text whose SHA-256 is the seal: a JSON array in this order, the time as ISO 8601 in UTC with milliseconds. People
 * find all of it in the export of their own data, and can recompute it with a JSON library and a hash function.
 */
export function textToSeal(receipt: SealedReceipt): string {
  const { salt, reference, body, personId, policy, version, hash, verdict, keptAt, words, content } = receipt;
  return JSON.stringify([
    1,
    salt,
    reference,
    body,
    personId,
    policy,
    version,
    hash,
    verdict,
    keptAt.toISOString(),
    words,
    content,
  ]);
}

/** Whether a receipt is still as it was sealed. */
export function isSealIntact(receipt: SealedReceipt & { seal: string }, sha256: Sha256): boolean {
  return !Number.isNaN(receipt.keptAt.getTime()) && sha256(textToSeal(receipt)) === receipt.seal;
}
