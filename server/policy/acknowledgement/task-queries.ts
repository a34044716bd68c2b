import { workingDayAfter } from "#server/base/calendar/days-off.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import {
  declineAnswerer,
  mayAnswerDecline,
  type DeclineAnswerer,
  answerTask,
} from "#domain/policy/acknowledgement/acknowledgement.ts";
import { addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { ANSWER_WITHIN_WORKING_DAYS, MOST_TASKS, type Task } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listOwnPolicies, withCurrent } from "#server/policy/policy/queries.ts";
import { listOwnStandings, listStandingsOf, type BareStanding } from "./queries.ts";
import { listDeclineAnswerers, listOpenDeclines, listHandedOver, listAcknowledgementAnswers } from "./repository.ts";
import { REMINDED_STATES } from "#domain/policy/acknowledgement/person-state.ts";
import { listAskedPolicies, listPeopleToAsk, stateOfPersonToday } from "./asking-queries.ts";

/** What the actor still has to answer, as tasks. */
export async function listAcknowledgementTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "acknowledgement.give", actor)) return [];
  return (await listOwnStandings(actor)).flatMap(toAnswer);
}

/** The same for many people of one body, by person. */
export async function listAcknowledgementTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const standings = await listStandingsOf(actors.filter((actor) => can(actor, "acknowledgement.give", actor)));
  return new Map([...standings].map(([personId, own]) => [personId, own.flatMap(toAnswer)]));
}

function toAnswer({ slug, version, standing, due, campaign }: BareStanding): Task[] {
  if (standing.kind !== "outstanding" || due === null) return [];
  const { status } = version.frontMatter;
  const reason = standing.earlier
    ? "You declined it, and your decline was answered."
    : status === "draft"
      ? "Your employer asks you to answer this draft."
      : "It is your employer's policy, and you have not answered this version.";
  return [
    {
      kind: "acknowledge",
      ...answerTask(slug, version),
      reason,
      due,
      href: `/policies/${slug}/acknowledge`,
      isSaidWeekly: true,
      ...(campaign && { remindBefore: campaign.remindBefore }),
    },
  ];
}

/**
 * The declines that wait for the actor, in the role that answers them, as tasks. Without those superseded by another
 * answer or a material version.
 */
export async function listDeclineTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "acknowledgement.answer-decline", actor)) return [];
  const own = withCurrent(await listOwnPolicies(actor));
  const versions = own.flatMap(({ slug, counting }) =>
    counting.map(({ version, hash }) => ({ policy: slug, version, hash })),
  );
  if (versions.length === 0) return [];
  const which = { body: actor.body, versions, exceptOf: actor.personId, take: MOST_TASKS + 1 };
  const [declines, holders] = await Promise.all([
    listOpenDeclines(getDatabase(), which),
    listDeclineAnswerers(getDatabase(), actor.body, clock.today()),
  ]);
  return declines.flatMap((decline): Task[] => {
    const { reference, givenAt, recordedAt, policy, version } = decline;
    const of = own.find(({ slug }) => slug === policy);
    if (!of || !mayAnswerDecline(actor, decline, holders)) return [];
    return [
      {
        kind: "answer-decline",
        key: `answer-decline ${reference}`,
        title: `Answer a decline of “${of.current.frontMatter.title}”, version ${version}`,
        reason: `Somebody declined it and said why. ${WHY_YOU[declineAnswerer(decline.personId, holders) ?? "policy-owner"]} Reference ${reference}.`,
        due: workingDayAfter(of.body, calendarDay(recordedAt ?? givenAt), ANSWER_WITHIN_WORKING_DAYS),
        href: `/acknowledgements/${reference}/reply`,
      },
    ];
  });
}

/** Why somebody is asked to answer a decline, by the role in which they are. */
const WHY_YOU = {
  "policy-owner": "You own the policy, or stand in for whoever does.",
  "governance-officer": "The policy owner cannot answer it.",
  "senior-information-risk-owner": "Neither the policy owner nor a governance officer can answer it.",
} as const satisfies Record<DeclineAnswerer, string>;

/** The answers that a line manager was asked to see to and that are still missing, a task for each policy. */
export async function listHandedOverTasks(actor: Actor): Promise<Task[]> {
  const isOfficer = can(actor, "governance.read", actor); // they see to those who have no line manager any more
  if (!isOfficer && !can(actor, "team.read", actor)) return [];
  const handed = await listHandedOver(getDatabase(), actor.body, actor.personId, isOfficer);
  if (handed.length === 0) return [];
  const ids = [...new Set(handed.map(({ personId }) => personId))];
  const slugs = [...new Set(handed.map(({ policy }) => policy))];
  const [policies, people, answersOf] = await Promise.all([
    listAskedPolicies(actor),
    listPeopleToAsk(getDatabase(), ids),
    listAcknowledgementAnswers(getDatabase(), ids, slugs),
  ]);
  return withCurrent(policies).flatMap((policy): Task[] => {
    const { slug, counting, current, asking } = policy;
    const open = handed.filter(({ policy: of, hash, personId }) => {
      const person = people.get(personId);
      if (of !== slug || !person || !counting.some((one) => one.hash === hash)) return false;
      return REMINDED_STATES.includes(stateOfPersonToday(policy, person, answersOf(personId, slug)).state);
    });
    const [first] = open.map(({ at }) => at).sort((a, b) => a.getTime() - b.getTime());
    if (!first) return [];
    const who = open.length === 1 ? "one of your people" : `${open.length} of your people`;
    return [
      {
        kind: "see-to-answers",
        key: `see-to-answers ${slug} ${current.version}`,
        title: `See that ${who} answer${open.length === 1 ? "s" : ""} “${current.frontMatter.title}”`,
        reason: `They have not answered it, and you are asked to speak to them.${isOfficer ? " Somebody may have no line manager any more." : ""}`,
        due: addWorkingDays(calendarDay(first), ANSWER_WITHIN_WORKING_DAYS, asking.daysOff),
        href: isOfficer ? `/governance/people?policy=${slug}` : `/team?policy=${slug}`,
      },
    ];
  });
}
