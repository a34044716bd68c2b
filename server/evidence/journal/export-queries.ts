import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getSpokenThumbprint } from "#server/evidence/signing-key/queries.ts";
import { findRow } from "./journal-repository.ts";

export const JWKS_PATH = "/.well-known/jwks.json";

/** Initial values for the export form. */
export interface ExportForm {
  /** Day of the body's first row, YYYY-MM-DD; today if there is none yet. */
  firstDay: string;
  isEmpty: boolean;
  today: string;
  /** Thumbprint of the key that signs for the body, in the form read aloud; null before the first key. */
  thumbprint: string | null;
}

/** @returns null for those who may not export */
export async function getExportForm(actor: Actor): Promise<ExportForm | null> {
  if (!can(actor, "evidence.export", actor)) return null;
  const first = await findRow(getDatabase(), actor.body, 1);
  const today = calendarDay(clock.now());
  const firstDay = first ? calendarDay(first.at) : today;
  return { firstDay, isEmpty: first === null, today, thumbprint: await getSpokenThumbprint(actor.body) };
}

/** Whether somebody may read about exports: anybody who may read the evidence. */
export function mayReadProof(actor: Actor): boolean {
  return can(actor, "evidence.read", actor);
}
