import "server-only";
import { cache } from "react";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { keysOf, type Asked, type ListPage, type PageCursor, type Register } from "#domain/base/list/page.ts";
import { speaksOf, type StandingHold } from "#domain/registers/hold/hold.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { listCorrections, type CorrectionView } from "#server/registers/correction/queries.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readPage, registerOver } from "#server/base/db/list-page.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import {
  concernedList,
  countConcerned,
  countInForce,
  countNameableGroups,
  findHold,
  holdList,
  listGroupTexts,
  listHolds,
  listInForceWithTargets,
  listNameableGroups,
  listOnGroup,
  listOnPerson,
  listOutsiders,
  listWithMemberships,
  type Concerned,
  type HoldCounts,
  type HoldRecord,
} from "./repository.ts";
import { REASON_NAMES, toStanding } from "./deletion-queries.ts";

/** The holds in force that concern the actor; queried once per request, for tasks and for every page that mentions deleting. */
export const listConcerning = cache(async (actor: Actor) => listOnPerson(getDatabase(), actor.body, actor.personId));

/** The same, as those whom they concern may read them. */
export async function listOwnHolds(actor: Actor): Promise<StandingHold[]> {
  return (await listConcerning(actor)).map(toStanding);
}

/** The holds in force on a group of the body. For other rooms, which have authorised already. */
export async function listHoldsOnGroup(
  body: string,
  groupId: string,
  tx: Prisma.TransactionClient = getDatabase(),
): Promise<StandingHold[]> {
  return (await listOnGroup(tx, body, groupId)).map(toStanding);
}

/**
 * How many holds of a body are in force, and whether one concerns everybody. For other rooms, which have authorised
 * already.
 */
