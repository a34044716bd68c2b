import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { importReportSchema, type ImportReport } from "#domain/people/directory/import-report.ts";

type Tx = Prisma.TransactionClient;

export interface KeptImportRow {
  id: string;
  body: string;
  personId: string;
  fileName: string;
  /** Compressed; null where it was carried out, or is faulty. */
  content: Uint8Array | null;
  report: ImportReport;
  createdAt: Date;
  doneAt: Date | null;
}

const KEPT_OF_ONE = 5;

/** Keeps a list that was checked; forgets those from before, and of one person all but the latest five. */
export async function insertKeptImport(tx: Tx, { content, ...row }: KeptImportRow, before: Date): Promise<void> {
  const { personId } = row;
  const old = await tx.peopleImport.findMany({
    ...{ where: { personId }, orderBy: { createdAt: "desc" }, skip: KEPT_OF_ONE - 1, select: { id: true } },
  });
  const ids = old.map(({ id }) => id);
  await tx.peopleImport.deleteMany({ where: { OR: [{ createdAt: { lt: before } }, { id: { in: ids } }] } });
  await tx.peopleImport.create({ data: { ...row, content: content && Buffer.from(content) } });
}

/** Somebody's own, without the list itself; null for anybody else's. */
export async function findKeptImport(
  tx: Tx,
  { id, personId }: { id: string; personId: string },
): Promise<Omit<KeptImportRow, "content"> | null> {
  const select = { id: true, body: true, personId: true, fileName: true, report: true, createdAt: true, doneAt: true };
  const row = await tx.peopleImport.findFirst({ where: { id, personId }, select });
  return row && { ...row, report: importReportSchema.parse(row.report) };
}

export async function findKeptContent(tx: Tx, id: string): Promise<Uint8Array | null> {
  return (await tx.peopleImport.findUnique({ where: { id }, select: { content: true } }))?.content ?? null;
}

/** Writes that it was carried out, and forgets the list. */
export async function writeDone(tx: Tx, id: string, doneAt: Date): Promise<void> {
  await tx.peopleImport.updateMany({ where: { id }, data: { doneAt, content: null } });
}

/** Writes what a later check found. */
export async function writeReport(tx: Tx, id: string, report: ImportReport): Promise<void> {
  await tx.peopleImport.updateMany({ where: { id, doneAt: null }, data: { report } });
}
