/** Groups of people managed by a program (SCIM): how a patch changes one, and which role it gives. */
import { z } from "zod";
import { ROLES, type Role } from "#domain/access/permission/permission.ts";
import { ScimError, type ScimType } from "./error.ts";
import { parseFilter, type Filter } from "./filter.ts";
import { nameProblem } from "#domain/access/identity/name.ts";
import { checkText, roleNamed } from "./user.ts";

export const GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const PATCH_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** `memberIds`: ids of people, without duplicates. */
export type RequestedGroup = ReturnType<typeof readRequestedGroup>;

const LONGEST = 250;
const name = z.string().trim().min(1, "is missing").max(LONGEST, `is longer than ${LONGEST} characters`);
const externalId = z
  .string()
  .trim()
  .max(LONGEST, `is longer than ${LONGEST} characters`)
  .nullish()
  .transform((value) => value || null);
const memberSchema = z.object({ value: z.string().trim().min(1, "is missing"), type: z.string().nullish() });
const groupSchema = z.object({ displayName: name, externalId, members: z.array(memberSchema).nullish() });

/** Reads a group as sent. @throws ScimError 400 invalidValue with what to correct */
export function readRequestedGroup(resource: unknown) {
  const { members, ...group } = parsed(groupSchema, resource);
  return { ...group, memberIds: idsOf(members ?? []) };
}

/**
 * Checks its name by the common rule. A name that is stored already may be sent back.
 * @throws ScimError 400 invalidValue
 */
export function checkGroupName({ displayName }: RequestedGroup, known: string | null): void {
  if (displayName !== known) checkText("displayName", displayName, nameProblem);
}

/**
 * The role that a group gives: the one in the setting for its name or, without that setting, the role of that name.
 * Everybody is an employee, so no group gives that.
 */
export function roleOfGroup(displayName: string, groupRoles: ReadonlyMap<string, string> | null): Role | null {
  const named = groupRoles ? groupRoles.get(displayName.trim()) : roleNamed(displayName);
  return ROLES.find((role) => role === named && role !== "employee") ?? null;
}

/** Names of attributes are equal whatever their capital letters (RFC 7643, 2.1). */
const named =
  (...names: readonly string[]) =>
  (sent: unknown): unknown => {
    if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return sent;
    const spelt = (name: string) => names.find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
    return Object.fromEntries(Object.entries(sent).map(([name, value]) => [spelt(name), value as unknown]));
  };

const operationSchema = z.preprocess(
  named("op", "path", "value"),
  z.object({
    op: z
      .string()
      .toLowerCase()
      .pipe(z.enum(["add", "remove", "replace"])),
    path: z.string().trim().min(1).nullish(),
    value: z.unknown().optional(),
  }),
);
const patchNamed = named("schemas", "Operations");
const isPatch = (schema: string) => schema.toLowerCase() === PATCH_SCHEMA.toLowerCase();
export const patchSchema = z.preprocess(
  patchNamed,
  z.object({
    schemas: z.array(z.string()).refine((all) => all.some(isPatch), `has to name ${PATCH_SCHEMA}`),
    Operations: z.array(operationSchema).min(1, "is empty").max(1000, "has more than 1000 entries"),
  }),
);
export type PatchOperation = z.infer<typeof operationSchema>;

/** Reads a patch. @throws ScimError 400 invalidSyntax */
export const readPatch = (sent: unknown): PatchOperation[] => parsed(patchSchema, sent, "", "invalidSyntax").Operations;

/** Those operations of a patch that can be read, whatever else it holds. */
export function readableOperations(sent: unknown): PatchOperation[] {
  const { Operations } = z.object({ Operations: z.array(z.unknown()) }).safeParse(patchNamed(sent)).data ?? {
    Operations: [],
  };
  return Operations.flatMap((one) => operationSchema.safeParse(one).data ?? []);
}

/**
 * Applies a patch to a group, in order. Members are only ids here, so that a group of thousands is patched as quickly
 * as a small one.
 * @throws ScimError 400 for an unknown path or an invalid value
 */
export const patchGroup = (group: RequestedGroup, operations: readonly PatchOperation[], id: string): RequestedGroup =>
  operations.flatMap(expand).reduce((before, operation) => apply(before, operation, id), group);

