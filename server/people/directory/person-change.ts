import "server-only";
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
import { lineManagerOf } from "#domain/people/directory/line-manager.ts";
import { ownChange, OwnChangeRefused, type PersonAuthority } from "#domain/people/directory/own-change.ts";
import { isPastLastDay, type ChangedBy } from "#domain/access/identity/person.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { lockAdministrators, lockDirectory } from "#server/access/identity/queries.ts";
import { endSessionsOf } from "#server/access/identity/effects.ts";
import { followChanges, followLeaving, followReturning } from "./person-effects.ts";
import {
  findManagers,
  insertPerson,
  listWhoWouldFall,
  lockPerson,
  updatePerson,
  type DirectoryPerson,
  type PersonFields,
} from "./repository.ts";

type Tx = Prisma.TransactionClient;

interface ChangedOnAuthority extends ChangedBy {
  /**
   * Id of the person by whose authority it is done: for a token, of whoever made it. They change nothing of what they
   * themselves may do. Null where it is nobody's: a command on the server, the provider's groups at a sign-in, timed work.
   */
  authority: string | null;
}

export interface PersonChange {
  code: "done" | "same";
  personId: string;
  evidence: EvidenceEvent[];
  notices: Notice[];
}

/**
 * Adds somebody to the directory of a body.
 * @param fields everything; an e-mail address as `normaliseEmail` makes it, not in use
 * @throws OwnChangeRefused where whoever does it would become their line manager
 */
export async function addPerson(
  tx: Tx,
  body: string,
  fields: PersonFields,
  changedBy: ChangedOnAuthority,
): Promise<PersonChange> {
  await lockDirectory(tx, body);
  const person = { ...fields, id: randomUUID(), body, roles: orderedRoles(fields.roles) };
  await refuseOwnChange(tx, null, person, changedBy);
  await insertPerson(tx, person);
  const manager = await makeLineManager(tx, body, fields.managerId, changedBy);
  const evidence = [addedEvent(person, changedBy), ...manager.evidence];
  return { code: "done", personId: person.id, evidence, notices: manager.notices };
}

/**
 * Changes what the directory says of somebody, with all that follows from it: who leaves is signed out everywhere and to
 * be taken out of their groups; who moves team, too; whoever becomes somebody's line manager gets the role; new roles are
 * evidence, and told to the person, as a new address is; a token with which they changed people ends with their role. A
 * leaving date that is over means that they have left. What is the same already is no change.
 * @param change the fields that are said; those left out stay
 * @returns null where the body has no such person; "last-administrator" where a body would be left without one
 * @throws OwnChangeRefused where it would change what whoever does it may do
 */
export async function changePerson(
  tx: Tx,
  { body, personId }: { body: string; personId: string },
  change: Partial<PersonFields>,
  changedBy: ChangedOnAuthority,
): Promise<PersonChange | "last-administrator" | null> {
  // Before the person, always: two who change each other would wait for each other otherwise.
  await lockDirectory(tx, body);
  const administrators = change.roles || change.status || change.leavesOn ? await lockAdministrators(tx, body) : null;
  const before = await lockPerson(tx, body, personId);
  if (!before) return null;
  const after = withDays(
    before,
    { ...before, ...change, roles: change.roles ? orderedRoles(change.roles) : before.roles },
    calendarDay(changedBy.at),
  );
  const changed = changedFields(before, after);
  if (changed.length === 0) return { code: "same", personId, evidence: [], notices: [] };
  await refuseOwnChange(tx, before, after, changedBy);
  if (isPortalAdministrator(before) && !isPortalAdministrator(after) && administrators === 1)
    return "last-administrator";
  await updatePerson(tx, personId, Object.fromEntries(changed.map((field) => [field, after[field]])));
  const followed = await follow(tx, before, after, changedBy);
  const afterwards = await followChanges(tx, body, changedBy);
  return {
    code: "done",
    personId,
    evidence: [...followed.evidence, ...afterwards.evidence],
    notices: [...followed.notices, ...afterwards.notices],
  };
}

/** Whose leaving date is over has left; who is back has none that is over. */
function withDays(before: DirectoryPerson, after: DirectoryPerson, today: string): DirectoryPerson {
  if (!isPastLastDay(after, today) || after.status === "left") return after;
  if (before.leavesOn !== after.leavesOn) return { ...after, status: "left" };
  return before.status === "left" ? { ...after, leavesOn: null } : after;
}

/** @throws OwnChangeRefused */
async function refuseOwnChange(
  tx: Tx,
  before: DirectoryPerson | null,
  after: DirectoryPerson,
  { by, authority }: ChangedOnAuthority,
): Promise<void> {
  if (authority === null) return;
  const standing = async (person: DirectoryPerson): Promise<PersonAuthority> => {
    const lineManager = lineManagerOf(await findManagers(tx, person));
    return { ...person, lineManagerId: lineManager?.id ?? null };
  };
  const what = ownChange(authority, before && (await standing(before)), await standing(after), by !== authority);
  if (what) throw new OwnChangeRefused(what, after.id);
  // Where a line manager goes, their people fall to the manager of the team; where they come back, to them again.
  if (!before || after.id === authority) return;
  const goes =
    before.status === "active" &&
    (after.status === "left" || (after.leavesOn !== null && after.leavesOn !== before.leavesOn));
  const returns = before.status === "left" && after.status === "active";
  const fallen = goes || returns ? await listWhoWouldFall(tx, { from: after.id, to: authority }) : [];
  if (fallen.includes(authority) || (goes && fallen.length > 0)) throw new OwnChangeRefused("leaving", after.id);
}

async function follow(tx: Tx, before: DirectoryPerson, after: DirectoryPerson, changedBy: ChangedOnAuthority) {
  const { id: personId, body } = before;
  const turn = turnOf(before, after);
  const isNewManager = before.managerId !== after.managerId;
  const manager = await makeLineManager(tx, body, isNewManager ? after.managerId : null, changedBy);
  const notices = [...changeNotices(before, after), ...manager.notices];
  if (turn === null) return { evidence: [...changeEvents(before, after, changedBy, 0), ...manager.evidence], notices };
  if (turn === "returned") {
    const returned = await followReturning(tx, { body, personId }, changedBy);
    const evidence = [...changeEvents(before, after, changedBy, 0), ...returned.evidence, ...manager.evidence];
    return { evidence, notices: [...notices, ...returned.notices] };
  }
  await endSessionsOf(tx, personId);
  const reason = turn === "left" ? "left" : "changed-role";
  const released = await followLeaving(tx, { body, personId }, { ...changedBy, reason });
  const evidence = [
    ...changeEvents(before, after, changedBy, released.groups),
    ...released.evidence,
    ...manager.evidence,
  ];
  return { evidence, notices: [...notices, ...released.notices] };
}

/** Whoever is named line manager has the role. @returns what the journal says of it and what they are told, where it is new */
export async function makeLineManager(
  tx: Tx,
  body: string,
  managerId: string | null,
  changedBy: ChangedOnAuthority,
): Promise<Pick<PersonChange, "evidence" | "notices">> {
  const before = managerId === null ? null : await lockPerson(tx, body, managerId);
  if (!before || before.roles.includes("line-manager")) return { evidence: [], notices: [] };
  const after = { ...before, roles: orderedRoles([...before.roles, "line-manager"]) };
  await updatePerson(tx, before.id, { roles: after.roles });
  return { evidence: changeEvents(before, after, changedBy, 0), notices: changeNotices(before, after) };
}
