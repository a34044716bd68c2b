import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import type { EvidenceRow } from "#domain/evidence/journal/chain.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listDetails, listNames, listNewestEvidence } from "./journal-repository.ts";

const SHOWN = 50;

/** Entries about somebody in the directory: who changed what, and when. */
export interface PersonEvent {
  row: EvidenceRow;
  /** Null for somebody who is not in the directory. */
  by: string | null;
  /** The text beside it, as JSON; null if there is none or it was erased. */
  detail: string | null;
}

/** Newest first, at most fifty; nothing for those who may not manage the directory. */
export async function listEvidenceAboutPerson(actor: Actor, personId: string): Promise<PersonEvent[]> {
  if (!can(actor, "person.manage", actor)) return [];
  const tx = getDatabase();
  const found = await listNewestEvidence(tx, actor.body, { subject: personId }, SHOWN);
  const rows = found.filter(({ event }) => /^(person|account)\./.test(event));
  const names = await listNames(tx, actor.body, [...new Set(rows.map((row) => row.actor))]);
  const positions = rows.filter(({ commitment }) => commitment !== null).map(({ position }) => position);
  const details = await listDetails(tx, actor.body, positions);
  return rows.map((row) => ({
    row,
    by: row.actor === PORTAL_ACTOR ? "The portal" : (names.get(row.actor) ?? null),
    detail: details.get(row.position)?.detail ?? null,
  }));
}
