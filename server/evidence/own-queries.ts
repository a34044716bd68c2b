import "server-only";
import type { Actor } from "#domain/access/actor.ts";
import type { EvidenceRow } from "#domain/evidence/chain.ts";
import { getDatabase } from "#server/db/database.ts";
import { countEvidenceBy, findEvidenceAbout, listEvidenceBy } from "./repository.ts";

// What anybody may see of the journal: the rows that they caused themselves.

/** The rows with the actor as the one who did it, newest first: all, or the first `most`. */
export async function listOwnEvidence(actor: Actor, most?: number): Promise<EvidenceRow[]> {
  return listEvidenceBy(getDatabase(), { body: actor.body, actor: actor.personId }, most);
}

/** How many there are. */
export async function countOwnEvidence(actor: Actor): Promise<number> {
  return countEvidenceBy(getDatabase(), { body: actor.body, actor: actor.personId });
}

/** Where the journal says that the actor gave this answer: what a certificate is checked against. */
export async function getOwnAnswerEvidence(
  actor: Actor,
  reference: string,
): Promise<Pick<EvidenceRow, "position" | "hash"> | null> {
  const events = ["policy.acknowledged", "policy.declined"] as const;
  const row = await findEvidenceAbout(getDatabase(), { body: actor.body, subject: reference, events });
  return row && row.actor === actor.personId ? { position: row.position, hash: row.hash } : null;
}
