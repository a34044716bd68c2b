import { smallLetters } from "#domain/access/identity/small-letters.ts";
import { type Role, rolesSchema } from "#domain/access/permission/permission.ts";
import type { UserType } from "#domain/people/scim/user.ts";
import { columns } from "#server/base/db/columns.ts";
import * as Prisma from "#server/base/db/prisma.ts";
import type { Tx } from "#server/base/db/database.ts";

const shown = {
  ...columns("id", "body", "email", "name", "employer", "roles", "status", "kind", "externalId"),
  ...columns("createdAt", "updatedAt", "teamId", "managerId"),
  team: { select: { name: true } },
  manager: { select: { name: true } },
  scimUser: true,
  absences: {
    where: { source: "scim" },
    select: { firstDay: true, lastDay: true },
    orderBy: [{ firstDay: "desc" }, { id: "desc" }],
    take: 1,
  },
  directoryGroups: {
    select: { group: { select: { id: true, displayName: true } } },
    orderBy: { group: { displayName: "asc" } },
  },
} as const satisfies Prisma.PersonSelect;

/** Somebody as the program that feeds the directory sees them. */
export interface UserRow extends Omit<Prisma.PersonGetPayload<{ select: typeof shown }>, "roles" | "kind"> {
  roles: Role[];
  kind: UserType;
}

const toRow = (row: Prisma.PersonGetPayload<{ select: typeof shown }>): UserRow => ({
  ...row,
  roles: rolesSchema.parse(row.roles),
});

/** The people a program may see: those of its body, not deleted by it, and whose name has not been replaced. */
const seenIn = (body: string): Prisma.PersonWhereInput => ({
  body,
  pseudonymisedAt: null,
  OR: [{ scimUser: null }, { scimUser: { deletedAt: null } }],
});

export async function findUser(tx: Tx, body: string, id: string): Promise<UserRow | null> {
  const row = await tx.person.findFirst({ where: { AND: [{ id }, seenIn(body)] }, select: shown });
  return row && toRow(row);
}

export async function listUsers(
  tx: Tx,
  body: string,
  where: Prisma.PersonWhereInput,
  { skip, take, orderBy }: { skip: number; take: number; orderBy: Prisma.PersonOrderByWithRelationInput[] },
): Promise<{ total: number; rows: UserRow[] }> {
  const filter = { AND: [seenIn(body), where] };
  const total = await tx.person.count({ where: filter });
  const rows = take === 0 ? [] : await tx.person.findMany({ where: filter, select: shown, orderBy, skip, take });
  return { total, rows: rows.map(toRow) };
}

/** Frees the user names of people who have been pseudonymised. @param keys in lower case */
export const freeUserNames = (tx: Tx, keys: readonly string[]) =>
  tx.scimUser.deleteMany({
    where: { userNameKey: { in: [...keys] }, person: { pseudonymisedAt: { not: null } } },
  });

/**
 * People of any body with one of these user names or e-mail addresses, deleted ones included.
 * @param keys in lower case
 */
export async function listHolders(tx: Tx, keys: readonly string[]) {
  const amongKeys = { in: [...keys] };
  const rows = await tx.person.findMany({
    where: { OR: [{ email: amongKeys }, { scimUser: { userNameKey: amongKeys } }] },
    select: HOLDER,
  });
  return rows.map(toHolder);
}

const HOLDER = { id: true, body: true, status: true, scimUser: { select: { deletedAt: true } } } as const;

/** `hasGone`: they have left, or the program has deleted them. */
function toHolder({ id, body, status, scimUser }: Prisma.PersonGetPayload<{ select: typeof HOLDER }>) {
  return { id, body, hasGone: status === "left" || Boolean(scimUser?.deletedAt) };
}

/** Who has this externalId in a body, deleted people included. */
export async function findByExternalId(tx: Tx, body: string, externalId: string) {
  const row = await tx.person.findUnique({ where: { body_externalId: { body, externalId } }, select: HOLDER });
  return row && toHolder(row);
}

/** Takes an externalId from somebody whom the program has deleted, so that it can be another person's. */
export const freeExternalId = (tx: Tx, body: string, externalId: string, holderId: string | null) =>
  tx.person.updateMany({
    where: { body, externalId, id: { not: holderId ?? "" }, scimUser: { deletedAt: { not: null } } },
    data: { externalId: null },
  });

