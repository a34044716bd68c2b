import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { EvidenceRow } from "#domain/evidence/journal/chain.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listOwnDetails, listRowsAbout } from "./journal-repository.ts";
import { countEvidenceBy, findEvidenceAbout, listEvidenceBy } from "./repository.ts";

// What anybody may see of the journal: the rows that they caused themselves.

/** The rows with the actor as the one who did it, newest first: all, or the first `most`. */
export async function listOwnEvidence(actor: Actor, most?: number): Promise<EvidenceRow[]> {
  return listEvidenceBy(getDatabase(), { body: actor.body, actor: actor.personId }, most);
}

/** The texts beside those rows, as far as they were not erased: what the actor wrote, and of which row. */
export async function listOwnEvidenceTexts(actor: Actor): Promise<{ position: number; text: string }[]> {
  const details = await listOwnDetails(getDatabase(), actor.body, actor.personId);
  return details.map(({ position, detail }) => ({ position, text: detail }));
}

/** The rows about the actor that others caused, newest first; who it was is another person's data. */
export async function listEvidenceAboutOwn(actor: Actor): Promise<Omit<EvidenceRow, "actor">[]> {
  const rows = await listRowsAbout(getDatabase(), actor.body, actor.personId);
  return rows.map(({ actor: _by, ...row }) => row);
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
