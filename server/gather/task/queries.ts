import { cache } from "react";
import { addDays, addWorkingDays } from "#domain/base/calendar/calendar.ts";
import { MOST_TASKS, outsideTitle, sortTasks, type Task, TASK_DUTIES } from "#domain/gather/task/task.ts";
import { listTokenTasks } from "#server/access/api-token/queries.ts";
import { listBegunTasksOf } from "#server/access/form-input/begun-queries.ts";
import { type Concerns, concernsOf, findActor, findActors } from "#server/access/identity/queries.ts";
import { listReceiptTasks, listReceiptTasksOf } from "#server/answers/receipt/queries.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listMailTasks } from "#server/evidence/outbox/queries.ts";
import { listWebhookTasks } from "#server/evidence/webhook/queries.ts";
import { listReviewTasks } from "#server/gather/review/task-queries.ts";
import { listUnconfirmedRoleTasks } from "#server/people/directory/role-queries.ts";
import {
  listHandedOverTasks,
  listAcknowledgementTasks,
  listAcknowledgementTasksOf,
  listDeclineTasks,
} from "#server/policy/acknowledgement/task-queries.ts";
import { listCampaignTasks, countRunningCampaigns } from "#server/policy/campaign/view-queries.ts";
import { listAllExceptionTasks, listExceptionTasksOf } from "#server/policy/exception/task-queries.ts";
import { listContentTasks } from "#server/policy/policy/fault-queries.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { listProposalTasks } from "#server/policy/proposal/queries.ts";
import { listQuestionTasks } from "#server/policy/question/queries.ts";
import { listClearDownTasksOf } from "#server/registers/clear-down/task-queries.ts";
import { listContinuityTasks } from "#server/registers/continuity/queries.ts";
import { listGroupTasksOf } from "#server/registers/group/task-queries.ts";
import {
  listHoldTasks,
  listHoldTasksOf,
  listHoldReviewTasks,
  countHoldsInForce,
} from "#server/registers/hold/queries.ts";
import { listIncidentTasks, listIncidentTasksOf } from "#server/registers/incident/task-queries.ts";
import { listRecordTasks } from "#server/registers/record/queries.ts";
import { listCheckTasksOf } from "#server/registers/understanding-check/sample-queries.ts";
import { type Actor, can, ROLE_NAMES } from "#domain/access/permission/permission.ts";
import type { DutyRole } from "#domain/people/deputy/stand-in.ts";
import { countOpenCases } from "#server/registers/incident/count-queries.ts";
import { listThinRoles } from "#server/people/deputy/queries.ts";
import { listConsentTasksOf } from "#server/registers/consent/queries.ts";
import { listRequestTasksOf } from "#server/registers/information-request/task-queries.ts";
import { listOutsideRuleTasks } from "#server/policy/outside-rule/queries.ts";
import { listAppTasks } from "#server/registers/app/queries.ts";
import { listPhoneReturnTasksOf } from "#server/registers/phone-return/queries.ts";
import { findFeedOf, findOffSince, findPersonByFeed } from "./repository.ts";
import { hashFeedSecret } from "./feed-secret.ts";

/** A noun's tasks of one person, for a page; and of many people of one body, for their digests. */
interface Collector {
  of(actor: Actor): Promise<Task[]>;
  /** By person; asks the database as often for a hundred people as for one. */
  ofMany(actors: readonly Actor[]): Promise<ReadonlyMap<string, Task[]>>;
  /** Who is an employee and nothing else has such tasks only if this concerns them. */
  about?: keyof Concerns;
}

/** For tasks of a role that few people have: the database is not asked about anybody else. */
const ofRole = (of: Collector["of"]): Collector => ({
  of,
  ofMany: async (actors) => {
    const found = new Map<string, Task[]>();
    for (const actor of actors) found.set(actor.personId, await of(actor));
    return found;
  },
});

/** For tasks that are asked for in one go for everybody. */
const ofAll = (ofMany: Collector["ofMany"], about: keyof Concerns): Collector => ({
  ofMany,
  of: async (actor) => (await ofMany([actor])).get(actor.personId) ?? [],
  about,
});

