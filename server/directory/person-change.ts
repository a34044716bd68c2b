import "server-only";
import { randomUUID } from "node:crypto";
import { calendarDay } from "#domain/calendar/calendar.ts";
import { addedEvent, changedFields, changeEvents, isAdministrator, orderedRoles, turnOf } from "#domain/directory/change.ts"; // prettier-ignore
import { isPastLastDay } from "#domain/directory/person.ts";
import type { EvidenceEvent } from "#domain/evidence/event.ts";
import type { Notice } from "#domain/notice/notice.ts";
import { endTokensOfFormerMakers } from "#server/api-token/end-service.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { releaseFromGroups, returnToGroups } from "#server/group/leaver-service.ts";
import { lockAdministrators } from "#server/identity/queries.ts";
import { endSessionsOf } from "#server/identity/service.ts";
import { insertPerson, lockDirectory, lockPerson, updatePerson, type DirectoryPerson, type PersonFields } from "./repository.ts"; // prettier-ignore

type Tx = Prisma.TransactionClient;

/** Whoever changes the directory, and when. */
export interface Said {
  /** Id of a person, reference of a token, or "portal". */
  by: string;
  at: Date;
}

export interface PersonChange {
  code: "done" | "same";
  personId: string;
  evidence: EvidenceEvent[];
  notices: Notice[];
}

/**
 * Waits for whoever else changes the directory of a body. Services that lock rows of their own call it first: in one order
 * nobody waits in a circle.
 */
export async function waitForDirectory(tx: Tx, body: string): Promise<void> {
  await lockDirectory(tx, body);
}

/** Adds somebody to the directory of a body. @param fields everything; an e-mail address in small letters, not in use */
export async function addPerson(tx: Tx, body: string, fields: PersonFields, said: Said): Promise<PersonChange> {
  await lockDirectory(tx, body);
  const person = { ...fields, id: randomUUID(), body, roles: orderedRoles(fields.roles) };
  await insertPerson(tx, person);
  const evidence = [addedEvent(person, said), ...(await makeLineManager(tx, body, fields.managerId, said))];
  return { code: "done", personId: person.id, evidence, notices: [] };
}

/**
 * Changes what the directory says of somebody, with all that follows from it: who leaves is signed out everywhere and to
 * be taken out of their groups; who moves team, too; whoever becomes somebody's line manager gets the role; new roles are
 * evidence; a token with which they changed people ends with their role. A leaving date that is over means that they have left. What is the same already is no change.
 * @param change the fields that are said; those left out stay
 * @returns null where the body has no such person; "last-administrator" where a body would be left without one
 */
export async function changePerson(
  tx: Tx,
  { body, personId }: { body: string; personId: string },
  change: Partial<PersonFields>,
  said: Said,
): Promise<PersonChange | "last-administrator" | null> {
  // Before the person, always: two who change each other would wait for each other otherwise.
  await lockDirectory(tx, body);
  const administrators = change.roles || change.status || change.leavesOn ? await lockAdministrators(tx, body) : null;
  const before = await lockPerson(tx, body, personId);
  if (!before) return null;
  const after = withDays(before, { ...before, ...change, roles: change.roles ? orderedRoles(change.roles) : before.roles }, calendarDay(said.at)); // prettier-ignore
  const changed = changedFields(before, after);
  if (changed.length === 0) return { code: "same", personId, evidence: [], notices: [] };
  if (isAdministrator(before) && !isAdministrator(after) && administrators === 1) return "last-administrator";
  await updatePerson(tx, personId, Object.fromEntries(changed.map((field) => [field, after[field]])));
  const followed = await follow(tx, before, after, said);
  const tokens = await endTokensOfFormerMakers(tx, body, said);
  return {
    ...{ code: "done", personId },
    evidence: [...followed.evidence, ...tokens.evidence],
    notices: [...followed.notices, ...tokens.notices],
  };
}

/** Whose leaving date is over has left; who is back has none that is over. */
function withDays(before: DirectoryPerson, after: DirectoryPerson, today: string): DirectoryPerson {
  if (!isPastLastDay(after, today) || after.status === "left") return after;
  if (before.leavesOn !== after.leavesOn) return { ...after, status: "left" };
  return before.status === "left" ? { ...after, leavesOn: null } : after;
}

async function follow(tx: Tx, before: DirectoryPerson, after: DirectoryPerson, said: Said) {
  const { id: personId, body } = before;
  const turn = turnOf(before, after);
  const manager = before.managerId === after.managerId ? [] : await makeLineManager(tx, body, after.managerId, said);
  if (turn === null) return { evidence: [...changeEvents(before, after, said, 0), ...manager], notices: [] };
  if (turn === "returned") {
    const returned = await returnToGroups(tx, { body, personId }, said);
    return { evidence: [...changeEvents(before, after, said, 0), ...returned, ...manager], notices: [] };
  }
  await endSessionsOf(tx, personId);
  const reason = turn === "left" ? "left" : "changed-role";
  const released = await releaseFromGroups(tx, { body, personId }, { ...said, reason });
  const evidence = [...changeEvents(before, after, said, released.count), ...released.evidence, ...manager];
  return { evidence, notices: released.notices };
}

/** Whoever is named line manager has the role. @returns what the journal says of it, where it is new */
export async function makeLineManager(
  tx: Tx,
  body: string,
  managerId: string | null,
  said: Said,
): Promise<EvidenceEvent[]> {
  const before = managerId === null ? null : await lockPerson(tx, body, managerId);
  if (!before || before.roles.includes("line-manager")) return [];
  const after = { ...before, roles: orderedRoles([...before.roles, "line-manager"]) };
  await updatePerson(tx, before.id, { roles: after.roles });
  return changeEvents(before, after, said, 0);
}
