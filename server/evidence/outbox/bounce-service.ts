import "server-only";
import { normaliseEmail } from "#domain/access/identity/email.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import type { DeliveryReport } from "#domain/evidence/outbox/delivery-report.ts";
import { clock } from "#server/base/clock.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { lockSentMail, writeBounced } from "./repository.ts";

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
