import SCIMMY from "scimmy";
import { normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import { NEW_PERSON } from "#domain/access/identity/person.ts";
import { smallLetters } from "#domain/access/identity/small-letters.ts";
import type { Role } from "#domain/access/permission/permission.ts";
import type { DayRange } from "#domain/base/calendar/period.ts";
import { ScimError } from "#domain/people/scim/error.ts";
import { type Filter, parseFilter } from "#domain/people/scim/filter.ts";
import { PATCH_SCHEMA, type PatchOperation, roleOfGroup } from "#domain/people/scim/group.ts";
import {
  ABSENCE_SCHEMA,
  CLEARABLE,
  type Clearable,
  derivedName,
  ENTERPRISE_SCHEMA,
  EXTENSIONS,
  type RequestedUser,
  roleNamed,
  rolesSent,
  USER_SCHEMA,
} from "#domain/people/scim/user.ts";
import { loadContent } from "#server/base/content/store.ts";
import type { Tx } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { teamNamed } from "#server/people/directory/effects.ts";
import type { addPerson } from "#server/people/directory/person-change.ts";
import { asScimError, findTarget, isOfUnknownSchema, isSupported, plain, type Target } from "./definition-writer.ts";
import type { ScimProgram } from "./program-rules.ts";
import { listSeen, type UserRow } from "./repository.ts";
import { saidAbsence } from "./user-writer.ts";

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
    throw new ScimError(
      400,
      "invalidValue",
      `"${ENTERPRISE_SCHEMA}:manager": "${managerId}" is no other user here, so nobody's manager.`,
    );
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
export const clearedFields = (cleared: readonly string[], row: UserRow): Partial<Fields> => ({
  ...(cleared.includes("externalId") && { externalId: null }),
  ...(cleared.includes("department") && { teamId: null }),
  ...(cleared.includes("manager") && { managerId: null }),
  ...(cleared.includes("userType") && { kind: "employee" as const }),
  ...(cleared.includes("roles") && { roles: rolesByGroups(row) }),
});

/** The roles that somebody has because of the program's groups that they are in. */
export function rolesByGroups(row: UserRow | null): Role[] {
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
    `"${ENTERPRISE_SCHEMA}:organization": "${organization}" is none here. It is one of ${employers.join(", ")}.`,
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
  const values: Record<Clearable, readonly [before: string | null | undefined, now: string | undefined]> = {
    externalId: [row.externalId, requested.externalId],
    department: [row.team?.name, requested.department],
    manager: [row.managerId, requested.managerId],
    roles: [row.roles.filter((role) => role !== "employee").join(" "), requested.roles?.join(" ")],
    userType: [row.kind, requested.kind],
    organization: [row.employer, requested.organization],
    awayFrom: [absenceKey(saidAbsence(row)), absenceKey(requested.absence ?? null)],
  };
  const [before, now] = values[name];
  return (before ?? "") !== (now ?? "");
}

const absenceKey = (absence: DayRange | null): string =>
  absence === null ? "" : `${absence.firstDay} ${absence.lastDay}`;

type Json = Record<string, unknown>;
type Attribute = Target["attribute"];

/**
 * A user as sent, under the standard's names and without what is not stored. Booleans sent as text, a manager sent as
 * an id and roles sent as names are all accepted.
 */
export function normaliseUser(sent: Json): Json {
  const entries = Object.entries(sent).flatMap(([key, value]) => {
    const extension = EXTENSIONS.find((one) => one.toLowerCase() === key.toLowerCase());
    return extension && isJson(value)
      ? Object.entries(value).map(([name, one]): [string, unknown] => [`${extension}:${name}`, one])
      : [[key, value] as [string, unknown]];
  });
  const core: Json = {};
  const extensions: Record<string, Json> = {};
  for (const [key, value] of entries) {
    const target = findTarget(key);
    if (!target || !isSupported(target) || target.part || target.filter || isReadOnly(target) || value === null)
      continue;
    const attributes = target.extension === null ? core : (extensions[target.extension] ??= {});
    attributes[target.attribute.name] = normaliseValue(target.attribute, value);
  }
  return { ...core, ...extensions };
}

/**
 * Applies a patch to a user, one operation after the other. Each operation is first put into a form that the library
 * understands.
 * @param operations of `singleOperations`
 * @throws ScimError 400 if an operation fails; then none is applied
 */
export const patchUser = (resource: Json, operations: readonly PatchOperation[]): Promise<Json> =>
  operations.reduce(async (before, operation) => apply(await before, operation), Promise.resolve(resource));

/**
 * The operations of a patch, each on one attribute. @param id of the user
 * @throws ScimError 400 for one that says nothing of what it changes
 */
export const singleOperations = (operations: readonly PatchOperation[], id: string): PatchOperation[] =>
  joinPrimaryRole(operations.flatMap((operation) => expand(operation, id)).flatMap(partsOfValue));

/** A value with parts, such as a name, changes those that it has and leaves the others (RFC 7644, 3.5.2.1 and 3.5.2.3). */
function partsOfValue(operation: PatchOperation): PatchOperation[] {
  const { op, path, value } = operation;
  const target = path ? findTarget(path) : null;
  if (!target || target.part || target.extension !== null || op === "remove" || !isJson(value)) return [operation];
  const { attribute } = target;
  if (attribute.type !== "complex" || attribute.config.multiValued) return [operation];
  return Object.entries(value).flatMap(([name, one]): PatchOperation[] => {
    const part = attribute.subAttributes?.find((known) => known.name.toLowerCase() === name.toLowerCase());
    return part ? [{ op, path: `${attribute.name}.${part.name}`, value: one }] : [];
  });
}

/** Whether one of these operations is on the user's roles; and whether one says all of them, not what comes or goes. */
export function saysRoles(operations: readonly PatchOperation[]): { any: boolean; all: boolean } {
  const onRoles = operations.filter(({ path }) => findTarget(path ?? "")?.attribute.name === "roles");
  return { any: onRoles.length > 0, all: onRoles.some(({ op, path }) => op === "replace" && path === "roles") };
}

/**
 * The operation by which somebody leaves, and the others, each on one attribute; null where nobody leaves. What cannot be
 * told apart is left out.
 */
export function leavingIn(sent: readonly PatchOperation[], id: string) {
  const operations = singleOperations(
    sent.filter((one) => isTold(one, id)),
    id,
  );
  const activeOf = ({ path }: PatchOperation) => {
    const attribute = findTarget(path ?? "")?.attribute;
    return attribute?.name === "active" ? attribute : null;
  };
  const operation = operations.findLast((one) => activeOf(one) !== null);
  const attribute = operation && activeOf(operation);
  if (!attribute || operation.op === "remove" || normaliseValue(attribute, operation.value) !== false) return null;
  return { operation, rest: operations.filter((one) => activeOf(one) === null) };
}

function isTold(operation: PatchOperation, id: string): boolean {
  try {
    return expand(operation, id).length > 0;
  } catch {
    return false;
  }
}

const PRIMARY_ROLE = new RegExp(
  `^(?:${USER_SCHEMA}:)?roles\\[\\s*primary\\s+eq\\s+"?true"?\\s*\\](?:\\.(value|display|type|primary))?$`,
  "i",
);

/**
 * Joins operations on the parts of the primary role to one that replaces all roles: a provider that names the primary one
 * gives a single role (Entra ID's SingleAppRoleAssignment), whether it says "add" or "replace", and whether there was one.
 */
function joinPrimaryRole(operations: readonly PatchOperation[]): PatchOperation[] {
  const others: PatchOperation[] = [];
  let isNamed = false;
  let role: Json = {};
  for (const operation of operations) {
    const [isOfRole, part] = PRIMARY_ROLE.exec(operation.path?.trim() ?? "") ?? [];
    if (isOfRole === undefined) others.push(operation);
    else if (part === undefined || /value|display/i.test(part)) {
      const [single] = [operation.value].flat();
      const value = part !== undefined && isJson(single) ? single["value"] : single;
      const sent: Json = isJson(value) ? value : { [part?.toLowerCase() ?? "value"]: value };
      role = operation.op === "remove" ? {} : { ...role, ...sent };
      isNamed = true;
    }
  }
  return isNamed ? [...others, { op: "replace", path: "roles", value: [role] }] : others;
}

const PARTS_OF = {
  [ENTERPRISE_SCHEMA]: ["department", "organization", "manager"],
  [ABSENCE_SCHEMA]: ["awayFrom", "awayUntil"],
} as const;

/** An operation without a path, or whose path is a schema, becomes one operation for each attribute of its value. */
function expand({ op, path, value }: PatchOperation, id: string): PatchOperation[] {
  const schema = [USER_SCHEMA, ...EXTENSIONS].find((one) => one.toLowerCase() === path?.toLowerCase());
  if (path && !schema) return [{ op, path, value }];
  if (op === "remove") {
    const extension = EXTENSIONS.find((one) => one === schema);
    if (!extension) throw new ScimError(400, "noTarget", '"remove" needs the path of an attribute.');
    return PARTS_OF[extension].map((name) => ({ op, path: `${extension}:${name}`, value: undefined }));
  }
  if (!isJson(value)) throw new ScimError(400, "invalidValue", "Without a path, the value has to be an object.");
  return Object.entries(value).flatMap(([key, one]): PatchOperation[] => {
    const name = key.toLowerCase();
    // Some providers send the whole resource; its metadata is ignored.
    if (["schemas", "meta", "groups"].includes(name) || (name === "id" && one === id)) return [];
    const extension = EXTENSIONS.find((of) => of.toLowerCase() === name);
    if (extension) return expand({ op, path: extension, value: one }, id);
    return [{ op, path: schema ? `${schema}:${key}` : key, value: one }];
  });
}

async function apply(before: Json, { op, path, value }: PatchOperation): Promise<Json> {
  if (isOfUnknownSchema(path ?? "")) return before;
  const target = findTarget(inOneSpelling(path ?? ""));
  if (!target) throw new ScimError(400, "invalidPath", `Users have no "${path}".`);
  if (isReadOnly(target)) throw new ScimError(400, "mutability", `"${path}" is only read.`);
  const filter = target.filter === null ? null : parseFilter(target.filter);
  if (!isSupported(target)) return before;
  const normalised = normaliseOperation(before, target, filter, { op, path, value });
  try {
    const user = new SCIMMY.Schemas.User(before, "out");
    const after = await new SCIMMY.Messages.PatchOp({ schemas: [PATCH_SCHEMA], Operations: [normalised] }).apply(user);
    return after ? plain(after) : before;
  } catch (error) {
    throw asScimError(error);
  }
}

/** A path as the library compares its filter: small letters, booleans without quotation marks, roles by their code. */
function inOneSpelling(path: string): string {
  const small = path.replace(/\[.*\]/s, (filter) =>
    filter
      .replace(/"(?:[^"\\]|\\.)*"|[^"]+/g, (part) => (part.startsWith('"') ? part : part.toLowerCase()))
      .replace(/\btype\s+\w\w\s+"[^"]*"/g, (part) => part.toLowerCase())
      .replace(
        /(\bprimary\s+(?:eq|ne)\s+)"(true|false)"/gi,
        (_, start: string, value: string) => start + value.toLowerCase(),
      ),
  );
  if (!/^\s*(?:urn:\S*:)?roles\[/i.test(small)) return small;
  return small.replace(/"([^"\\]*)"/g, (_, name: string) => `"${roleNamed(name) ?? name}"`);
}

