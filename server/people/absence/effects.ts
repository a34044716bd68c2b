import { randomUUID } from "node:crypto";
import type { AbsenceSource, PersonAbsenceStep } from "#domain/people/absence/absence.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Followed } from "#server/base/connections.ts";
import type { Tx } from "#server/base/db/database.ts";
import { settleAbsences } from "#server/people/deputy/effects.ts";
import { deleteAbsences, insertAbsences, updateAbsence, type AbsenceRow } from "./repository.ts";

interface AbsenceChange {
  body: string;
  source: AbsenceSource;
  /** Id of a person, reference of a token, or "portal". */
  by: string;
  /** The person who did it; null for a program or a command. */
  recordedById: string | null;
  at: Date;
}

/**
 * Writes what changes of the absences of a body's people, and hands duties over or back that follow. The days stand
 * beside the evidence, so that they can be erased. The caller holds the directory's lock.
 */
export async function writeAbsences(
  tx: Tx,
  steps: readonly PersonAbsenceStep[],
  { body, source, by, recordedById, at }: AbsenceChange,
): Promise<Followed> {
  const recorded = { recordedById, recordedAt: at };
  const added: AbsenceRow[] = [];
  const removed: string[] = [];
  for (const { id, personId, after } of steps)
    if (id === null && after) added.push({ id: randomUUID(), body, personId, source, ...after, ...recorded });
    else if (id !== null && after) await updateAbsence(tx, id, { ...after, ...recorded });
    else if (id !== null) removed.push(id);
  if (removed.length > 0) await deleteAbsences(tx, removed);
  if (added.length > 0) await insertAbsences(tx, added);
  const evidence = steps.map(({ personId, before, after }): EvidenceEvent => {
    const event = after === null ? "absence.removed" : before === null ? "absence.recorded" : "absence.changed";
    const detail = { before: JSON.stringify(before ?? {}), after: JSON.stringify(after ?? {}) };
    return { body, event, at, actor: by, subject: personId, data: { source }, detail };
  });
  if (steps.length === 0) return { evidence, notices: [] };
  const ids = [...new Set(steps.map(({ personId }) => personId))];
  const settled = await settleAbsences(tx, body, ids, { by, at });
  return { evidence: [...evidence, ...settled.evidence], notices: settled.notices };
}
