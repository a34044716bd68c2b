import { type Actor, may } from "#domain/access/permission/permission.ts";
import { groupRulesOf, leastDaysKept, type GroupRules } from "#domain/registers/group/group-rules.ts";
import { clearingProblems } from "#domain/registers/group/group.ts";
import { approvalBlockers } from "#domain/registers/group/state.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { loadContent } from "#server/base/content/store.ts";
import type { Tx } from "#server/base/db/database.ts";
import { listAppsForGroups } from "#server/registers/app/queries.ts";
import type { GroupRecord } from "./repository.ts";

/** What the version that a group is registered under asks of it. */
export async function readGroupRules(): Promise<(on: Pick<GroupRecord, "policy" | "version">) => GroupRules> {
  const { groupRules } = await loadContent();
  return (on) => groupRulesOf(groupRules, on);
}

/** Obstacles to approving a group now, one sentence each. */
export async function blockersOf(tx: Tx, group: GroupRecord, body: Body): Promise<string[]> {
  const [apps, rulesOf] = await Promise.all([listAppsForGroups(group.body, tx), readGroupRules()]);
  return [
    ...approvalBlockers(group, group.members, body.groups.needsLogo),
    ...(apps.includes(group.app) ? [] : [`The register of apps does not have ${group.app} as approved.`]),
    ...clearingProblems(group, leastDaysKept(rulesOf(group))).map(({ message }) => message),
  ];
}

/** Whether somebody decides on a group, in a role they have or stand in as for it: never on their own. */
export const mayDecide = (actor: Actor, { body, requesterId }: GroupRecord): boolean =>
  may(actor, "group.decide", { body, ownerId: requesterId });
