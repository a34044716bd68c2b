import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { ANSWER_WITHIN_WORKING_DAYS, type Task } from "#domain/gather/task/task.ts";
import { REMINDED_STATES } from "#domain/policy/acknowledgement/person-state.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listAskedPolicies, listPeopleToAsk, stateOfPersonToday } from "./asking-queries.ts";
import { listHandedOver } from "./repository.ts";
import { listAcknowledgementAnswers } from "./report-repository.ts";

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
  return policies.flatMap((policy): Task[] => {
    const { slug, counting, current, asking } = policy;
    if (!current) return [];
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
