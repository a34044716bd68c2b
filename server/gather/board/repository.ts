import type { Tx } from "#server/base/db/database.ts";

/** @param month YYYY-MM @returns false if another server has sent it already */
export async function insertBoardReport(tx: Tx, row: { body: string; month: string; sentAt: Date }): Promise<boolean> {
  const { count } = await tx.boardReport.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
}

/** Whether the report of a month was sent. @param month YYYY-MM */
export const isBoardReportSent = async (tx: Tx, body: string, month: string): Promise<boolean> =>
  (await tx.boardReport.count({ where: { body, month } })) > 0;
