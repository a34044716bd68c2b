import { type Actor, can } from "#domain/access/permission/permission.ts";
import { oneOf, type Asked, type Register } from "#domain/base/list/page.ts";
import { GROUP_KINDS } from "#domain/registers/group/group.ts";
import { isIn } from "#domain/registers/group/member.ts";
import { GROUP_STATES, mayReadGroup } from "#domain/registers/group/state.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { orderFor, registerOver } from "#server/base/db/list-page.ts";
import * as repository from "./repository.ts";

/** One line of a list of groups. */
export type GroupLine = ReturnType<typeof lineOf>;

function lineOf(actor: Actor, group: repository.RegisterLine) {
  const own = group.members.find(({ personId, removedAt }) => personId === actor.personId && removedAt === null);
  const current = group.members.filter((member) => !member.removedAt && !member.refusedAt && !member.hasLeft);
  const named = (role: string) =>
    current.filter((one) => one.role === role && !one.removalWantedAt).map(({ name }) => name);
  return {
    ...group,
    administrators: named("administrator"),
    deputy: named("deputy")[0] ?? null,
    isReviewOverdue: group.state === "approved" && group.reviewOn < clock.today(),
    /** The actor's role in it, in words; null if none. */
    own: own?.role ?? (group.requesterId === actor.personId ? ("asked for it" as const) : null),
  };
}

/** The groups that the actor is in or requested; closed and declined ones last. */
export async function listOwnGroups(actor: Actor): Promise<GroupLine[]> {
  const groups = await repository.listChatGroupsOf(getDatabase(), actor.body, actor.personId);
  const isOver = ({ state }: repository.GroupRecord) => Number(state === "closed" || state === "declined");
  return groups
    .filter((group) => mayReadGroup(actor, group))
    .sort((a, b) => isOver(a) - isOver(b))
    .map((group) => lineOf(actor, { ...group, memberCount: group.members.filter(isIn).length }));
}

/**
 * The groups of the body by `state`, `kind` and `look` ("overdue": review overdue; "short": fewer than two
 * administrators); null for those who may not read the register.
 */
export async function getGroupRegister(actor: Actor, asked: Asked): Promise<Register<GroupLine> | null> {
  if (!can(actor, "group.read-register", actor)) return null;
  const { body, personId } = actor;
  const { q = "", look } = asked;
  const filter = {
    state: oneOf(GROUP_STATES, asked["state"]),
    kind: oneOf(GROUP_KINDS, asked["kind"]),
    text: q,
    reviewBefore: look === "overdue" ? clock.today() : null,
    ids: look === "short" ? await repository.listShortOfAdministrators(getDatabase(), body) : null,
  };
  const list = repository.registerOf(getDatabase(), body, personId, filter, orderFor(GROUP_ORDERS, asked));
  return registerOver(list, (groups) => groups.map((group) => lineOf(actor, group)));
}

const GROUP_ORDERS = {
  name: [["name", "asc"]],
  review: [["reviewOn", "asc"]],
  newest: [["requestedAt", "desc"]],
} as const;

/** How many groups of the body are approved; null for those who may not read the register. */
export const countGroupsInUse = async (actor: Actor): Promise<number | null> =>
  can(actor, "group.read-register", actor) ? repository.countApprovedGroups(getDatabase(), actor.body) : null;
