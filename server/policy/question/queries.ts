import { workingDayAfter } from "#server/base/calendar/days-off.ts";
import { cache } from "react";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { mapPage, type Asked, type PageCursor } from "#domain/base/list/page.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { newestFirst, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import {
  isSameClause,
  LEAST_UNFOUND_SHOWN,
  mayAnswer,
  mayReadQuestion,
  WHOLE_POLICY,
  byTrouble,
  shownResultCounts,
} from "#domain/policy/question/question.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { ANSWER_WITHIN_WORKING_DAYS, MOST_TASKS, type Task } from "#domain/gather/task/task.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readPage, registerOver } from "#server/base/db/list-page.ts";
import { asInTurn, findSoleHolder } from "#server/people/deputy/queries.ts";
import { getOwnBody, getOwnPolicy, listOwnPolicies, titles } from "#server/policy/policy/queries.ts";
import * as repository from "./repository.ts";
import { countDeclines } from "#server/policy/acknowledgement/report-queries.ts";
import { countByClause } from "#server/policy/exception/figures-queries.ts";

/**
 * What a question will be about, a clause or the policy as a whole; null if no published policy of the actor's body has it.
 * @param number the version it was shown in; otherwise, or if that was never served, the current one
 */
export async function getClauseToAsk(actor: Actor, slug: string, clauseId: string, number: string) {
  const policy = await getOwnPolicy(actor, slug);
  const version = policy?.versions.find((one) => one.version === number) ?? policy?.current;
  const clause = clauseId === WHOLE_POLICY ? null : version?.clauses.find(({ id }) => id === clauseId);
  if (!policy || !version || clause === undefined || !can(actor, "question.ask", { body: policy.body.slug }))
    return null;
  /** `clause`: null for a question about the policy as a whole. */
  return { version, body: policy.body, clause };
}

/** A question as the person who asked and the policy owners see it. */
export type QuestionView = ReturnType<Awaited<ReturnType<typeof viewer>>>;

/** One question; null if it does not exist or is somebody else's, without saying which. */
export async function getQuestion(actor: Actor, typed: string): Promise<QuestionView | null> {
  const reference = parseReference("ASK", typed);
  const asked = reference && (await repository.findQuestion(getDatabase(), actor.body, reference));
  const acting = asked && (await asInTurn(getDatabase(), actor, "policy-owner", asked.personId));
  if (!asked || !acting || !mayReadQuestion(acting, asked)) return null;
  return (await viewer(acting))(asked);
}

/** All of the actor's own questions, newest first. */
export async function listOwnQuestions(actor: Actor): Promise<QuestionView[]> {
  const asked = await repository.listQuestions(getDatabase(), { body: actor.body, personId: actor.personId });
  return asked.map(await viewer(actor));
}

/** A page of the actor's own questions, newest first. */
export async function getOwnQuestions(actor: Actor, cursor: PageCursor) {
  const list = repository.askedQuestionList(getDatabase(), actor.body, { of: actor.personId });
  return mapPage(await readPage(list, cursor), await viewer(actor));
}

export type QuestionRegister = NonNullable<Awaited<ReturnType<typeof getQuestionsToAnswer>>>;

/** Other people's questions, those that wait if nothing else is asked for; null for people who answer none. */
export async function getQuestionsToAnswer(actor: Actor, asked: Asked) {
  if (!can(actor, "question.answer", actor)) return null;
  const list = repository.askedQuestionList(getDatabase(), actor.body, { notOf: actor.personId, asked });
  const [view, own] = await Promise.all([viewer(actor), listOwnPolicies(actor)]);
  return {
    ...registerOver(list, (rows) => rows.map(view)),
    policies: own.flatMap(({ slug, current }) => (current ? { slug, title: current.frontMatter.title } : [])),
  };
}

/** The newest words are shown, and no more. */
export const MOST_WORDS_SHOWN = 200;

/** What people of the actor's body looked for in vain; null for people who answer no questions. */
export async function getUnfound(actor: Actor) {
  if (!can(actor, "question.answer", actor)) return null;
  const tx = getDatabase();
  const [counts, words, titleOf] = await Promise.all([
    repository.listUnfound(tx, actor.body),
    repository.listUnfoundWords(tx, actor.body, MOST_WORDS_SHOWN),
    titles(),
  ]);
  return {
    /** By policy and month, the newest first; null where there are too few to show. */
    counts: counts.map(({ count, ...one }) => ({
      ...one,
      title: titleOf(one.policy, ""),
      count: count < LEAST_UNFOUND_SHOWN ? null : count,
    })),
    /** Words that were given, the newest first. */
    words: words.map(({ policy, ...one }) => ({ ...one, title: titleOf(policy, "") })),
  };
}

async function viewer(actor: Actor) {
  const [body, { policies }, titleOf] = await Promise.all([getOwnBody(actor), loadContent(), titles()]);
  const byWhom = (who: { id: string; name: string } | null) => ({
    by: who?.name ?? "",
    isMine: who?.id === actor.personId,
  });
  return (asked: repository.QuestionRecord) => {
    const { reference, policy, version, hash, clause, question, instead, wantsAnswer, takenUp, askedAt, person } =
      asked;
    const text = policies.find(({ slug }) => slug === policy)?.versions.find((one) => one.hash === hash);
    const head = { reference, policy, title: titleOf(policy, version), version, clause, question, askedAt };
    return {
      ...head,
      /** The clause's words in that version; null if the portal no longer has them. */
      clauseText: text?.clauses.find(({ id }) => id === clause)?.text ?? null,
      isMine: asked.personId === actor.personId,
      mayAnswer: mayAnswer(actor, asked),
      /** What they suggest instead, whether they may be answered, and whether it is taken up; null for a question. */
      suggestion: instead === null ? null : { instead, wantsAnswer, takenUp },
      /** Who asked, for policy owners; null for a suggestion without a name. */
      person: wantsAnswer
        ? { name: person.name, team: person.team?.name ?? null, hasLeft: person.status === "left" }
        : null,
      /** Day by which the policy owner has to answer, YYYY-MM-DD. */
      due: body ? dueDayOf(body, askedAt) : calendarDay(askedAt),
      answer: asked.answeredAt && { text: asked.answer ?? "", at: asked.answeredAt, ...byWhom(asked.answeredBy) },
      note: asked.notedAt && {
        text: asked.note ?? "",
        at: asked.notedAt,
        ...byWhom(asked.notedBy),
        withdrawnAt: asked.noteWithdrawnAt,
      },
      contacts: body?.contacts ?? [],
    };
  };
}

