import { z } from "zod";
import { minutesUntilNextTry, MOST_TRIES } from "#domain/evidence/outbox/content.ts";
import { eventBy, isEvidenceEventName, PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { writeMessage } from "#domain/evidence/webhook/message.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import type { Job } from "#server/base/job.ts";
import { NotSent, postOutside } from "#server/base/outbound/post.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import {
  claimMessage,
  type ClaimedMessage,
  findMessageRow,
  lockWebhook,
  updateWebhook,
  writeMessageOutcome,
} from "./repository.ts";
import { openSecrets, signatureHeaders } from "./secret.ts";

export const SEND_EVENTS: Job = {
  name: "send-events",
  title: "Send events to the addresses that administrators named",
  cron: "* * * * *",
  run: async (at) => {
    if (getEnv().webhookHosts.length === 0) return "Nothing: WEBHOOK_HOSTS allows no host.";
    const { sent, postponed, dead } = await deliverEvents(at);
    return `Sent ${sent}. ${postponed} to be tried again. ${dead} given up.`;
  },
};

/** Longer than one request may take. */
const CLAIM_MS = 60_000;
const MINUTE_MS = 60_000;
/** After a day an event has one more try: where an address is away for long, those behind do not wait a day each. */
const GIVEN_UP_AFTER_MS = 24 * 60 * MINUTE_MS;
/** A slow address holds up none but itself. */
const AT_ONCE = 4;

/**
 * Sends the events that are due, of each address in their order. Several processes may do so at once: each message is
 * claimed by one of them. One that was taken before we could record it goes out again, with the same id.
 * @param at the present moment
 */
export async function deliverEvents(at: Date, post: typeof postOutside = postOutside) {
  const counts = { sent: 0, postponed: 0, dead: 0 };
  const begunAt = clock.now();
  const sendAll = async () => {
    for (;;) {
      const now = new Date(at.getTime() + clock.now().getTime() - begunAt.getTime());
      const message = await claimMessage(getDatabase(), now, new Date(now.getTime() + CLAIM_MS));
      if (message === null) return;
      counts[await deliver(message, now, post)]++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendAll));
  return counts;
}

async function deliver(
  message: ClaimedMessage,
  now: Date,
  post: typeof postOutside,
): Promise<"sent" | "postponed" | "dead"> {
  const { id, webhookId, tries, queuedAt } = message;
  const outcome = await attempt(message, now, post);
  if (outcome === "sent") {
    await writeMessageOutcome(getDatabase(), id, { state: "sent", sentAt: now });
    return "sent";
  }
  const { reason, isGone } = outcome;
  console.warn(`Event ${id} was not taken by ${webhookId} at try ${tries}: ${reason}`);
  if (isGone) await switchOff(message, now, reason);
  if (isGone || tries >= MOST_TRIES || now.getTime() - queuedAt.getTime() >= GIVEN_UP_AFTER_MS) {
    await writeMessageOutcome(getDatabase(), id, { state: "dead", reason });
    return "dead";
  }
  const nextTryAt = new Date(now.getTime() + minutesUntilNextTry(tries) * MINUTE_MS);
  await writeMessageOutcome(getDatabase(), id, { state: "waiting", nextTryAt, reason });
  return "postponed";
}

const GONE = 410;

async function attempt(
  message: ClaimedMessage,
  now: Date,
  post: typeof postOutside,
): Promise<"sent" | { reason: string; isGone?: boolean }> {
  const webhook = await lockWebhook(getDatabase(), message.body, message.webhookId);
  if (!webhook) return { reason: "The address was deleted." };
  const secrets = openSecrets(webhook.sealed);
  if (secrets === null) return { reason: "The address cannot be read any more: type it again." };
  const { id, leaving } = await describeMessage(message, webhook.hasNames);
  if (leaving === null) return { reason: "This version of the portal does not know the event." };
  const body = JSON.stringify(writeMessage(webhook.kind, leaving, getEnv().appUrl));
  const signature = webhook.kind === "webhook" ? signatureHeaders(secrets, { id, now, body }) : {};
  try {
    const headers = { "Content-Type": "application/json", "User-Agent": "With-Care", ...signature };
    const status = await post(secrets.address, { headers, body });
    if (status >= 200 && status < 300) return "sent";
    if (status === GONE) return { reason: "It answered 410: nobody is there any more.", isGone: true };
    const isRedirect = status >= 300 && status < 400;
    return { reason: `It answered ${status}.${isRedirect ? " Redirects are not followed: change the address." : ""}` };
  } catch (error) {
    if (error instanceof NotSent) return { reason: error.message };
    throw error;
  }
}

const peopleSchema = z.object({ people: z.number() });

/** What a message says, and its id: made of the hash of the row of evidence, so that it is the same at every address and try. */
async function describeMessage(message: ClaimedMessage, hasNames: boolean) {
  const { row, detail, name } = await findMessageRow(getDatabase(), message);
  const { event, at, body, subject, policy, version } = row;
  const { policies } = await loadContent();
  const served = policies.find(({ slug }) => slug === policy)?.versions;
  const title = (served?.find((one) => one.frontMatter.version === version) ?? served?.at(-1))?.frontMatter.title;
  const chosen = hasNames
    ? { by: row.actor === PORTAL_ACTOR ? "The portal" : name, text: detail === null ? null : readDetail(detail) }
    : { by: null, text: null };
  const { people = null } =
    event === "policy.reminded" ? (peopleSchema.safeParse(JSON.parse(row.data)).data ?? {}) : {};
  const said = { at, body, subject, policy, policyTitle: title ?? null, people, ...chosen };
  return { id: `evt_${row.hash.slice(0, 32)}`, leaving: isEvidenceEventName(event) ? { event, ...said } : null };
}

/** The text beside a row of evidence was written from an object. */
function readDetail(detail: string): Record<string, unknown> {
  return JSON.parse(detail) as Record<string, unknown>;
}

/** Nobody is there any more. What waits stays, for when somebody has put it right. */
async function switchOff({ body, webhookId }: ClaimedMessage, at: Date, offReason: string): Promise<void> {
  await transact(async (tx) => {
    const isChanged = (await lockWebhook(tx, body, webhookId))?.isOn ?? false;
    if (isChanged) await updateWebhook(tx, webhookId, { isOn: false, offReason });
    const event = eventBy({ body, personId: PORTAL_ACTOR }, at, "webhook.switched-off", webhookId);
    return { result: null, evidence: isChanged ? [event] : [] };
  });
}
