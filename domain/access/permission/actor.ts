/** Somebody who is signed in and does something (docs/design.md, "People and permissions"). */
import type { Role } from "./role.ts";

export interface Actor {
  personId: string;
  name: string;
  email: string;
  roles: Role[];
  /** Slug of the body they belong to. */
  body: string;
  /** Which of the body's employers, by name. */
  employer: string;
  /** Id of their team. */
  team: string | null;
}
