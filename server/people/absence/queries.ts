import { type Actor, may } from "#domain/access/permission/permission.ts";
import type { DayRange } from "#domain/base/calendar/period.ts";
import type { AbsenceSource } from "#domain/people/absence/absence.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { getManagerIdOf } from "#server/people/directory/queries.ts";
import { findAbsentee, listAbsencesOf } from "./repository.ts";

/** When these people are away, by their ids, each by the first day; nobody is left out. For those who count days. */
export async function listAbsences(tx: Tx, personIds: readonly string[]) {
  const absences = new Map<string, DayRange[]>(personIds.map((id) => [id, []]));
  for (const { personId, firstDay, lastDay } of await listAbsencesOf(tx, personIds))
    absences.get(personId)?.push({ firstDay, lastDay });
  return absences;
}

/** What one source said of somebody's absences. For effects that follow what it says now. */
export const listSaidAbsences = async (tx: Tx, personId: string, source: AbsenceSource) =>
  listAbsencesOf(tx, [personId], source);

/** Whose absences an actor may read and record, or null. For services that authorise by it. */
export async function getAbsentee(actor: Actor, personId: string, tx: Tx) {
  const person = await findAbsentee(tx, actor.body, personId);
  const managerId = await getManagerIdOf(personId, tx);
  const mayRecord = may(actor, "absence.record", { body: actor.body, ownerId: personId, managerId });
  return person && mayRecord ? person : null;
}

export interface AbsenceView extends DayRange {
  id: string;
  source: AbsenceSource;
  state: "over" | "runs" | "to-come";
}

/** Somebody's absences, the latest first, for themselves, their line manager and administrators; else null. */
export async function getAbsences(actor: Actor, personId: string) {
  const tx = getDatabase();
  const person = await getAbsentee(actor, personId, tx);
  if (!person) return null;
  const today = clock.today();
  const absences = (await listAbsencesOf(tx, [personId])).map(({ personId: _, ...absence }): AbsenceView => {
    const { firstDay, lastDay } = absence;
    return { ...absence, state: lastDay < today ? "over" : firstDay <= today ? "runs" : "to-come" };
  });
  return { person, isActor: personId === actor.personId, absences: absences.reverse() };
}
