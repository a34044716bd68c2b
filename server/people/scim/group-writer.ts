import "server-only";
import { GROUP_SCHEMA } from "#domain/people/scim/group.ts";
import type { GroupRow, MemberRow } from "./group-repository.ts";
import { scimBase } from "./user-writer.ts";

export function groupVersion({ revision }: Pick<GroupRow, "revision">): string {
  return `W/"${revision}"`;
}

/** A group as sent to programs. @param members null if they were not requested */
export function toGroupResource(row: GroupRow, members: readonly MemberRow[] | null): Record<string, unknown> {
  const base = scimBase();
  const times = { created: row.createdAt, lastModified: row.changedAt };
  return {
    schemas: [GROUP_SCHEMA],
    id: row.id,
    externalId: row.externalId ?? undefined,
    displayName: row.displayName,
    ...(members && {
      members: members.map(({ id: value, name: display }) => {
        return { value, display, $ref: `${base}/Users/${value}`, type: "User" };
      }),
    }),
    meta: { resourceType: "Group", ...times, location: `${base}/Groups/${row.id}`, version: groupVersion(row) },
  };
}