type NormalisedOperation = { op: PatchOperation["op"]; path: string; value?: unknown };

/** The operation in a form that the library handles correctly. */
function normaliseOperation(
  before: Json,
  target: Target,
  filter: Filter | null,
  { op, value }: PatchOperation,
): NormalisedOperation {
  const { attribute, extension, part } = target;
  const base = `${extension === null ? "" : `${extension}:`}${attribute.name}`;
  const isEmpty = value === null || value === undefined || value === "";
  if (op === "add" && value === undefined) throw new ScimError(400, "invalidValue", '"add" needs a value.');
  // The library cannot address parts of an extension's attribute.
  if (extension !== null && part)
    return isEmpty || op === "remove"
      ? { op: "remove", path: base }
      : { op, path: base, value: { [part.name]: value } };
  const path = `${base}${target.filter === null ? "" : `[${target.filter}]`}${part ? `.${part.name}` : ""}`;
  if (op === "remove") return isEmpty ? { op, path } : { op, path, value: normaliseValue(part ?? attribute, value) };
  if (isEmpty) return { op: "remove", path };
  const normalised = normaliseValue(part ?? attribute, value);
  if (filter && op === "add" && !hasMatch(before[attribute.name], target.filter ?? "")) {
    const made = {
      ...madeBy(filter, attribute),
      ...(part ? { [part.name]: normalised } : isJson(normalised) ? normalised : {}),
    };
    return { op, path: base, value: [made] };
  }
  return { op, path, value: normalised };
}

