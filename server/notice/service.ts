import "server-only";
import type { Notice } from "#domain/notice/notice.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { insertNotices } from "./repository.ts";

/** Writes whom to tell what, in the transaction of its cause: `transact` alone calls it. */
export async function writeNotices(tx: Prisma.TransactionClient, notices: readonly Notice[], at: Date): Promise<void> {
  await insertNotices(tx, notices, at);
}
