import { workingDayAfter } from "#server/base/calendar/days-off.ts";
import { type RowOf, readPage, registerOver } from "#server/base/db/list-page.ts";
import { cache } from "react";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { oneOf, type Asked, type PageCursor } from "#domain/base/list/page.ts";
import { HOLD_REASONS, speaksOf, type StandingHold } from "#domain/registers/hold/hold.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { mayConcern } from "#server/access/identity/queries.ts";
import { listCorrections } from "#server/registers/correction/queries.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import * as repository from "./repository.ts";
import { reasonOf, storedReason, toStanding } from "./deletion-queries.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { newTask, CONFIRM_HOLD_WITHIN_WORKING_DAYS, MOST_TASKS, type Task } from "#domain/gather/task/task.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { clock } from "#server/base/clock.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";

/** The holds in force that concern the actor; queried once per request, for tasks and for every page that mentions deleting. */
export const listConcerning = cache(async (actor: Actor) =>
  mayConcern(actor, "holds") ? repository.listOnPerson(getDatabase(), actor.body, actor.personId) : [],
);

/** The same, as those whom they concern may read them. */
export const listOwnHolds = async (actor: Actor) => (await listConcerning(actor)).map(toStanding);

/** The holds in force on a group of the body. For other rooms, which have authorised already. */
export const listHoldsOnGroup = async (body: string, groupId: string, tx: Tx = getDatabase()) =>
  (await repository.listOnGroup(tx, body, groupId)).map(toStanding);

/**
 * How many holds of a body are in force, and whether one concerns everybody. For other rooms, which have authorised
 * already.
 */
export async function listStandingHolds(body: string): Promise<{ count: number; isEverything: boolean }> {
  const holds = await repository.listInForceWithTargets(getDatabase(), body);
  return { count: holds.length, isEverything: holds.some(({ isOnSubject }) => isOnSubject) };
}

/** The time during which a hold concerned a group; `until` is null if it still does. */
export interface HoldOnGroup extends StandingHold {
  from: Date;
  until: Date | null;
}

/**
 * For every group of a body, the holds that ever concerned it, and when: those on it, on a subject, on words in its name
 * or purpose, and on its members while they were in it. For other rooms, which have authorised already.
 */
export async function holdTimesOnGroups(
  body: string,
  tx: Tx = getDatabase(),
): Promise<(groupId: string) => HoldOnGroup[]> {
  const holds = await repository.listWithMemberships(tx, body);
  const hasWords = holds.some(({ words }) => words.length > 0);
  const groups = new Map((hasWords ? await repository.listGroupTexts(tx, body) : []).map((group) => [group.id, group]));
  return (groupId) =>
    holds.flatMap((hold) => {
      const { name = "", purpose = "" } = groups.get(groupId) ?? {};
      const times = timesOn(hold, groupId, speaksOf([name, purpose], hold.words));
      const froms = times.map(({ from }) => from.getTime());
      const untils = times.map(({ until }) => until);
      if (times.length === 0) return [];
      const until = untils.includes(null) ? null : new Date(Math.max(...untils.map((time) => time?.getTime() ?? 0)));
      return [{ ...toStanding(hold), from: new Date(Math.min(...froms)), until }];
    });
}

type WithMemberships = Awaited<ReturnType<typeof repository.listWithMemberships>>[number];

function timesOn(
  { isOnSubject, placedAt, endedAt, targets, releases }: WithMemberships,
  groupId: string,
  isSpoken: boolean,
) {
  const earliest = (...ends: (Date | null)[]) =>
    ends.reduce((first, end) => (end !== null && (first === null || end < first) ? end : first), null);
  const onMembers = targets.flatMap(({ addedAt, personId, person }) => {
    const releasedAt = releases.find((one) => one.personId === personId)?.releasedAt ?? null;
    return (person?.groupMemberships ?? [])
      .filter((member) => member.groupId === groupId)
      .map(({ addedAt: joinedAt, removedAt }) => ({
        from: joinedAt > addedAt ? joinedAt : addedAt,
        until: earliest(removedAt, releasedAt, endedAt),
      }));
  });
  return [
    ...(isOnSubject || isSpoken ? [{ from: placedAt, until: endedAt }] : []),
    ...targets.flatMap((target) => (target.groupId === groupId ? [{ from: target.addedAt, until: endedAt }] : [])),
    ...onMembers,
  ].filter(({ from, until }) => until === null || from < until);
}

