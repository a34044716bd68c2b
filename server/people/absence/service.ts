import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay, isDay } from "#domain/base/calendar/calendar.ts";
import type { DayRange } from "#domain/base/calendar/period.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import {
  absenceConflict,
  absenceDayProblem,
  absenceInWords,
  type KnownAbsence,
} from "#domain/people/absence/absence.ts";
import { clock } from "#server/base/clock.ts";
import type { Tx } from "#server/base/db/database.ts";
import { lockDirectory } from "#server/access/identity/queries.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { getManagerIdOf } from "#server/people/directory/queries.ts";
import { writeAbsences } from "./effects.ts";
import { getAbsentee } from "./queries.ts";
import { listAbsencesOf } from "./repository.ts";

export type AbsenceResult = { ok: true } | { ok: false; problems: readonly FieldProblem[] } | "not-found";

/**
 * Records that somebody is away, or corrects the days of an absence. The same again changes nothing.
 * @param id of the absence to correct; null for a new one
 * @param days a day that is missing or wrong is ""
 */
export const saveAbsence = (actor: Actor, personId: string, { id, ...days }: DayRange & { id: string | null }) =>
  change(actor, personId, ({ known, isActive }) => {
    const { firstDay, lastDay } = days;
    const before = id === null ? null : known.find((one) => one.id === id);
    if (before === undefined) return "not-found";
    if (!isDay(firstDay)) return [{ field: "firstDay", message: "Give the first day." }];
    if (!isDay(lastDay)) return [{ field: "lastDay", message: "Give the last day." }];
    const problem = absenceDayProblem(days);
    if (problem) return [problem];
    const isSame = (one: DayRange | null) => one?.firstDay === firstDay && one.lastDay === lastDay;
    if (before === null ? known.some(isSame) : isSame(before)) return null;
    if (before === null && !isActive)
      return [{ field: "firstDay", message: "They have left, so nothing waits for them any more." }];
    const others = known.filter((one) => one.id !== id);
    const conflict = absenceConflict(days, others);
    return conflict ? [conflict] : { before, after: days };
  });

/** Somebody is back today: the absence ended yesterday, or is removed if it begins today. Once more changes nothing. */
export const endAbsence = (actor: Actor, personId: string, id: string): Promise<AbsenceResult> =>
  change(actor, personId, ({ known, today }) => {
    const before = known.find((one) => one.id === id);
    if (!before || before.lastDay < today || before.firstDay > today) return null;
    const after = { firstDay: before.firstDay, lastDay: addDays(today, -1) };
    return { before, after: before.firstDay === today ? null : after };
  });

/** Removes an absence: the days count as worked. Once more changes nothing. */
export const removeAbsence = (actor: Actor, personId: string, id: string): Promise<AbsenceResult> =>
  change(actor, personId, ({ known }) => {
    const before = known.find((one) => one.id === id);
    return before ? { before, after: null } : null;
  });

interface Standing {
  known: readonly KnownAbsence[];
  isActive: boolean;
  today: string;
}

/** What is to change; null for nothing; or what is wrong. */
type Wanted = { before: KnownAbsence | null; after: DayRange | null } | null | readonly FieldProblem[] | "not-found";

const change = (actor: Actor, personId: string, want: (standing: Standing) => Wanted): Promise<AbsenceResult> =>
  transact(async (tx: Tx): Promise<Change<AbsenceResult>> => {
    const { body, personId: by } = actor;
    await lockDirectory(tx, body); // so that two at once do not record days that overlap
    const person = await getAbsentee(actor, personId, tx);
    const known = await listAbsencesOf(tx, [personId]);
    if (!person) return { result: "not-found", evidence: [] };
    const at = clock.now();
    const wanted = want({ known, isActive: person.status === "active", today: calendarDay(at) });
    if (wanted === "not-found") return { result: wanted, evidence: [] };
    if (wanted === null) return { result: { ok: true }, evidence: [] };
    if (!("after" in wanted)) return { result: { ok: false, problems: wanted }, evidence: [] };
    const { before, after } = wanted;
    const step = { personId, id: before?.id ?? null, before: before && daysOf(before), after: after && daysOf(after) };
    const change = { body, source: before?.source ?? "form", by, recordedById: by, at } as const;
    const { evidence, notices } = await writeAbsences(tx, [step], change);
    const toldId = personId === by ? await getManagerIdOf(personId, tx) : person.status === "active" ? personId : null;
    return { result: { ok: true }, evidence, notices: [...notices, ...noticesFor(actor, person, toldId, step)] };
  });

/** Whoever says when they are away themselves has not told anybody: their line manager hears of it. Else they do. */
function noticesFor(
  actor: Actor,
  { id: personId, name }: { id: string; name: string },
  toldId: string | null,
  { before, after }: { before: DayRange | null; after: DayRange | null },
): Notice[] {
  const { body } = actor;
  if (toldId === null || toldId === actor.personId) return [];
  const who = toldId === personId ? "You are" : `${name} is`;
  const earlier = before && `Before, it was ${absenceInWords(before)}.`;
  const now = after ? `${who} away ${absenceInWords(after)}` : `${who} not away as recorded`;
  const they = toldId === personId ? `${actor.name} recorded it. Days on which you` : "Days on which they";
  const paragraphs = [earlier, `${they} are away do not count when something is due.`];
  const to = { to: toldId, kind: "absence-recorded", href: `/absences/${personId}` } as const;
  return [{ body, ...to, subject: now, paragraphs: paragraphs.filter((one) => one !== null) }];
}

const daysOf = ({ firstDay, lastDay }: DayRange): DayRange => ({ firstDay, lastDay });
