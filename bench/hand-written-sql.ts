import { createHash, randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import { CHAIN_START, textToHash, type ChainHead } from "#domain/evidence/journal/chain.ts";
import { makeReference } from "#server/base/make-reference.ts";
import type { WriteDatabase } from "./write-database.ts";

/** What is accepted: one version, as its page showed it. */
export interface AcceptedVersion {
  policy: string;
  version: string;
  hash: string;
  statement: string;
}

const INSERT_ACKNOWLEDGEMENT = `INSERT INTO "Acknowledgement"
  (id, reference, body, "personId", policy, version, hash, attempt, answer, statement, "givenAt")
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'accepted', $9, $10)`;
// Two statements, because the head has to be read after the wait. The lock number is the portal's own, so each waits
// for the other.
const LOCK_CHAIN = `SELECT pg_advisory_xact_lock(20261, hashtext($1))`;
const FIND_HEAD = `SELECT position, hash FROM "Evidence" WHERE body = $1 ORDER BY position DESC LIMIT 1`;
const INSERT_EVIDENCE = `INSERT INTO "Evidence"
  (body, position, event, at, actor, subject, policy, version, "contentHash", data, "previousHash", hash)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

/**
 * The acknowledgement written with the least SQL possible: the same two rows, chained the same way, in one transaction,
 * without checking permissions, which version is current, or earlier answers.
 */
export async function acceptByHand(
  plain: WriteDatabase["plain"],
  { body, personId }: Actor,
  { policy, version, hash: contentHash, statement }: AcceptedVersion,
): Promise<void> {
  const at = new Date();
  const reference = makeReference("ACK");
  const attempt = 1;
  await plain.transaction(async (tx) => {
    const id = randomUUID();
    const values = [id, reference, body, personId, policy, version, contentHash, attempt, statement, at];
    await tx.query(INSERT_ACKNOWLEDGEMENT, values);
    await tx.query(LOCK_CHAIN, [body]);
    const [head = { position: 0, hash: CHAIN_START }] = await tx.query<ChainHead>(FIND_HEAD, [body]);
    const data = JSON.stringify({ attempt });
    const position = head.position + 1;
    const about = { actor: personId, subject: reference, policy, version, contentHash, data, commitment: null };
    const row = { body, position, event: "policy.acknowledged", at, ...about, previousHash: head.hash };
    const hash = createHash("sha256").update(textToHash(row), "utf8").digest("hex");
    await tx.query(INSERT_EVIDENCE, [
      body,
      position,
      row.event,
      at,
      personId,
      reference,
      policy,
      version,
      contentHash,
      data,
      head.hash,
      hash,
    ]);
  });
}
