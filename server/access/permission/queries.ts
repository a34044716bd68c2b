import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can, grantsOf, PERMISSIONS, type Action } from "#domain/access/permission/permission.ts";
import type { Relation } from "#domain/access/permission/relation.ts";
import type { Role } from "#domain/access/permission/role.ts";
import { actionsBySubject } from "#domain/access/permission/subject.ts";

/** One action, and on which things each role may do it; no relation if it may not. */
export interface PermissionLine {
  action: Action;
  means: string;
  but: string | null;
  on: Readonly<Record<Role, readonly Relation[]>>;
}

/** The table of permissions in sections, for those who manage or audit it; null for anybody else. */
export function getPermissionTable(actor: Actor): { title: string; lines: PermissionLine[] }[] | null {
  if (!can(actor, "permission.read", actor)) return null;
  return actionsBySubject().map(({ title, actions }) => ({ title, lines: actions.map(lineOf) }));
}

function lineOf(action: Action): PermissionLine {
  const permission: { means: string; but?: string } = PERMISSIONS[action];
  const of = (role: Role) => relationsShown(grantsOf(action, role));
  return {
    action,
    means: permission.means,
    but: permission.but ?? null,
    on: {
      employee: of("employee"),
      "line-manager": of("line-manager"),
      "governance-officer": of("governance-officer"),
      "policy-owner": of("policy-owner"),
      auditor: of("auditor"),
      "senior-information-risk-owner": of("senior-information-risk-owner"),
      administrator: of("administrator"),
    },
  };
}

/** Leaves out relations that a wider one includes. */
function relationsShown(on: readonly Relation[]): Relation[] {
  if (on.includes("any-body")) return ["any-body"];
  if (on.includes("own-body")) return ["own-body"];
  if (on.includes("own") && on.includes("others")) return ["own-body"];
  return on.filter((relation) => !(on.includes("others") && (relation === "team" || relation === "involved")));
}
