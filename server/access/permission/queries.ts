import {
  type Action,
  type Actor,
  can,
  grantsOf,
  PERMISSIONS,
  type Relation,
  type Role,
  ROLES,
} from "#domain/access/permission/permission.ts";
import { actionsBySubject } from "#domain/access/permission/subject.ts";

/** One action, and on which things each role may do it; no relation if it may not. */
export type PermissionLine = ReturnType<typeof lineOf>;

/** The table of permissions in sections, for those who manage or audit it; null for anybody else. */
export function getPermissionTable(actor: Actor) {
  if (!can(actor, "permission.read", actor)) return null;
  return actionsBySubject().map(({ title, actions }) => ({ title, lines: actions.map(lineOf) }));
}

function lineOf(action: Action) {
  const { means, but }: { means: string; but?: string } = PERMISSIONS[action];
  const on = new Map(ROLES.map((role) => [role, relationsShown(grantsOf(action, role))]));
  return { action, means, but: but ?? null, on: Object.fromEntries(on) as Record<Role, Relation[]> };
}

/** Leaves out relations that a wider one includes. */
function relationsShown(on: readonly Relation[]): Relation[] {
  if (on.includes("any-body")) return ["any-body"];
  if (on.includes("own-body")) return ["own-body"];
  if (on.includes("own") && on.includes("others")) return ["own-body"];
  return on.filter((relation) => !(on.includes("others") && (relation === "team" || relation === "involved")));
}
