import "server-only";
import { ScimError } from "#domain/scim/error.ts";
import type { Filter, FilterValue } from "#domain/scim/filter.ts";
import { GROUP_SCHEMA } from "#domain/scim/group.ts";
import { KIND_WORDS, roleNamed, type Kind } from "#domain/scim/user.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { findTarget } from "./definition.ts";

type Comparison = Extract<Filter, { kind: "compare" }> | Extract<Filter, { kind: "present" }>;

/** The rows that a filter of users is about. @throws ScimError 400 invalidFilter */
export function whereUser(filter: Filter): Prisma.PersonWhereInput {
  const joins: Joins<Prisma.PersonWhereInput> = {
    and: (AND) => ({ AND }),
    or: (OR) => ({ OR }),
    not: (NOT) => ({ NOT }),
  };
  return where(filter, "", joins, (path, one) => {
    const target = findTarget(path);
    if (!target || target.filter !== null) throw invalid(`Users have no "${path}".`);
    const { attribute, part } = target;
    const isPlain = part === null || part.name === "value";
    return compareUser(isPlain ? attribute.name : `${attribute.name}.${part.name}`, one);
  });
}

/** The rows that a filter of groups is about. @throws ScimError 400 invalidFilter */
export function whereGroup(filter: Filter): Prisma.DirectoryGroupWhereInput {
  const joins: Joins<Prisma.DirectoryGroupWhereInput> = { and: (AND) => ({ AND }), or: (OR) => ({ OR }), not: (NOT) => ({ NOT }) }; // prettier-ignore
  return where(filter, "", joins, (path, one) => {
    const name = path.replace(new RegExp(`^${GROUP_SCHEMA}:`, "i"), "").toLowerCase();
    switch (name) {
      case "displayname":
        return { nameKey: text(lowered(one), false) };
      case "id":
        return { id: text(one, false) };
      case "externalid":
        return { externalId: text(one, false) };
      case "members":
      case "members.value":
        return some<Prisma.DirectoryGroupWhereInput>(one, (personId) => ({ members: { some: { personId } } }), { members: { some: {} } }); // prettier-ignore
      case "members.type":
        return { members: { some: {} } };
      case "meta.created":
        return { createdAt: moment(one) };
      case "meta.lastmodified":
        return { changedAt: moment(one) };
      default:
        throw invalid(`Groups have no "${path}".`);
    }
  });
}

/** How the conditions of one table are joined. */
interface Joins<Where> {
  and: (parts: Where[]) => Where;
  or: (parts: Where[]) => Where;
  not: (part: Where) => Where;
}

function where<Where>(
  filter: Filter,
  prefix: string,
  joins: Joins<Where>,
  compare: (path: string, one: Comparison) => Where,
): Where {
  // prettier-ignore
  const inner = (part: Filter, path = prefix) => where(part, path, joins, compare);
  switch (filter.kind) {
    case "and":
      return joins.and(filter.parts.map((part) => inner(part)));
    case "or":
      return joins.or(filter.parts.map((part) => inner(part)));
    case "not":
      return joins.not(inner(filter.part));
    case "values":
      return inner(filter.part, `${prefix}${filter.path}.`);
    default:
      return compare(prefix + filter.path, filter);
  }
}

function compareUser(name: string, one: Comparison): Prisma.PersonWhereInput {
  switch (name) {
    case "id":
      return { id: text(one, false) };
    case "externalId":
      return { externalId: text(one, false) };
    case "userName":
      return byUserName(one);
    case "emails":
      return { email: text(lowered(one), false) };
    case "emails.type":
      return always(matches("work", one));
    case "emails.primary":
      return always(matches(true, one));
    case "displayName":
    case "name.formatted":
      return { name: text(one, true) };
    case "name.givenName":
      return { scimUser: { givenName: text(one, true) } };
    case "name.familyName":
      return { scimUser: { familyName: text(one, true) } };
    case "active":
      return active(one);
    case "userType":
      return kinds(one);
    case "roles":
      return some<Prisma.PersonWhereInput>(one, (role) => ({ roles: { has: roleNamed(role) ?? "" } }), {});
    case "department":
      return one.kind === "present" ? { teamId: { not: null } } : { team: { name: text(one, true) } };
    case "organization":
      return { employer: text(one, true) };
    case "manager":
      return { managerId: text(one, false) };
    case "manager.displayName":
      return { manager: { name: text(one, true) } };
    case "groups":
      return some<Prisma.PersonWhereInput>(one, (groupId) => ({ directoryGroups: { some: { groupId } } }), { directoryGroups: { some: {} } }); // prettier-ignore
    case "groups.display":
      return { directoryGroups: { some: { group: { displayName: text(one, true) } } } };
    case "meta.created":
      return { createdAt: moment(one) };
    case "meta.lastModified":
      return { updatedAt: moment(one) };
    default:
      // What is not kept, nobody has.
      return always(one.kind === "compare" && one.comparator === "ne");
  }
}

