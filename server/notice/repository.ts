import "server-only";
import { randomUUID } from "node:crypto";
import type { Notice } from "#domain/notice/notice.ts";
import type { Prisma } from "#server/db/generated/client.ts";

/** Writes what people are told, beside its cause. @param at when it was caused */
export async function insertNotices(tx: Prisma.TransactionClient, notices: readonly Notice[], at: Date): Promise<void> {
  await tx.notice.createMany({
    data: notices.map(({ to, paragraphs, ...notice }) => ({
      ...notice,
      ...{ id: randomUUID(), personId: to, paragraphs: [...paragraphs], createdAt: at },
    })),
  });
}
