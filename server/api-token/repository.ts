import "server-only";
import type { Prisma } from "#server/db/generated/client.ts";

type Tx = Prisma.TransactionClient;

const people = {
  madeBy: { select: { id: true, name: true, status: true } },
  revokedBy: { select: { id: true, name: true, status: true } },
} satisfies Prisma.ApiTokenInclude;

/** A token as it is listed: never with what stands for the token itself. */
const listed = { omit: { hash: true, startHash: true, sealed: true }, include: people } as const;

export type TokenRecord = Prisma.ApiTokenGetPayload<typeof listed>;

export type NewToken = Omit<
  Prisma.ApiTokenUncheckedCreateInput,
  "lastUsedOn" | "revokedAt" | "revokedById" | "scopes"
> & { scopes: string[] };

/** @throws a unique violation where this form was taken already */
export async function insertToken(tx: Tx, row: NewToken): Promise<void> {
  await tx.apiToken.create({ data: row });
}

/** The reference of what one form made; null where it was not taken yet. */
export async function findByStartHash(tx: Tx, startHash: string): Promise<string | null> {
  const row = await tx.apiToken.findUnique({ where: { startHash }, select: { reference: true } });
  return row?.reference ?? null;
}

export async function findToken(tx: Tx, body: string, reference: string): Promise<TokenRecord | null> {
  return tx.apiToken.findUnique({ where: { reference, body }, ...listed });
}

/** All of a body, the newest first. */
export async function listTokensOf(tx: Tx, body: string): Promise<TokenRecord[]> {
  return tx.apiToken.findMany({ where: { body }, ...listed, orderBy: [{ madeAt: "desc" }, { id: "asc" }] });
}

export async function listReferencesBy(tx: Tx, madeById: string): Promise<string[]> {
  const rows = await tx.apiToken.findMany({ where: { madeById }, select: { reference: true } });
  return rows.map(({ reference }) => reference);
}

/** What lets a program in; looked up by the hash alone, so that its time says nothing about other tokens. */
export async function findByHash(tx: Tx, hash: string) {
  return tx.apiToken.findUnique({
    where: { hash },
    omit: { hash: true, startHash: true, sealed: true },
    include: { madeBy: { select: { isSample: true } } },
  });
}

export async function writeLastUsed(tx: Tx, id: string, lastUsedOn: string): Promise<void> {
  await tx.apiToken.update({ where: { id }, data: { lastUsedOn }, select: { id: true } });
}

/** What is sealed of a token that one person made since `since`. */
export async function findSealed(
  tx: Tx,
  { reference, madeById, since }: { reference: string; madeById: string; since: Date },
): Promise<string | null> {
  const row = await tx.apiToken.findFirst({
    where: { reference, madeById, madeAt: { gt: since }, revokedAt: null },
    select: { sealed: true },
  });
  return row?.sealed ?? null;
}

/** Removes what is sealed. @returns false where it was gone: somebody else took it */
export async function deleteSealed(tx: Tx, reference: string): Promise<boolean> {
  const { count } = await tx.apiToken.updateMany({
    where: { reference, sealed: { not: null } },
    data: { sealed: null },
  });
  return count === 1;
}

/** Removes what was never shown. */
export async function deleteSealedBefore(tx: Tx, before: Date): Promise<void> {
  await tx.apiToken.updateMany({ where: { sealed: { not: null }, madeAt: { lte: before } }, data: { sealed: null } });
}

/** @returns false where it was revoked already */
export async function writeRevoked(
  tx: Tx,
  reference: string,
  data: { revokedAt: Date; revokedById: string },
): Promise<boolean> {
  const { count } = await tx.apiToken.updateMany({
    where: { reference, revokedAt: null },
    data: { ...data, sealed: null },
  });
  return count === 1;
}
