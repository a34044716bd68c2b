import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { mayAnswerDecline } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { addDays, addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { ANSWER_WITHIN_WORKING_DAYS, type Task } from "#domain/gather/task/task.ts";
import { bankHolidays } from "#server/base/calendar/bank-holidays.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listOwnPolicies, type OwnPolicy } from "#server/policy/policy/queries.ts";
import { listOwnStandings } from "./queries.ts";
import { listOpenDeclines } from "./repository.ts";

/** What the actor still has to answer, as tasks. */
export async function listAcknowledgementTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "acknowledgement.give", actor)) return [];
  const standings = await listOwnStandings(actor);
  return standings.flatMap(({ slug, version, standing, due }): Task[] => {
    if (standing.kind !== "outstanding") return [];
    const { title, status } = version.frontMatter;
    const reason = standing.earlier
      ? "You declined it, and the policy owner has answered you."
      : status === "draft"
        ? "Your employer asks you to answer this draft."
        : "It is your employer's policy, and you have not answered this version.";
    return [
      {
        kind: "acknowledge",
        key: `acknowledge ${slug}`,
        title: `Accept or decline “${title}”, version ${version.version}`,
        reason,
        due,
        href: `/policies/${slug}/acknowledge`,
      },
    ];
  });
}

/** The declines that wait for the actor, as policy owner, as tasks. Those that another answer or version overtook do not. */
export async function listDeclineTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "acknowledgement.answer-decline", actor)) return [];
  const policies = await listOwnPolicies(actor);
  const tasks = await Promise.all(policies.map((policy) => listDeclineTasksOf(actor, policy)));
  return tasks.flat();
}

async function listDeclineTasksOf(actor: Actor, { slug, body, current }: OwnPolicy): Promise<Task[]> {
  if (!current) return [];
  const { version, hash, frontMatter } = current;
  const declines = await listOpenDeclines(getDatabase(), { body: body.slug, policy: slug, version, hash });
  return declines
    .filter((decline) => mayAnswerDecline(actor, decline))
    .map(({ reference, givenAt }) => ({
      kind: "answer-decline",
      key: `answer-decline ${reference}`,
      title: `Answer a decline of “${frontMatter.title}”, version ${version}`,
      reason: `Somebody declined it and said why. You own the policy. Reference ${reference}.`,
      due: replyDueDay(body, givenAt),
      href: `/acknowledgements/${reference}/reply`,
    }));
}

function replyDueDay({ nation }: Body, givenAt: Date): string {
  const from = calendarDay(givenAt);
  return addWorkingDays(from, ANSWER_WITHIN_WORKING_DAYS, bankHolidays(nation, from, addDays(from, 60)));
}
