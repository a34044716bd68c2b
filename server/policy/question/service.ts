import { randomUUID, createHmac } from "node:crypto";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { eventBy, type EvidenceEvent, type EvidenceEventName } from "#domain/evidence/journal/event.ts";
import { tellOwner, type Notice } from "#domain/evidence/notice/notice.ts";
import { problemIf, type FieldProblem } from "#domain/base/form/form-values.ts";
import {
  hasUnsure,
  mayAnswer,
  questionProblems,
  suggestionProblems,
  type SuggestedChange,
  unfoundWordsProblems,
  WHOLE_POLICY,
} from "#domain/policy/question/question.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { asInTurn } from "#server/people/deputy/queries.ts";
import { getOwnPolicy } from "#server/policy/policy/queries.ts";
import {
  addToTally,
  findQuestionByStartKey,
  findQuestion,
  insertQuestion,
  insertUnfoundWords,
  writeAnswer,
  writeNote,
  writeNoteWithdrawn,
  type QuestionRecord,
  addToResultTally,
  claimOnce,
} from "./repository.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";

export type AskResult =
  | { code: "asked"; reference: string }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  /** No such clause, version or policy, or another body's. */
  | { code: "not-found" };

/** What the form sent; `version` and `hash` are those of its page. */
export interface SentQuestion {
  slug: string;
  version: string;
  hash: string;
  clause: string;
  /** Made by the page, so that sending its form twice asks once. */
  startKey: string;
  /** For a suggestion, what is wrong with the clause. */
  question: string;
  suggestion?: SuggestedChange;
}

/**
 * Asks the policy owner about a clause or about the policy as a whole, or suggests a change to a clause; even of a
 * version that has been superseded in the meantime.
 */
export async function askQuestion(actor: Actor, sent: SentQuestion): Promise<AskResult> {
  const policy = await getOwnPolicy(actor, sent.slug);
  const shown = policy?.versions.find(({ version, hash }) => version === sent.version && hash === sent.hash);
  const { suggestion } = sent;
  const isWhole = sent.clause === WHOLE_POLICY && !suggestion;
  const isThere = isWhole || shown?.clauses.some(({ id }) => id === sent.clause);
  if (!policy || !shown || !isThere || !can(actor, "question.ask", { body: policy.body.slug }))
    return { code: "not-found" };
  const { clause, startKey, question } = sent;
  const problems = suggestion ? suggestionProblems(question, suggestion) : questionProblems("question", question);
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  const { body, personId } = actor;
  const { instead = null, wantsAnswer = true } = suggestion ?? {};
  const on = { policy: policy.slug, version: shown.version, hash: shown.hash };
  return untilUnique("ClauseQuestion", () =>
    transact(async (tx): Promise<Change<AskResult>> => {
      const earlier = await findQuestionByStartKey(tx, personId, startKey);
      if (earlier !== null) return { result: { code: "asked", reference: earlier }, evidence: [] };
      const reference = makeReference("ASK");
      const head = { id: randomUUID(), reference, body, personId, startKey };
      const words = { question, ...(instead !== null && { instead }) };
      await insertQuestion(tx, { ...head, ...on, clause, ...words, wantsAnswer: wantsAnswer ?? true, askedAt: at });
      const event = suggestion ? "clause.change-suggested" : "clause.question-asked";
      return {
        result: { code: "asked", reference },
        evidence: [eventBy(actor, at, event, reference, { on, data: { clause }, detail: words })],
      };
    }),
  );
}

export type OwnerResult =
  | { code: "done" }
  /** Somebody else was faster, or its state has changed; nothing was changed. */
  | { code: "too-late" }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  | { code: "not-found" };

