import "server-only";
import { ScimError } from "#domain/people/scim/error.ts";
import type { Filter, FilterValue } from "#domain/people/scim/filter.ts";
import { GROUP_SCHEMA } from "#domain/people/scim/group.ts";
import { KIND_WORDS, roleNamed, type UserType } from "#domain/people/scim/user.ts";
import { smallLetters } from "#domain/access/identity/small-letters.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { beginningWith, endingWith, holding, ordered } from "#server/base/db/part-of-text.ts";
import { findTarget } from "./definition-writer.ts";
import type { SpeltColumn } from "./repository.ts";

type Comparison = Extract<Filter, { kind: "compare" }> | Extract<Filter, { kind: "present" }>;

/** How a text is stored in a column, ignoring case: a named person is found by equality only. */
export type Spellings = (column: SpeltColumn, text: string) => Promise<string[]>;

/** The rows that a filter of users selects. @throws ScimError 400 invalidFilter */
export function whereUser(filter: Filter, spellings: Spellings): Promise<Prisma.PersonWhereInput> {
  const joins: Joins<Prisma.PersonWhereInput> = {
    and: (AND) => ({ AND }),
    or: (OR) => ({ OR }),
    not: (NOT) => ({ NOT }),
  };
  return where(filter, "", joins, async (path, one) => {
    const target = findTarget(path);
    if (!target || target.filter !== null) throw invalid(`Users have no "${path}".`);
    const { attribute, part } = target;
    const isPlain = part === null || part.name === "value";
    return compareUser(isPlain ? attribute.name : `${attribute.name}.${part.name}`, one, spellings);
  });
}

/** The rows that a filter of groups selects. @throws ScimError 400 invalidFilter */
export function whereGroup(filter: Filter): Promise<Prisma.DirectoryGroupWhereInput> {
  const joins: Joins<Prisma.DirectoryGroupWhereInput> = {
    and: (AND) => ({ AND }),
    or: (OR) => ({ OR }),
    not: (NOT) => ({ NOT }),
  };
  return where(filter, "", joins, (path, one) => Promise.resolve(compareGroup(path, one)));
}

function compareGroup(path: string, one: Comparison): Prisma.DirectoryGroupWhereInput {
  const name = path.replace(new RegExp(`^${GROUP_SCHEMA}:`, "i"), "").toLowerCase();
  switch (name) {
    case "displayname":
      return { nameKey: text(lowered(one)) };
    case "id":
      return { id: text(one) };
    case "externalid":
      return { externalId: text(one) };
    case "members":
    case "members.value":
      return some<Prisma.DirectoryGroupWhereInput>(one, (personId) => ({ members: { some: { personId } } }), {
        members: { some: {} },
      });
    case "members.type":
      return { members: { some: {} } };
    case "meta.created":
      return { createdAt: moment(one) };
    case "meta.lastmodified":
      return { changedAt: moment(one) };
    default:
      throw invalid(`Groups have no "${path}".`);
  }
}

/** How the conditions of one table are joined. */
interface Joins<Where> {
  and: (parts: Where[]) => Where;
  or: (parts: Where[]) => Where;
  not: (part: Where) => Where;
}

async function where<Where>(
  filter: Filter,
  prefix: string,
  joins: Joins<Where>,
  compare: (path: string, one: Comparison) => Promise<Where>,
): Promise<Where> {
  const inner = (part: Filter, path = prefix) => where(part, path, joins, compare);
  switch (filter.kind) {
    case "and":
      return joins.and(await Promise.all(filter.parts.map((part) => inner(part))));
    case "or":
      return joins.or(await Promise.all(filter.parts.map((part) => inner(part))));
    case "not":
      return joins.not(await inner(filter.part));
    case "values":
      return inner(filter.part, `${prefix}${filter.path}.`);
    default:
      return compare(prefix + filter.path, filter);
  }
}

