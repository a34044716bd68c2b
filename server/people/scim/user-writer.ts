import { createHash } from "node:crypto";
import { GROUP_SCHEMA } from "#domain/people/scim/group.ts";
import {
  ABSENCE_SCHEMA,
  CLEARABLE,
  type Clearable,
  derivedName,
  ENTERPRISE_SCHEMA,
  joinedName,
  KIND_WORDS,
  USER_SCHEMA,
} from "#domain/people/scim/user.ts";
import { getEnv } from "#server/base/environment/env.ts";
import type { GroupRow, UserRow } from "./repository.ts";

type Json = Record<string, unknown>;

/** The base address of the directory for programs. */
export const scimBase = (): string => `${getEnv().appUrl}/scim/v2`;

/** A person as the user sent to programs, with everything stored about them; empty attributes are left out. */
export function toResource(row: UserRow): Json {
  const { scimUser, directoryGroups, employer, team, manager, managerId } = row;
  const roles = row.roles.filter((role) => role !== "employee");
  const base = scimBase();
  const work = {
    organization: employer,
    department: team?.name,
    ...(managerId && { manager: { value: managerId, $ref: `${base}/Users/${managerId}`, displayName: manager?.name } }),
  };
  const absence = saidAbsence(row);
  const user = {
    schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA, ...(absence ? [ABSENCE_SCHEMA] : [])],
    id: row.id,
    externalId: row.externalId ?? undefined,
    userName: scimUser?.userName ?? row.email,
    name: nameOf(row),
    displayName: row.name,
    active: row.status === "active",
    userType: KIND_WORDS[row.kind],
    emails: [{ value: row.email, type: "work", primary: true }],
    // Providers that give a single role look for the primary one.
    ...(roles.length > 0 && { roles: roles.map((value) => ({ value, ...(roles.length === 1 && { primary: true }) })) }),
    ...(directoryGroups.length > 0 && {
      groups: directoryGroups.map(({ group: { id: value, displayName: display } }) => {
        return { value, display, $ref: `${base}/Groups/${value}`, type: "direct" };
      }),
    }),
    [ENTERPRISE_SCHEMA]: work,
    ...(absence && { [ABSENCE_SCHEMA]: { awayFrom: absence.firstDay, awayUntil: absence.lastDay } }),
  };
  const meta = { created: row.createdAt, lastModified: row.updatedAt, location: `${base}/Users/${row.id}` };
  return { ...user, meta: { resourceType: "User", ...meta, version: versionOf(user) } };
}

/** A user with what a request asked for beside their leaving, and could not be done: see docs/scim.md. */
export function withNotDone(user: Json, notDone: readonly string[]): Json {
  const schemas = [USER_SCHEMA, ENTERPRISE_SCHEMA, ABSENCE_SCHEMA];
  const absence = user[ABSENCE_SCHEMA];
  return { ...user, schemas, [ABSENCE_SCHEMA]: { ...(typeof absence === "object" && absence), notDone } };
}

/** The same as the starting point of a patch: without derived attributes, so that they follow a change. */
export function toPatch(row: UserRow): Json {
  const { groups: _groups, meta: _meta, schemas: _schemas, ...user } = toResource(row);
  const { scimUser } = row;
  const isDerived = scimUser !== null && row.name === derivedName(scimUser);
  const { givenName = null, familyName = null, formattedName = null } = scimUser ?? {};
  const name = {
    ...(givenName && { givenName }),
    ...(familyName && { familyName }),
    ...(formattedName && { formatted: formattedName }),
  };
  const { displayName, name: _name, ...others } = user;
  return { ...others, ...(!isDerived && { displayName }), ...(Object.keys(name).length > 0 && { name }) };
}

/** Which of the attributes that a program can clear this user has. */
export function clearableAttributesOf(resource: Json): Clearable[] {
  const has = (name: string) =>
    name in resource ||
    [resource[ENTERPRISE_SCHEMA], resource[ABSENCE_SCHEMA]].some(
      (extension) => typeof extension === "object" && extension !== null && name in extension,
    );
  return CLEARABLE.filter(has);
}

/** The absence that the program said last, or null where it says none. */
export const saidAbsence = ({ scimUser, absences: [last] }: Pick<UserRow, "scimUser" | "absences">) =>
  (scimUser?.said.includes("awayFrom") && last) || null;

function nameOf({ name, scimUser }: UserRow): Json {
  const { givenName = null, familyName = null, formattedName = null } = scimUser ?? {};
  return {
    formatted: formattedName ?? joinedName(givenName, familyName) ?? name,
    ...(familyName && { familyName }),
    ...(givenName && { givenName }),
  };
}

/** Changes whenever anything that is sent changes, and only then. */
const versionOf = (user: Json): string =>
  `W/"${createHash("sha256").update(JSON.stringify(user), "utf8").digest("base64url").slice(0, 22)}"`;

export const groupVersion = ({ revision }: Pick<GroupRow, "revision">): string => `W/"${revision}"`;

/** A group as sent to programs. @param members null if they were not requested */
export function toGroupResource(row: GroupRow, members: readonly { id: string; name: string }[] | null): Json {
  const base = scimBase();
  const times = { created: row.createdAt, lastModified: row.changedAt };
  return {
    schemas: [GROUP_SCHEMA],
    id: row.id,
    externalId: row.externalId ?? undefined,
    displayName: row.displayName,
    ...(members && {
      members: members.map(({ id: value, name: display }) => {
        return { value, display, $ref: `${base}/Users/${value}`, type: "User" };
      }),
    }),
    meta: { resourceType: "Group", ...times, location: `${base}/Groups/${row.id}`, version: groupVersion(row) },
  };
}
