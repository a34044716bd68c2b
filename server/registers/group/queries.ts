import "server-only";
import { cache } from "react";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { inCharge, administersGroup, isIn } from "#domain/registers/group/member.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { findChatGroup, hasApproved, listChatGroups, listChatGroupsOf, type GroupRecord } from "./repository.ts";

/** A summary of a group. */
export interface GroupInShort {
  id: string;
  reference: string;
  name: string;
  purpose: string;
  app: string;
  kind: GroupRecord["kind"];
  clearEveryDays: number | null;
  keepYears: number | null;
  /** Since when it counts. */
  approvedAt: Date;
}

/** The approved groups that the actor is in: they agreed to share their number and are not to be taken out. */
export const listOwnApprovedGroups = cache(async (actor: Actor): Promise<GroupInShort[]> => {
  const own = await listChatGroupsOf(getDatabase(), actor.body, actor.personId);
  return own
    .filter(({ members }) => members.some((member) => member.personId === actor.personId && isIn(member)))
    .flatMap(inShort);
});

/** Whether the actor's body has an approved group at all: from then on the register answers for its groups. */
export const hasApprovedGroups = cache((actor: Actor): Promise<boolean> => hasApproved(getDatabase(), actor.body));

/** The approved groups of a body, by name. For other rooms, which have authorised already. */
export async function listApprovedGroups(
  body: string,
  tx: Prisma.TransactionClient = getDatabase(),
): Promise<GroupInShort[]> {
  return (await listChatGroups(tx, body, { state: "approved" })).flatMap(inShort);
}

/** The approved groups of a body in an app, with their people. For other rooms, which have authorised already. */
export async function listGroupsInApp(body: string, app: string, tx: Prisma.TransactionClient): Promise<GroupRecord[]> {
  return listChatGroups(tx, body, { state: "approved", app });
}

/** An approved group of a body; null if there is none. For other rooms, which have authorised already. */
export async function getApprovedGroup(
  body: string,
  reference: string,
  tx: Prisma.TransactionClient = getDatabase(),
): Promise<GroupInShort | null> {
  const group = await findChatGroup(tx, body, reference);
  return (group && inShort(group)[0]) ?? null;
}

/** Whether somebody may act as an administrator of a group: as one of them, or as their deputy. */
export async function isGroupAdministrator(
  { body, personId }: Pick<Actor, "body" | "personId">,
  reference: string,
  tx: Prisma.TransactionClient = getDatabase(),
): Promise<boolean> {
  const group = await findChatGroup(tx, body, reference);
  return group !== null && administersGroup(personId, group.members);
}

/**
 * Ids of people responsible for the administrators' tasks now: administrators who are not away, and the deputy while
 * one is away or there are none. Empty if all are outside the directory.
 */
export async function listInCharge(
  body: string,
  reference: string,
  tx: Prisma.TransactionClient = getDatabase(),
): Promise<string[]> {
  const group = await findChatGroup(tx, body, reference);
  return group ? inCharge(group.members, calendarDay(clock.now())) : [];
}

/** Ids of the directory's people in a group, including those to be taken out: for notices. */
export async function listPeopleIn(
  body: string,
  reference: string,
  tx: Prisma.TransactionClient = getDatabase(),
): Promise<string[]> {
  const group = await findChatGroup(tx, body, reference);
  const standing =
    group?.members.filter(({ removedAt, refusedAt, hasLeft }) => !removedAt && !refusedAt && !hasLeft) ?? [];
  return standing.flatMap(({ personId }) => personId ?? []);
}

function inShort(group: GroupRecord): GroupInShort[] {
  const { id, reference, name, purpose, app, kind, clearEveryDays, keepYears, state, decidedAt } = group;
  if (state !== "approved" || !decidedAt) return [];
  return [{ id, reference, name, purpose, app, kind, clearEveryDays, keepYears, approvedAt: decidedAt }];
}

/** Somebody's open groups, by name, for administrators of the portal; empty for anybody else. */
export async function listGroupsOfPerson(
  actor: Actor,
  personId: string,
): Promise<{ reference: string; name: string; state: "in" | "asked" | "leaving" }[]> {
  if (!can(actor, "person.manage", actor)) return [];
  const groups = await listChatGroupsOf(getDatabase(), actor.body, personId);
  return groups.flatMap(({ reference, name, members, state }) => {
    const own = members.find((member) => member.personId === personId && !member.removedAt);
    if (!own || state === "closed" || state === "declined") return [];
    return { reference, name, state: own.removalWantedAt ? "leaving" : isIn(own) ? "in" : "asked" };
  });
}
