import { z } from "zod";
import type { FormInput } from "#server/base/db/generated/client.ts";
import type { Tx } from "#server/base/db/database.ts";

const valuesSchema = z.record(z.string(), z.array(z.string()));
const problemsSchema = z.array(z.object({ field: z.string(), message: z.string() }));

const toRecord = (row: FormInput) => ({
  ...row,
  values: valuesSchema.parse(row.values),
  errors: problemsSchema.parse(row.errors),
});

export const insertFormInput = (tx: Tx, row: ReturnType<typeof toRecord>) => tx.formInput.create({ data: row });

export async function findFormInput(tx: Tx, id: string) {
  const row = await tx.formInput.findUnique({ where: { id } });
  return row && toRecord(row);
}

/** Deletes everything older than `before`, and all but the newest `keep` of one person. */
export async function pruneFormInput(
  tx: Tx,
  { before, personId, keep }: { before: Date; personId: string; keep: number },
): Promise<void> {
  await tx.formInput.deleteMany({ where: { createdAt: { lt: before } } });
  const old = await tx.formInput.findMany({
    where: { personId },
    orderBy: { createdAt: "desc" },
    skip: keep,
    select: { id: true },
  });
  if (old.length > 0) await tx.formInput.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
}

/** The input of all of a person's refused forms, newest first. */
export async function listFormInputOf(tx: Tx, personId: string) {
  const rows = await tx.formInput.findMany({ where: { personId }, orderBy: { createdAt: "desc" } });
  return rows.map(toRecord);
}
