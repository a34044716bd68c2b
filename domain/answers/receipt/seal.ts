/** The seal of a decision receipt: one hash over all that it says, with salt, so that the hash alone gives nothing away. */
import type { Sha256 } from "#domain/evidence/journal/chain.ts";

/** A receipt's row as far as it is sealed. */
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
  /** JSON, as it is stored. */
  content: string;
}

/**
 * The text whose SHA-256 is the seal: a JSON array in this order, the time as ISO 8601 in UTC with milliseconds. Whoever
 * kept the receipt finds all of it in their data, and can compute it again with a JSON library and a hash function.
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

/** Whether a receipt is as it was sealed. */
export function isSealIntact(receipt: SealedReceipt & { seal: string }, sha256: Sha256): boolean {
  return !Number.isNaN(receipt.keptAt.getTime()) && sha256(textToSeal(receipt)) === receipt.seal;
}
