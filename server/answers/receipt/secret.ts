import { createHash, randomBytes } from "node:crypto";
import { isSealIntact, type ReceiptContent, type SealedReceipt, textToSeal } from "#domain/answers/receipt/content.ts";

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** A receipt's row with its own salt and the seal over all of it. */
export function sealed<Row extends Omit<SealedReceipt, "salt">>(row: Row): Row & { salt: string; seal: string } {
  const salted = { ...row, salt: randomBytes(16).toString("hex") };
  return { ...salted, seal: sha256(textToSeal(salted)) };
}

/** Whether a stored receipt is as it was sealed. */
export function isIntact(row: SealedReceipt & { seal: string }): boolean {
  return isSealIntact(row, sha256);
}

/**
 * Equal if two results show the same, from the same version: a form carries it for the result that its page showed. The
 * day is left out, so that a page opened before midnight can be sent after it where the answer is still the same.
 */
export function fingerprintOfResult(version: { hash: string }, { day: _, ...content }: ReceiptContent): string {
  return sha256(JSON.stringify([version.hash, content]));
}

/** The secret of a link: 192 random bits. */
export function makeLinkSecret(): string {
  return randomBytes(24).toString("base64url");
}

/** What is stored of it: with this many random bits, no salt is needed. */
export function hashOfReceiptLink(secret: string): string {
  return sha256(secret);
}
