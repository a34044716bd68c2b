import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { EvidenceRow } from "#domain/evidence/journal/chain.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listOwnDetails, listRowsAbout } from "./journal-repository.ts";
import { personOf } from "./queries.ts";
import { countEvidenceBy, findEvidenceAbout, listEvidenceBy } from "./repository.ts";

// The part of the journal that everybody may see: rows about themselves.

/** The rows of what the actor did, newest first: all, or the first `most`. */
export async function listOwnEvidence(actor: Actor, most?: number): Promise<EvidenceRow[]> {
  return listEvidenceBy(getDatabase(), { body: actor.body, actor: actor.personId }, most);
}

/** The texts of those rows that were not erased: what the actor wrote, and for which row. */
export async function listOwnEvidenceTexts(actor: Actor): Promise<{ position: number; text: string }[]> {
  const details = await listOwnDetails(getDatabase(), actor.body, actor.personId);
  return details.map(({ position, detail }) => ({ position, text: detail }));
}

/** The rows about the actor by others, newest first; without who it was, which is another person's data. */
export async function listEvidenceAboutOwn(actor: Actor): Promise<Omit<EvidenceRow, "actor">[]> {
  const rows = await listRowsAbout(getDatabase(), actor.body, actor.personId);
  return rows.map(({ actor: _by, ...row }) => row);
}

/** How many there are. */
export async function countOwnEvidence(actor: Actor): Promise<number> {
  return countEvidenceBy(getDatabase(), { body: actor.body, actor: actor.personId });
}

/**
 * The row recording that the actor gave this answer, against which a certificate is checked: by themselves, or by
 * whoever recorded it from paper.
 */
export async function getOwnAnswerEvidence(
  actor: Actor,
  reference: string,
): Promise<Pick<EvidenceRow, "position" | "hash"> | null> {
  const events = ["policy.acknowledged", "policy.declined", "policy.answer-recorded"] as const;
  const row = await findEvidenceAbout(getDatabase(), { body: actor.body, subject: reference, events });
  const giver = row?.event === "policy.answer-recorded" ? personOf(row.data) : row?.actor;
  return row && giver === actor.personId ? { position: row.position, hash: row.hash } : null;
}