async function compareUser(name: string, one: Comparison, spellings: Spellings): Promise<Prisma.PersonWhereInput> {
  const spelt = (column: SpeltColumn) => speltText(one, column, spellings);
  switch (name) {
    case "id":
      return { id: text(one) };
    case "externalId":
      return { externalId: text(one) };
    case "userName":
      return byUserName(one);
    case "emails":
      return { email: text(lowered(one)) };
    case "emails.type":
      return always(matches("work", one));
    case "emails.primary":
      return always(matches(true, one));
    case "displayName":
    case "name.formatted":
      return { name: await spelt("name") };
    case "name.givenName":
      return { scimUser: { givenName: await spelt("givenName") } };
    case "name.familyName":
      return { scimUser: { familyName: await spelt("familyName") } };
    case "active":
      return active(one);
    case "userType":
      return kinds(one);
    case "roles":
      return some<Prisma.PersonWhereInput>(one, (role) => ({ roles: { has: roleNamed(role) ?? "" } }), {});
    case "department":
      return one.kind === "present" ? { teamId: { not: null } } : { team: { name: await spelt("team") } };
    case "organization":
      return { employer: await spelt("employer") };
    case "manager":
      return { managerId: text(one) };
    case "manager.displayName":
      return { manager: { name: await spelt("name") } };
    case "groups":
      return some<Prisma.PersonWhereInput>(one, (groupId) => ({ directoryGroups: { some: { groupId } } }), {
        directoryGroups: { some: {} },
      });
    case "groups.display":
      return { directoryGroups: { some: { group: { nameKey: text(lowered(one)) } } } };
    case "meta.created":
      return { createdAt: moment(one) };
    case "meta.lastModified":
      return { updatedAt: moment(one) };
    default:
      // Nobody has a value for an attribute that is not stored.
      return always(one.kind === "compare" && one.comparator === "ne");
  }
}

/** People without a user name of their own are found by their e-mail address. */
function byUserName(one: Comparison): Prisma.PersonWhereInput {
  if (one.kind === "present") return {};
  const condition = text(lowered(one));
  return { OR: [{ scimUser: { userNameKey: condition } }, { scimUser: null, email: condition }] };
}

/** For columns stored in lower case, which have an index. */
function lowered(one: Comparison): Comparison {
  return one.kind === "compare" && typeof one.value === "string" ? { ...one, value: smallLetters(one.value) } : one;
}

type TextCondition = NonNullable<Prisma.StringNullableFilter> & object;

/** For columns stored as written and compared ignoring case. */
async function speltText(one: Comparison, column: SpeltColumn, spellings: Spellings): Promise<ReturnType<typeof text>> {
  if (one.kind === "present" || typeof one.value !== "string") return text(one);
  const { comparator, value } = one;
  if (comparator === "eq") return { in: await spellings(column, value) };
  if (comparator === "ne") return { notIn: await spellings(column, value) };
  return text(one, { isCaseExact: false });
}

function text(one: Comparison, { isCaseExact } = { isCaseExact: true }): TextCondition & Prisma.StringFilter {
  if (one.kind === "present") return NOT_EMPTY;
  const { comparator, value } = one;
  if (value === null) return comparator === "ne" ? NOT_EMPTY : NOTHING;
  if (typeof value === "boolean") throw invalid(`"${one.path}" is text.`);
  const text = String(value);
  switch (comparator) {
    case "eq":
      return { equals: text };
    case "ne":
      return { not: text };
    case "co":
      return holding(text, { isCaseExact });
    case "sw":
      return beginningWith(text, { isCaseExact });
    case "ew":
      return endingWith(text, { isCaseExact });
    case "gt":
      return ordered("gt", text, { isCaseExact });
    case "ge":
      return ordered("gte", text, { isCaseExact });
    case "lt":
      return ordered("lt", text, { isCaseExact });
    case "le":
      return ordered("lte", text, { isCaseExact });
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
  const names: readonly UserType[] = ["employee", "contractor", "vendor", "agent"];
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
  const results = {
    eq: a === b,
    ne: a !== b,
    co: a.includes(b),
    sw: a.startsWith(b),
    ew: a.endsWith(b),
    gt: a > b,
    ge: a >= b,
    lt: a < b,
    le: a <= b,
  };
  return results[one.comparator];
}

function always(isTrue: boolean): Prisma.PersonWhereInput {
  return isTrue ? {} : { id: { in: [] } };
}

function invalid(why: string): ScimError {
  return new ScimError(400, "invalidFilter", `The filter cannot be used. ${why}`);
}
