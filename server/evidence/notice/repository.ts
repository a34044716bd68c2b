import type { Notice } from "#domain/evidence/notice/notice.ts";
import { columns } from "#server/base/db/columns.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import type { Tx } from "#server/base/db/database.ts";

/** A list of people may cause a hundred thousand: they are inserted thousands at a time, as one JSON value. */
const ROWS_AT_ONCE = 5000;

/** Inserts notices. @param at when they were caused */
export async function insertNotices(
  tx: Tx,
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

/** Ids of people who got this kind of notice about a page since then: for services that avoid repeating it. */
export async function listNotifiedSince(tx: Tx, { kind, href }: { kind: string; href: string }, since: Date) {
  const where = { kind, href, createdAt: { gt: since } };
  const rows = await tx.notice.findMany({ where, select: { personId: true } });
  return rows.map(({ personId }) => personId);
}

const noticeFields = columns("id", "kind", "subject", "paragraphs", "href", "createdAt") satisfies Prisma.NoticeSelect;

export type NoticeRecord = Prisma.NoticeGetPayload<{ select: typeof noticeFields }>;

/** Somebody's notices since then, newest first. */
export const listNoticesOf = async (tx: Tx, personId: string, { since, take }: { since?: Date; take?: number } = {}) =>
  tx.notice.findMany({
    where: { personId, ...(since && { createdAt: { gte: since } }) },
    select: noticeFields,
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    ...(take !== undefined && { take }),
  });

/** The notices waiting for the digests of some people, oldest first. */
export const listWaiting = async (tx: Tx, personIds: readonly string[]) =>
  tx.notice.findMany({
    where: { personId: { in: [...personIds] }, passedOnAt: null },
    select: { ...noticeFields, personId: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });

/** Marks these as no longer waiting for the digest. */
export async function writePassedOn(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await tx.notice.updateMany({ where: { id: { in: [...ids] } }, data: { passedOnAt: at } });
}
