import "server-only";
import { randomUUID } from "node:crypto";
import type { ProviderSubject } from "#domain/access/identity/provider-claim.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";

/** An account at an identity provider with which a person signs in. */
export interface BoundAccount extends ProviderSubject {
  id: string;
  personId: string;
  boundAt: Date;
}

const fields = { id: true, personId: true, providerId: true, accountId: true, createdAt: true } as const;
type Row = Prisma.AccountGetPayload<{ select: typeof fields }>;

const toBound = ({ id, personId, providerId, accountId, createdAt }: Row): BoundAccount => {
  return { id, personId, issuer: providerId, subject: accountId, boundAt: createdAt };
};

/** The binding of an account; null if it is not bound to anybody. */
export async function findAccount(
  tx: Prisma.TransactionClient,
  { issuer, subject }: ProviderSubject,
): Promise<BoundAccount | null> {
  const where = { providerId_accountId: { providerId: issuer, accountId: subject } };
  const row = await tx.account.findUnique({ where, select: fields });
  return row && toBound(row);
}

/** The accounts that a person is bound to, one for each provider, oldest first. */
export async function listAccountsOf(tx: Prisma.TransactionClient, personId: string): Promise<BoundAccount[]> {
  const rows = await tx.account.findMany({ where: { personId }, select: fields, orderBy: { createdAt: "asc" } });
  return rows.map(toBound);
}

/**
 * Binds a person to an account.
 * @returns its id
 * @throws a violation of a unique key if the account, or the person at this provider, is bound already
 */
export async function insertAccount(
  tx: Prisma.TransactionClient,
  { issuer, subject, personId, boundAt }: Omit<BoundAccount, "id">,
): Promise<string> {
  const id = randomUUID();
  const data = { id, providerId: issuer, accountId: subject, personId, createdAt: boundAt };
  await tx.account.create({ data, select: { id: true } });
  return id;
}

/** Releases a person from every account; their sessions end with it. @returns the accounts released */
export async function deleteAccountsOf(tx: Prisma.TransactionClient, personId: string): Promise<BoundAccount[]> {
  await tx.$queryRaw`SELECT id FROM "Person" WHERE id = ${personId} FOR UPDATE`; // of two releases at once, one takes effect
  const bound = await listAccountsOf(tx, personId);
  await tx.account.deleteMany({ where: { personId } });
  return bound;
}

/** When the journal last recorded that another account was refused for a person. */
export async function findRefusedAt(
  tx: Prisma.TransactionClient,
  { body, personId }: { body: string; personId: string },
): Promise<Date | null> {
  const where = { body, subject: personId, event: "account.refused" };
  const row = await tx.evidence.findFirst({ where, select: { at: true }, orderBy: { position: "desc" } });
  return row && row.at;
}

/** Everybody who is bound to an account, in pages by id: for the command that releases everybody. */
export async function listBoundPeople(
  tx: Prisma.TransactionClient,
  { body, after, take }: { body: string | null; after: string; take: number },
): Promise<string[]> {
  const where = { id: { gt: after }, accounts: { some: {} }, ...(body !== null && { body }) };
  const rows = await tx.person.findMany({ where, select: { id: true }, orderBy: { id: "asc" }, take });
  return rows.map(({ id }) => id);
}
