import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { importReportSchema, type ImportReport } from "#domain/people/directory/import-report.ts";

type Tx = Prisma.TransactionClient;

export interface PendingImportRow {
  id: string;
  body: string;
  personId: string;
  fileName: string;
  /** Compressed; null once it has been imported, or if it is faulty. */
  content: Uint8Array | null;
  report: ImportReport;
  createdAt: Date;
  doneAt: Date | null;
}

const MOST_PENDING_OF_ONE = 5;

/** Stores a list that was checked; deletes older ones, and all but the latest five of one person. */
export async function insertPendingImport(tx: Tx, { content, ...row }: PendingImportRow, before: Date): Promise<void> {
  const { personId } = row;
  const old = await tx.peopleImport.findMany({
    where: { personId },
    orderBy: { createdAt: "desc" },
    skip: MOST_PENDING_OF_ONE - 1,
    select: { id: true },
  });
  const ids = old.map(({ id }) => id);
  await tx.peopleImport.deleteMany({ where: { OR: [{ createdAt: { lt: before } }, { id: { in: ids } }] } });
  await tx.peopleImport.create({ data: { ...row, content: content && Buffer.from(content) } });
}

/** One of somebody's own pending imports, without the list itself; null for anybody else's. */
export async function findPendingImport(
  tx: Tx,
  { id, personId }: { id: string; personId: string },
): Promise<Omit<PendingImportRow, "content"> | null> {
  const select = { id: true, body: true, personId: true, fileName: true, report: true, createdAt: true, doneAt: true };
  const row = await tx.peopleImport.findFirst({ where: { id, personId }, select });
  return row && { ...row, report: importReportSchema.parse(row.report) };
}

export async function findPendingImportContent(tx: Tx, id: string): Promise<Uint8Array | null> {
  return (await tx.peopleImport.findUnique({ where: { id }, select: { content: true } }))?.content ?? null;
}

/** Records that it was imported, and deletes the list. */
export async function writeDone(tx: Tx, id: string, doneAt: Date): Promise<void> {
  await tx.peopleImport.updateMany({ where: { id }, data: { doneAt, content: null } });
}

/** Stores the report of a later check. */
export async function writeReport(tx: Tx, id: string, report: ImportReport): Promise<void> {
  await tx.peopleImport.updateMany({ where: { id, doneAt: null }, data: { report } });
}