function hasMatch(values: unknown, filter: string): boolean {
  if (!Array.isArray(values)) return false;
  try {
    return new SCIMMY.Types.Filter(filter).match(values).length > 0;
  } catch (error) {
    throw asScimError(error);
  }
}

/** The value that a filter describes: `type eq "work"` means one of type "work". */
function madeBy(filter: Filter, attribute: Attribute): Json {
  if (filter.kind === "and") return Object.assign({}, ...filter.parts.map((part) => madeBy(part, attribute))) as Json;
  if (filter.kind !== "compare" || filter.comparator !== "eq") return {};
  const part = attribute.subAttributes?.find(({ name }) => name.toLowerCase() === filter.path.toLowerCase());
  return part ? { [part.name]: normaliseValue(part, filter.value) } : {};
}

const isReadOnly = ({ attribute, part }: Target): boolean =>
  attribute.config.mutable === false || part?.config.mutable === false;

/** A value in the shape that its attribute has. Older jobs of Entra ID send a single value as `[{ "value": … }]`. */
function normaliseValue(attribute: Attribute, value: unknown): unknown {
  if (attribute.name === "roles") return rolesSent(value);
  if (attribute.config.multiValued) return [value].flat().map((one) => normaliseSingleValue(attribute, one));
  const single: unknown = Array.isArray(value) && value.length > 0 ? value[0] : value;
  const isWrapped = attribute.type !== "complex" && isJson(single) && "value" in single;
  return normaliseSingleValue(attribute, isWrapped ? single["value"] : single);
}

function normaliseSingleValue(attribute: Attribute, value: unknown): unknown {
  if (attribute.type === "boolean" && typeof value === "string") {
    const word = value.trim().toLowerCase();
    return word === "true" || word === "false" ? word === "true" : value;
  }
  if (attribute.type !== "complex") return value;
  if (typeof value === "string" && attribute.subAttributes?.some(({ name }) => name === "value")) return { value };
  if (!isJson(value)) return value;
  const entries = Object.entries(value).flatMap(([key, one]): [string, unknown][] => {
    const part = attribute.subAttributes?.find(({ name }) => name.toLowerCase() === key.toLowerCase());
    const isTaken = part && one !== null && isSupported({ attribute, part }) && part.type !== "reference";
    return isTaken ? [[part.name, normaliseValue(part, one)]] : [];
  });
  return Object.fromEntries(entries);
}

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