/** A hold as shown to the people it concerns: what to keep, but not who asked, why exactly, or who else is concerned. */
export type OwnHold = Awaited<ReturnType<typeof listOwnHoldHistory>>[number];

/** All holds that concern or concerned the actor, the newest first. */
export const listOwnHoldHistory = async (actor: Actor) =>
  (await repository.listOnPerson(getDatabase(), actor.body, actor.personId, "all"))
    .map((hold) => ({
      ...toStanding(hold),
      endedAt: hold.releasedAt ?? hold.endedAt,
      confirmedAt: hold.confirmations[0]?.confirmedAt ?? null,
    }))
    .reverse();

const NONE: repository.HoldCounts = { groups: 0, people: 0, concerned: 0, confirmed: 0 };

/** The holds of the body, by `state` and `reason`; null for those who may not see them. */
export function getHoldRegister(actor: Actor, asked: Asked) {
  if (!can(actor, "hold.read-register", actor)) return null;
  const tx = getDatabase();
  const reason = oneOf(HOLD_REASONS, asked["reason"]);
  return registerOver(repository.holdList(tx, actor.body, asked, reason && storedReason(reason)), async (holds) => {
    const counts = await repository.countConcerned(tx, actor.body, holds);
    return holds.map((hold) => ({
      ...toStanding(hold),
      isOnSubject: hold.isOnSubject,
      endedAt: hold.endedAt,
      ...(counts.get(hold.id) ?? NONE),
    }));
  });
}

/** A hold in the register for governance officers and auditors. */
export type HoldEntry = RowOf<typeof getHoldRegister>;

/** One hold; null if there is none, or it does not concern the actor and they may not read the register. */
export async function getHold(actor: Actor, typed: string, places: HoldPlaces = {}) {
  const reference = parseReference("HLD", typed);
  const tx = getDatabase();
  // Both queries run whether or not there is such a hold, so that the time taken reveals nothing.
  const [hold, concerning] = await Promise.all([
    reference && repository.findHold(tx, actor.body, reference),
    repository.listOnPerson(tx, actor.body, actor.personId, "all"),
  ]);
  if (!hold) return null;
  const mayRead = can(actor, "hold.read-register", hold);
  const own = concerning.find(({ id }) => id === hold.id);
  if (!own && !mayRead) return null;
  return {
    ...toStanding(hold),
    endedAt: hold.endedAt,
    mayPlace: can(actor, "hold.place", hold),
    /** Whether it concerns the reader, and when they confirmed it. */
    own: own && !own.releasedAt ? { confirmedAt: own.confirmations[0]?.confirmedAt ?? null } : null,
    /** For governance officers and auditors; null for others. */
    record: mayRead ? await recordOf(tx, actor, hold, places) : null,
  };
}

/** One hold, as far as its reader may see it. */
export type HoldView = NonNullable<Awaited<ReturnType<typeof getHold>>>;

/** Where the lists of people on the page of a hold begin. */
type HoldPlaces = Partial<Record<"waiting" | "confirmed", PageCursor>>;

async function recordOf(tx: Tx, actor: Actor, hold: repository.HoldRecord, places: HoldPlaces) {
  const [counts, waiting, confirmed, outsiders, corrections] = await Promise.all([
    repository.countConcerned(tx, hold.body, [hold]),
    readPage(repository.concernedList(tx, hold, false), places.waiting ?? null),
    readPage(repository.concernedList(tx, hold, true), places.confirmed ?? null),
    repository.listOutsiders(tx, hold.id),
    listCorrections(actor, hold.reference),
  ]);
  const involved = ({ id, name }: { id: string; name: string }) => ({ name, isActor: id === actor.personId });
  const { targets, placedBy, endedBy, ...head } = hold;
  return {
    ...head,
    groups: targets.flatMap(({ group }) => (group ? [{ reference: group.reference, name: group.name }] : [])),
    people: targets
      .flatMap(({ person }) =>
        person ? [{ id: person.id, name: person.name, hasLeft: person.status === "left" }] : [],
      )
      .sort((a, b) => a.name.localeCompare(b.name, "en-GB")),
    /** People whom it concerns no longer. */
    releases: hold.releases.map(({ person, releasedAt, releasedBy, reason }) => ({
      name: person.name,
      at: releasedAt,
      by: releasedBy.name,
      reason,
    })),
    corrections,
    placedBy: involved(placedBy),
    endedBy: endedBy && involved(endedBy),
    counts: counts.get(hold.id) ?? NONE,
    // Pages of those who have not confirmed and of those who have, by name; and whom the portal cannot notify.
    waiting,
    confirmed,
    outsiders: outsiders.map(({ name, organisation, group }) => ({
      name: name ?? "",
      organisation: organisation ?? "",
      group: group.name,
    })),
  };
}

