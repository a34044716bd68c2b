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

const groupConditions: Readonly<Record<string, (one: Comparison) => Prisma.DirectoryGroupWhereInput>> = {
  displayname: (one) => ({ nameKey: text(lowered(one)) }),
  id: (one) => ({ id: text(one) }),
  externalid: (one) => ({ externalId: text(one) }),
  members: hasMember,
  "members.value": hasMember,
  "members.type": () => ({ members: { some: {} } }),
  "meta.created": (one) => ({ createdAt: moment(one) }),
  "meta.lastmodified": (one) => ({ changedAt: moment(one) }),
};

function hasMember(one: Comparison): Prisma.DirectoryGroupWhereInput {
  return some<Prisma.DirectoryGroupWhereInput>(one, (personId) => ({ members: { some: { personId } } }), {
    members: { some: {} },
  });
}

function compareGroup(path: string, one: Comparison): Prisma.DirectoryGroupWhereInput {
  const name = path.replace(new RegExp(`^${GROUP_SCHEMA}:`, "i"), "").toLowerCase();
  const condition = Object.hasOwn(groupConditions, name) ? groupConditions[name] : undefined;
  if (!condition) throw invalid(`Groups have no "${path}".`);
  return condition(one);
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

type Spelt = (column: SpeltColumn) => ReturnType<typeof speltText>;
type Condition = Prisma.PersonWhereInput | Promise<Prisma.PersonWhereInput>;

const userConditions: Readonly<Record<string, (one: Comparison, spelt: Spelt) => Condition>> = {
  id: (one) => ({ id: text(one) }),
  externalId: (one) => ({ externalId: text(one) }),
  userName: byUserName,
  emails: (one) => ({ email: text(lowered(one)) }),
  "emails.type": (one) => always(matches("work", one)),
  "emails.primary": (one) => always(matches(true, one)),
  displayName: async (_, spelt) => ({ name: await spelt("name") }),
  "name.formatted": async (_, spelt) => ({ name: await spelt("name") }),
  "name.givenName": async (_, spelt) => ({ scimUser: { givenName: await spelt("givenName") } }),
  "name.familyName": async (_, spelt) => ({ scimUser: { familyName: await spelt("familyName") } }),
  active,
  userType: kinds,
  "roles.primary": (one) => always(matches(true, one)),
  roles: (one) => some<Prisma.PersonWhereInput>(one, (role) => ({ roles: { has: roleNamed(role) ?? "" } }), {}),
  department: async (one, spelt) =>
    one.kind === "present" ? { teamId: { not: null } } : { team: { name: await spelt("team") } },
  organization: async (_, spelt) => ({ employer: await spelt("employer") }),
  manager: (one) => ({ managerId: text(one) }),
  "manager.displayName": async (_, spelt) => ({ manager: { name: await spelt("name") } }),
  groups: (one) =>
    some<Prisma.PersonWhereInput>(one, (groupId) => ({ directoryGroups: { some: { groupId } } }), {
      directoryGroups: { some: {} },
    }),
  "groups.display": (one) => ({ directoryGroups: { some: { group: { nameKey: text(lowered(one)) } } } }),
  "meta.created": (one) => ({ createdAt: moment(one) }),
  "meta.lastModified": (one) => ({ updatedAt: moment(one) }),
};

async function compareUser(name: string, one: Comparison, spellings: Spellings): Promise<Prisma.PersonWhereInput> {
  const condition = userConditions[name];
  // Nobody has a value for an attribute that is not stored.
  if (!condition) return always(one.kind === "compare" && one.comparator === "ne");
  return condition(one, (column) => speltText(one, column, spellings));
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
  const caseRule = { isCaseExact };
  const conditions = {
    eq: () => ({ equals: text }),
    ne: () => ({ not: text }),
    co: () => holding(text, caseRule),
    sw: () => beginningWith(text, caseRule),
    ew: () => endingWith(text, caseRule),
    gt: () => ordered("gt", text, caseRule),
    ge: () => ordered("gte", text, caseRule),
    lt: () => ordered("lt", text, caseRule),
    le: () => ordered("lte", text, caseRule),
  };
  return conditions[comparator]();
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
