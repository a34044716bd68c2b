import type { List } from "#server/base/db/list-page.ts";
import { oneOf, type Asked } from "#domain/base/list/page.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";
import { findBy } from "#server/base/db/part-of-text.ts";

const people = {
  person: { select: { id: true, name: true, team: { select: { name: true } }, status: true } },
  answeredBy: { select: { id: true, name: true } },
  notedBy: { select: { id: true, name: true } },
} satisfies Prisma.ClauseQuestionInclude;

/** A question as stored, with who asked, who answered and who published its note. */
export type QuestionRecord = Prisma.ClauseQuestionGetPayload<{ include: typeof people }>;

/** @throws a unique violation if this person has already sent this form */
export const insertQuestion = (tx: Tx, data: Prisma.ClauseQuestionUncheckedCreateInput) =>
  tx.clauseQuestion.create({ data });

/** The reference of the question from one form of a person; null if it has not been sent yet. */
export async function findQuestionByStartKey(tx: Tx, personId: string, startKey: string): Promise<string | null> {
  const row = await tx.clauseQuestion.findUnique({
    where: { personId_startKey: { personId, startKey } },
    select: { reference: true },
  });
  return row?.reference ?? null;
}

export const findQuestion = (tx: Tx, body: string, reference: string): Promise<QuestionRecord | null> =>
  tx.clauseQuestion.findUnique({ where: { reference, body }, include: people });

/** All questions that match a filter, newest first. */
export const listQuestions = (
  tx: Tx,
  filter: { body: string; personId?: string; policy?: string; version?: string; hash?: string },
) => tx.clauseQuestion.findMany({ where: filter, include: people, orderBy: [{ askedAt: "desc" }, { id: "asc" }] });

const KINDS = { questions: { instead: null }, suggestions: { instead: { not: null } }, all: {} };
const STATES = { waiting: { answeredAt: null }, answered: { answeredAt: { not: null } }, all: {} };

/** Questions that somebody asked, the newest first; or those of others, as they were asked for. */
export function askedQuestionList(
  tx: Tx,
  body: string,
  which: { of: string } | { notOf: string; asked: Asked },
): List<QuestionRecord> {
  const { state, kind, policy, q, sort = "oldest" }: Asked = "of" in which ? { sort: "newest" } : which.asked;
  const isOldestFirst = sort === "oldest";
  return {
    within: { body },
    filter:
      "of" in which
        ? { personId: which.of }
        : {
            personId: { not: which.notOf },
            ...STATES[oneOf(STATES, state) ?? "waiting"],
            ...KINDS[oneOf(KINDS, kind) ?? "all"],
            ...(policy && { policy }),
          },
    found: findBy(tx, body, q, { table: "ClauseQuestion", columns: ["question", "instead", "answer"] }),
    order: [
      ["askedAt", isOldestFirst ? "asc" : "desc"],
      ["id", isOldestFirst ? "desc" : "asc"],
    ],
    key: "reference",
    read: (part) => tx.clauseQuestion.findMany({ ...part, include: people }),
  };
}

/** Questions of a body that nobody has answered, oldest first. */
export const listUnanswered = (tx: Tx, body: string, take?: number): Promise<QuestionRecord[]> =>
  tx.clauseQuestion.findMany({
    where: { body, answeredAt: null },
    include: people,
    orderBy: [{ askedAt: "asc" }, { id: "asc" }],
    ...(take !== undefined && { take }),
  });

/** Notes under the clauses of a policy that have not been withdrawn, oldest first. */
export const listStandingNotes = (tx: Tx, body: string, policy: string) =>
  tx.clauseQuestion.findMany({
    where: { body, policy, notedAt: { not: null }, noteWithdrawnAt: null },
    select: { reference: true, version: true, hash: true, clause: true, note: true, notedAt: true },
    orderBy: [{ notedAt: "asc" }, { id: "asc" }],
  });

/** @returns false if somebody else was faster */
export async function writeAnswer(
  tx: Tx,
  reference: string,
  data: { answer: string; answeredAt: Date; answeredById: string; takenUp: boolean | null },
): Promise<boolean> {
  const { count } = await tx.clauseQuestion.updateMany({ where: { reference, answeredAt: null }, data });
  return count === 1;
}

