/** Somebody who is signed in and does something (docs/design.md, "People and permissions"). */
import type { Role } from "./role.ts";

/** The roles that somebody has themselves. */
export function ownRoles({ roles, standsInAs = [] }: Pick<Actor, "roles" | "standsInAs">): Role[] {
  return roles.filter((role) => !standsInAs.includes(role));
}

export interface Actor {
  personId: string;
  name: string;
  email: string;
  /** Their own, and those in which they stand in. */
  roles: Role[];
  /** Those of `roles` that they do not have themselves: as a deputy, or because nobody who has them is there. */
  standsInAs?: readonly Role[];
  /** Slug of the body they belong to. */
  body: string;
  /** Which of the body's employers, by name. */
  employer: string;
  /** Id of their team. */
  team: string | null;
}
