import "server-only";
import { z } from "zod";
import type { Prisma } from "#server/base/db/generated/client.ts";

const valuesSchema = z.record(z.string(), z.array(z.string()));
const problemsSchema = z.array(z.object({ field: z.string(), message: z.string() }));

export interface FormInputRow {
  id: string;
  personId: string;
  path: string;
  values: z.infer<typeof valuesSchema>;
  errors: z.infer<typeof problemsSchema>;
  createdAt: Date;
}

export async function insertFormInput(tx: Prisma.TransactionClient, row: FormInputRow): Promise<void> {
  await tx.formInput.create({ data: row });
}

export async function findFormInput(tx: Prisma.TransactionClient, id: string): Promise<FormInputRow | null> {
  const row = await tx.formInput.findUnique({ where: { id } });
  return row && { ...row, values: valuesSchema.parse(row.values), errors: problemsSchema.parse(row.errors) };
}

/** Deletes everything older than `before`, and all but the newest `keep` of one person. */
export async function pruneFormInput(
  tx: Prisma.TransactionClient,
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
export async function listFormInputOf(tx: Prisma.TransactionClient, personId: string): Promise<FormInputRow[]> {
  const rows = await tx.formInput.findMany({ where: { personId }, orderBy: { createdAt: "desc" } });
  return rows.map((row) => ({
    ...row,
    values: valuesSchema.parse(row.values),
    errors: problemsSchema.parse(row.errors),
  }));
}
