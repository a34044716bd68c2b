import "server-only";
import { randomUUID } from "node:crypto";
import { ROLES, type Role } from "#domain/access/role.ts";
import type { EvidenceEvent } from "#domain/evidence/event.ts";
import type { Notice } from "#domain/notice/notice.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { releaseFromGroups, returnToGroups } from "#server/group/leaver-service.ts";
import { lockAdministrators } from "#server/identity/queries.ts";
import { endSessionsOf } from "#server/identity/service.ts";
import { insertPerson, lockPerson, updatePerson, type DirectoryPerson, type PersonFields } from "./repository.ts";

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

/** Adds somebody to the directory of a body. @param fields everything; an e-mail address in small letters, not in use */
export async function addPerson(tx: Tx, body: string, fields: PersonFields, { by, at }: Said): Promise<PersonChange> {
  const id = randomUUID();
  const roles = ordered(fields.roles);
  await insertPerson(tx, { ...fields, id, body, roles });
  const added: EvidenceEvent = { ...{ body, at, actor: by, subject: id }, event: "person.added", data: { roles: roles.join(" "), kind: fields.kind } }; // prettier-ignore
  return { code: "done", personId: id, evidence: [added], notices: [] };
}

/**
 * Changes what the directory says of somebody, with all that follows from it: who leaves is signed out everywhere and to
 * be taken out of their groups; who moves team, too; new roles are evidence. What is the same already is no change.
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
  const administrators = change.roles || change.status ? await lockAdministrators(tx, body) : null;
  const before = await lockPerson(tx, body, personId);
  if (!before) return null;
  const after = { ...before, ...change, roles: change.roles ? ordered(change.roles) : before.roles };
  const changed = FIELDS.filter((field) => String(before[field] ?? "") !== String(after[field] ?? ""));
  if (changed.length === 0) return { code: "same", personId, evidence: [], notices: [] };
  const administers = (one: DirectoryPerson) => one.status === "active" && one.roles.includes("administrator");
  if (administers(before) && !administers(after) && administrators === 1) return "last-administrator";
  await updatePerson(tx, personId, Object.fromEntries(changed.map((field) => [field, after[field]])));
  const followed = await follow(tx, before, after, said);
  return { code: "done", personId, ...followed };
}

const FIELDS = [
  ...(["email", "name", "employer", "teamId", "managerId", "roles", "status", "kind"] as const),
  ...(["startsOn", "leavesOn", "awayUntil", "externalId"] as const),
];

/** Roles in their one order; everybody is an employee. */
function ordered(roles: readonly Role[]): Role[] {
  return ROLES.filter((role) => role === "employee" || roles.includes(role));
}

async function follow(tx: Tx, before: DirectoryPerson, after: DirectoryPerson, { by, at }: Said) {
  const { id: personId, body } = before;
  const evidence: EvidenceEvent[] = [];
  const notices: Notice[] = [];
  const note = (event: EvidenceEvent["event"], data?: EvidenceEvent["data"], detail?: EvidenceEvent["detail"]) =>
    evidence.push({ body, event, at, actor: by, subject: personId, ...(data && { data }), ...(detail && { detail }) });
  const release = async (reason: "left" | "changed-role") => {
    await endSessionsOf(tx, personId);
    return releaseFromGroups(tx, { body, personId }, { by, reason, at });
  };
  if (before.status !== after.status && after.status === "left") {
    const released = await release("left");
    note("person.left", { groups: released.count });
    evidence.push(...released.evidence);
    notices.push(...released.notices);
  } else if (before.status !== after.status) {
    const returned = await returnToGroups(tx, { body, personId }, { by, at });
    note("person.returned");
    evidence.push(...returned);
  } else if (before.teamId !== after.teamId && after.status === "active") {
    const released = await release("changed-role");
    note("person.moved", { groups: released.count, team: after.teamId });
    evidence.push(...released.evidence);
    notices.push(...released.notices);
  }
  if (String(before.roles) !== String(after.roles))
    note("person.roles-changed", { roles: after.roles.join(" "), before: before.roles.join(" ") });
  const others = OTHERS.filter((field) => before[field] !== after[field]);
  if (others.length > 0) {
    const old = Object.fromEntries(others.map((field) => [field, before[field]]));
    const now = Object.fromEntries(others.map((field) => [field, after[field]]));
    note("person.changed", { fields: others.join(" ") }, { before: JSON.stringify(old), after: JSON.stringify(now) });
  }
  return { evidence, notices };
}

/** What has no event of its own. */
const OTHERS = ["email", "name", "employer", "managerId", "kind", "startsOn", "leavesOn", "awayUntil"] as const;