/** Writes the policy owner's only answer to a question. @param takenUp for a suggestion, whether the next version takes it up */
export async function answerQuestion(
  actor: Actor,
  reference: string,
  answer: string,
  takenUp: boolean | null = null,
): Promise<OwnerResult> {
  const asked = await findToAnswer(actor, reference);
  if (!asked) return { code: "not-found" };
  const isSuggestion = asked.instead !== null;
  const problems = [
    ...problemIf(isSuggestion && takenUp === null, "takenUp", "Say whether the next version takes it up."),
    ...questionProblems("answer", answer),
  ];
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  return transact(async (tx): Promise<Change<OwnerResult>> => {
    const written = { answer, answeredAt: at, answeredById: actor.personId, takenUp: isSuggestion ? takenUp : null };
    if (await writeAnswer(tx, reference, written))
      return isSuggestion
        ? done(
            eventOn(asked, actor, at, "clause.suggestion-answered", { answer }, { takenUp }),
            tellAsker(
              actor,
              asked,
              "Your suggestion was answered",
              "Read on its page whether it is taken up, and why.",
            ),
          )
        : done(
            eventOn(asked, actor, at, "clause.question-answered", { answer }),
            tellAsker(actor, asked, "Your question was answered", "Read the answer on its page."),
          );
    const standing = await findQuestion(tx, actor.body, reference);
    return tooLate(standing?.answeredBy?.id === actor.personId && standing.answer === answer);
  });
}

/** Nothing to write: the same was sent before, or somebody else was faster. */
const tooLate = (isSame: boolean | undefined): Change<OwnerResult> => ({
  result: { code: isSame ? "done" : "too-late" },
  evidence: [],
});

/** Publishes a note under the clause of an answered question; every reader of the policy sees it. */
export async function publishNote(actor: Actor, reference: string, note: string): Promise<OwnerResult> {
  const asked = await findToAnswer(actor, reference);
  // There is no clause to write it under where the question is about the whole policy; a suggestion changes the clause.
  if (!asked || asked.clause === WHOLE_POLICY || asked.instead !== null) return { code: "not-found" };
  const problems = questionProblems("note", note);
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  return transact(async (tx): Promise<Change<OwnerResult>> => {
    if (await writeNote(tx, reference, { note, notedAt: at, notedById: actor.personId }))
      return done(
        eventOn(asked, actor, at, "clause.note-published", { note }),
        tellAsker(
          actor,
          asked,
          "A note was published after your question",
          "It stands under the clause. Nobody sees that you asked.",
        ),
      );
    const standing = await findQuestion(tx, actor.body, reference);
    return tooLate(standing?.notedById === actor.personId && standing.note === note && !standing.noteWithdrawnAt);
  });
}

/** Removes the note from under the clause; removing it twice is harmless. */
export async function withdrawNote(actor: Actor, reference: string): Promise<OwnerResult> {
  const asked = await findToAnswer(actor, reference);
  if (!asked?.notedAt) return { code: "not-found" };
  const at = clock.now();
  return transact(async (tx): Promise<Change<OwnerResult>> => {
    const isWithdrawn = await writeNoteWithdrawn(tx, reference, at);
    return isWithdrawn ? done(eventOn(asked, actor, at, "clause.note-withdrawn")) : tooLate(true);
  });
}

async function findToAnswer(actor: Actor, reference: string): Promise<QuestionRecord | null> {
  const asked = await findQuestion(getDatabase(), actor.body, reference);
  const acting = asked && (await asInTurn(getDatabase(), actor, "policy-owner", asked.personId));
  return acting && mayAnswer(acting, asked) ? asked : null;
}

const done = (event: EvidenceEvent, notices: Notice[] = []): Change<OwnerResult> => ({
  result: { code: "done" },
  evidence: [event],
  notices,
});

function tellAsker(
  actor: Actor,
  { reference, person, personId, wantsAnswer }: QuestionRecord,
  subject: string,
  words: string,
) {
  const to = person.status === "left" || !wantsAnswer ? null : personId;
  return tellOwner(actor, to, { subject: `${subject}: ${reference}`, words, href: `/questions/${reference}` });
}

function eventOn(
  { body, reference, policy, version, hash, clause }: QuestionRecord,
  { personId }: Actor,
  at: Date,
  event: EvidenceEventName,
  detail?: Record<string, string>,
  data?: EvidenceEvent["data"],
): EvidenceEvent {
  const on = { policy, version, hash };
  return { body, event, at, actor: personId, subject: reference, on, data: { clause, ...data }, detail };
}

