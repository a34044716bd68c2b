import type { KeyRevocation } from "#domain/evidence/journal/signing-key.ts";
import { columns } from "#server/base/db/columns.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import type { Tx } from "#server/base/db/database.ts";

/** Any number that no other lock uses. */
const KEY_LOCK = 20_266;

const LISTED = {
  ...columns("kid", "body", "publicKey", "current", "madeAt", "expiresAt", "retiredAt", "revokedAt"),
  ...columns("revokedBecause"),
};

/** Serialises making and revoking keys: the second request sees the first one's key. */
export async function lockKeys(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${KEY_LOCK}::int, 0)`;
}

/** The key that signs for a body now, with its sealed private half. */
export const findCurrentKey = async (tx: Tx, body: string) => tx.signingKey.findUnique({ where: { current: body } });

export const findKey = async (tx: Tx, kid: string) => tx.signingKey.findUnique({ where: { kid }, select: LISTED });

/**
 * Every key that ever signed: those that sign now, then the newest first.
 * @param body only keys of this body and of the whole portal, from before bodies had their own; all keys if left out
 */
export async function listKeys(tx: Tx, body?: string) {
  const orderBy = [
    { current: { sort: "asc", nulls: "last" } },
    { madeAt: "desc" },
    { kid: "asc" },
  ] satisfies Prisma.SigningKeyOrderByWithRelationInput[];
  if (body === undefined) return tx.signingKey.findMany({ select: LISTED, orderBy });
  return tx.signingKey.findMany({ where: { OR: [{ body }, { body: null }] }, select: LISTED, orderBy });
}

/** Retires the key that signs for a body now, and deletes its private half. */
export async function retireCurrent(tx: Tx, body: string, at: Date): Promise<void> {
  const retired = { current: null, sealed: null, retiredAt: at };
  await tx.signingKey.updateMany({ where: { current: body }, data: retired });
}

export async function insertKey(
  tx: Tx,
  row: Omit<Prisma.SigningKeyUncheckedCreateInput, "current"> & { body: string },
): Promise<void> {
  await tx.signingKey.create({ data: { ...row, current: row.body } });
}

/** Marks a key as revoked; if it is the current one, it stops signing and its private half is deleted. */
export async function markRevoked(
  tx: Tx,
  kid: string,
  revoked: { revokedBecause: KeyRevocation; revokedAt: Date; revokedById: string | null; retiredAt: Date },
): Promise<void> {
  await tx.signingKey.update({ where: { kid }, data: { ...revoked, current: null, sealed: null } });
}