/** Who has no user name of their own goes by their e-mail address. */
function byUserName(one: Comparison): Prisma.PersonWhereInput {
  if (one.kind === "present") return {};
  const condition = text(lowered(one), false);
  return { OR: [{ scimUser: { userNameKey: condition } }, { scimUser: null, email: condition }] };
}

/** What is kept in small letters is found by its index. */
function lowered(one: Comparison): Comparison {
  return one.kind === "compare" && typeof one.value === "string" ? { ...one, value: one.value.toLowerCase() } : one;
}

type TextCondition = NonNullable<Prisma.StringNullableFilter> & object;

function text(one: Comparison, isCaseInsensitive: boolean): TextCondition & Prisma.StringFilter {
  if (one.kind === "present") return NOT_EMPTY;
  const { comparator, value } = one;
  if (value === null) return comparator === "ne" ? NOT_EMPTY : NOTHING;
  if (typeof value === "boolean") throw invalid(`"${one.path}" is text.`);
  const wanted = String(value);
  // Both are searched for as patterns, where these stand for any characters.
  const pattern = wanted.replace(/[\\%_]/g, "\\$&");
  const mode = isCaseInsensitive ? { mode: "insensitive" as const } : {};
  switch (comparator) {
    case "eq":
      return isCaseInsensitive ? { equals: pattern, ...mode } : { equals: wanted };
    case "ne":
      return isCaseInsensitive ? { not: pattern, ...mode } : { not: wanted };
    case "co":
      return { contains: pattern, ...mode };
    case "sw":
      return { startsWith: pattern, ...mode };
    case "ew":
      return { endsWith: pattern, ...mode };
    case "gt":
      return { gt: wanted, ...mode };
    case "ge":
      return { gte: wanted, ...mode };
    case "lt":
      return { lt: wanted, ...mode };
    case "le":
      return { lte: wanted, ...mode };
  }
}

const NOT_EMPTY = { not: "" };
const NOTHING = { in: [] as string[] };

function moment(one: Comparison): Prisma.DateTimeFilter {
  if (one.kind === "present") return { gt: new Date(0) };
  const at = new Date(typeof one.value === "string" ? one.value : NaN);
  if (Number.isNaN(at.getTime()))
    throw invalid(`"${one.path}" is compared with a time such as "2026-11-24T12:00:00Z".`);
  const names = { eq: "equals", ne: "not", gt: "gt", ge: "gte", lt: "lt", le: "lte" } as const;
  const { comparator } = one;
  if (comparator === "co" || comparator === "sw" || comparator === "ew") throw invalid(`"${one.path}" is a time.`);
  return { [names[comparator]]: at };
}

function active(one: Comparison): Prisma.PersonWhereInput {
  if (one.kind === "present") return {};
  const value = typeof one.value === "string" ? { true: true, false: false }[one.value.toLowerCase()] : one.value;
  if (typeof value !== "boolean" || (one.comparator !== "eq" && one.comparator !== "ne"))
    throw invalid('"active" is compared with true or false, by eq or ne.');
  return { status: (one.comparator === "eq") === value ? "active" : "left" };
}

function kinds(one: Comparison): Prisma.PersonWhereInput {
  const names: readonly Kind[] = ["employee", "contractor", "vendor", "agent"];
  return { kind: { in: names.filter((kind) => matches(KIND_WORDS[kind], one)) } };
}

/** An attribute with several values: equal when one of them is. */
function some<Where>(one: Comparison, has: (value: string) => Where, present: Where): Where | { NOT: Where } {
  if (one.kind === "present") return present;
  if (typeof one.value !== "string" || (one.comparator !== "eq" && one.comparator !== "ne"))
    throw invalid(`"${one.path}" is compared by eq or ne with text.`);
  return one.comparator === "eq" ? has(one.value) : { NOT: has(one.value) };
}

function matches(actual: string | boolean, one: Comparison): boolean {
  if (one.kind === "present") return true;
  const [a, b] = [String(actual).toLowerCase(), String(one.value satisfies FilterValue).toLowerCase()];
  const results = { eq: a === b, ne: a !== b, co: a.includes(b), sw: a.startsWith(b), ew: a.endsWith(b), gt: a > b, ge: a >= b, lt: a < b, le: a <= b }; // prettier-ignore
  return results[one.comparator];
}

function always(isTrue: boolean): Prisma.PersonWhereInput {
  return isTrue ? {} : { id: { in: [] } };
}

function invalid(why: string): ScimError {
  return new ScimError(400, "invalidFilter", `The filter cannot be used. ${why}`);
}
