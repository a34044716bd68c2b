import type { AbsenceSource } from "#domain/people/absence/absence.ts";
import type { DayRange } from "#domain/base/calendar/period.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";

const shown = { id: true, personId: true, firstDay: true, lastDay: true, source: true } as const;

/** The absences of these people, by their first day. @param source only those from there */
export const listAbsencesOf = (tx: Tx, personIds: readonly string[], source?: AbsenceSource) =>
  tx.absence.findMany({
    where: { personId: { in: [...personIds] }, ...(source && { source }) },
    select: shown,
    orderBy: [{ firstDay: "asc" }, { id: "asc" }],
  });

export type AbsenceRow = Prisma.AbsenceUncheckedCreateInput & { recordedAt: Date };

export const insertAbsences = (tx: Tx, rows: readonly AbsenceRow[]) => tx.absence.createMany({ data: [...rows] });

export const updateAbsence = (tx: Tx, id: string, change: DayRange & Pick<AbsenceRow, "recordedById" | "recordedAt">) =>
  tx.absence.update({ where: { id }, data: change, select: { id: true } });

export const deleteAbsences = (tx: Tx, ids: readonly string[]) =>
  tx.absence.deleteMany({ where: { id: { in: [...ids] } } });

/** Somebody of a body who still has their name, or null. */
export const findAbsentee = (tx: Tx, body: string, personId: string) =>
  tx.person.findFirst({
    where: { id: personId, body, pseudonymisedAt: null },
    select: { id: true, name: true, status: true },
  });
