/** The differences between two states of a person in the directory, and the evidence of them. */
import { ROLE_NAMES, ROLES, type Role } from "#domain/access/permission/permission.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import type { ChangedBy, DirectoryPerson, PersonFields } from "#domain/access/identity/person.ts";

const FIELDS = [
  ...(["email", "name", "employer", "teamId", "managerId", "roles", "status", "kind"] as const),
  ...(["startsOn", "leavesOn", "awayUntil", "externalId"] as const),
] satisfies (keyof PersonFields)[];

/** Fields without an event of their own. */
const OTHERS = ["email", "name", "employer", "managerId", "kind", "startsOn", "leavesOn", "awayUntil"] as const;

/** Roles in their fixed order; everybody is an employee. */
export const orderedRoles = (roles: readonly Role[]): Role[] =>
  ROLES.filter((role) => role === "employee" || roles.includes(role));

/** The fields in which two states differ. */
export const changedFields = (before: PersonFields, after: PersonFields): (keyof PersonFields)[] =>
  FIELDS.filter((field) => String(before[field] ?? "") !== String(after[field] ?? ""));

export const isPortalAdministrator = ({ status, roles }: Pick<PersonFields, "status" | "roles">): boolean =>
  status === "active" && roles.includes("administrator");

/** The change that has consequences for chat groups: somebody leaves, comes back, or changes team. */
export function turnOf(before: DirectoryPerson, after: DirectoryPerson): "left" | "returned" | "moved" | null {
  if (before.status !== after.status) return after.status === "left" ? "left" : "returned";
  const changesTeam = before.teamId !== null && before.teamId !== after.teamId;
  return changesTeam && after.status === "active" ? "moved" : null;
}

/** @param groups how many chat groups they are to be taken out of */
export function changeEvents(before: DirectoryPerson, after: DirectoryPerson, { by, at }: ChangedBy, groups: number) {
  const events: EvidenceEvent[] = [];
  const note = (event: EvidenceEvent["event"], data?: EvidenceEvent["data"], detail?: EvidenceEvent["detail"]) =>
    events.push({
      body: before.body,
      event,
      at,
      actor: by,
      subject: before.id,
      ...(data && { data }),
      ...(detail && { detail }),
    });
  const turn = turnOf(before, after);
  if (turn === "left") note("person.left", { groups });
  if (turn === "returned") note("person.returned");
  if (turn === "moved") note("person.moved", { groups, team: after.teamId });
  if (String(before.roles) !== String(after.roles))
    note("person.roles-changed", { roles: after.roles.join(" "), before: before.roles.join(" ") });
  const others = [...OTHERS, ...(turn === "moved" ? [] : (["teamId"] as const))].filter(
    (field) => before[field] !== after[field],
  );
  if (others.length > 0) {
    const of = (state: DirectoryPerson) => Object.fromEntries(others.map((field) => [field, state[field]]));
    const detail = { before: JSON.stringify(of(before)), after: JSON.stringify(of(after)) };
    note("person.changed", { fields: others.join(" ") }, detail);
  }
  return events;
}

export const addedEvent = ({ id, body, roles, kind }: DirectoryPerson, { by, at }: ChangedBy): EvidenceEvent => ({
  body,
  at,
  actor: by,
  subject: id,
  event: "person.added",
  data: { roles: roles.join(" "), kind },
});

const NOT_EXPECTED =
  "If you did not expect this, tell an administrator of the portal, or your information governance officer.";

/**
 * The notices about changed roles or a changed address; the latter goes to both the old and the new address. None if
 * the person leaves.
 */
export function changeNotices(before: DirectoryPerson, after: DirectoryPerson): Notice[] {
  if (after.status === "left") return [];
  const inWords = (roles: readonly Role[]) => roles.map((role) => ROLE_NAMES[role]).join(", ");
  const to = { body: after.body, to: after.id, href: "/me" };
  const notices: Notice[] = [];
  if (String(before.roles) !== String(after.roles))
    notices.push({
      ...to,
      kind: "roles-changed",
      subject: "Your roles in the portal on messaging apps have changed",
      paragraphs: [`You now have: ${inWords(after.roles)}. Before, you had: ${inWords(before.roles)}.`, NOT_EXPECTED],
    });
  if (before.email !== after.email)
    notices.push({
      ...to,
      kind: "address-changed",
      subject: "Your e-mail address in the portal on messaging apps has changed",
      paragraphs: ["Mail from the portal goes to another address from now on. This is sent to both.", NOT_EXPECTED],
      alsoTo: before.email,
    });
  return notices;
}
