import { randomUUID } from "node:crypto";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import {
  addedEvent,
  changedFields,
  changeEvents,
  changeNotices,
  isPortalAdministrator,
  orderedRoles,
  turnOf,
} from "#domain/people/directory/change.ts";
import { ownChange, OwnChangeRefused, type PersonAuthority } from "#domain/people/directory/import-plan.ts";
import { lineManagerOf } from "#domain/people/directory/line-manager.ts";
import { isPastLastDay, type ChangedBy } from "#domain/access/identity/person.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Followed } from "#server/base/connections.ts";
import type { Tx } from "#server/base/db/database.ts";
import type { Change } from "#server/evidence/journal/transact.ts";
import { lockAdministrators, lockDirectory } from "#server/access/identity/queries.ts";
import { endSessionsOf, writeRolesConfirmed } from "#server/access/identity/effects.ts";
import { followChange, followChanges, joined, listConcerned } from "./effects.ts";
import * as repository from "./repository.ts";

interface ChangedOnAuthority extends ChangedBy {
  /**
   * Id of the person on whose authority the change is made: for a token, whoever made it. They cannot change their own
   * permissions. Null if there is nobody: a command on the server, the provider's groups at a sign-in, a scheduled job.
   */
  authority: string | null;
  /** False where only some of the person's roles are said, which confirms none of the others. */
  saysAllRoles?: boolean;
}

export type PersonChange = Followed & { code: "done" | "same"; personId: string };

/**
 * Adds somebody to the directory of a body.
 * @param fields all fields; the e-mail address normalised by `normaliseEmail` and not in use
 * @throws OwnChangeRefused if whoever makes the change would become their line manager
 */
export async function addPerson(
  tx: Tx,
  body: string,
  fields: repository.PersonFields,
  changedBy: ChangedOnAuthority,
): Promise<PersonChange> {
  await lockDirectory(tx, body);
  const person = { ...fields, id: randomUUID(), body, roles: orderedRoles(fields.roles) };
  await refuseOwnChange(tx, null, person, changedBy);
  await repository.insertPerson(tx, person);
  const manager = await makeLineManager(tx, body, fields.managerId, changedBy);
  const added = { evidence: [addedEvent(person, changedBy)], notices: [] };
  const afterwards = person.roles.length > 1 ? [await followChanges(tx, body, changedBy)] : []; // somebody may have stood in as this
  return { code: "done", personId: person.id, ...joined([added, manager, ...afterwards]) };
}

/**
 * Changes somebody's directory entry, with all the consequences. People who leave or move team are signed out
 * everywhere and are to be taken out of their groups; a new line manager gets the role; new roles and a new address are
 * recorded and the person is told; tokens that change people end with the role of whoever made them. A leaving date in
 * the past means that they have left. Setting a field to its present value is not a change.
 * @param change the fields to set; the others stay as they are
 * @returns null if the body has no such person; "last-administrator" if the body would be left without one
 * @throws OwnChangeRefused if it would affect the permissions of whoever makes the change
 */
export async function changePerson(
  tx: Tx,
  { body, personId }: { body: string; personId: string },
  change: Partial<repository.PersonFields>,
  changedBy: ChangedOnAuthority,
): Promise<PersonChange | "last-administrator" | null> {
  // Always locked before the person: otherwise two people who change each other would deadlock.
  await lockDirectory(tx, body);
  const administrators = change.roles || change.status || change.leavesOn ? await lockAdministrators(tx, body) : null;
  const before = await repository.lockPerson(tx, body, personId);
  if (!before) return null;
  const after = withDays(
    before,
    { ...before, ...change, roles: change.roles ? orderedRoles(change.roles) : before.roles },
    calendarDay(changedBy.at),
  );
  const changed = changedFields(before, after);
  if (changed.length === 0) return { code: "same", personId, evidence: await confirmed(), notices: [] };
  await refuseOwnChange(tx, before, after, changedBy);
  if (isPortalAdministrator(before) && !isPortalAdministrator(after) && administrators === 1)
    return "last-administrator";
  await repository.updatePerson(tx, personId, Object.fromEntries(changed.map((field) => [field, after[field]])));
  const roles = await confirmed();
  const isNewManager = before.managerId !== after.managerId;
  const manager = await makeLineManager(tx, body, isNewManager ? after.managerId : null, changedBy);
  if (["left", "moved"].includes(turnOf(before, after) ?? "")) await endSessionsOf(tx, personId);
  const followed = await followChange(tx, { before, after }, changedBy);
  const afterwards = await followChanges(tx, body, changedBy);
  return { code: "done", personId, ...joined([{ evidence: roles, notices: [] }, followed, manager, afterwards]) };

  /** Whoever sets somebody's roles confirms them, also as they are; nobody confirms their own. */
  async function confirmed(): Promise<EvidenceEvent[]> {
    const { by, at, authority, saysAllRoles = true } = changedBy;
    if (!change.roles || !saysAllRoles || authority === personId || !(await writeRolesConfirmed(tx, personId)))
      return [];
    if (changed.includes("roles")) return []; // another event says so
    return [{ body, event: "person.roles-confirmed", at, actor: by, subject: personId }];
  }
}

