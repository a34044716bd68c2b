import { z } from "zod";
import type { Tx } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";

const valuesSchema = z.record(z.string(), z.array(z.string()));
const of = { token: { select: { name: true, reference: true } } } satisfies Prisma.BegunFormInclude;
type Row = Prisma.BegunFormGetPayload<{ include: typeof of }>;

const toRecord = (row: Row) => ({ ...row, values: valuesSchema.parse(row.values) });
export type BegunRecord = ReturnType<typeof toRecord>;

export const insertBegun = (tx: Tx, data: Omit<Prisma.BegunFormUncheckedCreateInput, "endedAt">) =>
  tx.begunForm.create({ data });

/** One at a time adds to what somebody has to finish. */
export async function lockBegunOf(tx: Tx, personId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "Person" WHERE id = ${personId} FOR NO KEY UPDATE`;
}

/** What is not finished. @param at its id, or its path */
export async function findBegun(tx: Tx, personId: string, at: string): Promise<BegunRecord | null> {
  const where = { personId, endedAt: null, OR: [{ id: at }, { path: at }] };
  const row = await tx.begunForm.findFirst({ where, include: of });
  return row && toRecord(row);
}

/** What several people have not finished, the oldest first. */
export async function listBegun(tx: Tx, personIds: readonly string[]): Promise<BegunRecord[]> {
  const where = { personId: { in: [...personIds] }, endedAt: null };
  const rows = await tx.begunForm.findMany({ where, include: of, orderBy: [{ begunAt: "asc" }, { id: "asc" }] });
  return rows.map(toRecord);
}

/** Ends it, and keeps nothing of what it said. */
export async function writeBegunEnd(tx: Tx, id: string, endedAt: Date): Promise<void> {
  await tx.begunForm.updateMany({ where: { id, endedAt: null }, data: { endedAt, values: {} } });
}

/** What was begun before a moment and is neither sent nor discarded, with the body of whom it is for. */
export async function listUnendedBefore(tx: Tx, before: Date): Promise<(BegunRecord & { body: string })[]> {
  const where = { endedAt: null, begunAt: { lt: before } };
  const rows = await tx.begunForm.findMany({ where, include: { ...of, person: { select: { body: true } } } });
  return rows.map(({ person, ...row }) => ({ ...toRecord(row), body: person.body }));
}

/** @param except ids of what stays @returns how many */
export const deleteBegunBefore = async (tx: Tx, before: Date, except: readonly string[]) =>
  (await tx.begunForm.deleteMany({ where: { begunAt: { lt: before }, id: { notIn: [...except] } } })).count;
