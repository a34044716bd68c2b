import { listDecidersBut } from "#server/registers/entry/effects.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { isAway, memberStateOf } from "#domain/registers/group/member.ts";
import { GROUP_COMMANDS, mayDo, mayReadGroup, takes } from "#domain/registers/group/state.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listAppsForGroups } from "#server/registers/app/queries.ts";
import { asInTurn } from "#server/people/deputy/queries.ts";
import { listHoldsOnGroup } from "#server/registers/hold/queries.ts";
import { getOwnBody, listOwnPolicies } from "#server/policy/policy/queries.ts";
import { blockersOf, mayDecide, readGroupRules } from "./decider-rules.ts";
import { findChatGroup, listAlerts, listChatGroupsOf, listSteps } from "./repository.ts";

/**
 * A group by its reference; null if it does not exist or the actor may not read it, with no difference between the two.
 */
export async function getChatGroup(reader: Actor, typed: string) {
  const reference = parseReference("GRP", typed);
  const tx = getDatabase();
  const [group, body] = await Promise.all([
    reference ? findChatGroup(tx, reader.body, reference) : null,
    getOwnBody(reader),
  ]);
  const actor = group ? await asInTurn(tx, reader, "governance-officer", group.requesterId) : reader;
  if (!group || !body || !mayReadGroup(actor, group)) return null;
  const today = clock.today();
  const members = group.members.map((member) => ({
    ...member,
    standing: memberStateOf(member),
    isActor: member.personId === actor.personId,
    isAway: isAway(member, today),
  }));
  const present = members.filter(({ standing }) => standing === "in" || standing === "leaving");
  const isRequester = group.requesterId === actor.personId;
  const isWaiting = group.state === "requested";
  const decides = isWaiting && mayDecide(actor, group);
  const [apps, rules, deciders, blockers, holds, steps, alerts] = await Promise.all([
    listAppsForGroups(actor.body),
    readGroupRules(),
    isWaiting && isRequester ? listDecidersBut(tx, group.body, group.requesterId) : [],
    isWaiting ? blockersOf(tx, group, body) : [],
    listHoldsOnGroup(actor.body, group.id),
    listSteps(tx, group.id),
    group.kind === "emergency" ? listAlerts(tx, group.id) : [],
  ]);
  return {
    ...group,
    members,
    holds,
    steps,
    alerts,
    /** The actor's own membership; null if they are not in it. */
    own: members.find(({ isActor, removedAt }) => isActor && removedAt === null) ?? null,
    may: new Set(GROUP_COMMANDS.filter((command) => mayDo(actor, command, group, decides))),
    /** Closed or declined: nothing changes any more. */
    isOver: !takes(group.state, "manage-members"),
    isRequester,
    /** Obstacles to approving it; empty if there are none. */
    blockers,
    rules: rules(group),
    /** Who decides on it, by name, for whoever asked for it; empty for others. */
    deciders: deciders.map(({ name }) => name),
    apps,
    settings: body.groups,
    nation: body.nation,
    contacts: body.contacts,
    /** Larger than a small group in the policy. */
    isLarge: present.length > body.groups.smallUpTo,
    memberCount: present.length,
  };
}

/** A group as shown to somebody who may read it. */
export type GroupView = NonNullable<Awaited<ReturnType<typeof getChatGroup>>>;
export type MemberView = GroupView["members"][number];

/** What the form for a new group goes by: the body, what the policy asks of a group, and the apps it may be in. */
export async function getNewGroup(actor: Actor, policy: string | undefined) {
  const [body, policies, rules, apps] = await Promise.all([
    getOwnBody(actor),
    listOwnPolicies(actor),
    readGroupRules(),
    listAppsForGroups(actor.body),
  ]);
  const under = policies.find(({ slug, current }) => current && (!policy || slug === policy)) ?? policies[0];
  if (!body) return null;
  return {
    body,
    apps,
    policy: under?.slug ?? "",
    rules: rules({ policy: under?.slug ?? "", version: under?.current?.version ?? "0" }),
  };
}

/** Every group that the actor requested, or is or was in, with what it records about them. */
export async function listOwnMemberships(actor: Actor) {
  const groups = await listChatGroupsOf(getDatabase(), actor.body, actor.personId);
  return groups.map(({ reference, name, requesterId, members }) => {
    const own = members.find(({ personId }) => personId === actor.personId);
    return {
      reference,
      name,
      role: own?.role ?? null,
      standing: own ? memberStateOf(own) : null,
      consentedAt: own?.consentedAt ?? null,
      withdrawnAt: own?.withdrawnAt ?? null,
      removedAt: own?.removedAt ?? null,
      awayFrom: own?.awayFrom ?? null,
      awayUntil: own?.awayUntil ?? null,
      askedFor: requesterId === actor.personId,
    };
  });
}