/**
 * Marks those of these people as having left whose last day is over, as `changePerson` would one by one. All are
 * written before other rooms follow, because whether a deputy steps up depends on who else has left.
 * @returns how many, and the ids of administrators of the portal, who are left as they are
 */
export async function markAsLeft(
  tx: Tx,
  body: string,
  personIds: readonly string[],
  { today, ...changedBy }: ChangedBy & { today: string },
): Promise<Change<{ count: number; administrators: string[] }>> {
  await lockDirectory(tx, body);
  const people = await repository.lockPastLastDay(tx, body, { today, ids: personIds });
  const leavers = people.filter((person) => !isPortalAdministrator(person));
  const ids = leavers.map(({ id }) => id);
  const administrators = people.filter(isPortalAdministrator).map(({ id }) => id);
  const result = { count: ids.length, administrators };
  if (ids.length === 0) return { result, evidence: [] };
  await repository.writeLeft(tx, ids);
  await endSessionsOf(tx, ids);
  const concerned = await listConcerned(tx, body, ids);
  const followed: Followed[] = [];
  for (const before of leavers) {
    const step = { before, after: { ...before, status: "left" as const } };
    followed.push(await followChange(tx, step, changedBy, concerned.has(before.id)));
  }
  return { result, ...joined([...followed, await followChanges(tx, body, changedBy)]) };
}

/** People whose leaving date has passed have left; people who come back lose a leaving date that has passed. */
function withDays(
  before: repository.DirectoryPerson,
  after: repository.DirectoryPerson,
  today: string,
): repository.DirectoryPerson {
  if (!isPastLastDay(after, today) || after.status === "left") return after;
  if (before.leavesOn !== after.leavesOn) return { ...after, status: "left" };
  return before.status === "left" ? { ...after, leavesOn: null } : after;
}

/** @throws OwnChangeRefused */
async function refuseOwnChange(
  tx: Tx,
  before: repository.DirectoryPerson | null,
  after: repository.DirectoryPerson,
  { by, authority }: ChangedOnAuthority,
): Promise<void> {
  if (authority === null) return;
  const standing = async (person: repository.DirectoryPerson): Promise<PersonAuthority> => {
    const lineManager = lineManagerOf(await repository.findManagers(tx, person));
    return { ...person, lineManagerId: lineManager?.id ?? null };
  };
  const what = ownChange(authority, before && (await standing(before)), await standing(after), by !== authority);
  if (what) throw new OwnChangeRefused(what, after.id);
  // When a line manager leaves, their people get the manager of the team instead, until the line manager comes back.
  if (!before || after.id === authority) return;
  const goes =
    before.status === "active" &&
    (after.status === "left" || (after.leavesOn !== null && after.leavesOn !== before.leavesOn));
  const returns = before.status === "left" && after.status === "active";
  const fallen = goes || returns ? await repository.listWhoWouldFall(tx, { from: after.id, to: authority }) : [];
  if (fallen.includes(authority) || (goes && fallen.length > 0)) throw new OwnChangeRefused("leaving", after.id);
}

/** Gives the role to whoever is named as a line manager. @returns evidence and notices, if the role is new */
export async function makeLineManager(tx: Tx, body: string, managerId: string | null, changedBy: ChangedOnAuthority) {
  const before = managerId === null ? null : await repository.lockPerson(tx, body, managerId);
  if (!before || before.roles.includes("line-manager")) return { evidence: [], notices: [] };
  const after = { ...before, roles: orderedRoles([...before.roles, "line-manager"]) };
  await repository.updatePerson(tx, before.id, { roles: after.roles });
  return { evidence: changeEvents(before, after, changedBy, 0), notices: changeNotices(before, after) };
}