/** Each noun says which tasks people have for it; nothing is stored, so a task is gone as soon as its reason is. */
const COLLECTORS: readonly Collector[] = [
  { of: listAcknowledgementTasks, ofMany: listAcknowledgementTasksOf },
  ofRole(listDeclineTasks),
  ofRole(listCampaignTasks),
  ofRole(listHandedOverTasks),
  ofRole(listQuestionTasks),
  { of: listAllExceptionTasks, ofMany: listExceptionTasksOf, about: "exceptions" },
  ofRole(listContentTasks),
  ofRole(listProposalTasks),
  ofRole(listReviewTasks),
  ofRole(listOutsideRuleTasks),
  { of: listReceiptTasks, ofMany: listReceiptTasksOf, about: "receipts" },
  ofRole(listContinuityTasks),
  ofAll(listGroupTasksOf, "groups"),
  ofRole(listAppTasks),
  ofAll(listPhoneReturnTasksOf, "phoneReturns"),
  ofRole(listRecordTasks),
  { of: listIncidentTasks, ofMany: listIncidentTasksOf, about: "incidents" },
  { of: listHoldTasks, ofMany: listHoldTasksOf, about: "holds" },
  ofRole(listHoldReviewTasks),
  ofAll(listConsentTasksOf, "consents"),
  ofAll(listRequestTasksOf, "searches"),
  ofAll(listClearDownTasksOf, "groups"),
  ofRole(listTokenTasks),
  ofRole(listMailTasks),
  ofRole(listWebhookTasks),
  ofRole(listUnconfirmedRoleTasks),
  ofAll(listCheckTasksOf, "samples"),
  ofAll(listBegunTasksOf, "begun"),
];
/** With the tasks that follow from all others. */
const ALL_COLLECTORS: readonly Collector[] = [...COLLECTORS, ofRole(listNamingTasks)];

/** Somebody with these roles and nothing else, who would see what waits for them. */
function whoHas(body: string, roles: readonly DutyRole[]): Actor {
  return { personId: "", name: "", email: "", roles: [...roles], body, employer: "", team: null };
}

/** What is theirs by these roles; not what somebody with another role sees to, though they may do it too. */
async function listTasksOfRoles(somebody: Actor): Promise<Task[]> {
  const collected = await Promise.all(COLLECTORS.map(({ of }) => of(somebody)));
  return collected.flat().filter(({ kind }) => somebody.roles.some((role) => TASK_DUTIES[kind] === role));
}

/** Working days to give a role to somebody: our own figure. */
const NAME_WITHIN_WORKING_DAYS = 1;

/** Roles that nobody has and for which something waits, or waits that nobody with the role may do: tasks of administrators. */
async function listNamingTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "person.manage", actor)) return [];
  const tasks: Task[] = [];
  const today = clock.today();
  for (const { role, holders, isVacant } of await listThinRoles(getDatabase(), actor.body)) {
    const waiting = await listTasksOfRoles(whoHas(actor.body, [role]));
    if (waiting.length === 0) continue;
    const people = await findActors(holders);
    const tasksOf = await collect(COLLECTORS, people);
    const seen = new Set(people.flatMap((one) => tasksOf(one).map(({ key }) => key)));
    const nobodys = waiting.filter(({ key }) => !seen.has(key)).length;
    if (nobodys === 0 && !isVacant) continue;
    const name = ROLE_NAMES[role].toLowerCase();
    const things = nobodys === 1 ? "one thing waits" : `${nobodys} things wait`;
    tasks.push({
      kind: "name-role-holder",
      key: `name-role-holder ${role}`,
      title: isVacant ? `Make somebody ${name}` : `Make somebody else ${name} as well`,
      reason:
        nobodys === 0
          ? `Nobody with the role is there. ${people.map((one) => one.name).join(", ")} sees to it meanwhile.`
          : `${isVacant ? "Nobody with the role is there" : "The only one cannot decide on their own things"}, and ${things}.`,
      titleOutside: `Make somebody ${name}`,
      due: addWorkingDays(today, NAME_WITHIN_WORKING_DAYS, await listDaysOff(actor)),
      href: "/admin/people",
    });
  }
  return tasks;
}