/** An operation without a path becomes one for each attribute of its value. */
function expand({ op, path, value }: PatchOperation): PatchOperation[] {
  if (path) return [{ op, path: path.replace(new RegExp(`^${GROUP_SCHEMA}:`, "i"), ""), value }];
  if (op === "remove") throw new ScimError(400, "noTarget", '"remove" needs a path.');
  const values = parsed(z.record(z.string(), z.unknown()), value);
  return Object.entries(values).flatMap(([key, one]) => (key === "" ? [] : expand({ op, path: key, value: one })));
}

/** A single value; older jobs of Entra ID send it as `[{ "value": … }]`. */
function unwrapped(value: unknown): unknown {
  const [only, ...more] = z.array(z.object({ value: z.unknown() })).safeParse(value).data ?? [];
  return only && more.length === 0 ? only.value : value;
}

function apply(group: RequestedGroup, { op, path, value }: PatchOperation, id: string): RequestedGroup {
  const target = (path ?? "").toLowerCase();
  if (target === "displayname") {
    if (op === "remove") throw new ScimError(400, "mutability", "A group has to have a displayName.");
    return { ...group, displayName: parsed(name, unwrapped(value), "displayName") };
  }
  if (target === "externalid")
    return {
      ...group,
      externalId: op === "remove" ? null : parsed(externalId, unwrapped(value), "externalId"),
    };
  if (target === "members") return { ...group, memberIds: changedMembers(group.memberIds, op, value) };
  if (target.startsWith("members[")) return { ...group, memberIds: changedByFilter(group.memberIds, op, path ?? "") };
  if (target === "schemas" || target === "meta" || (target === "id" && value === id)) return group;
  if (target === "id") throw new ScimError(400, "mutability", 'The "id" of a group never changes.');
  if (target.startsWith("urn:") && !target.startsWith(GROUP_SCHEMA.toLowerCase())) return group; // an organisation's own
  throw new ScimError(400, "invalidPath", `Groups have no "${path}".`);
}

function changedMembers(members: readonly string[], op: PatchOperation["op"], value: unknown): string[] {
  if (op === "remove" && (value === undefined || value === null)) return [];
  const given = value === null || value === "" ? [] : idsOf(parsed(z.array(memberSchema), [value].flat(), "members"));
  if (op === "replace") return given;
  const named = new Set(given);
  return op === "add" ? [...new Set([...members, ...given])] : members.filter((one) => !named.has(one));
}

function changedByFilter(members: readonly string[], op: PatchOperation["op"], path: string): string[] {
  const filter = parsePath(path);
  if (op !== "remove") throw new ScimError(400, "mutability", "A member is added or removed, never changed.");
  return members.filter((one) => !isNamed(filter, one));
}

function parsePath(path: string): Filter {
  try {
    const filter = parseFilter(path);
    if (filter.kind === "values") return filter.part;
  } catch {
    // Said below.
  }
  throw new ScimError(400, "invalidPath", `"${path}" cannot be read.`);
}

function isNamed(filter: Filter, id: string): boolean {
  if (filter.kind === "and") return filter.parts.every((part) => isNamed(part, id));
  if (filter.kind === "or") return filter.parts.some((part) => isNamed(part, id));
  if (filter.kind === "not") return !isNamed(filter.part, id);
  if (filter.kind === "compare" && filter.path.toLowerCase() === "value") {
    if (filter.comparator === "eq") return filter.value === id;
    if (filter.comparator === "ne") return filter.value !== id;
  }
  throw new ScimError(400, "invalidFilter", 'Members are found by their "value" alone.');
}

function idsOf(members: readonly z.infer<typeof memberSchema>[]): string[] {
  if (members.some(({ type }) => type?.toLowerCase() === "group"))
    throw new ScimError(
      400,
      "invalidValue",
      '"members": groups within groups are not kept. Send the people who are in them.',
    );
  return [...new Set(members.map(({ value }) => value))];
}

/** @param attribute that the value is of, or "" */
function parsed<T>(schema: z.ZodType<T>, value: unknown, attribute = "", type: ScimType = "invalidValue"): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const at = [attribute, ...(issue?.path ?? [])].filter((part) => part !== "").join(".");
  throw new ScimError(400, type, `${at ? `"${at}" ` : "The value "}${issue?.message ?? "cannot be used"}.`);
}
