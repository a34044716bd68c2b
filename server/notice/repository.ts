import "server-only";
import type { Notice } from "#domain/notice/notice.ts";
import type { Prisma } from "#server/db/generated/client.ts";

/** Writes what people are told, beside its cause. @param at when it was caused */
export async function insertNotices(
  tx: Prisma.TransactionClient,
  notices: readonly (Notice & { id: string; passedOnAt: Date | null })[],
  at: Date,
): Promise<void> {
  await tx.notice.createMany({
    data: notices.map(({ to, paragraphs, ...notice }) => ({
      ...notice,
      ...{ personId: to, paragraphs: [...paragraphs], createdAt: at },
    })),
  });
}

export interface NoticeRecord {
  id: string;
  kind: string;
  subject: string;
  paragraphs: string[];
  href: string;
  createdAt: Date;
}

const noticeFields = {
  ...{ id: true, kind: true, subject: true, paragraphs: true, href: true, createdAt: true },
} satisfies Prisma.NoticeSelect;

/** What somebody was told since, newest first. */
export async function listNoticesOf(
  tx: Prisma.TransactionClient,
  personId: string,
  { since, take }: { since?: Date; take?: number } = {},
): Promise<NoticeRecord[]> {
  return tx.notice.findMany({
    where: { personId, ...(since && { createdAt: { gte: since } }) },
    select: noticeFields,
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    ...(take !== undefined && { take }),
  });
}

/** What waits for somebody's digest, oldest first. */
export async function listWaiting(tx: Prisma.TransactionClient, personId: string): Promise<NoticeRecord[]> {
  return tx.notice.findMany({
    where: { personId, passedOnAt: null },
    select: noticeFields,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

/** Notes that these wait for no digest any more. */
export async function writePassedOn(tx: Prisma.TransactionClient, ids: readonly string[], at: Date): Promise<void> {
  await tx.notice.updateMany({ where: { id: { in: [...ids] } }, data: { passedOnAt: at } });
}
