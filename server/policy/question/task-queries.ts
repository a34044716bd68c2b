import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { mayAnswer, WHOLE_POLICY } from "#domain/policy/question/question.ts";
import { MOST_TASKS, type Task } from "#domain/gather/task/task.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { findSoleHolder } from "#server/people/deputy/queries.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { dueDayOf, titles } from "./queries.ts";
import { listUnanswered } from "./repository.ts";

/** The questions that wait for the actor, as policy owner, as tasks. */
export async function listQuestionTasks(actor: Actor): Promise<Task[]> {
  const only = await findSoleHolder(getDatabase(), actor, "policy-owner"); // their own questions go up the line
  if (only === null && !can(actor, "question.answer", actor)) return [];
  const [body, waiting, titleOf] = await Promise.all([
    getOwnBody(actor),
    listUnanswered(getDatabase(), actor.body, MOST_TASKS + 1),
    titles(),
  ]);
  if (!body) return [];
  return waiting
    .filter((asked) => (only === null ? mayAnswer(actor, asked) : asked.personId === only))
    .map(({ reference, clause, policy, version, askedAt }) => ({
      kind: "answer-question",
      key: `answer-question ${reference}`,
      title: `Answer a question about ${clause === WHOLE_POLICY ? "" : `clause ${clause} of `}“${titleOf(policy, version)}”`,
      reason: `Somebody asked what it means. ${only === null ? "You own the policy." : "The policy owner asked it, and nobody else owns the policy."} Reference ${reference}.`,
      due: dueDayOf(body, askedAt),
      href: `/questions/${reference}`,
    }));
}
