import { randomUUID } from "node:crypto";
import { mailContentSchema, type MailContent } from "#domain/evidence/outbox/content.ts";
import { columns } from "#server/base/db/columns.ts";
import type { Mail, Prisma } from "#server/base/db/generated/client.ts";
import type { Tx } from "#server/base/db/database.ts";
import type { List } from "#server/base/db/list-page.ts";

export type MailState = "waiting" | "sent" | "unsent" | "dead";

export interface NewMail {
  messageId: string;
  body: string;
  personId: string;
  /** The address, if it is not the person's own. */
  address: string | null;
  cause: { noticeId: string } | { digestDay: string };
  content: MailContent;
  createdAt: Date;
}

/** Thousands are inserted as one JSON value. */
const ROWS_AT_ONCE = 5000;

/** Puts mails into the outbox. A digest that exists already is left as it is. */
export async function insertMails(tx: Tx, mails: readonly NewMail[]): Promise<void> {
  for (let from = 0; from < mails.length; from += ROWS_AT_ONCE) {
    const rows = mails.slice(from, from + ROWS_AT_ONCE).map(({ cause, content, ...mail }) => ({
      id: randomUUID(),
      noticeId: null,
      digestDay: null,
      ...mail,
      ...cause,
      content,
      subject: content.subject,
    }));
    await tx.$executeRaw`
      INSERT INTO "Mail" (id, "messageId", body, "personId", address, "noticeId", "digestDay", subject, content,
                          "nextTryAt", "createdAt")
      SELECT id, "messageId", body, "personId", address, "noticeId", "digestDay", subject, content, "createdAt", "createdAt"
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS r(id text, "messageId" text, body text, "personId" text, address text, "noticeId" text, "digestDay" text,
               subject text, content jsonb, "createdAt" timestamptz)
      ON CONFLICT ("personId", "digestDay") DO NOTHING`;
  }
}

/** A mail that somebody has claimed and is about to send. `address`: null for the person's own; `tries`: this one included. */
export type ClaimedMail = Pick<Mail, "id" | "messageId" | "personId" | "address" | "tries"> & { content: MailContent };

/**
 * Claims the next mail that is due for one sender, urgent ones first. If the sender dies, its claim expires.
 * @returns null if none is due
 */
export async function claimNext(tx: Tx, at: Date, claimedUntil: Date): Promise<ClaimedMail | null> {
  const [row] = await tx.$queryRaw<ClaimedMail[]>`
    UPDATE "Mail" SET "claimedUntil" = ${claimedUntil}, tries = tries + 1
    WHERE id = (
      SELECT id FROM "Mail"
      WHERE state = 'waiting' AND "nextTryAt" <= ${at} AND ("claimedUntil" IS NULL OR "claimedUntil" <= ${at})
      ORDER BY ("digestDay" IS NOT NULL), "nextTryAt", id
      LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, "messageId", "personId", address, content, tries`;
  return row ? { ...row, content: mailContentSchema.parse(row.content) } : null;
}

/** Releases a claimed mail, with the outcome. */
export async function writeOutcome(
  tx: Tx,
  id: string,
  outcome:
    | { state: "sent"; sentAt: Date; sentTo: string }
    | { state: "waiting"; nextTryAt: Date; reason: string }
    | { state: "unsent" | "dead"; reason: string },
): Promise<void> {
  await tx.mail.update({ where: { id }, data: { reason: null, ...outcome, claimedUntil: null } });
}

/**
 * Gives up mail that has waited since before this moment, if no server is configured: the next ones.
 * @returns how many there were
 */
export const writeUnsentBefore = async (
  tx: Tx,
  { before, reason, take }: { before: Date; reason: string; take: number },
): Promise<number> => tx.$executeRaw`
    UPDATE "Mail" SET state = 'unsent', reason = ${reason}, "claimedUntil" = NULL WHERE id IN (
      SELECT id FROM "Mail" WHERE state = 'waiting' AND "createdAt" < ${before} ORDER BY "nextTryAt", id LIMIT ${take}
         FOR UPDATE SKIP LOCKED)`;

/**
 * Queues a mail again, with another Message-ID: a report on the earlier one says nothing of it, and no mail server takes
 * it for a copy. @returns false if it does not exist or is waiting already */
export async function writeWaiting(
  tx: Tx,
  { id, body, messageId, at }: { id: string; body: string; messageId: string; at: Date },
): Promise<boolean> {
  const { count } = await tx.mail.updateMany({
    where: { id, body, state: { not: "waiting" } },
    data: { state: "waiting", messageId, tries: 0, nextTryAt: at, ...CLEARED },
  });
  return count > 0;
}

const CLEARED = {
  claimedUntil: null,
  reason: null,
  sentAt: null,
  sentTo: null,
  bouncedAt: null,
  bounceStatus: null,
  settledAt: null,
} as const;

