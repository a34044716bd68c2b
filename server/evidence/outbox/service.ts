import { normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { type EvidenceEvent, PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import type { DeliveryReport } from "#domain/evidence/outbox/delivery-report.ts";
import { clock } from "#server/base/clock.ts";
import { type Change, transact } from "#server/evidence/journal/transact.ts";
import { makeMessageId } from "./outbox.ts";
import { findMail, lockSentMail, writeBounced, writeSettled, writeWaiting } from "./repository.ts";
import { signalSender } from "./sender-signal.ts";

/** Queues a mail of the actor's body again. No effect if it is waiting already. */
export async function resendMail(actor: Actor, id: string): Promise<"waiting" | "not-found"> {
  const result = await resendMails(actor, [id]);
  return result === "not-found" || result.found === 0 ? "not-found" : "waiting";
}

/** So many are sent again at once; a page shows fewer. */
const MOST_AT_ONCE = 200;

/**
 * Queues mails of the actor's body again, each with its evidence; those that are not there or wait already stay.
 * @returns how many of them there are, and how many wait now that did not before
 */
export async function resendMails(
  actor: Actor,
  ids: readonly string[],
): Promise<{ found: number; queued: number } | "not-found"> {
  if (!can(actor, "mail.manage", actor)) return "not-found";
  const { body, personId } = actor;
  const at = clock.now();
  const result = await transact(async (tx): Promise<Change<{ found: number; queued: number }>> => {
    const evidence: EvidenceEvent[] = [];
    let found = 0;
    for (const id of [...new Set(ids)].slice(0, MOST_AT_ONCE)) {
      if (!(await findMail(tx, id, { body }))) continue;
      found++;
      const isChanged = await writeWaiting(tx, { id, body, messageId: makeMessageId(), at });
      if (isChanged) evidence.push({ body, event: "mail.sent-again", at, actor: personId, subject: id });
    }
    return { result: { found, queued: evidence.length }, evidence };
  });
  if (result.queued > 0) signalSender();
  return result;
}

/** Says that nothing is left to do about a mail that did not arrive: they know it otherwise. Once more changes nothing. */
export async function settleMail(actor: Actor, id: string): Promise<"settled" | "not-found"> {
  if (!can(actor, "mail.manage", actor)) return "not-found";
  const { body, personId } = actor;
  const at = clock.now();
  return transact(async (tx): Promise<Change<"settled" | "not-found">> => {
    if (!(await findMail(tx, id, { body }))) return { result: "not-found", evidence: [] };
    const isChanged = await writeSettled(tx, { id, body, at });
    const event = { body, event: "mail.settled" as const, at, actor: personId, subject: id };
    return { result: "settled", evidence: isChanged ? [event] : [] };
  });
}

/** Sends the actor a test mail. */
export async function sendTestMail(actor: Actor): Promise<"told" | "not-found"> {
  if (!can(actor, "mail.manage", actor)) return "not-found";
  const { body, personId } = actor;
  const notice: Notice = {
    body,
    to: personId,
    kind: "mail-tested",
    subject: "A test of the mail from the portal",
    paragraphs: [
      "You asked for this mail. If you read it in your mail program, people get what the portal sends them.",
    ],
    href: "/admin/mail",
  };
  const event = { body, event: "mail.tested" as const, at: clock.now(), actor: personId, subject: "mail" };
  await transact(async () => Promise.resolve({ result: null, evidence: [event], notices: [notice] }));
  return "told";
}

export type BounceResult =
  | { code: "bounced"; name: string; body: string; status: string }
  /** It is known already that it did not arrive, or it is not to be sent any more. */
  | { code: "known"; name: string }
  /** No mail of the portal has this Message-ID, or it went to none of these addresses. */
  | { code: "unknown" }
  /** The report says that it was delivered, or is only late. */
  | { code: "not-failed" };

/** Records that the mail of a delivery report did not arrive. The same report again changes nothing. */
export async function recordBounce({ messageId, recipients }: DeliveryReport): Promise<BounceResult> {
  const failed = recipients.filter(({ action }) => action === "failed");
  if (failed.length === 0) return { code: "not-failed" };
  return transact(async (tx): Promise<Change<BounceResult>> => {
    const at = clock.now();
    const mail = await lockSentMail(tx, messageId);
    const address = mail && normaliseEmail(mail.address);
    const report = failed.find(({ addresses }) => addresses.some((one) => normaliseEmail(one) === address));
    if (!mail || !report) return { result: { code: "unknown" }, evidence: [] };
    const { id, body, name, state } = mail;
    if (state !== "sent" && state !== "waiting") return { result: { code: "known", name }, evidence: [] };
    const { status, diagnostic } = report;
    const reason = `It did not arrive: ${status}${diagnostic === null ? "" : `, ${diagnostic}`}`.slice(0, 300);
    await writeBounced(tx, id, { at, status, reason });
    const event = { body, event: "mail.bounced" as const, at, actor: PORTAL_ACTOR, subject: id, data: { status } };
    return { result: { code: "bounced", name, body, status }, evidence: [event] };
  });
}
