/** Who may do what: the one table of permissions, action × role (DESIGN, "People and permissions"). */
import type { Actor } from "./actor.ts";
import { ROLES, type Role } from "./role.ts";

type Scope = "own-body" | "any-body";

interface Permission {
  /** In words, for the page that shows the table. */
  means: string;
  roles: readonly Role[];
  /** `own-body`: only on what belongs to the actor's own body. */
  scope: Scope;
}

export const PERMISSIONS = {
  "portal.use": { means: "Use the portal", roles: ROLES, scope: "own-body" },
  "policy.read": { means: "Read published policies of every body served", roles: ROLES, scope: "any-body" },
  "policy.read-unpublished": {
    means: "Read policies that are not published yet",
    roles: ["policy-owner", "governance-officer"],
    scope: "own-body",
  },
} as const satisfies Record<string, Permission>;

export type Action = keyof typeof PERMISSIONS;

/**
 * Whether `actor` may do `action` on something that belongs to the body `on.body`.
 * Somebody without a role may do nothing.
 */
export function can(actor: Pick<Actor, "roles" | "body">, action: Action, on: { body: string }): boolean {
  const permission: Permission = PERMISSIONS[action];
  if (permission.scope === "own-body" && actor.body !== on.body) return false;
  return actor.roles.some((role) => permission.roles.includes(role));
}
