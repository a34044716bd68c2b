import { type Actor, can } from "#domain/access/permission/permission.ts";
import { addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { newTask, type Task } from "#domain/gather/task/task.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { isAllowedHost } from "#server/base/outbound/post.ts";
import {
  countMessages,
  findWebhook,
  listAllWebhooks,
  listMessages,
  listToSeeTo,
  listWebhooksOf,
} from "./repository.ts";

/** The addresses of the actor's body, the newest first; null for those who may not see them. */
export async function listWebhooks(actor: Actor) {
  if (!can(actor, "webhook.manage", actor)) return null;
  const [rows, countOf] = await Promise.all([
    listWebhooksOf(getDatabase(), actor.body),
    countMessages(getDatabase(), actor.body),
  ]);
  const webhooks = rows.map((row) => ({
    ...row,
    waiting: countOf(row.reference, "waiting"),
    dead: countOf(row.reference, "dead"),
  }));
  return { webhooks, hosts: getEnv().webhookHosts };
}

const SHOWN_MESSAGES = 100;

export type WebhookView = NonNullable<Awaited<ReturnType<typeof getWebhook>>>;

/** One address of the actor's body with what was sent there lately; null for those who may not see it. */
export async function getWebhook(actor: Actor, typed: string) {
  const reference = parseReference("HOK", typed);
  if (!reference || !can(actor, "webhook.manage", actor)) return null;
  const webhook = await findWebhook(getDatabase(), actor.body, reference);
  if (!webhook) return null;
  return { ...webhook, messages: await listMessages(getDatabase(), reference, SHOWN_MESSAGES) };
}

/** Working days to see to an address that takes no events: our own figure, as for mail. */
const WITHIN_WORKING_DAYS = 2;

/** Addresses that did not take events, or that the portal switched off, as tasks for administrators. */
export async function listWebhookTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "webhook.manage", actor)) return [];
  const rows = await listToSeeTo(getDatabase(), actor.body);
  if (rows.length === 0) return [];
  const body = (await loadContent()).bodies.find(({ slug }) => slug === actor.body);
  return rows.map(({ reference, name, count, since }) => {
    const from = calendarDay(since);
    return newTask("undelivered-events", reference, {
      title: `Follow up events that did not reach ${name}`,
      reason:
        count === 0
          ? "The address says that nobody is there any more, so it was switched off."
          : `${count === 1 ? "An event was" : `${count} events were`} not taken. Send them again, or give them up.`,
      due: addWorkingDays(from, WITHIN_WORKING_DAYS, daysOff(body, from, from)),
      href: `/admin/webhooks/${reference}`,
    });
  });
}

/**
 * What stands in the way of events, of all bodies, for whoever looks after the portal: nobody's names and addresses.
 * @param hosts as WEBHOOK_HOSTS has them
 * @returns how many addresses are on and off; the bodies with one that is gone, and with events that were given up; and the
 *   hosts that are not allowed any more
 */
export async function getWebhookHealth(tx: Tx, hosts: readonly string[]) {
  const all = await listAllWebhooks(tx);
  const on = all.filter(({ isOn }) => isOn);
  const bodiesOf = (some: typeof all) => [...new Set(some.map(({ body }) => body))].sort();
  return {
    on: on.length,
    off: all.length - on.length,
    gone: bodiesOf(all.filter(({ isOn, offReason }) => !isOn && offReason !== null)),
    dead: bodiesOf(all.filter(({ _count }) => _count.messages > 0)),
    barred: [...new Set(on.map(({ host }) => host))].filter(
      (host) => !isAllowedHost(new URL(`https://${host}`), hosts),
    ),
  };
}