/** A result of the wizard as shown. */
export interface UnsureResult {
  slug: string;
  version: string;
  /** Fact → answer, for the answers it is based on. */
  situation: Readonly<Record<string, string>>;
  /** Ids of the clauses that decide it. */
  because: readonly string[];
}

/**
 * Counts, for the deciding clauses, that somebody of the policy's body was not sure of an answer; not who, nor which
 * answer.
 */
export async function tallyUnsure(actor: Actor, { slug, version, situation, because }: UnsureResult): Promise<void> {
  const policy = await getOwnPolicy(actor, slug);
  const shown = policy?.versions.find((one) => one.version === version);
  if (!shown || !hasUnsure(shown.questions, situation)) return;
  const month = clock.today().slice(0, 7);
  for (const clause of new Set(because))
    await addToTally(getDatabase(), { body: actor.body, policy: slug, version, clause, month, kind: "unsure" });
}

/** Counts that nothing fitted what somebody looked for in a policy of their own body; not who, nor their words. */
export async function tallyUnfound(actor: Actor, { slug, version }: { slug: string; version: string }): Promise<void> {
  const policy = await getOwnPolicy(actor, slug);
  if (policy?.versions.some((one) => one.version === version)) await addUnfound(getDatabase(), actor, slug, version);
}

async function addUnfound(tx: Tx, { body }: Actor, policy: string, version: string): Promise<void> {
  const month = clock.today().slice(0, 7);
  await addToTally(tx, { body, policy, version, clause: WHOLE_POLICY, month, kind: "nothing-found" });
}

type Tx = ReturnType<typeof getDatabase> | Parameters<Parameters<typeof transact>[0]>[0];

export type TellResult =
  | { code: "told" }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  /** No such policy, or another body's. */
  | { code: "not-found" };

/**
 * Tells the policy owner that something was looked for in vain: as a number, and its words only where the asker agrees.
 * Nothing says who it was, so there is no evidence of it.
 * @param sent `isUncounted`: something was found, but not what they wanted, so the search has not counted it
 */
export async function tellUnfound(
  actor: Actor,
  { slug, words, hasAgreed, isUncounted }: { slug: string; words: string; hasAgreed: boolean; isUncounted: boolean },
): Promise<TellResult> {
  const policy = await getOwnPolicy(actor, slug);
  if (!policy?.current || !can(actor, "question.ask", { body: policy.body.slug })) return { code: "not-found" };
  const { version } = policy.current;
  const problems = hasAgreed ? unfoundWordsProblems(words) : [];
  if (problems.length > 0) return { code: "invalid", problems };
  const day = clock.today();
  return transact(async (tx): Promise<Change<TellResult>> => {
    if (isUncounted) await addUnfound(tx, actor, slug, version);
    if (hasAgreed) await insertUnfoundWords(tx, { id: randomUUID(), body: actor.body, policy: slug, day, words });
    return { result: { code: "told" }, evidence: [] };
  });
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Counts for a result of a policy of their own body whether it was an answer; not who said so. The same person counts
 * once a day for each result: a code that names nobody, gone within a day, shows that they did.
 * @returns "not-found" if there is no such result
 */
export async function countResult(
  actor: Actor,
  { slug, version, rule, helped }: { slug: string; version: string; rule: string; helped: boolean },
): Promise<{ code: "counted" } | { code: "not-found" }> {
  const policy = await getOwnPolicy(actor, slug);
  const shown = policy?.versions.find((one) => one.version === version);
  const isThere = shown?.table.rules.some(({ id }) => id === rule) ?? false;
  if (!policy || !isThere || !can(actor, "question.ask", { body: policy.body.slug })) return { code: "not-found" };
  const { body, personId } = actor;
  const at = clock.now();
  const code = createHmac("sha256", readAuthSecret(getEnv()))
    .update(["result", body, personId, slug, version, rule].join("/"))
    .digest("base64url");
  const until = new Date(at.getTime() + DAY_MS);
  await getDatabase().$transaction(async (tx) => {
    if (!(await claimOnce(tx, { key: `result:${code}`, at, until }))) return;
    const month = calendarDay(at).slice(0, 7);
    await addToResultTally(tx, { body, policy: slug, version, rule, month, helped });
  });
  return { code: "counted" };
}