/** What the policy owner published under a clause. It names nobody. */
export type ClauseNote = Awaited<ReturnType<typeof listNotes>>[number];

/**
 * The notes that fit the wording of a version's clauses, for all its readers; oldest first. Queried once per request.
 */
export const listNotes = cache(async (actor: Actor, version: PolicyVersion) => {
  const { body } = version.frontMatter;
  if (!can(actor, "policy.read", { body })) return [];
  const [notes, { policies }] = await Promise.all([
    repository.listStandingNotes(getDatabase(), body, version.slug),
    loadContent(),
  ]);
  const versions = policies.find(({ slug }) => slug === version.slug)?.versions ?? [];
  return notes.flatMap(({ reference, clause, hash, note, notedAt }) => {
    const shown = version.clauses.find(({ id }) => id === clause);
    const asked = versions.find((one) => one.hash === hash)?.clauses.find(({ id }) => id === clause);
    if (!shown || !asked || !isSameClause(shown, asked) || note === null || notedAt === null) return [];
    return [{ reference, clause, text: note, publishedAt: notedAt }];
  });
});

/** The day by which a question has to be answered, YYYY-MM-DD. */
export const dueDayOf = (body: Body, askedAt: Date): string =>
  workingDayAfter(body, calendarDay(askedAt), ANSWER_WITHIN_WORKING_DAYS);

/** The questions that wait for the actor, as policy owner, as tasks. */
export async function listQuestionTasks(actor: Actor): Promise<Task[]> {
  const only = await findSoleHolder(getDatabase(), actor, "policy-owner"); // their own questions go up the line
  if (only === null && !can(actor, "question.answer", actor)) return [];
  const [body, waiting, titleOf] = await Promise.all([
    getOwnBody(actor),
    repository.listUnanswered(getDatabase(), actor.body, MOST_TASKS + 1),
    titles(),
  ]);
  if (!body) return [];
  return waiting
    .filter((asked) => (only === null ? mayAnswer(actor, asked) : asked.personId === only))
    .map(({ reference, clause, policy, version, instead, askedAt }) => ({
      kind: "answer-question",
      key: `answer-question ${reference}`,
      title: `Answer a ${instead === null ? "question about" : "suggestion for"} ${clause === WHOLE_POLICY ? "" : `clause ${clause} of `}“${titleOf(policy, version)}”`,
      reason: `${instead === null ? "Somebody asked what it means." : "Somebody wants it to say something else."} ${only === null ? "You own the policy." : "The policy owner asked it, and nobody else owns the policy."} Reference ${reference}.`,
      due: dueDayOf(body, askedAt),
      href: `/questions/${reference}`,
    }));
}

/** The clauses of a version whose text is unclear. */
export type ClauseReport = NonNullable<Awaited<ReturnType<typeof getClauseReport>>>;

/**
 * The counts for each clause of a published version; null for people who may not know, and if there is none.
 * @param number a version's number; otherwise the current one or, without one, the newest
 */
export async function getClauseReport(actor: Actor, slug: string, number: string) {
  const policy = await getOwnPolicy(actor, slug);
  if (!policy || !can(actor, "clause.read-counts", { body: policy.body.slug })) return null;
  const versions = newestFirst(policy.versions);
  const shown = versions.find(({ version }) => version === number) ?? policy.current ?? versions[0];
  if (!shown) return null;
  const { version, hash, clauses, frontMatter, table, words } = shown;
  const tx = getDatabase();
  const on = { body: actor.body, policy: slug, version };
  const [questions, exceptions, unsure, declined, results] = await Promise.all([
    repository.listQuestions(tx, { ...on, hash }),
    countByClause({ ...on, hash }),
    repository.sumTallies(tx, { ...on, kind: "unsure" }),
    countDeclines(actor, { policy: slug, version, hash }),
    repository.sumResultTallies(tx, on),
  ]);
  const lines = clauses.map(({ id, text }) => ({
    clause: id,
    text,
    questions: questions.filter(({ clause, instead }) => clause === id && instead === null).length,
    suggestions: questions.filter(({ clause, instead }) => clause === id && instead !== null).length,
    exceptions: exceptions.asked.get(id) ?? 0,
    refusals: exceptions.refused.get(id) ?? 0,
    unsure: unsure.get(id) ?? 0,
  }));
  const head = { slug, title: frontMatter.title, version, versions: versions.map((one) => one.version), declined };
  const view = await viewer(actor);
  /** Beside the words of the clause, for those who answer them. */
  const suggestions = can(actor, "question.answer", actor)
    ? questions.filter((one) => one.instead !== null && mayAnswer(actor, one)).map(view)
    : [];
  return {
    ...head,
    suggestions,
    ...byTrouble(lines),
    results: shownResultCounts(results, { rules: table.rules, words }),
    words,
  };
}
