import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { isClockRunning, isHighRisk, isReportOwed, isTellingOwed } from "#domain/registers/incident/case.ts";
import { deadlineOf } from "#domain/registers/incident/clock.ts";
import { KINDS } from "#domain/registers/incident/kind.ts";
import { incidentRelationOf, type IncidentRelation } from "#domain/registers/incident/reach.ts";
import { MOST_TASKS, type Task, type TaskKind } from "#domain/gather/task/task.ts";
import { getDatabase, type Prisma } from "#server/base/db/database.ts";
import { openStepsOf } from "./queries.ts";
import { answeredOf, caseAnswersOf, deletionOf, reportedOf, holdsOnReport } from "./record-rules.ts";
import { factsOf } from "./case-rules.ts";
import { listOldestIncidents, type IncidentRecord } from "./repository.ts";

/**
 * The actor's tasks about open reports: finish their own, look at one, open, rule on or decide a case; and to do an
 * action, which stays when its case is closed.
 */
export async function listIncidentTasks(actor: Actor): Promise<Task[]> {
  if (actor.roles.length === 0) return [];
  const { body, personId } = actor;
  const which = { body, ...(handles(actor) ? ofHandler(personId) : concerning([personId])) };
  return tasksAbout(await listOldestIncidents(getDatabase(), which, MOST_TASKS + 1), actor);
}

/** The same for many people of one body, by person. Those who handle reports are asked for one by one. */
export async function listIncidentTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const found = new Map<string, Task[]>();
  for (const actor of actors.filter(handles)) found.set(actor.personId, await listIncidentTasks(actor));
  const others = actors.filter((actor) => actor.roles.length > 0 && !handles(actor));
  const [first] = others;
  if (!first) return found;
  const which = { body: first.body, ...concerning(others.map(({ personId }) => personId)) };
  const records = await listOldestIncidents(getDatabase(), which, (MOST_TASKS + 1) * others.length);
  for (const actor of others) {
    const own = records.filter(({ reporterId, managerId, actions }) =>
      [reporterId, managerId, ...actions.map(({ ownerId }) => ownerId)].includes(actor.personId),
    );
    if (own.length > 0) found.set(actor.personId, await tasksAbout(own, actor));
  }
  return found;
}

const handles = (actor: Actor): boolean => can(actor, "incident.handle", actor);

function concerning(personIds: string[]): Prisma.IncidentWhereInput {
  const [reporterId, managerId] = [{ in: personIds }, { in: personIds }];
  const ofAction = { actions: { some: { ownerId: { in: personIds }, doneAt: null } } };
  return { OR: [{ closedAt: null, reporterId }, { closedAt: null, managerId }, ofAction] };
}

const IS_NOT_THERE = { OR: [{ status: "left" as const }, { handedOverOn: { not: null } }] };

/** All open ones, and closed ones with an action to do for them, or for somebody who has left or is away for long. */
function ofHandler(personId: string): Prisma.IncidentWhereInput {
  const isTheirs = [{ ownerId: personId }, { owner: IS_NOT_THERE }];
  return { OR: [{ closedAt: null }, { actions: { some: { doneAt: null, OR: isTheirs } } }] };
}

async function tasksAbout(records: readonly IncidentRecord[], actor: Actor): Promise<Task[]> {
  const tasks = await Promise.all(
    records.map(async (record) => {
      const standing = incidentRelationOf(actor, reportedOf(record));
      if (!standing) return [];
      const own = record.closedAt ? [] : await TASKS_OF[standing](record, actor);
      return [...own, ...actionTasks(record, actor, standing)];
    }),
  );
  return tasks.flat();
}

type Make = (record: IncidentRecord, actor: Actor) => Task[] | Promise<Task[]>;

const reporterTasks: Make = async (record) => {
  const left = await openStepsOf(record);
  if (left.length === 0) return [];
  const words = left.length === 1 ? "One step is left" : `${left.length} steps are left`;
  return [taskOf(record, "finish-incident", `Finish your report ${record.reference}`, words)];
};

