import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { HoldAnswer } from "#domain/registers/hold/hold.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { holdsOnDeletion } from "#server/registers/hold/deletion-queries.ts";
import { deleteReceipt, findReceipt } from "./repository.ts";

export type DeleteResult =
  | { code: "done" }
  /** They did not say whether anybody has requested it. */
  | { code: "unanswered" }
  /** A hold that concerns them prevents it. */
  | { code: "held" }
  /** They know of a request, or are not sure: the governance officers were notified. */
  | { code: "stopped" }
  | { code: "not-found" };

/**
 * Deletes one of the actor's own receipts, unless a hold concerns them, or they know of a request or are not sure.
 * Deleting it twice is harmless.
 * @param answer what they say about requests; null if they said nothing
 */
export async function deleteOwnReceipt(actor: Actor, typed: string, answer: HoldAnswer | null): Promise<DeleteResult> {
  const reference = parseReference("DEC", typed);
  const receipt = reference && (await findReceipt(getDatabase(), actor.body, reference));
  if (!receipt || receipt.personId !== actor.personId || !can(actor, "receipt.keep", receipt))
    return { code: "not-found" };
  if (answer === null) return { code: "unanswered" };
  const at = clock.now();
  const { body, personId } = actor;
  const head = { body, at, actor: personId, subject: receipt.reference };
  return transact(async (tx): Promise<Change<DeleteResult>> => {
    const holds = await holdsOnDeletion(tx, actor, null);
    const cause = holds.length > 0 ? holds.map((hold) => hold.reference).join(" ") : answer;
    if (cause !== "none") {
      const event: EvidenceEvent = { ...head, event: "receipt.deletion-stopped", data: { cause } };
      if (holds.length > 0) return { result: { code: "held" }, evidence: [event] };
      const officers = await listPeopleWithRole(tx, body, "governance-officer");
      return { result: { code: "stopped" }, evidence: [event], notices: officers.map(({ id }) => doubt(id, actor)) };
    }
    const isDeleted = await deleteReceipt(tx, receipt.id);
    const data = { seal: receipt.seal, holdAnswer: answer };
    const evidence: EvidenceEvent[] = isDeleted ? [{ ...head, event: "receipt.deleted", data }] : [];
    return { result: { code: "done" }, evidence };
  });
}

function doubt(to: string, { body, name }: Actor): Notice {
  return {
    body,
    to,
    kind: "hold-doubt",
    href: "/holds",
    subject: "Should a kept result be kept for a request?",
    paragraphs: [
      `${name} was about to delete a result of the check, was asked whether anybody has requested it, and did not say no. Nothing was deleted.`,
      "Ask them what they know. Place a hold, or tell them that they may delete it.",
    ],
  };
}
