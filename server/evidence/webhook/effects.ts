import { TEST_EVENT } from "#domain/evidence/webhook/message.ts";
import { getEnv } from "#server/base/environment/env.ts";
import type { Tx } from "#server/base/db/database.ts";

/**
 * Queues the newest rows of a body's chain for the addresses that take them, in the transaction of their cause; called only
 * by `transact`, right after it wrote them, so that the lock of the chain puts them in order.
 * @param count how many rows it wrote
 */
export async function queueWebhookMessages(tx: Tx, body: string, count: number, at: Date): Promise<void> {
  if (count === 0 || getEnv().webhookHosts.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "WebhookMessage" (id, "webhookId", body, position, "nextTryAt", "queuedAt")
    SELECT gen_random_uuid()::text, w.reference, e.body, e.position, ${at}, ${at}
      FROM "Webhook" w JOIN "Evidence" e ON e.body = w.body
     WHERE w.body = ${body} AND w."isOn"
       AND e.position > (SELECT max(position) - ${count}::int FROM "Evidence" WHERE body = ${body})
       AND (e.event = ANY(w.events) OR (e.event = ${TEST_EVENT} AND e.subject = w.reference))`;
}
