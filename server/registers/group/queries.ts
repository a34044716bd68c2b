import { cache } from "react";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { isIn } from "#domain/registers/group/member.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { hasApproved, listChatGroups, listChatGroupsOf, type GroupRecord } from "./repository.ts";

/** The approved groups that the actor is in: they agreed to share their number and are not to be taken out. */
export const listOwnApprovedGroups = cache(async (actor: Actor) => {
  const own = await listChatGroupsOf(getDatabase(), actor.body, actor.personId);
  return own
    .filter(({ members }) => members.some((member) => member.personId === actor.personId && isIn(member)))
    .flatMap(inShort);
});

/** Whether the actor's body has an approved group at all: from then on the register answers for its groups. */
export const hasApprovedGroups = cache((actor: Actor): Promise<boolean> => hasApproved(getDatabase(), actor.body));

/** The approved groups of a body in an app, with their people. For other rooms, which have authorised already. */
export const listGroupsInApp = async (body: string, app: string, tx: Tx): Promise<GroupRecord[]> =>
  listChatGroups(tx, body, { state: "approved", app });

/** A summary of a group, since when it counts; none where it is not approved. */
function inShort(group: GroupRecord) {
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
