import { rolesSchema, type Role } from "#domain/access/permission/permission.ts";
import { type EndReason, PERSONAL_SCOPE, type TokenMaker } from "#domain/access/api-token/api-token.ts";
import { columns } from "#server/base/db/columns.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import type { Tx } from "#server/base/db/database.ts";

const people = {
  madeBy: {
    select: columns("id", "name", "status", "roles", "standsInAs", "leavesOn", "body", "isSample"),
  },
  revokedBy: { select: { id: true, name: true, status: true } },
} satisfies Prisma.ApiTokenInclude;

const followed = {
  follows: { select: { reference: true } },
  followers: { select: { reference: true }, orderBy: { madeAt: "desc" } },
} satisfies Prisma.ApiTokenInclude;

/** A token as listed: never with its hash or its sealed secret. */
const listed = {
  omit: { hash: true, startHash: true, sealed: true },
  include: { ...people, ...followed },
} satisfies Prisma.ApiTokenDefaultArgs;

type Row = Prisma.ApiTokenGetPayload<typeof listed>;

/** With whoever made it, as they are in the directory now. */
export type TokenRecord = Omit<Row, "madeBy"> & { madeBy: Omit<Row["madeBy"], "roles"> & { roles: Role[] } };

const toRecord = ({ madeBy, ...row }: Row): TokenRecord => ({
  ...row,
  madeBy: { ...madeBy, roles: rolesSchema.parse([...madeBy.roles, ...madeBy.standsInAs]) },
});

export type NewToken = Omit<
  Prisma.ApiTokenUncheckedCreateInput,
  "lastUsedOn" | "revokedAt" | "revokedById" | "scopes" | "endedAt" | "endReason" | "toldDays"
> & { scopes: string[] };

/** @throws a unique violation if this form was processed already */
export async function insertToken(tx: Tx, row: NewToken): Promise<void> {
  await tx.apiToken.create({ data: row });
}

/** The reference of the token made by a form; null if the form was not processed yet. */
export async function findByStartHash(tx: Tx, startHash: string): Promise<string | null> {
  const row = await tx.apiToken.findUnique({ where: { startHash }, select: { reference: true } });
  return row?.reference ?? null;
}

export async function findToken(tx: Tx, body: string, reference: string): Promise<TokenRecord | null> {
  const row = await tx.apiToken.findUnique({ where: { reference, body }, ...listed });
  return row && toRecord(row);
}

/** All tokens of a body, the newest first. */
export async function listTokensOf(tx: Tx, body: string): Promise<TokenRecord[]> {
  const rows = await tx.apiToken.findMany({ where: { body }, ...listed, orderBy: [{ madeAt: "desc" }, { id: "asc" }] });
  return rows.map(toRecord);
}

/** The tokens that somebody made for themselves, the newest first. */
export async function listPersonalTokens(tx: Tx, madeById: string): Promise<TokenRecord[]> {
  const where = { madeById, scopes: { has: PERSONAL_SCOPE } };
  const rows = await tx.apiToken.findMany({ where, ...listed, orderBy: [{ madeAt: "desc" }, { id: "asc" }] });
  return rows.map(toRecord);
}

/** Tokens neither revoked nor ended; they may have expired. */
export async function listHolding(tx: Tx, where: Pick<Prisma.ApiTokenWhereInput, "body">): Promise<TokenRecord[]> {
  const isHolding = { revokedAt: null, endedAt: null };
  const rows = await tx.apiToken.findMany({ where: { ...where, ...isHolding }, ...listed, orderBy: { id: "asc" } });
  return rows.map(toRecord);
}

/** Tokens of a body that were not revoked and have no valid replacement; none of a person's own. */
export async function listUnfollowed(tx: Tx, body: string, now: Date): Promise<TokenRecord[]> {
  const holding = { revokedAt: null, endedAt: null, expiresAt: { gt: now } };
  const isPersonal = { scopes: { has: PERSONAL_SCOPE } };
  const where = { body, revokedAt: null, followers: { none: holding }, NOT: isPersonal };
  return (await tx.apiToken.findMany({ where, ...listed, orderBy: { id: "asc" } })).map(toRecord);
}

/** One token, locked until this transaction ends. */
export async function lockToken(tx: Tx, id: string): Promise<TokenRecord | null> {
  await tx.$queryRaw`SELECT id FROM "ApiToken" WHERE id = ${id} FOR UPDATE`;
  const row = await tx.apiToken.findUnique({ where: { id }, ...listed });
  return row && toRecord(row);
}

/** Whoever is making a token; null if there is no such person. */
export async function findMaker(tx: Tx, personId: string): Promise<TokenMaker | null> {
  const row = await tx.person.findUnique({ where: { id: personId }, ...people.madeBy });
  return row && { ...row, roles: rolesSchema.parse([...row.roles, ...row.standsInAs]) };
}

/** @returns false if it had ended or was revoked already */
export async function writeEnded(tx: Tx, id: string, end: { endedAt: Date; endReason: EndReason }): Promise<boolean> {
  const where = { id, revokedAt: null, endedAt: null };
  return (await tx.apiToken.updateMany({ where, data: { ...end, sealed: null } })).count === 1;
}

export async function writeExpiryNoticeDays(tx: Tx, id: string, toldDays: readonly number[]): Promise<void> {
  await tx.apiToken.update({ where: { id }, data: { toldDays: [...toldDays] }, select: { id: true } });
}

export async function listTokensMadeBy(tx: Tx, madeById: string): Promise<string[]> {
  const rows = await tx.apiToken.findMany({ where: { madeById }, select: { reference: true } });
  return rows.map(({ reference }) => reference);
}

/**
 * The token with this hash. It is looked up by hash only, so that the time taken reveals nothing about other tokens.
 */
export async function findByHash(tx: Tx, hash: string): Promise<TokenRecord | null> {
  const row = await tx.apiToken.findUnique({ where: { hash }, ...listed });
  return row && toRecord(row);
}

export async function writeLastUsed(tx: Tx, id: string, lastUsedOn: string): Promise<void> {
  await tx.apiToken.update({ where: { id }, data: { lastUsedOn }, select: { id: true } });
}

/** The sealed secret of a token that this person made after `since`, and what it is for. */
export const findSealed = async (
  tx: Tx,
  { reference, madeById, since }: { reference: string; madeById: string; since: Date },
) =>
  tx.apiToken.findFirst({
    where: { reference, madeById, madeAt: { gt: since }, revokedAt: null },
    select: { sealed: true, scopes: true },
  });

/** Deletes the sealed secret. @returns false if somebody else has already taken it */
export async function deleteSealed(tx: Tx, reference: string): Promise<boolean> {
  const { count } = await tx.apiToken.updateMany({
    where: { reference, sealed: { not: null } },
    data: { sealed: null },
  });
  return count === 1;
}

/** Deletes sealed secrets that were never shown. */
export async function deleteSealedBefore(tx: Tx, before: Date): Promise<void> {
  await tx.apiToken.updateMany({ where: { sealed: { not: null }, madeAt: { lte: before } }, data: { sealed: null } });
}

/** @returns false if it was revoked already */
export async function writeRevoked(tx: Tx, reference: string, data: { revokedAt: Date; revokedById: string }) {
  const { count } = await tx.apiToken.updateMany({
    where: { reference, revokedAt: null },
    data: { ...data, sealed: null },
  });
  return count === 1;
}