export type SpeltColumn = "name" | "employer" | "team" | "givenName" | "familyName";

/** The different spellings of a text in a column of a body's people, ignoring case. */
export async function listSpellings(
  tx: Tx,
  { body, column, text }: { body: string; column: SpeltColumn; text: string },
): Promise<string[]> {
  const columns: Record<SpeltColumn, Prisma.Sql> = {
    name: Prisma.sql`SELECT DISTINCT name AS word FROM "Person" p`,
    employer: Prisma.sql`SELECT DISTINCT employer AS word FROM "Person" p`,
    team: Prisma.sql`SELECT DISTINCT name AS word FROM "Team" p`,
    givenName: Prisma.sql`SELECT DISTINCT "givenName" AS word FROM "ScimUser" JOIN "Person" p ON p.id = "personId"`,
    familyName: Prisma.sql`SELECT DISTINCT "familyName" AS word FROM "ScimUser" JOIN "Person" p ON p.id = "personId"`,
  };
  // The database folds case differently from us, so it only suggests candidates, which are then compared here.
  const rows = await tx.$queryRaw<{ word: string }[]>`
    SELECT word FROM (${columns[column]} WHERE p.body = ${body}) words
     WHERE lower(word) IN (lower(${text}), lower(${smallLetters(text)}))`;
  return rows.map(({ word }) => word).filter((word) => smallLetters(word) === smallLetters(text));
}

export const findScimUser = (tx: Tx, personId: string) => tx.scimUser.findUnique({ where: { personId } });

export type ScimFields = Omit<Prisma.ScimUserUncheckedCreateInput, "personId" | "said"> & { said: string[] };

export const writeScimUser = (tx: Tx, personId: string, fields: ScimFields) =>
  tx.scimUser.upsert({ where: { personId }, create: { personId, ...fields }, update: fields });

/** Records that something stored beside the person changed. */
export const touchPerson = (tx: Tx, personId: string, at: Date) =>
  tx.person.update({ where: { id: personId }, data: { updatedAt: at }, select: { id: true } });

export const writeDeleted = (tx: Tx, personId: string, fallback: ScimFields, at: Date) =>
  tx.scimUser.upsert({
    where: { personId },
    create: { personId, ...fallback, deletedAt: at },
    update: { deletedAt: at },
  });

/** Those of these people that a program of the body may see. */
export async function listSeen(tx: Tx, body: string, ids: readonly string[]): Promise<{ id: string; roles: Role[] }[]> {
  const rows = await tx.person.findMany({
    where: { AND: [{ id: { in: [...ids] } }, seenIn(body)] },
    select: { id: true, roles: true },
    orderBy: { id: "asc" },
  });
  return rows.map(({ id, roles }) => ({ id, roles: rolesSchema.parse(roles) }));
}

/** A group without its members. */
export type GroupRow = Prisma.DirectoryGroupGetPayload<object>;

export const findDirectoryGroup = (tx: Tx, body: string, id: string): Promise<GroupRow | null> =>
  tx.directoryGroup.findUnique({ where: { id, body } });

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
export async function listMembers(tx: Tx, groupIds: readonly string[]) {
  const rows = await tx.directoryGroupMember.findMany({
    where: { groupId: { in: [...groupIds] } },
    select: { groupId: true, person: { select: { id: true, name: true } } },
    orderBy: [{ person: { name: "asc" } }, { personId: "asc" }],
  });
  const members = new Map(groupIds.map((id): [string, { id: string; name: string }[]] => [id, []]));
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
export const insertDirectoryGroup = (tx: Tx, row: Omit<GroupRow, "revision">) =>
  tx.directoryGroup.create({ data: row });

export const updateDirectoryGroup = (
  tx: Tx,
  id: string,
  fields: Pick<GroupRow, "displayName" | "nameKey" | "externalId" | "changedAt">,
) => tx.directoryGroup.update({ where: { id }, data: { ...fields, revision: { increment: 1 } } });

export const deleteGroup = (tx: Tx, id: string) => tx.directoryGroup.delete({ where: { id } });

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
