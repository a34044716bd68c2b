import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";

type Tx = Prisma.TransactionClient;

/** A group without its members. */
export type GroupRow = Prisma.DirectoryGroupGetPayload<object>;

export interface MemberRow {
  id: string;
  name: string;
}

export async function findDirectoryGroup(tx: Tx, body: string, id: string): Promise<GroupRow | null> {
  return tx.directoryGroup.findUnique({ where: { id, body } });
}

/** The same, locked until the transaction ends. */
export async function lockDirectoryGroup(tx: Tx, body: string, id: string): Promise<GroupRow | null> {
  await tx.$queryRaw`SELECT id FROM "DirectoryGroup" WHERE id = ${id} AND body = ${body} FOR UPDATE`;
  return findDirectoryGroup(tx, body, id);
}

/** Locks the groups that somebody is in, always in the same order. */
export async function lockGroupsOf(tx: Tx, personId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT id FROM "DirectoryGroup" WHERE id IN (SELECT "groupId" FROM "DirectoryGroupMember" WHERE "personId" = ${personId})
    ORDER BY id FOR UPDATE`;
}

export async function listDirectoryGroups(
  tx: Tx,
  body: string,
  where: Prisma.DirectoryGroupWhereInput,
  { skip, take, orderBy }: { skip: number; take: number; orderBy: Prisma.DirectoryGroupOrderByWithRelationInput[] },
): Promise<{ total: number; rows: GroupRow[] }> {
  const filter = { AND: [{ body }, where] };
  const total = await tx.directoryGroup.count({ where: filter });
  const rows = take === 0 ? [] : await tx.directoryGroup.findMany({ where: filter, orderBy, skip, take });
  return { total, rows };
}

/** The members of these groups, by name: group → members. */
export async function listMembers(tx: Tx, groupIds: readonly string[]): Promise<Map<string, MemberRow[]>> {
  const rows = await tx.directoryGroupMember.findMany({
    where: { groupId: { in: [...groupIds] } },
    select: { groupId: true, person: { select: { id: true, name: true } } },
    orderBy: [{ person: { name: "asc" } }, { personId: "asc" }],
  });
  const members = new Map(groupIds.map((id): [string, MemberRow[]] => [id, []]));
  for (const { groupId, person } of rows) members.get(groupId)?.push(person);
  return members;
}

export async function listDirectoryGroupMemberIds(tx: Tx, groupId: string): Promise<string[]> {
  const rows = await tx.directoryGroupMember.findMany({ where: { groupId }, select: { personId: true } });
  return rows.map(({ personId }) => personId);
}

/** Names of the groups that people are in: person → names. */
export async function listGroupNames(tx: Tx, personIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await tx.directoryGroupMember.findMany({
    where: { personId: { in: [...personIds] } },
    select: { personId: true, group: { select: { displayName: true } } },
  });
  const names = new Map<string, string[]>();
  for (const { personId, group } of rows) names.set(personId, [...(names.get(personId) ?? []), group.displayName]);
  return names;
}

/** @throws a unique violation if the body has a group of that name */
export async function insertDirectoryGroup(tx: Tx, row: Omit<GroupRow, "revision">): Promise<void> {
  await tx.directoryGroup.create({ data: row });
}

export async function updateDirectoryGroup(
  tx: Tx,
  id: string,
  fields: Pick<GroupRow, "displayName" | "nameKey" | "externalId" | "changedAt">,
): Promise<void> {
  await tx.directoryGroup.update({ where: { id }, data: { ...fields, revision: { increment: 1 } } });
}

export async function deleteGroup(tx: Tx, id: string): Promise<void> {
  await tx.directoryGroup.delete({ where: { id } });
}

export async function addMembers(tx: Tx, groupId: string, personIds: readonly string[]): Promise<void> {
  const data = personIds.map((personId) => ({ groupId, personId }));
  if (data.length > 0) await tx.directoryGroupMember.createMany({ data, skipDuplicates: true });
}

export async function removeMembers(tx: Tx, groupId: string, personIds: readonly string[]): Promise<void> {
  if (personIds.length > 0)
    await tx.directoryGroupMember.deleteMany({ where: { groupId, personId: { in: [...personIds] } } });
}

/** Takes somebody out of all their groups. */
export async function leaveGroups(tx: Tx, personId: string, at: Date): Promise<void> {
  await tx.directoryGroup.updateMany({
    where: { members: { some: { personId } } },
    data: { changedAt: at, revision: { increment: 1 } },
  });
  await tx.directoryGroupMember.deleteMany({ where: { personId } });
}