export async function listStandingHolds(body: string): Promise<{ count: number; isEverything: boolean }> {
  const holds = await listInForceWithTargets(getDatabase(), body);
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
  tx: Prisma.TransactionClient = getDatabase(),
): Promise<(groupId: string) => HoldOnGroup[]> {
  const holds = await listWithMemberships(tx, body);
  const hasWords = holds.some(({ words }) => words.length > 0);
  const groups = new Map((hasWords ? await listGroupTexts(tx, body) : []).map((group) => [group.id, group]));
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

type WithMemberships = Awaited<ReturnType<typeof listWithMemberships>>[number];

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

/**
 * A hold as shown to the people it concerns: what to keep, but not who asked, why exactly, or who else is concerned.
 */
export interface OwnHold extends StandingHold {
  endedAt: Date | null;
  confirmedAt: Date | null;
}

/** All holds that concern or concerned the actor, the newest first. */
export async function listOwnHoldHistory(actor: Actor): Promise<OwnHold[]> {
  return (await listOnPerson(getDatabase(), actor.body, actor.personId, "all"))
    .map((hold) => ({
      ...toStanding(hold),
      endedAt: hold.releasedAt ?? hold.endedAt,
      confirmedAt: hold.confirmations[0]?.confirmedAt ?? null,
    }))
    .reverse();
}

/** A hold in the register for governance officers and auditors. */
export interface HoldEntry extends StandingHold, HoldCounts {
  isOnSubject: boolean;
  endedAt: Date | null;
}

const NONE: HoldCounts = { groups: 0, people: 0, concerned: 0, confirmed: 0 };

/** The holds of the body, by `state` and `reason`; null for those who may not see them. */
export function getHoldRegister(actor: Actor, asked: Asked): Register<HoldEntry> | null {
  if (!can(actor, "hold.read-register", actor)) return null;
  const tx = getDatabase();
  const reason = keysOf(REASON_NAMES).find((stored) => REASON_NAMES[stored] === asked["reason"]);
  return registerOver(holdList(tx, actor.body, asked, reason), async (holds) => {
    const counts = await countConcerned(tx, actor.body, holds);
    return holds.map((hold) => ({
      ...toStanding(hold),
      isOnSubject: hold.isOnSubject,
      endedAt: hold.endedAt,
      ...(counts.get(hold.id) ?? NONE),
    }));
  });
}

/** One hold, as far as its reader may see it. */
export interface HoldView extends StandingHold {
  endedAt: Date | null;
  /** Whether it concerns the reader, and when they confirmed it. */
  own: { confirmedAt: Date | null } | null;
  mayPlace: boolean;
  /** For governance officers and auditors; null for others. */
  record: {
    occurredOn: string | null;
    note: string;
    isOnSubject: boolean;
    groups: { reference: string; name: string }[];
    people: { id: string; name: string; hasLeft: boolean }[];
    placedBy: Involved;
    endedBy: Involved | null;
    endReason: string | null;
    remindedAt: Date | null;
    words: readonly string[];
    reviewOn: string | null;
    /** People whom it concerns no longer. */
    releases: { name: string; at: Date; by: string; reason: string }[];
    corrections: CorrectionView[];
    counts: HoldCounts;
    /** A page of those who have not confirmed, by name. */
    waiting: ListPage<Concerned>;
    /** A page of those who have, by name. */
    confirmed: ListPage<Concerned>;
    /** People in its groups whom the portal cannot notify. */
    outsiders: { name: string; organisation: string; group: string }[];
  } | null;
}

interface Involved {
  name: string;
  isActor: boolean;
}

/** Where the lists of people on the page of a hold begin. */
export interface HoldPlaces {
  waiting?: PageCursor;
  confirmed?: PageCursor;
}

/** One hold; null if there is none, or it does not concern the actor and they may not read the register. */
export async function getHold(actor: Actor, typed: string, places: HoldPlaces = {}): Promise<HoldView | null> {
  const reference = parseReference("HLD", typed);
  const tx = getDatabase();
  // Both queries run whether or not there is such a hold, so that the time taken reveals nothing.
  const [hold, concerning] = await Promise.all([
    reference && findHold(tx, actor.body, reference),
    listOnPerson(tx, actor.body, actor.personId, "all"),
  ]);
  if (!hold) return null;
  const mayRead = can(actor, "hold.read-register", hold);
  const own = concerning.find(({ id }) => id === hold.id);
  if (!own && !mayRead) return null;
  return {
    ...toStanding(hold),
    endedAt: hold.endedAt,
    mayPlace: can(actor, "hold.place", hold),
    own: own && !own.releasedAt ? { confirmedAt: own.confirmations[0]?.confirmedAt ?? null } : null,
    record: mayRead ? await recordOf(tx, actor, hold, places) : null,
  };
}

async function recordOf(
  tx: Prisma.TransactionClient,
  actor: Actor,
  hold: HoldRecord,
  places: HoldPlaces,
): Promise<NonNullable<HoldView["record"]>> {
  const [counts, waiting, confirmed, outsiders, corrections] = await Promise.all([
    countConcerned(tx, hold.body, [hold]),
    readPage(concernedList(tx, hold, false), places.waiting ?? null),
    readPage(concernedList(tx, hold, true), places.confirmed ?? null),
    listOutsiders(tx, hold.id),
    listCorrections(actor, hold.reference),
  ]);
  const involved = ({ id, name }: { id: string; name: string }) => ({ name, isActor: id === actor.personId });
  const { occurredOn, note, isOnSubject, targets, placedBy, endedBy, endReason, remindedAt } = hold;
  return {
    occurredOn,
    note,
    isOnSubject,
    endReason,
    remindedAt,
    groups: targets.flatMap(({ group }) => (group ? [{ reference: group.reference, name: group.name }] : [])),
    people: targets
      .flatMap(({ person }) =>
        person ? [{ id: person.id, name: person.name, hasLeft: person.status === "left" }] : [],
      )
      .sort((a, b) => a.name.localeCompare(b.name, "en-GB")),
    words: hold.words,
    reviewOn: hold.reviewOn,
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
    waiting,
    confirmed,
    outsiders: outsiders.map(({ name, organisation, group }) => ({
      name: name ?? "",
      organisation: organisation ?? "",
      group: group.name,
    })),
  };
}

/** The groups that a hold can name. */
export interface GroupsToHold {
  /** Null where there are too many to choose from. */
  groups: { reference: string; name: string; isClosed: boolean }[] | null;
  count: number;
}

const MOST_TO_CHOOSE = 50;

/** The groups that a hold can name; null for those who may not place holds. */
export async function listGroupsToHold(actor: Actor): Promise<GroupsToHold | null> {
  if (!can(actor, "hold.place", actor)) return null;
  const tx = getDatabase();
  const groups = await listNameableGroups(tx, actor.body, MOST_TO_CHOOSE + 1);
  if (groups.length > MOST_TO_CHOOSE) return { groups: null, count: await countNameableGroups(tx, actor.body) };
  const shown = groups.map(({ reference, name, state }) => ({ reference, name, isClosed: state === "closed" }));
  return { groups: shown, count: shown.length };
}

/** Holds that a person placed or ended, with what they wrote about them themselves, the newest first. */
export async function listPlacedHolds(actor: Actor) {
  const { personId } = actor;
  const where = { OR: [{ placedById: personId }, { endedById: personId }] };
  const holds = await listHolds(getDatabase(), actor.body, where);
  return holds.map(({ reference, reason, placedAt, endedAt, placedById, endedById, keep, note, endReason }) => ({
    reference,
    reason: REASON_NAMES[reason],
    placedAt,
    endedAt,
    ...(placedById === personId ? { keep, note } : { keep: null, note: null }),
    endReason: endedById === personId ? endReason : null,
  }));
}

/** How many holds of the body are in force; null for those who may not read them. */
export async function countHoldsInForce(actor: Actor): Promise<number | null> {
  return can(actor, "hold.read-register", actor) ? countInForce(getDatabase(), actor.body) : null;
}
