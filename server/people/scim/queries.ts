import "server-only";
import { normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import type { Actor } from "#domain/access/permission/actor.ts";
import { notFound, ScimError } from "#domain/people/scim/error.ts";
import type { Filter } from "#domain/people/scim/filter.ts";
import { type ListRequest, project } from "#domain/people/scim/list-request.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
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

function columnsOf(sortBy: string, by: "asc" | "desc"): Order[] {
  const target = findTarget(sortBy);
  const name = target && `${target.attribute.name}${target.part ? `.${target.part.name}` : ""}`;
  switch (name) {
    case "id":
      return [{ id: by }];
    case "externalId":
      return [{ externalId: by }];
    case "userName":
      return [{ scimUser: { userNameKey: by } }, { email: by }];
    case "emails":
    case "emails.value":
      return [{ email: by }];
    case "displayName":
    case "name":
    case "name.formatted":
      return [{ name: by }];
    case "name.givenName":
      return [{ scimUser: { givenName: by } }];
    case "name.familyName":
      return [{ scimUser: { familyName: by } }];
    case "active":
      return [{ status: by === "asc" ? "desc" : "asc" }];
    case "userType":
      return [{ kind: by }];
    case "department":
      return [{ team: { name: by } }];
    case "organization":
      return [{ employer: by }];
    case "meta.created":
      return [{ createdAt: by }];
    case "meta.lastModified":
      return [{ updatedAt: by }];
    default:
      throw new ScimError(400, "invalidPath", `Users cannot be sorted by "${sortBy}".`);
  }
}

/** What the program that feeds the directory has stored about the actor. */
export interface OwnDirectoryNames {
  /** Null if no program has. */
  userName: string | null;
  givenName: string | null;
  familyName: string | null;
  formattedName: string | null;
  /** Names of the directory's groups that they are in. */
  groups: string[];
}

export async function getOwnDirectoryNames({ personId }: Actor): Promise<OwnDirectoryNames> {
  const tx = getDatabase();
  const [scimUser, groups] = await Promise.all([findScimUser(tx, personId), listGroupNames(tx, [personId])]);
  const { userName = null, givenName = null, familyName = null, formattedName = null } = scimUser ?? {};
  return { userName, givenName, familyName, formattedName, groups: (groups.get(personId) ?? []).sort() };
}
