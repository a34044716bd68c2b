import "server-only";
import type { Prisma } from "#server/db/generated/client.ts";

type Tx = Prisma.TransactionClient;

/** Any number will do, as long as nothing else locks with it. */
const KEY_LOCK = 20_263;

/** Those who make a key take turns: whoever comes second finds the first one's. */
export async function lockKeys(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${KEY_LOCK}::int, 0)`;
}

/** The key that signs now, with its sealed private half. */
export async function findCurrent(tx: Tx) {
  return tx.signingKey.findUnique({ where: { current: "current" } });
}

/** Every key that ever signed: the one that signs now, then the newest first. */
export async function listKeys(tx: Tx) {
  return tx.signingKey.findMany({
    select: { kid: true, publicKey: true, current: true, madeAt: true, retiredAt: true },
    orderBy: [{ current: { sort: "asc", nulls: "last" } }, { madeAt: "desc" }, { kid: "asc" }],
  });
}

/** Ends the one that signs now, and forgets its private half. */
export async function retireCurrent(tx: Tx, at: Date): Promise<void> {
  const retired = { current: null, sealed: null, retiredAt: at };
  await tx.signingKey.updateMany({ where: { current: "current" }, data: retired });
}

export async function insertKey(
  tx: Tx,
  row: { kid: string; publicKey: Prisma.InputJsonObject; sealed: string; madeAt: Date; madeById: string | null },
): Promise<void> {
  await tx.signingKey.create({ data: { ...row, current: "current" } });
}
