import { normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { notFound, ScimError } from "#domain/people/scim/error.ts";
import type { Filter } from "#domain/people/scim/filter.ts";
import { type ListRequest, project } from "#domain/people/scim/list-request.ts";
import { getDatabase, type Prisma } from "#server/base/db/database.ts";
import { findTarget } from "./definition-writer.ts";
import { whereUser } from "./filter-reader.ts";
import type { ScimProgram } from "./program-rules.ts";
import { findScimUser, findUser, listGroupNames, listHolders, listSpellings, listUsers } from "./repository.ts";
import { toResource } from "./user-writer.ts";

type Json = Readonly<Record<string, unknown>>;

/** A user with everything stored about them. @throws ScimError 404, also for people the program may not see */
export async function getUser({ body }: ScimProgram, id: string): Promise<Json> {
  const row = await findUser(getDatabase(), body, id);
  if (!row) throw notFound(id);
  return toResource(row);
}

/** A page of the users of the program's body. */
export async function listScimUsers({ body }: ScimProgram, request: ListRequest): Promise<Json> {
  const { filter, startIndex, count, projection } = request;
  const page = { skip: startIndex - 1, take: count, orderBy: orderOf(request) };
  const { total, rows } = await listUsers(getDatabase(), body, filter ? await whereOf(body, filter) : {}, page);
  return listResponse(
    total,
    startIndex,
    rows.map((row) => project(toResource(row), projection)),
  );
}

/**
 * The condition for a filter. Providers ask for one user name before they add or change anybody: candidates are looked
 * up by index in two tables first, because a single query over both would not use the indexes.
 */
async function whereOf(body: string, filter: Filter): Promise<Prisma.PersonWhereInput> {
  const where = await whereUser(filter, (column, text) => listSpellings(getDatabase(), { body, column, text }));
  const userName = userNameIn(filter);
  if (userName === null) return where;
  const holders = await listHolders(getDatabase(), [normaliseEmail(userName)]);
  return { AND: [{ id: { in: holders.map(({ id }) => id) } }, where] };
}

/** The one user name that everybody matching the filter must have; null if the filter does not name one. */
function userNameIn(filter: Filter): string | null {
  if (filter.kind === "and") return filter.parts.map(userNameIn).find((one) => one !== null) ?? null;
  if (filter.kind !== "compare" || filter.comparator !== "eq" || typeof filter.value !== "string") return null;
  return findTarget(filter.path)?.attribute.name === "userName" ? filter.value : null;
}

/** A list response. */
export function listResponse(total: number, startIndex: number, resources: readonly Json[]): Json {
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:ListResponse"];
  return { schemas, totalResults: total, startIndex, itemsPerPage: resources.length, Resources: resources };
}

type Order = Prisma.PersonOrderByWithRelationInput;

/** By default the oldest come first, so that pages stay in order. */
function orderOf({ sortBy, isDescending }: ListRequest): Order[] {
  const by = isDescending ? "desc" : "asc";
  return sortBy === null ? [{ createdAt: "asc" }, { id: "asc" }] : [...columnsOf(sortBy, by), { id: "asc" }];
}

const sortColumns: Readonly<Record<string, (by: "asc" | "desc") => Order[]>> = {
  id: (by) => [{ id: by }],
  externalId: (by) => [{ externalId: by }],
  userName: (by) => [{ scimUser: { userNameKey: by } }, { email: by }],
  emails: (by) => [{ email: by }],
  "emails.value": (by) => [{ email: by }],
  displayName: (by) => [{ name: by }],
  name: (by) => [{ name: by }],
  "name.formatted": (by) => [{ name: by }],
  "name.givenName": (by) => [{ scimUser: { givenName: by } }],
  "name.familyName": (by) => [{ scimUser: { familyName: by } }],
  active: (by) => [{ status: by === "asc" ? "desc" : "asc" }],
  userType: (by) => [{ kind: by }],
  department: (by) => [{ team: { name: by } }],
  organization: (by) => [{ employer: by }],
  "meta.created": (by) => [{ createdAt: by }],
  "meta.lastModified": (by) => [{ updatedAt: by }],
};

function columnsOf(sortBy: string, by: "asc" | "desc"): Order[] {
  const target = findTarget(sortBy);
  const columns = target && sortColumns[`${target.attribute.name}${target.part ? `.${target.part.name}` : ""}`];
  if (!columns) throw new ScimError(400, "invalidPath", `Users cannot be sorted by "${sortBy}".`);
  return columns(by);
}

/**
 * What the program that feeds the directory has stored about the actor, null for what it has not; with the names of the
 * directory's groups that they are in.
 */
export async function getOwnDirectoryNames({ personId }: Actor) {
  const tx = getDatabase();
  const [scimUser, groups] = await Promise.all([findScimUser(tx, personId), listGroupNames(tx, [personId])]);
  const { userName = null, givenName = null, familyName = null, formattedName = null } = scimUser ?? {};
  return { userName, givenName, familyName, formattedName, groups: (groups.get(personId) ?? []).sort() };
}