/** What is open and waits for these roles of a body, in words: for whoever takes them from their last holder. */
export async function listOpenDuties(body: string, roles: readonly DutyRole[]): Promise<string[]> {
  const somebody = whoHas(body, roles);
  const [cases, holds, campaigns, tasks] = await Promise.all([
    countOpenCases(somebody),
    countHoldsInForce(somebody),
    countRunningCampaigns(somebody),
    listTasksOfRoles(somebody),
  ]);
  const counts = { "open case": cases?.all, "hold in force": holds, "running campaign": campaigns, task: tasks.length };
  return Object.entries(counts).flatMap(([words, count]) => {
    if (!count) return [];
    const [first = "", ...rest] = words.split(" ");
    const many = first === "open" || first === "running" ? `${words}s` : [`${first}s`, ...rest].join(" ");
    return count === 1 ? `1 ${words}` : `${count} ${many}`;
  });
}

/**
 * The actor's tasks now, earliest due first: at most one more than MOST_TASKS, which shows that there are more. Each
 * collector reads no more than that. Collected once per request, although every page counts them: most people have no
 * role, and few things concern them, so that most collectors need not ask.
 */
export const listTasks = cache(async (actor: Actor): Promise<Task[]> => {
  const hasRole = actor.roles.some((role) => role !== "employee");
  const concerns = hasRole ? undefined : concernsOf(actor);
  const asked = ALL_COLLECTORS.filter(({ about }) => !about || !concerns || concerns.people || concerns[about]);
  const collected = await Promise.all(asked.map(({ of }) => of(actor)));
  return firstOf(collected.flat());
});

/**
 * The same for many people, each as their page would show them; the collectors one after the other.
 * @param actors of one body
 * @returns the tasks of one of them
 */
export const listTasksOf = (actors: readonly Actor[]) => collect(ALL_COLLECTORS, actors);

async function collect(collectors: readonly Collector[], actors: readonly Actor[]) {
  const collected: ReadonlyMap<string, Task[]>[] = [];
  for (const { ofMany } of collectors) collected.push(await ofMany(actors));
  return ({ personId }: Actor) => firstOf(collected.flatMap((found) => found.get(personId) ?? []));
}

function firstOf(tasks: readonly Task[]): Task[] {
  return sortTasks(tasks).slice(0, MOST_TASKS + 1);
}

/** How many, as a badge shows it: "3", or "99+" if there are more. */
export async function countTasks(actor: Actor): Promise<string> {
  const { length } = await listTasks(actor);
  return length < MOST_TASKS ? String(length) : `${MOST_TASKS - 1}+`;
}

/** The days off of the actor's body from today on, YYYY-MM-DD: tasks are counted in working days. */
export async function listDaysOff(actor: Actor): Promise<ReadonlySet<string>> {
  const today = clock.today();
  const body = await getOwnBody(actor);
  return daysOff(body, today, addDays(today, 365));
}

/** Whether the actor wants the digest on working days. */
export const wantsDigest = async ({ personId }: Actor) => (await findOffSince(getDatabase(), personId)) === null;

/** When the secret calendar address of the actor's tasks was made; null if they have none. It was shown once. */
export async function getOwnFeed({ personId }: Actor): Promise<{ madeAt: Date } | null> {
  const feed = await findFeedOf(getDatabase(), personId);
  return feed && { madeAt: feed.madeAt };
}

export type FeedTask = NonNullable<Awaited<ReturnType<typeof listFeedTasks>>>[number];

/**
 * The tasks of whoever has this secret address: no names, no reasons. Needs no sign-in.
 * @returns null if the address is wrong or ended, or its person has left
 */
export async function listFeedTasks(secret: string) {
  const personId = await findPersonByFeed(getDatabase(), hashFeedSecret(secret));
  const actor = personId && (await findActor(personId));
  if (!actor) return null;
  const tasks = await listTasks(actor);
  return tasks.map((task) => {
    const { key, due, dueAt, href } = task;
    return { key, title: outsideTitle(task), due, dueAt, href };
  });
}
