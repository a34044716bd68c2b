import { notFound, ScimError } from "#domain/people/scim/error.ts";
import { GROUP_SCHEMA } from "#domain/people/scim/group.ts";
import { isProjected, type ListRequest, project, type Projection } from "#domain/people/scim/list-request.ts";
import { getDatabase, type Prisma } from "#server/base/db/database.ts";
import { whereGroup } from "./filter-reader.ts";
import { findDirectoryGroup, listDirectoryGroups, listMembers } from "./repository.ts";
import { toGroupResource } from "./user-writer.ts";
import type { ScimProgram } from "./program-rules.ts";
import { listResponse } from "./queries.ts";

type Json = Readonly<Record<string, unknown>>;

/** A group; its members are looked up only if requested. @throws ScimError 404, also for another body's */
export async function getDirectoryGroup({ body }: ScimProgram, id: string, projection: Projection): Promise<Json> {
  const tx = getDatabase();
  const row = await findDirectoryGroup(tx, body, id);
  if (!row) throw notFound(id);
  const members = isProjected("members", projection) ? ((await listMembers(tx, [id])).get(id) ?? []) : null;
  return toGroupResource(row, members);
}

/** A page of the groups of the program's body. */
export async function listScimGroups({ body }: ScimProgram, request: ListRequest): Promise<Json> {
  const { filter, startIndex, count, projection } = request;
  const tx = getDatabase();
  const page = { skip: startIndex - 1, take: count, orderBy: orderOf(request) };
  const { total, rows } = await listDirectoryGroups(tx, body, filter ? await whereGroup(filter) : {}, page);
  const isAsked = isProjected("members", projection);
  const members = isAsked
    ? await listMembers(
        tx,
        rows.map(({ id }) => id),
      )
    : null;
  const resources = rows.map((row) => toGroupResource(row, members && (members.get(row.id) ?? [])));
  return listResponse(
    total,
    startIndex,
    resources.map((one) => project(one, projection)),
  );
}

function orderOf({ sortBy, isDescending }: ListRequest): Prisma.DirectoryGroupOrderByWithRelationInput[] {
  if (sortBy === null) return [{ createdAt: "asc" }, { id: "asc" }];
  const by = isDescending ? "desc" : "asc";
  const columns = {
    displayname: "nameKey",
    id: "id",
    externalid: "externalId",
    "meta.created": "createdAt",
    "meta.lastmodified": "changedAt",
  } as const;
  const name = sortBy.replace(new RegExp(`^${GROUP_SCHEMA}:`, "i"), "").toLowerCase();
  const found = Object.entries(columns).find(([one]) => one === name);
  if (!found) throw new ScimError(400, "invalidPath", `Groups cannot be sorted by "${sortBy}".`);
  return [{ [found[1]]: by }, { id: "asc" }];
}
