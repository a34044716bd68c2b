/** Nobody changes what they themselves may do, by whatever way: another administrator does. */
import { orderedRoles } from "./change.ts";
import type { DirectoryPerson } from "#domain/access/identity/person.ts";

/** What somebody would change about what they themselves may do. */
export type OwnChange = "roles" | "team" | "line-manager" | "first-day" | "state" | "reports" | "leaving";

/** What of somebody decides what they may do, and who decides on what they ask for. */
export interface PersonAuthority extends Pick<
  DirectoryPerson,
  "id" | "roles" | "teamId" | "managerId" | "status" | "startsOn" | "leavesOn"
> {
  /** Their line manager by the one rule, named or their team's. */
  lineManagerId: string | null;
}

/** What each is refused with: what it is, and what to do. */
export const OWN_CHANGE_WORDS: Readonly<Record<OwnChange, string>> = {
  roles: "These are your own roles. Another administrator has to change them.",
  team: "This is your own team. Another administrator has to change it.",
  "line-manager": "This is your own line manager. Another administrator has to change who that is.",
  "first-day": "This is your own first day. Another administrator has to change it.",
  state: "Another administrator has to say this of you.",
  leaving:
    "With this your own line manager would be another, or you would be that of their people. Another administrator has to do it.",
  reports: "This would make you a line manager. Another administrator has to do this.",
};

/**
 * What a change of a person is about whoever makes it.
 * @param by id of whose authority the change has; null where it is nobody's, as for a command on the server
 * @param before null for somebody who is new
 * @param isProgram whether a program says it, with a token that they made
 * @returns null where it leaves what they may do as it was; giving up reports is no such change
 */
export function ownChange(
  by: string | null,
  before: PersonAuthority | null,
  after: PersonAuthority,
  isProgram = false,
): OwnChange | null {
  if (by === null) return null;
  if (after.id !== by) return after.lineManagerId === by && before?.lineManagerId !== by ? "reports" : null;
  if (!before) return null;
  // A program may say that whoever made its token has left: with them the token ends, and a leaver never stays for its sake.
  const isLeaver = before.status === "active" && after.status === "left";
  if (isProgram && isLeaver && after.roles.every((role) => before.roles.includes(role))) return null;
  if (String(orderedRoles(before.roles)) !== String(orderedRoles(after.roles))) return "roles";
  if (before.teamId !== after.teamId) return "team";
  if (before.managerId !== after.managerId || before.lineManagerId !== after.lineManagerId) return "line-manager";
  if (before.startsOn !== after.startsOn) return "first-day";
  return before.status === after.status && before.leavesOn === after.leavesOn ? null : "state";
}

/**
 * The same for who manages a team.
 * @param team ids of its manager before and after; whether whoever makes the change is in it
 */
export function ownTeamChange(
  by: string | null,
  { before, after, isOwnTeam }: { before: string | null; after: string | null; isOwnTeam: boolean },
): OwnChange | null {
  if (by === null || before === after) return null;
  if (after === by) return "reports";
  return isOwnTeam ? "line-manager" : null;
}

/** Thrown where a change is refused, so that nothing of it is written. */
export class OwnChangeRefused extends Error {
  override name = "OwnChangeRefused";

  /** @param personId whose entry it is */
  constructor(
    readonly what: OwnChange,
    readonly personId: string,
  ) {
    super(OWN_CHANGE_WORDS[what]);
  }
}