/** @returns false if there is already a note, or no answer yet */
export async function writeNote(tx: Tx, reference: string, data: { note: string; notedAt: Date; notedById: string }) {
  const { count } = await tx.clauseQuestion.updateMany({
    where: { reference, answeredAt: { not: null }, OR: [{ notedAt: null }, { noteWithdrawnAt: { not: null } }] },
    data: { ...data, noteWithdrawnAt: null },
  });
  return count === 1;
}

/** @returns false if there is no note */
export async function writeNoteWithdrawn(tx: Tx, reference: string, noteWithdrawnAt: Date): Promise<boolean> {
  const { count } = await tx.clauseQuestion.updateMany({
    where: { reference, notedAt: { not: null }, noteWithdrawnAt: null },
    data: { noteWithdrawnAt },
  });
  return count === 1;
}

/** Older ones say nothing about the words of today. */
const MOST_MONTHS = 24;

/** Adds one, in one statement, so that no concurrent count is lost. @param key what is counted, and where */
export const addToTally = (tx: Tx, key: Prisma.ClauseTallyBodyPolicyVersionClauseMonthKindCompoundUniqueInput) =>
  tx.clauseTally.upsert({
    where: { body_policy_version_clause_month_kind: key },
    create: { ...key, count: 1 },
    update: { count: { increment: 1 } },
  });

/** The counts of one kind in a version, summed over months: clause → count. */
export async function sumTallies(tx: Tx, on: { body: string; policy: string; version: string; kind: string }) {
  const sums = await tx.clauseTally.groupBy({ by: ["clause"], where: on, _sum: { count: true } });
  return new Map(sums.map(({ clause, _sum }) => [clause, _sum.count ?? 0]));
}

/** How often nothing fitted, by policy and month, the newest month first. */
export async function listUnfound(tx: Tx, body: string): Promise<{ policy: string; month: string; count: number }[]> {
  const rows = await tx.clauseTally.groupBy({
    by: ["policy", "month"],
    where: { body, kind: "nothing-found" },
    _sum: { count: true },
    orderBy: [{ month: "desc" }, { policy: "asc" }],
    take: MOST_MONTHS,
  });
  return rows.map(({ policy, month, _sum }) => ({ policy, month, count: _sum.count ?? 0 }));
}

/**
 * Remembers that something was done until a moment, and forgets it then.
 * @param key a code that names nobody
 * @returns false if it was done before, and that is still remembered
 */
export async function claimOnce(tx: Tx, { key, at, until }: { key: string; at: Date; until: Date }): Promise<boolean> {
  const claimed = await tx.$executeRaw`
    INSERT INTO "RateLimit" AS known (key, points, expire) VALUES (${key}, 1, ${until})
    ON CONFLICT (key) DO UPDATE SET expire = excluded.expire WHERE known.expire <= ${at}`;
  return claimed === 1;
}

/** The same for whether a result was an answer. */
export const addToResultTally = (tx: Tx, key: Prisma.ResultTallyBodyPolicyVersionRuleMonthHelpedCompoundUniqueInput) =>
  tx.resultTally.upsert({
    where: { body_policy_version_rule_month_helped: key },
    create: { ...key, count: 1 },
    update: { count: { increment: 1 } },
  });

/** How often each result of a version was an answer and how often not, summed over months. */
export async function sumResultTallies(tx: Tx, on: { body: string; policy: string; version: string }) {
  const sums = await tx.resultTally.groupBy({ by: ["rule", "helped"], where: on, _sum: { count: true } });
  const count = (rule: string, helped: boolean) =>
    sums.find((one) => one.rule === rule && one.helped === helped)?._sum.count ?? 0;
  return [...new Set(sums.map(({ rule }) => rule))].map((rule) => ({
    rule,
    yes: count(rule, true),
    no: count(rule, false),
  }));
}

/** Keeps words that somebody gave; nothing says who. */
export const insertUnfoundWords = (tx: Tx, data: Prisma.UnfoundWordsUncheckedCreateInput) =>
  tx.unfoundWords.create({ data });

/** The words that were given in a body, the newest first. */
export const listUnfoundWords = (tx: Tx, body: string, take: number) =>
  tx.unfoundWords.findMany({
    where: { body },
    select: { id: true, policy: true, day: true, words: true },
    orderBy: [{ day: "desc" }, { id: "asc" }],
    take,
  });
