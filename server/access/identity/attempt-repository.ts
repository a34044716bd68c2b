import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import type { Prisma } from "#server/base/db/generated/client.ts";

/** A sign-in that was begun at the provider and is not finished yet. */
const attemptSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
  /** The person who is signed in already and has to prove who they are; null for an ordinary sign-in. */
  again: z.string().nullable().default(null),
  /** Whether it was begun at a shared device. */
  isShared: z.boolean().default(false),
});
export type StoredAttempt = z.infer<typeof attemptSchema>;

const identifierOf = (state: string) => `sign-in/${createHash("sha256").update(state).digest("hex")}`;

/** Stores an attempt until `expiresAt`; deletes expired ones. */
export async function insertAttempt(
  tx: Prisma.TransactionClient,
  attempt: StoredAttempt,
  { now, expiresAt }: { now: Date; expiresAt: Date },
): Promise<void> {
  await tx.verification.deleteMany({ where: { identifier: { startsWith: "sign-in/" }, expiresAt: { lt: now } } });
  const identifier = identifierOf(attempt.state);
  await tx.verification.create({ data: { id: randomUUID(), identifier, value: JSON.stringify(attempt), expiresAt } });
}

/** Takes the attempt with this state; null the second time, or once it has expired. */
export async function takeAttempt(
  tx: Prisma.TransactionClient,
  state: string,
  now: Date,
): Promise<StoredAttempt | null> {
  const identifier = identifierOf(state);
  const found = await tx.verification.findFirst({ where: { identifier, expiresAt: { gt: now } } });
  const { count } = await tx.verification.deleteMany({ where: { identifier } });
  return found && count === 1 ? attemptSchema.parse(JSON.parse(found.value)) : null;
}