const MOST_TO_CHOOSE = 50;

/** The groups that a hold can name; null for those who may not place holds. */
export async function listGroupsToHold(actor: Actor) {
  if (!can(actor, "hold.place", actor)) return null;
  const tx = getDatabase();
  const groups = await repository.listNameableGroups(tx, actor.body, MOST_TO_CHOOSE + 1);
  if (groups.length > MOST_TO_CHOOSE)
    return { groups: null, count: await repository.countNameableGroups(tx, actor.body) };
  const shown = groups.map(({ reference, name, state }) => ({ reference, name, isClosed: state === "closed" }));
  return { groups: shown, count: shown.length };
}

/** The groups that a hold can name; `groups` is null where there are too many to choose from. */
export type GroupsToHold = NonNullable<Awaited<ReturnType<typeof listGroupsToHold>>>;

/** Holds that a person placed or ended, with what they wrote about them themselves, the newest first. */
export async function listPlacedHolds(actor: Actor) {
  const { personId } = actor;
  const where = { OR: [{ placedById: personId }, { endedById: personId }] };
  const holds = await repository.listHolds(getDatabase(), actor.body, where);
  return holds.map(({ reference, reason, placedAt, endedAt, placedById, endedById, keep, note, endReason }) => ({
    reference,
    reason: reasonOf({ reason }),
    placedAt,
    endedAt,
    ...(placedById === personId ? { keep, note } : { keep: null, note: null }),
    endReason: endedById === personId ? endReason : null,
  }));
}

/** How many holds of the body are in force; null for those who may not read them. */
export const countHoldsInForce = async (actor: Actor): Promise<number | null> =>
  can(actor, "hold.read-register", actor) ? repository.countInForce(getDatabase(), actor.body) : null;

/**
 * The holds that concern the actor and that they have not confirmed, as tasks. People who join a group later get them
 * too.
 */
export const listHoldTasks = async (actor: Actor) => toConfirm(await listConcerning(actor), await getOwnBody(actor));

/** The same for many people of one body, by person. */
export async function listHoldTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const [first] = actors;
  if (!first) return new Map();
  const ids = actors.map(({ personId }) => personId);
  const [holds, body] = await Promise.all([repository.listOnPeople(getDatabase(), first.body, ids), getOwnBody(first)]);
  return new Map([...holds].map(([personId, own]) => [personId, toConfirm(own, body)]));
}

/** Holds whose day of review has come, as tasks for those who can end or correct them. */
export async function listHoldReviewTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "hold.place", actor)) return [];
  const holds = await repository.listToReview(getDatabase(), actor.body, clock.today(), MOST_TASKS + 1);
  return holds.map(({ reference, keep, reviewOn }) =>
    newTask("review-hold", reference, {
      href: `/holds/${reference}`,
      title: `Look at the hold ${reference}: is it still needed?`,
      reason: `End it, or set another day. ${shortened(keep)}`,
      due: reviewOn ?? "",
    }),
  );
}

function toConfirm(concerning: Awaited<ReturnType<typeof listConcerning>>, body: Body | null): Task[] {
  const waiting = concerning.filter(({ confirmations }) => confirmations.length === 0);
  return waiting.map(({ reference, keep, placedAt }) => {
    return newTask("confirm-hold", reference, {
      href: `/holds/${reference}`,
      title: `Confirm the hold ${reference}: do not delete these messages`,
      reason: shortened(keep),
      act: { action: `/holds/${reference}/send`, label: "I will not delete them", hidden: { do: "confirm" } },
      due: workingDayAfter(body, calendarDay(placedAt), CONFIRM_HOLD_WITHIN_WORKING_DAYS),
    });
  });
}

function shortened(text: string): string {
  const line = [...text.replaceAll(/\s+/g, " ")];
  return line.length <= MOST ? line.join("") : `${line.slice(0, MOST - 1).join("")}…`;
}
const MOST = 200;
