/** How the attributes of a SCIM user map to the directory (docs/scim.md). */
import { z } from "zod";
import { isDay } from "#domain/base/calendar/calendar.ts";
import { absenceDayProblem } from "#domain/people/absence/absence.ts";
import { ROLE_NAMES, ROLES, type Role } from "#domain/access/permission/permission.ts";
import { emailProblem, normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import { nameProblem } from "#domain/access/identity/name.ts";
import { smallLetters } from "#domain/access/identity/small-letters.ts";
import { ScimError } from "./error.ts";

export const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
export const ENTERPRISE_SCHEMA = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** Ours, for when somebody is away. */
export const ABSENCE_SCHEMA = "urn:ietf:params:scim:schemas:extension:withcare:2.0:User";
export const EXTENSIONS = [ENTERPRISE_SCHEMA, ABSENCE_SCHEMA] as const;

export const KIND_WORDS = { employee: "Employee", contractor: "Contractor", vendor: "Vendor", agent: "Agent" } as const;
export type UserType = keyof typeof KIND_WORDS;
const KINDS: readonly UserType[] = ["employee", "contractor", "vendor", "agent"];

/** Attributes that a program can clear by leaving them out, if it has set them itself. */
export const CLEARABLE = [
  ...(["externalId", "department", "manager", "roles", "userType", "organization"] as const),
  ...(["awayFrom"] as const),
];
export type Clearable = (typeof CLEARABLE)[number];

/** What a program says about somebody; undefined for attributes it does not send, null for parts of a name. */
export type RequestedUser = ReturnType<typeof readUser>;

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
  [ABSENCE_SCHEMA]: z.object({ awayFrom: text, awayUntil: text }).nullish(),
});

/** Reads a user as sent, or after a patch. @throws ScimError 400 invalidValue with what to correct */
export function readUser(resource: unknown) {
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
    absence: absenceOf(read.data[ABSENCE_SCHEMA] ?? {}),
  };
}

/** First and last day away. @throws ScimError 400 unless both are days, in order */
function absenceOf({ awayFrom, awayUntil }: { awayFrom?: string | undefined; awayUntil?: string | undefined }) {
  if (awayFrom === undefined && awayUntil === undefined) return undefined;
  const named = { awayFrom, awayUntil };
  const dayOf = (name: keyof typeof named) => {
    const day = named[name]?.replace(/T.*$/, "");
    if (day !== undefined && isDay(day)) return day;
    throw invalid(
      `"${ABSENCE_SCHEMA}:${name}" ${day === undefined ? "is missing" : "is no day"}: both days of an absence are sent, as 2027-03-31.`,
    );
  };
  const absence = { firstDay: dayOf("awayFrom"), lastDay: dayOf("awayUntil") };
  const problem = absenceDayProblem(absence);
  if (problem) throw invalid(`"${ABSENCE_SCHEMA}:awayUntil": ${problem.message}`);
  return absence;
}

/**
 * Checks names and addresses by the common rule. Values that are stored already may be sent back.
 * @param known the values stored for the person and their team
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

/** "Ann Example" from its two parts; null if both are missing. */
export const joinedName = (givenName: string | null, familyName: string | null): string | null =>
  [givenName, familyName].filter(Boolean).join(" ") || null;

/** The name to show if the program does not send one. */
export const derivedName = (user: Pick<RequestedUser, "formattedName" | "givenName" | "familyName" | "userName">) =>
  user.formattedName ?? joinedName(user.givenName, user.familyName) ?? user.userName;

/** Prefers the work address, then the primary one, then any other, then the user name. */
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
  throw invalid(`"userType": "${userType}" is none here. It is one of ${Object.values(KIND_WORDS).join(", ")}.`);
}

/** The roles named, by code or title. @throws ScimError 400 for an unknown name */
export function rolesOf(names: readonly string[]): Role[] {
  const unknown = names.filter((name) => roleNamed(name) === null);
  if (unknown.length > 0)
    throw invalid(`"roles": "${unknown.join('", "')}" is no role here. The roles are ${ROLES.join(", ")}.`);
  return ROLES.filter((role) => role !== "employee" && names.some((name) => roleNamed(name) === role));
}

/** Roles that the applications of Entra ID give everybody; here everybody is an employee. */
const DEFAULT_ROLES: readonly string[] = ["user", "default access", "msiam_access"];

/**
 * The roles of a user in whatever shape a provider sends them: as names, as objects of which `value`, `display` or
 * `displayName` is a name, and either of these as JSON within a text, as Entra ID patches them. What everybody has is left
 * out; a name that is no role here is kept, so that it is refused by name.
 */
export function rolesSent(sent: unknown): { value: string }[] {
  const roles = unpacked(sent);
  return [roles].flat().flatMap((one: unknown) => roleSent(unpacked(one)));
}

function roleSent(sent: unknown): { value: string }[] {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return roleAmong([sent]);
  const fields = new Map(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value as unknown]));
  const value = fields.get("value");
  const inner = unpacked(value);
  if (inner !== value) return rolesSent(inner);
  return roleAmong([value, fields.get("display"), fields.get("displayname")]);
}

function unpacked(sent: unknown): unknown {
  if (typeof sent !== "string" || !/^\s*[[{]/.test(sent)) return sent;
  try {
    return JSON.parse(sent);
  } catch {
    return sent;
  }
}

function roleAmong(sent: readonly unknown[]): { value: string }[] {
  const given = sent.map(plainText).filter((name) => name !== "");
  const isDefault = (name: string) => DEFAULT_ROLES.includes(smallLetters(name));
  const name = given.find((one) => roleNamed(one) !== null || isDefault(one)) ?? given[0];
  return name === undefined || isDefault(name) ? [] : [{ value: roleNamed(name) ?? name }];
}

function plainText(sent: unknown): string {
  if (typeof sent === "string") return sent.trim();
  if (sent === null || sent === undefined) return "";
  return typeof sent === "number" || typeof sent === "boolean" ? String(sent) : "{…}";
}

/** The role of that name, ignoring case; null for any other text. */
export function roleNamed(name: string): Role | null {
  const lowered = smallLetters(name.trim());
  return ROLES.find((role) => role === lowered || smallLetters(ROLE_NAMES[role]) === lowered) ?? null;
}

const invalid = (detail: string): ScimError => new ScimError(400, "invalidValue", detail);
