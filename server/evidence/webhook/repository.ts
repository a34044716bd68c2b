import { columns } from "#server/base/db/columns.ts";
import type { Prisma, WebhookMessage } from "#server/base/db/generated/client.ts";
import type { Tx } from "#server/base/db/database.ts";

/** An address as it is listed: never with what is sealed. */
const LISTED = {
  ...columns("reference", "body", "kind", "name", "host", "events", "hasNames", "isOn", "offReason", "madeAt"),
} satisfies Prisma.WebhookSelect;

export type WebhookRecord = Prisma.WebhookGetPayload<{ select: typeof LISTED }>;

export async function insertWebhook(tx: Tx, row: Prisma.WebhookUncheckedCreateInput): Promise<void> {
  await tx.webhook.create({ data: row });
}

/** Reference of the address made by a form; null if the form was not processed yet. */
export async function findByStart(tx: Tx, startHash: string): Promise<string | null> {
  return (await tx.webhook.findUnique({ where: { startHash }, select: { reference: true } }))?.reference ?? null;
}

export async function listWebhooksOf(tx: Tx, body: string): Promise<WebhookRecord[]> {
  return tx.webhook.findMany({ where: { body }, select: LISTED, orderBy: [{ madeAt: "desc" }, { reference: "asc" }] });
}

/** The addresses of all bodies, each with how many events were given up that it did not take. */
export async function listAllWebhooks(tx: Tx) {
  const _count = { select: { messages: { where: { state: "dead" } } } } as const;
  return tx.webhook.findMany({ select: { ...LISTED, _count }, orderBy: { reference: "asc" } });
}

export async function findWebhook(tx: Tx, body: string, reference: string): Promise<WebhookRecord | null> {
  return tx.webhook.findUnique({ where: { reference, body }, select: LISTED });
}

/** An address with what is sealed, locked until this transaction ends. */
export async function lockWebhook(tx: Tx, body: string, reference: string) {
  await tx.$queryRaw`SELECT reference FROM "Webhook" WHERE reference = ${reference} FOR UPDATE`;
  return tx.webhook.findUnique({ where: { reference, body } });
}

export async function updateWebhook(tx: Tx, reference: string, data: Prisma.WebhookUncheckedUpdateInput) {
  await tx.webhook.update({ where: { reference }, data, select: { reference: true } });
}

/** With everything that was sent there, or waits. */
export async function deleteWebhookRow(tx: Tx, reference: string): Promise<void> {
  await tx.webhook.delete({ where: { reference }, select: { reference: true } });
}

/** How many messages of each address of a body are in a state. */
export async function countMessages(tx: Tx, body: string) {
  const rows = await tx.webhookMessage.groupBy({ by: ["webhookId", "state"], where: { body }, _count: true });
  return (reference: string, state: WebhookMessage["state"]) =>
    rows.find((row) => row.webhookId === reference && row.state === state)?._count ?? 0;
}

export interface ListedMessage extends Pick<
  WebhookMessage,
  "id" | "state" | "tries" | "nextTryAt" | "reason" | "queuedAt" | "sentAt"
> {
  event: string;
  subject: string;
}

/** The messages to an address, first those that it did not take, then the newest. */
export async function listMessages(tx: Tx, reference: string, take: number): Promise<ListedMessage[]> {
  return tx.$queryRaw`
    SELECT m.id, m.state::text AS state, m.tries, m."nextTryAt", m.reason, m."queuedAt", m."sentAt", e.event, e.subject
      FROM "WebhookMessage" m JOIN "Evidence" e ON e.body = m.body AND e.position = m.position
     WHERE m."webhookId" = ${reference}
     ORDER BY (m.state = 'dead') DESC, m.position DESC LIMIT ${take}`;
}

