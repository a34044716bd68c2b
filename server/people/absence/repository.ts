import type { AbsenceSource } from "#domain/people/absence/absence.ts";
import type { DayRange } from "#domain/base/calendar/period.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import type { Tx } from "#server/base/db/database.ts";

const shown = { id: true, personId: true, firstDay: true, lastDay: true, source: true } as const;

/** The absences of these people, by their first day. @param source only those from there */
export async function listAbsencesOf(tx: Tx, personIds: readonly string[], source?: AbsenceSource) {
  return tx.absence.findMany({
    where: { personId: { in: [...personIds] }, ...(source && { source }) },
    select: shown,
    orderBy: [{ firstDay: "asc" }, { id: "asc" }],
  });
}

export type AbsenceRow = Prisma.AbsenceUncheckedCreateInput & { recordedAt: Date };

export async function insertAbsences(tx: Tx, rows: readonly AbsenceRow[]): Promise<void> {
  await tx.absence.createMany({ data: [...rows] });
}

export async function updateAbsence(
  tx: Tx,
  id: string,
  change: DayRange & Pick<AbsenceRow, "recordedById" | "recordedAt">,
): Promise<void> {
  await tx.absence.update({ where: { id }, data: change, select: { id: true } });
}

export async function deleteAbsences(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.absence.deleteMany({ where: { id: { in: [...ids] } } });
}

/** Somebody of a body who still has their name, or null. */
export async function findAbsentee(tx: Tx, body: string, personId: string) {
  return tx.person.findFirst({
    where: { id: personId, body, pseudonymisedAt: null },
    select: { id: true, name: true, status: true },
  });
}
