import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { mapEach, mapPage, type ListPage, type PageCursor } from "#domain/base/list/page.ts";
import { GROUP_KINDS, type GroupKind } from "#domain/registers/group/group.ts";
import { isIn } from "#domain/registers/group/member.ts";
import { GROUP_STATES, mayReadGroup, type GroupState } from "#domain/registers/group/state.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readEvery, readPage } from "#server/base/db/list-page.ts";
import {
  countApprovedGroups,
  listChatGroupsOf,
  listShortOfAdministrators,
  registerOf,
  type GroupRecord,
  type RegisterLine,
} from "./repository.ts";

/** One line of a list of groups. */
export interface GroupLine extends Pick<
  GroupRecord,
  | "reference"
  | "name"
  | "purpose"
  | "kind"
  | "app"
  | "state"
  | "clearEveryDays"
  | "keepYears"
  | "reviewOn"
  | "requestedAt"
  | "decidedAt"
  | "hasLogo"
  | "disappearDays"
  | "closedAt"
> {
  administrators: string[];
  deputy: string | null;
  /** How many are in the chat. */
  memberCount: number;
  isReviewOverdue: boolean;
  /** The actor's role in it, in words; null if none. */
  own: "administrator" | "deputy" | "member" | "asked for it" | null;
}

function lineOf(actor: Actor, group: RegisterLine): GroupLine {
  const own = group.members.find(({ personId, removedAt }) => personId === actor.personId && removedAt === null);
  const current = group.members.filter((member) => !member.removedAt && !member.refusedAt && !member.hasLeft);
  const named = (role: string) =>
    current.filter((one) => one.role === role && !one.removalWantedAt).map(({ name }) => name);
  return {
    ...group,
    administrators: named("administrator"),
    deputy: named("deputy")[0] ?? null,
    isReviewOverdue: group.state === "approved" && group.reviewOn < calendarDay(clock.now()),
    own: own?.role ?? (group.requesterId === actor.personId ? "asked for it" : null),
  };
}

/** The groups that the actor is in or requested; closed and declined ones last. */
export async function listOwnGroups(actor: Actor): Promise<GroupLine[]> {
  const groups = await listChatGroupsOf(getDatabase(), actor.body, actor.personId);
  const isOver = ({ state }: GroupRecord) => Number(state === "closed" || state === "declined");
  return groups
    .filter((group) => mayReadGroup(actor, group))
    .sort((a, b) => isOver(a) - isOver(b))
    .map((group) => lineOf(actor, { ...group, memberCount: group.members.filter(isIn).length }));
}

export interface GroupRegisterFilter {
  state?: string | undefined;
  kind?: string | undefined;
  /** Part of a name, a purpose or a reference. */
  q?: string | undefined;
  /** "overdue": review overdue; "short": fewer than two administrators. */
  look?: string | undefined;
}

/** A page of the groups of the body by a filter, by name; null for those who may not read the register. */
export async function getGroupRegister(
  actor: Actor,
  filter: GroupRegisterFilter,
  cursor: PageCursor,
): Promise<ListPage<GroupLine> | null> {
  const register = await registerFor(actor, filter);
  return register && mapPage(await readPage(register, cursor), (group) => lineOf(actor, group));
}

/** All groups of the body by a filter, by name, read while they are taken; null for those who may not. */
export async function readGroupRegister(
  actor: Actor,
  filter: GroupRegisterFilter,
): Promise<AsyncIterable<GroupLine> | null> {
  const register = await registerFor(actor, filter);
  return register && mapEach(readEvery(register), (group) => lineOf(actor, group));
}

async function registerFor(actor: Actor, { state, kind, q, look }: GroupRegisterFilter) {
  const { body } = actor;
  if (!can(actor, "group.read-register", actor)) return null;
  const today = calendarDay(clock.now());
  const known = <Key extends string>(all: Readonly<Record<Key, unknown>>, typed: string) =>
    (Object.keys(all) as Key[]).filter((one) => one === typed);
  return registerOf(getDatabase(), body, actor.personId, {
    states: state ? known<GroupState>(GROUP_STATES, state) : null,
    kinds: kind ? known<GroupKind>(GROUP_KINDS, kind) : null,
    text: (q ?? "").trim(),
    reviewBefore: look === "overdue" ? today : null,
    ids: look && look !== "overdue" ? await listShortOfAdministrators(getDatabase(), body) : null,
  });
}

/** How many groups of the body are approved; null for those who may not read the register. */
export async function countGroupsInUse(actor: Actor): Promise<number | null> {
  return can(actor, "group.read-register", actor) ? countApprovedGroups(getDatabase(), actor.body) : null;
}
