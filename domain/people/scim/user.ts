/** A user of SCIM and what the directory keeps of them: which attribute means what (docs/scim.md). */
import { z } from "zod";
import { ROLE_NAMES, ROLES, type Role } from "#domain/access/permission/role.ts";
import { emailProblem, normaliseEmail } from "#domain/access/identity/email.ts";
import { nameProblem } from "#domain/access/identity/name.ts";
import { smallLetters } from "#domain/access/identity/small-letters.ts";
import { ScimError } from "./error.ts";

export const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
export const ENTERPRISE_SCHEMA = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

export const KIND_WORDS = { employee: "Employee", contractor: "Contractor", vendor: "Vendor", agent: "Agent" } as const;
export type UserType = keyof typeof KIND_WORDS;
const KINDS: readonly UserType[] = ["employee", "contractor", "vendor", "agent"];

/** Attributes that only the program which set them clears by leaving them out. */
export const CLEARABLE = ["externalId", "department", "manager", "roles", "userType", "organization"] as const;
export type Clearable = (typeof CLEARABLE)[number];

/** What a program says of somebody; undefined where it says nothing. */
export interface RequestedUser {
  userName: string;
  /** Their work e-mail address, as it is kept. */
  email: string;
  displayName: string | undefined;
  givenName: string | null;
  familyName: string | null;
  /** As one text, where it is another than given and family name. */
  formattedName: string | null;
  active: boolean | undefined;
  externalId: string | undefined;
  kind: UserType | undefined;
  /** Without "employee", which everybody is. */
  roles: Role[] | undefined;
  department: string | undefined;
  organization: string | undefined;
  managerId: string | undefined;
}

const LONGEST = 250;
const text = z
  .string()
  .trim()
  .max(LONGEST, `is longer than ${LONGEST} characters`)
  .nullish()
  .transform((value) => value || undefined);

const userSchema = z.object({
  userName: text,
  externalId: text,
  displayName: text,
  name: z.object({ formatted: text, givenName: text, familyName: text }).nullish(),
  active: z.boolean().nullish(),
  emails: z.array(z.object({ value: text, type: text, primary: z.boolean().nullish() })).nullish(),
  userType: text,
  roles: z.array(z.object({ value: text })).nullish(),
  [ENTERPRISE_SCHEMA]: z
    .object({ department: text, organization: text, manager: z.object({ value: text }).nullish() })
    .nullish(),
});

/**
 * Reads a user as it was sent, or as it is after a patch.
 * @throws ScimError 400 invalidValue with what to put right
 */
export function readUser(resource: unknown): RequestedUser {
  const read = userSchema.safeParse(resource);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw invalid(`"${issue?.path.join(".")}" ${issue?.message ?? "cannot be used"}.`);
  }
  const { userName, name, emails, userType, roles, active, [ENTERPRISE_SCHEMA]: work, ...requested } = read.data;
  if (userName === undefined) throw invalid('"userName" is missing.');
  const { givenName = null, familyName = null, formatted = null } = name ?? {};
  const isPlain = formatted === joinedName(givenName, familyName);
  return {
    userName,
    email: emailOf(userName, emails ?? []),
    displayName: requested.displayName,
    externalId: requested.externalId,
    givenName,
    familyName,
    formattedName: isPlain ? null : formatted,
    active: active ?? undefined,
    kind: userType === undefined ? undefined : kindOf(userType),
    roles: roles ? rolesOf(roles.flatMap(({ value }) => value ?? [])) : undefined,
    department: work?.department,
    organization: work?.organization,
    managerId: work?.manager?.value,
  };
}

/**
 * Sees to it that names and addresses are such, by the one rule for all ways in. What is kept already may be sent back.
 * @param known what is kept of the person, and of their team
 * @throws ScimError 400 invalidValue that names the attribute
 */
export function checkNames(requested: RequestedUser, known: readonly (string | null | undefined)[] = []): void {
  const isFromUserName = requested.email === normaliseEmail(requested.userName);
  const emailPath = isFromUserName ? "userName" : 'emails[type eq "work"].value';
  const hint = isFromUserName ? ' Send the work address in "emails", with the type "work".' : "";
  const addressProblem = (email: string) => {
    const problem = emailProblem(email);
    return problem && problem + hint;
  };
  if (!known.includes(requested.email)) checkText(emailPath, requested.email, addressProblem);
  const names = {
    userName: requested.userName,
    displayName: requested.displayName,
    "name.givenName": requested.givenName,
    "name.familyName": requested.familyName,
    "name.formatted": requested.formattedName,
    [`${ENTERPRISE_SCHEMA}:department`]: requested.department,
    [`${ENTERPRISE_SCHEMA}:organization`]: requested.organization,
  };
  for (const [path, name] of Object.entries(names))
    if (name && !known.includes(name) && !(path === "userName" && isFromUserName)) checkText(path, name, nameProblem);
}

/** @throws ScimError 400 invalidValue that names the attribute */
export function checkText(path: string, text: string, problemOf: (text: string) => string | null): void {
  const problem = problemOf(text);
  if (problem !== null) throw invalid(`"${path}": ${problem}`);
}

/** "Ann Example" of its two parts; null of none. */
export function joinedName(givenName: string | null, familyName: string | null): string | null {
  return [givenName, familyName].filter(Boolean).join(" ") || null;
}

/** What somebody is called where the program gives no name to show. */
export function derivedName(
  user: Pick<RequestedUser, "formattedName" | "givenName" | "familyName" | "userName">,
): string {
  return user.formattedName ?? joinedName(user.givenName, user.familyName) ?? user.userName;
}

/** The work address comes before the main one, that before any other, and all before the user name. */
function emailOf(
  userName: string,
  emails: readonly { value?: string | undefined; type?: string | undefined; primary?: boolean | null | undefined }[],
): string {
  const given = emails.filter(({ value }) => value !== undefined);
  const found =
    given.findLast(({ type, primary }) => type?.toLowerCase() === "work" && primary) ??
    given.find(({ type }) => type?.toLowerCase() === "work") ??
    given.find(({ primary }) => primary) ??
    given[0];
  return normaliseEmail(found?.value ?? userName);
}

function kindOf(userType: string): UserType {
  const kind = KINDS.find((one) => one === userType.toLowerCase());
  if (kind) return kind;
  throw invalid(`"${userType}" is no userType here. It is one of ${Object.values(KIND_WORDS).join(", ")}.`);
}

/** The roles that are named, by name or by what people call them. @throws ScimError 400 for a name that is none */
export function rolesOf(names: readonly string[]): Role[] {
  const unknown = names.filter((name) => roleNamed(name) === null);
  if (unknown.length > 0)
    throw invalid(`"${unknown.join('", "')}" is no role here. The roles are ${ROLES.join(", ")}.`);
  return ROLES.filter((role) => role !== "employee" && names.some((name) => roleNamed(name) === role));
}

/** The role of that name, capital letters aside; null for any other text. */
export function roleNamed(name: string): Role | null {
  const lowered = smallLetters(name.trim());
  return ROLES.find((role) => role === lowered || smallLetters(ROLE_NAMES[role]) === lowered) ?? null;
}

function invalid(detail: string): ScimError {
  return new ScimError(400, "invalidValue", detail);
}
