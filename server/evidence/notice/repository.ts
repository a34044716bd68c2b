import "server-only";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";

/** A list of people may cause a hundred thousand: they go in as one JSON value for thousands of them. */
const ROWS_AT_ONCE = 5000;

/** Writes what people are told, beside its cause. @param at when it was caused */
export async function insertNotices(
  tx: Prisma.TransactionClient,
  notices: readonly (Notice & { id: string; passedOnAt: Date | null })[],
  at: Date,
): Promise<void> {
  for (let from = 0; from < notices.length; from += ROWS_AT_ONCE)
    await tx.$executeRaw`
      INSERT INTO "Notice" (id, body, "personId", kind, subject, paragraphs, href, "createdAt", "passedOnAt")
      SELECT id, body, "to", kind, subject, paragraphs, href, ${at}, "passedOnAt"
        FROM jsonb_to_recordset(${JSON.stringify(notices.slice(from, from + ROWS_AT_ONCE))}::jsonb)
          AS r(id text, body text, "to" text, kind text, subject text, paragraphs text[], href text, "passedOnAt" timestamptz)`;
}

/** Ids of those who were told this of one place since then. */
export async function listNotified(
  tx: Prisma.TransactionClient,
  { kind, href, since }: { kind: string; href: string; since: Date },
): Promise<string[]> {
  const rows = await tx.notice.findMany({
    where: { kind, href, createdAt: { gt: since } },
    select: { personId: true },
  });
  return rows.map(({ personId }) => personId);
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
  id: true,
  kind: true,
  subject: true,
  paragraphs: true,
  href: true,
  createdAt: true,
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