const managerTasks: Make = (record, actor) => {
  if (record.readings.some(({ personId }) => personId === actor.personId)) return [];
  return [
    taskOf(record, "look-at-incident", `Look at the report ${record.reference}`, "Somebody of your team reported it"),
  ];
};

const handlerTasks: Make = async (record) => {
  const { reference, openedAt, decidedAt, mayBePersonalData } = record;
  const tasks: Task[] = [];
  if (!openedAt) tasks.push(taskOf(record, "open-incident", `Open the case ${reference}`, "Nobody has opened it yet"));
  const ruling = `Say whether it may be deleted: ${reference}`;
  if (await waitsForRuling(record))
    tasks.push(taskOf(record, "rule-on-incident", ruling, "The reporter is waiting for your answer"));
  if (mayBePersonalData && !decidedAt)
    tasks.push(clockTask(record, "decide-incident", `Decide whether to report ${reference} to the regulator`));
  return [...tasks, ...(decidedAt ? afterDecision(record, decidedAt) : [])];
};

/** The tasks after a decision: report it in time, and tell the people concerned. */
function afterDecision(record: IncidentRecord, decidedAt: Date): Task[] {
  const { reference, mayBePersonalData } = record;
  if (!mayBePersonalData) return [];
  const answers = caseAnswersOf(record);
  const tasks: Task[] = [];
  if (isClockRunning(factsOf(record)) && isReportOwed(answers))
    tasks.push(clockTask(record, "report-incident", `Report ${reference} to the regulator, and record when`));
  const telling = `Tell the people ${reference} concerns, or record why not`;
  const risk = "The risk to them is high: they are told without delay";
  const why = isHighRisk(answers) ? risk : "They were not told yet";
  if (isTellingOwed(answers)) tasks.push(taskOf(record, "tell-people", telling, why, calendarDay(decidedAt)));
  return tasks;
}

/** Whether the reporter has answered the hold question and has to wait for an officer. */
async function waitsForRuling(record: IncidentRecord): Promise<boolean> {
  if (!answeredOf(record).hold || caseAnswersOf(record).ruling) return false;
  const holds = await holdsOnReport(record);
  return ["doubt", "waiting"].includes(await deletionOf(record, holds));
}

const TASKS_OF = {
  reporter: reporterTasks,
  manager: managerTasks,
  handler: handlerTasks,
  owner: () => [],
} as const satisfies Record<IncidentRelation, Make>;

/** What they were given to do; for handlers also what somebody was given who has left or is away for long. */
function actionTasks(record: IncidentRecord, { personId }: Actor, standing: IncidentRelation): Task[] {
  const isGone = (owner: IncidentRecord["actions"][number]["owner"]) =>
    standing === "handler" && (owner.status === "left" || owner.handedOverOn !== null);
  return record.actions
    .filter(({ ownerId, owner, doneAt }) => !doneAt && (ownerId === personId || isGone(owner)))
    .map(({ position, text, dueOn, owner }) => ({
      ...taskOf(record, "do-incident-action", text, `An action after ${record.reference}`, dueOn),
      // Its owner may not know what kind of case it is.
      reason: `An action after ${record.reference}.${isGone(owner) ? ` ${owner.name}, who had it, ${owner.status === "left" ? "has left" : "is away"}.` : ""}`,
      remindBefore: [1],
      key: `do-incident-action ${record.reference} ${position}`,
      titleOutside: `Do an action after ${record.reference}`, // its text may name somebody
    }));
}

/** A task that is due when the 72 hours end. */
function clockTask(record: IncidentRecord, kind: TaskKind, title: string): Task {
  const deadline = deadlineOf(record.awareAt);
  const task = taskOf(record, kind, title, "72 hours count from when the body knew", calendarDay(deadline));
  return { ...task, dueAt: deadline };
}

/** @param due by default the day on which it was reported */
function taskOf(
  record: IncidentRecord,
  kind: TaskKind,
  title: string,
  why: string,
  due = calendarDay(record.reportedAt),
): Task {
  const { reference } = record;
  const reason = `${why}. ${KINDS[record.kind].title}.`;
  return { kind, key: `${kind} ${reference}`, title, reason, due, href: `/incidents/${reference}` };
}
