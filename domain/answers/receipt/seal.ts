/** The seal of a decision receipt: one salted hash over everything it says, so that the hash alone reveals nothing. */
import type { Sha256 } from "#domain/evidence/journal/chain.ts";

/** The sealed part of a receipt's row. */
export interface SealedReceipt {
  salt: string;
  reference: string;
  body: string;
  personId: string;
  policy: string;
  version: string;
  hash: string;
  verdict: string;
  keptAt: Date;
  words: string | null;
  /** JSON, as stored. */
  content: string;
}

/**
 * The text whose SHA-256 is the seal: a JSON array in this order, the time as ISO 8601 in UTC with milliseconds. People
 * find all of it in the export of their own data, and can recompute it with a JSON library and a hash function.
 */
export function textToSeal(receipt: SealedReceipt): string {
  const { salt, reference, body, personId, policy, version, hash, verdict, keptAt, words, content } = receipt;
  return JSON.stringify([
    1,
    salt,
    reference,
    body,
    personId,
    policy,
    version,
    hash,
    verdict,
    keptAt.toISOString(),
    words,
    content,
  ]);
}

/** Whether a receipt is still as it was sealed. */
export function isSealIntact(receipt: SealedReceipt & { seal: string }, sha256: Sha256): boolean {
  return !Number.isNaN(receipt.keptAt.getTime()) && sha256(textToSeal(receipt)) === receipt.seal;
}