/** Queues those of these messages again that an address did not take. @returns how many */
export async function writeQueuedAgain(tx: Tx, reference: string, at: Date, ids: readonly string[]): Promise<number> {
  const { count } = await tx.webhookMessage.updateMany({
    where: deadOf(reference, ids),
    data: { state: "waiting", tries: 0, nextTryAt: at, queuedAt: at, reason: null },
  });
  return count;
}

/** Deletes those of these messages that an address did not take. @returns how many */
export async function deleteDead(tx: Tx, reference: string, ids: readonly string[]): Promise<number> {
  return (await tx.webhookMessage.deleteMany({ where: deadOf(reference, ids) })).count;
}

function deadOf(webhookId: string, ids: readonly string[]): Prisma.WebhookMessageWhereInput {
  return { webhookId, state: "dead", id: { in: [...ids] } };
}

/** A message that somebody has claimed and is about to send; `tries`: this one included. */
export type ClaimedMessage = Pick<WebhookMessage, "id" | "webhookId" | "body" | "position" | "tries" | "queuedAt">;

/**
 * Claims the next message that is due for one sender: of each address the first that waits, so that they go out in the order
 * of the chain. If the sender dies, its claim expires. @returns null if none is due
 */
export async function claimMessage(tx: Tx, at: Date, claimedUntil: Date): Promise<ClaimedMessage | null> {
  const [row] = await tx.$queryRaw<ClaimedMessage[]>`
    UPDATE "WebhookMessage" SET "claimedUntil" = ${claimedUntil}, tries = tries + 1
     WHERE id = (
       SELECT m.id FROM "WebhookMessage" m JOIN "Webhook" w ON w.reference = m."webhookId"
        WHERE m.state = 'waiting' AND w."isOn" AND m."nextTryAt" <= ${at}
          AND (m."claimedUntil" IS NULL OR m."claimedUntil" <= ${at})
          AND NOT EXISTS (SELECT FROM "WebhookMessage" b
                           WHERE b."webhookId" = m."webhookId" AND b.state = 'waiting' AND b.position < m.position)
        ORDER BY m."nextTryAt", m.id LIMIT 1 FOR UPDATE OF m SKIP LOCKED)
    RETURNING id, "webhookId", body, position, tries, "queuedAt"`;
  return row ?? null;
}

/** Releases a claimed message, with the outcome; one whose address was deleted meanwhile is gone. */
export async function writeMessageOutcome(
  tx: Tx,
  id: string,
  outcome:
    | { state: "sent"; sentAt: Date }
    | { state: "waiting"; nextTryAt: Date; reason: string }
    | { state: "dead"; reason: string },
): Promise<void> {
  await tx.webhookMessage.updateMany({ where: { id }, data: { reason: null, ...outcome, claimedUntil: null } });
}

/** The row of evidence that a message is about, with the text beside it and the name of who did it. */
export async function findMessageRow(tx: Tx, { body, position }: { body: string; position: number }) {
  const where = { body_position: { body, position } };
  const row = await tx.evidence.findUniqueOrThrow({ where });
  const [detail, person] = await Promise.all([
    tx.evidenceDetail.findUnique({ where, select: { detail: true } }),
    tx.person.findFirst({ where: { id: row.actor, body }, select: { name: true } }),
  ]);
  return { row, detail: detail?.detail ?? null, name: person?.name ?? null };
}

/** Addresses of a body about which something is to be done: they did not take an event, or the portal switched them off. */
export async function listToSeeTo(
  tx: Tx,
  body: string,
): Promise<{ reference: string; name: string; count: number; since: Date }[]> {
  return tx.$queryRaw`
    SELECT w.reference, w.name, count(m.id)::int AS count, min(coalesce(m."queuedAt", w."madeAt")) AS since
      FROM "Webhook" w LEFT JOIN "WebhookMessage" m ON m."webhookId" = w.reference AND m.state = 'dead'
     WHERE w.body = ${body} AND (m.id IS NOT NULL OR w."offReason" IS NOT NULL)
     GROUP BY w.reference ORDER BY since, w.reference`;
}
