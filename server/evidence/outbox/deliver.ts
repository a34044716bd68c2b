import "server-only";
import { minutesUntilNextTry, MOST_TRIES } from "#domain/evidence/outbox/content.ts";
import { renderMail } from "#domain/evidence/outbox/render.ts";
import { clock } from "#server/base/clock.ts";
import { getConnections } from "#server/base/connections.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { claimNext, writeOutcome, writeUnsentBefore, type ClaimedMail } from "./repository.ts";
import { MailFailure, openTransport, type MailTransport } from "./transport.ts";

const CLAIM_MS = 2 * 60_000;
const MINUTE_MS = 60_000;
/** Mail that has waited this long for a server to be configured is out of date, and no longer sent automatically. */
const WAIT_FOR_SERVER_MS = 24 * 60 * MINUTE_MS;
const GIVEN_UP_AT_ONCE = 1_000;

export interface Delivery {
  sent: number;
  /** Not accepted; tried again later. */
  postponed: number;
  /** Not sent, and not tried again automatically. */
  given: number;
  /** True if no mail server is configured. */
  isOff: boolean;
}

/**
 * Sends the mail that is due. Several processes may do so at once: each mail is claimed by one of them. A mail accepted
 * by the server before we could record it goes out again, with the same Message-ID.
 * @param at the present moment
 */
export async function deliverMail(at: Date, transport: MailTransport | null = openTransport()): Promise<Delivery> {
  const delivery: Delivery = { sent: 0, postponed: 0, given: 0, isOff: transport === null };
  const tx = getDatabase();
  if (transport === null) {
    const before = new Date(at.getTime() - WAIT_FOR_SERVER_MS);
    const which = { before, reason: "No mail server was set when it was due.", take: GIVEN_UP_AT_ONCE };
    for (let count = GIVEN_UP_AT_ONCE; count === GIVEN_UP_AT_ONCE; delivery.given += count)
      count = await writeUnsentBefore(tx, which);
    return delivery;
  }
  const begunAt = clock.now();
  try {
    for (;;) {
      const now = new Date(at.getTime() + clock.now().getTime() - begunAt.getTime()); // sending thousands takes a while
      const mail = await claimNext(tx, now, new Date(now.getTime() + CLAIM_MS));
      if (mail === null) return delivery;
      const outcome = await attempt(transport, mail);
      if (typeof outcome === "object" && "sentTo" in outcome) {
        await writeOutcome(tx, mail.id, { state: "sent", sentAt: now, sentTo: outcome.sentTo });
        delivery.sent++;
        continue;
      }
      await writeFailure(mail, outcome, now, delivery);
      if (outcome instanceof MailFailure && outcome.kind === "unreachable") return delivery; // the others would fail too
    }
  } finally {
    transport.close();
  }
}

async function attempt(
  transport: MailTransport,
  { personId, messageId, address, content }: ClaimedMail,
): Promise<{ sentTo: string } | "left" | MailFailure> {
  const recipient = await getConnections().findRecipient(personId);
  if (recipient === null) return "left";
  try {
    const to = { name: recipient.name, address: address ?? recipient.email };
    await transport.send({ messageId, to, subject: content.subject, ...renderMail(content, getEnv().appUrl) });
    return { sentTo: to.address };
  } catch (error) {
    if (error instanceof MailFailure) return error;
    throw error;
  }
}

async function writeFailure(
  { id, tries }: ClaimedMail,
  failure: "left" | MailFailure,
  at: Date,
  delivery: Delivery,
): Promise<void> {
  const tx = getDatabase();
  if (failure === "left") {
    delivery.given++;
    return writeOutcome(tx, id, { state: "unsent", reason: "The person has left." });
  }
  const reason = failure.message;
  if (failure.kind === "refused" || tries >= MOST_TRIES) {
    delivery.given++;
    return writeOutcome(tx, id, { state: "dead", reason });
  }
  delivery.postponed++;
  const nextTryAt = new Date(at.getTime() + minutesUntilNextTry(tries) * MINUTE_MS);
  return writeOutcome(tx, id, { state: "waiting", nextTryAt, reason });
}