/** The mail with a Message-ID, locked, or null. `address`: where it went. */
export async function lockSentMail(tx: Tx, messageId: string) {
  const [row] = await tx.$queryRaw<{ id: string; body: string; address: string; name: string; state: MailState }[]>`
    SELECT m.id, m.body, coalesce(m."sentTo", m.address, p.email) AS address, p.name, m.state::text AS state
      FROM "Mail" m JOIN "Person" p ON p.id = m."personId" WHERE m."messageId" = ${messageId} FOR UPDATE OF m`;
  return row ?? null;
}

/** Records that a mail did not arrive. */
export async function writeBounced(
  tx: Tx,
  id: string,
  { at, status, reason }: { at: Date; status: string; reason: string },
): Promise<void> {
  const data = {
    state: "dead",
    bouncedAt: at,
    bounceStatus: status,
    reason,
    sentAt: null,
    claimedUntil: null,
  } as const;
  await tx.mail.update({ where: { id }, data, select: { id: true } });
}

/** Nothing is left to do about a mail that did not arrive. @returns false where there was nothing before */
export async function writeSettled(tx: Tx, { id, body, at }: { id: string; body: string; at: Date }): Promise<boolean> {
  const where = { id, body, state: "dead", settledAt: null } as const;
  return (await tx.mail.updateMany({ where, data: { settledAt: at } })).count > 0;
}

/** Mail that did not arrive and about which something is left to do, by person, the oldest first. */
export const listUndelivered = async (
  tx: Tx,
  body: string,
): Promise<{ personId: string; name: string; count: number; since: Date }[]> => tx.$queryRaw`
    SELECT p.id AS "personId", p.name, count(*)::int AS count, min(coalesce(m."bouncedAt", m."createdAt")) AS since
      FROM "Mail" m JOIN "Person" p ON p.id = m."personId"
     WHERE m.body = ${body} AND m.state = 'dead' AND m."settledAt" IS NULL AND p.status = 'active'
     GROUP BY p.id ORDER BY since, p.id`;

/** The people of a body whom a mail about a page did not reach, by name. @param href the page's address */
export async function listUnreached(tx: Tx, body: string, href: string): Promise<string[]> {
  const rows = await tx.mail.findMany({
    where: { body, state: "dead", notice: { href } },
    select: { person: { select: { name: true } } },
    distinct: ["personId"],
    orderBy: { person: { name: "asc" } },
  });
  return rows.map(({ person }) => person.name);
}

const mailFields = {
  ...columns("id", "body", "digestDay", "subject", "content", "state", "tries", "nextTryAt", "reason"),
  ...columns("createdAt", "sentAt", "bouncedAt", "settledAt"),
  notice: { select: { kind: true } },
  person: { select: { id: true, name: true, email: true, status: true } },
} satisfies Prisma.MailSelect;

export type MailRecord = Omit<Prisma.MailGetPayload<{ select: typeof mailFields }>, "content"> & {
  content: MailContent;
};

const toRecord = <Row extends { content: unknown }>(row: Row) => ({
  ...row,
  content: mailContentSchema.parse(row.content),
});

export interface MailFilter {
  body?: string;
  personId?: string;
  states?: readonly MailState[];
}

const where = ({ body, personId, states }: MailFilter): Prisma.MailWhereInput => ({
  ...(body !== undefined && { body }),
  ...(personId !== undefined && { personId }),
  ...(states && { state: { in: [...states] } }),
});

/** The mail of a body in some states, the newest first, in pages. */
export const mailList = (tx: Tx, body: string, states: readonly MailState[]): List<MailRecord> => ({
  within: { body },
  filter: where({ states }),
  order: [
    ["createdAt", "desc"],
    ["id", "asc"],
  ],
  key: "id",
  read: async (part) => (await tx.mail.findMany({ ...part, select: mailFields })).map(toRecord),
});

/** Somebody's mail, the newest first: all, or so many. */
export async function listMails(tx: Tx, filter: MailFilter, take?: number): Promise<MailRecord[]> {
  const rows = await tx.mail.findMany({
    where: where(filter),
    select: mailFields,
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    ...(take !== undefined && { take }),
  });
  return rows.map(toRecord);
}

/** How many there are, counted up to a number at most. */
export const countMails = async (tx: Tx, filter: MailFilter, most?: number): Promise<number> =>
  tx.mail.count({ where: where(filter), ...(most !== undefined && { take: most }) });

export async function findMail(tx: Tx, id: string, filter: MailFilter): Promise<MailRecord | null> {
  const row = await tx.mail.findFirst({ where: { id, ...where(filter) }, select: mailFields });
  return row && toRecord(row);
}

/** How many mails of a body did not arrive and nobody has seen to. */
export const countToSeeTo = async (tx: Tx, body: string): Promise<number> =>
  tx.mail.count({ where: { body, state: "dead", settledAt: null } });
