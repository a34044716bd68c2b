import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listPlaces } from "#server/people/deputy/queries.ts";
import { listExceptionNotes, type NoteRecord } from "./note-repository.ts";
import { readNoteRights } from "./note-rules.ts";
import { findException } from "./repository.ts";

export type { NoteRecord } from "./note-repository.ts";

/** The notes on a request, oldest first; null for those who may not read them. */
export async function getExceptionNotes(
  actor: Actor,
  reference: string,
): Promise<{ notes: NoteRecord[]; mayWrite: boolean } | null> {
  const tx = getDatabase();
  const places = await listPlaces(tx, actor.body);
  const request = await findException(tx, actor.body, reference);
  if (!request) return null;
  const { mayRead, mayWrite } = await readNoteRights(tx, actor, request, places);
  return mayRead ? { notes: await listExceptionNotes(tx, request.id), mayWrite } : null;
}
