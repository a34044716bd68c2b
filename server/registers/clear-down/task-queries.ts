import { type Actor, can } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { callLevel, messagesInWords, type CallLevel } from "#domain/registers/clear-down/period.ts";
import { newTask, MOST_TASKS, type Task } from "#domain/gather/task/task.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { holdTimesOnGroups } from "#server/registers/hold/queries.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { listGroupsWithRule, listIdsLikelyMissed, listLastCleared, listStopsOf } from "./repository.ts";
import { clearersOf, missedUntil, isInCharge, roleIn, dueClearDownsOf, type DueClearDowns } from "./schedule-rules.ts";

/**
 * The clear-downs that the actor is responsible for, as tasks: as an administrator, or as a sender if the policy makes
 * senders responsible; as a deputy or governance officer once one was missed. Under a hold the task is to record that. By person.
 */
export async function listClearDownTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const [first] = actors;
  if (!first) return new Map();
  const tx = getDatabase();
  const own = { body: first.body, personIds: actors.map(({ personId }) => personId) };
  // All at once, so that they go to the database together.
  const [ownGroups, ownLasts, missed, body, { clearChat }] = await Promise.all([
    listGroupsWithRule(tx, own),
    listLastCleared(tx, own),
    actors.some(isOfficer) ? readMissed(first.body) : NONE_MISSED,
    getOwnBody(first),
    loadContent(),
  ]);
  const groups = [...new Map([...ownGroups, ...missed.groups].map((group) => [group.id, group])).values()];
  const lasts = new Map([...ownLasts, ...missed.lasts]);
  if (groups.length === 0 || !body) return new Map();
  const today = clock.today();
  const standings = groups.flatMap((group) => {
    const last = lasts.get(group.id) ?? new Map<string, string>();
    return clearersOf(group, clearChat).map((clearedFor) => {
      const of = { clearedFor, last: last.get(clearedFor) ?? "", today };
      return { group, clearedFor, of, isDue: dueClearDownsOf(group, clearChat, { ...of, holds: [] }).open.length > 0 };
    });
  });
  const due = standings.filter(({ isDue }) => isDue);
  if (due.length === 0) return new Map(); // the usual case, without further queries
  const ids = [...new Set(due.map(({ group }) => group.id))];
  const [holdsOf, stops] = await Promise.all([holdTimesOnGroups(first.body, tx), listStopsOf(tx, ids)]);
  const known = due.map(({ group, clearedFor, of }): DueFor => {
    const standing = dueClearDownsOf(group, clearChat, { ...of, holds: holdsOf(group.id) });
    const level = callLevel(standing.promptedOn, today, daysOff(body, standing.promptedOn, today));
    return { standing, clearedFor, level, stops: stops.filter(({ groupId }) => groupId === group.id) };
  });
  const missedIds = new Set(missed.groups.map(({ id }) => id));
  return new Map(
    actors.map((actor) => {
      const concerning = known.filter(
        ({ standing: { group } }) =>
          (isOfficer(actor) && missedIds.has(group.id)) ||
          group.members.some(({ personId, removedAt }) => personId === actor.personId && removedAt === null),
      );
      const tasks = concerning.flatMap((one) => taskAbout(one, actor, today));
      return [actor.personId, [...new Map(tasks.map((task) => [task.key, task])).values()]]; // one reminder for several senders of a group
    }),
  );
}

const isOfficer = (actor: Actor): boolean => can(actor, "hold.place", actor);

interface DueFor {
  standing: DueClearDowns;
  clearedFor: string;
  level: CallLevel | null;
  /** Of the group. */
  stops: Awaited<ReturnType<typeof listStopsOf>>;
}

function taskAbout({ standing, clearedFor, level, stops }: DueFor, actor: Actor, today: string): Task[] {
  const { group, holds, open, by } = standing;
  const isOwn = by === "sender" ? clearedFor === actor.personId : isInCharge(group, actor.personId, today);
  const isHeld = holds.length > 0;
  if (isOwn && isHeld) {
    const last = open.at(-1)?.dueOn;
    const recorded = stops.filter((stop) => stop.dueOn === last && stop.clearedFor === clearedFor);
    const isRecorded = holds.every(({ reference }) => recorded.some(({ cause }) => cause === reference));
    return isRecorded ? [] : [heldTask(standing, today)];
  }
  if (isOwn) return [ownTask(standing)];
  if (isHeld || level === null) return [];
  if (roleIn(group, actor.personId) === "deputy" && by === "administrator") return [ownTask(standing)];
  return isOfficer(actor) && level === "governance-officer" ? [missedTask(standing)] : [];
}

const NONE_MISSED = { groups: [], lasts: new Map<string, Map<string, string>>() };
/** Holds stop some of them, so more are looked at than become tasks. */
const MOST_LOOKED_AT = 5 * MOST_TASKS;

/** The groups of a body of which officers may have to hear, and what was cleared last in them. */
async function readMissed(body: string) {
  const tx = getDatabase();
  const likely = missedUntil(clock.now(), "governance-officer", (await loadContent()).clearChat);
  const ids = await listIdsLikelyMissed(tx, body, { ...likely, take: MOST_LOOKED_AT });
  if (ids.length === 0) return NONE_MISSED;
  const [groups, lasts] = await Promise.all([listGroupsWithRule(tx, { ids }), listLastCleared(tx, ids)]);
  return { groups, lasts };
}

function ownTask({ group: { reference, name }, by, open, promptedOn }: DueClearDowns): Task {
  const [first, latest] = [open[0], open.at(-1)];
  const from = first?.from ?? null;
  const messages = latest ? messagesInWords({ from, to: latest.to }) : "messages";
  const isAgain = first !== undefined && promptedOn > first.dueOn;
  return newTask("clear-down", reference, {
    href: `/groups/${reference}/clear-downs`,
    due: promptedOn,
    title: by === "sender" ? `Delete what you sent in “${name}”` : `Clear down “${name}”`,
    reason: isAgain
      ? `A hold no longer stops it. It covers the ${messages}. Reference ${reference}.`
      : `The group’s rule says so. It covers the ${messages}. Reference ${reference}.`,
  });
}

function heldTask({ group: { reference, name }, holds, open }: DueClearDowns, today: string): Task {
  const [hold] = holds;
  return newTask("clear-down", reference, {
    href: `/groups/${reference}/clear-downs`,
    due: today,
    title: `Do not delete anything in “${name}”: record that a hold stops the clear-down`,
    reason: `The hold ${hold?.reference ?? ""} is in force. Reference ${reference}.`,
    act: {
      action: `/groups/${reference}/clear-downs/send`,
      label: "Record: not cleared",
      hidden: { do: "held", dueOn: open.at(-1)?.dueOn ?? "" },
    },
  });
}

const missedTask = ({ group: { reference, name }, promptedOn }: DueClearDowns): Task =>
  newTask("clear-down-missed", reference, {
    due: promptedOn,
    href: `/groups/${reference}/clear-downs`,
    title: `Find out why “${name}” was not cleared down`,
    reason: `It was due on ${dateInWords(promptedOn)}, and nobody confirmed it. Reference ${reference}.`,
  });
