/** Nobody changes their own permissions in any way: another administrator has to. */
import { orderedRoles } from "./change.ts";
import type { DirectoryPerson } from "#domain/access/identity/person.ts";

/** What a change to one's own permissions affects. */
export type OwnChange = "roles" | "team" | "line-manager" | "first-day" | "state" | "reports" | "leaving";

/** The parts of a directory entry that decide what a person may do, and who decides on their requests. */
export interface PersonAuthority extends Pick<
  DirectoryPerson,
  "id" | "roles" | "teamId" | "managerId" | "status" | "startsOn" | "leavesOn"
> {
  /** Their line manager by the usual rule, named or their team's. */
  lineManagerId: string | null;
}

/** The message for each refusal: what it is, and what to do. */
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
 * What a change to a person affects about whoever makes it.
 * @param by id of the person on whose authority it is made; null for nobody, as with a command on the server
 * @param before null for somebody who is new
 * @param isProgram whether it is made by a program, with a token of theirs
 * @returns null if it does not affect their permissions; giving up reports does not count
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
  // A program may mark whoever made its token as having left: the token then ends, but a leaver must not stay because
  // of it.
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
 * @param team ids of its manager before and after; and whether whoever makes the change is in it
 */
export function ownTeamChange(
  by: string | null,
  { before, after, isOwnTeam }: { before: string | null; after: string | null; isOwnTeam: boolean },
): OwnChange | null {
  if (by === null || before === after) return null;
  if (after === by) return "reports";
  return isOwnTeam ? "line-manager" : null;
}

/** Thrown if a change is refused, so that none of it is written. */
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
