import "server-only";
import { normaliseEmail } from "#domain/access/identity/email.ts";
import { NEW_PERSON } from "#domain/access/identity/person.ts";
import { smallLetters } from "#domain/access/identity/small-letters.ts";
import type { Role } from "#domain/access/permission/role.ts";
import type { DayRange } from "#domain/base/calendar/period.ts";
import { ScimError } from "#domain/people/scim/error.ts";
import { roleOfGroup } from "#domain/people/scim/group.ts";
import { CLEARABLE, derivedName, type Clearable, type RequestedUser } from "#domain/people/scim/user.ts";
import { loadContent } from "#server/base/content/store.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import type { addPerson } from "#server/people/directory/person-change.ts";
import { teamNamed } from "#server/people/directory/effects.ts";
import { getEnv } from "#server/base/environment/env.ts";
import type { ScimProgram } from "./program-rules.ts";
import { listSeen, type UserRow } from "./user-repository.ts";
import { saidAbsence } from "./user-writer.ts";

type Tx = Prisma.TransactionClient;
export type Fields = Parameters<typeof addPerson>[2];

export const EMPTY: Fields = { ...NEW_PERSON, email: "", name: "", employer: "", roles: [] };

/**
 * The directory fields that the program set; those it did not mention are left out. A new team is created.
 * @throws ScimError 400
 */
export async function directoryFieldsOf(
  tx: Tx,
  { body, reference: by }: ScimProgram,
  requested: RequestedUser,
  row: UserRow | null,
  at: Date,
) {
  const { email, externalId, kind, roles, department, organization, managerId } = requested;
  const name = requested.displayName ?? derivedName(requested);
  const isNewManager = managerId !== undefined && managerId !== row?.managerId;
  if (isNewManager && (managerId === row?.id || (await listSeen(tx, body, [managerId])).length === 0))
    throw new ScimError(400, "invalidValue", `"${managerId}" is no other user here, so nobody's manager.`);
  const employer = await employerOf(body, organization, row);
  const team = department === undefined ? null : await teamNamed(tx, body, department, { by, at });
  const fields = {
    email,
    name,
    ...(employer !== undefined && { employer }),
    ...(externalId !== undefined && { externalId }),
    ...(kind && { kind }),
    ...(roles && { roles: [...roles, ...rolesByGroups(row)] }),
    ...(team && { teamId: team.id }),
    ...(managerId !== undefined && { managerId }),
  };
  return { fields, evidence: team?.evidence ?? [] };
}

/** New values for attributes that the program cleared. */
export function clearedFields(cleared: readonly string[], row: UserRow): Partial<Fields> {
  return {
    ...(cleared.includes("externalId") && { externalId: null }),
    ...(cleared.includes("department") && { teamId: null }),
    ...(cleared.includes("manager") && { managerId: null }),
    ...(cleared.includes("userType") && { kind: "employee" as const }),
    ...(cleared.includes("roles") && { roles: rolesByGroups(row) }),
  };
}

function rolesByGroups(row: UserRow | null): Role[] {
  const { scimGroupRoles } = getEnv();
  return (row?.directoryGroups ?? []).flatMap(({ group }) => roleOfGroup(group.displayName, scimGroupRoles) ?? []);
}

/**
 * Which of the body's employers is meant. With only one, no name is needed; with several, an unknown name is an error
 * that only the program can correct.
 */
async function employerOf(body: string, organization: string | undefined, row: UserRow | null) {
  const found = (await loadContent()).bodies.find(({ slug }) => slug === body);
  const employers = found?.employers ?? [];
  const [only] = employers;
  if (organization === undefined || employers.length < 2) return row ? undefined : (only ?? found?.name ?? body);
  const named = employers.find((one) => smallLetters(one) === smallLetters(organization));
  if (named !== undefined || organization === row?.employer) return named ?? organization;
  throw new ScimError(
    400,
    "invalidValue",
    `"${organization}" is no organization here. It is one of ${employers.join(", ")}.`,
  );
}

export const NAMES = ["userName", "givenName", "familyName", "formattedName"] as const;

/** What is stored in addition to the directory fields. */
export function scimFieldsOf(requested: RequestedUser, row: UserRow | null, cleared: readonly string[] = []) {
  const { userName, givenName, familyName, formattedName } = requested;
  const earlier = (row?.scimUser?.said ?? []).filter((name) => !cleared.includes(name));
  const now = CLEARABLE.filter(
    (name) => isRequested(requested, name) && (row === null || isNews(requested, row, name)),
  );
  return {
    userName,
    userNameKey: normaliseEmail(userName),
    givenName,
    familyName,
    formattedName,
    said: [...new Set([...earlier, ...now])],
  };
}

export function isRequested(requested: RequestedUser, name: string): boolean {
  const { kind: userType, managerId: manager, absence: awayFrom } = requested;
  const values: Record<string, unknown> = { ...requested, userType, manager, awayFrom };
  return values[name] !== undefined;
}

/** Whether a program sets a new value: one that it has only read and sent back is not its own. */
function isNews(requested: RequestedUser, row: UserRow, name: Clearable): boolean {
  const before: Record<Clearable, string | null | undefined> = {
    externalId: row.externalId,
    department: row.team?.name,
    manager: row.managerId,
    roles: row.roles.filter((role) => role !== "employee").join(" "),
    userType: row.kind,
    organization: row.employer,
    awayFrom: absenceKey(saidAbsence(row)),
  };
  const now: Record<Clearable, string | null | undefined> = {
    externalId: requested.externalId,
    department: requested.department,
    manager: requested.managerId,
    roles: requested.roles?.join(" "),
    userType: requested.kind,
    organization: requested.organization,
    awayFrom: absenceKey(requested.absence ?? null),
  };
  return (before[name] ?? "") !== (now[name] ?? "");
}

function absenceKey(absence: DayRange | null): string {
  return absence === null ? "" : `${absence.firstDay} ${absence.lastDay}`;
}
