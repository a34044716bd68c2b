import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { clock } from "#server/base/clock.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { findMail, writeWaiting } from "./repository.ts";
import { signalSender } from "./sender-signal.ts";

/** Queues a mail of the actor's body again, with the same Message-ID. No effect if it is waiting already. */
export async function resendMail(actor: Actor, id: string): Promise<"waiting" | "not-found"> {
  if (!can(actor, "mail.manage", actor)) return "not-found";
  const { body, personId } = actor;
  const at = clock.now();
  const result = await transact(async (tx): Promise<Change<"waiting" | "not-found">> => {
    if (!(await findMail(tx, id, { body }))) return { result: "not-found", evidence: [] };
    const isChanged = await writeWaiting(tx, { id, body, at });
    const event = { body, event: "mail.sent-again" as const, at, actor: personId, subject: id };
    return { result: "waiting", evidence: isChanged ? [event] : [] };
  });
  if (result === "waiting") signalSender();
  return result;
}

/** Sends the actor a test mail. */
export async function sendTestMail(actor: Actor): Promise<"told" | "not-found"> {
  if (!can(actor, "mail.manage", actor)) return "not-found";
  const { body, personId } = actor;
  const notice: Notice = {
    body,
    to: personId,
    kind: "mail-tested",
    subject: "A test of the mail of With Care",
    paragraphs: ["You asked for this mail. If you read it in your mail program, people get what With Care sends them."],
    href: "/admin/mail",
  };
  const event = { body, event: "mail.tested" as const, at: clock.now(), actor: personId, subject: "mail" };
  await transact(async () => Promise.resolve({ result: null, evidence: [event], notices: [notice] }));
  return "told";
}
