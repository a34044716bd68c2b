import { randomUUID } from "node:crypto";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { wordsProblems } from "#domain/answers/receipt/receipt.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import type { EvidenceEvent, EvidenceEventName } from "#domain/evidence/journal/event.ts";
import { type Notice, tellOwner } from "#domain/evidence/notice/notice.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { readChat } from "#domain/registers/group/chat-answer.ts";
import type { HoldAnswer } from "#domain/registers/hold/hold.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { getDecidingTable } from "#server/answers/known-answer/queries.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { type Change, transact } from "#server/evidence/journal/transact.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { holdsOnDeletion } from "#server/registers/hold/deletion-queries.ts";
import { listChangedResults, readingKeyOf, resultToKeep } from "./queries.ts";
import {
  deleteReceipt,
  findReceipt,
  findReceiptByStartKey,
  insertReceipt,
  insertReceiptReadings,
  type ReceiptRecord,
  writeLink,
  writeSharedWithManager,
} from "./repository.ts";
import { hashOfReceiptLink, makeLinkSecret, sealed } from "./secret.ts";

/** What the form sent. Verdict, clauses and the rest are computed again here, never taken from it. */
export interface SentResult {
  slug: string;
  /** Fact → answer; anything the policy does not know is dropped. */
  answers: Answers;
  /** Reference of the approved group that the answer about the chat refers to, if there is one. */
  group?: string | undefined;
  /** References of the photo consents that were chosen. */
  photo?: readonly string[];
  /** Equal if what the page showed still applies: `fingerprint` of resultToKeep. */
  fingerprint: string;
  /** Made by the page, so that sending its form twice keeps one receipt. */
  startKey: string;
  words: string;
}

export type KeepResult =
  | { code: "kept"; reference: string }
  /** What applies now differs from what the page showed; nothing was kept. */
  | { code: "changed" }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  /** No such policy, or none that anybody may rely on. */
  | { code: "not-found" };

/** Keeps the result of these answers as a decision receipt, if it is still the one that was shown. */
export async function keepReceipt(actor: Actor, sent: SentResult): Promise<KeepResult> {
  if (!can(actor, "receipt.keep", actor)) return { code: "not-found" };
  const { body, personId } = actor;
  const { startKey } = sent;
  // Comes first: if sent twice, the second is told about the first, whatever changed in between.
  const earlier = await findReceiptByStartKey(getDatabase(), personId, startKey);
  if (earlier !== null) return { code: "kept", reference: earlier };
  const policy = await getPolicy(actor, sent.slug);
  if (!policy?.isPublished) return { code: "not-found" };
  const deciding = await getDecidingTable(actor, policy, { ...sent.answers, photo: sent.photo });
  const { answers, group } = readChat(deciding.chats, sent.answers, [sent.group]);
  const result = deciding.photo?.hasDropped ? null : resultToKeep(policy, { ...deciding, group }, answers);
  if (result?.fingerprint !== sent.fingerprint) return { code: "changed" };
  const problems = wordsProblems(sent.words);
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  const { slug, version, hash } = policy.version;
  const words = sent.words === "" ? null : sent.words;
  const shown = { verdict: result.content.verdict, content: JSON.stringify(result.content) };
  return untilUnique("Receipt", () =>
    transact(async (tx): Promise<Change<KeepResult>> => {
      const standing = await findReceiptByStartKey(tx, personId, startKey);
      if (standing !== null) return { result: { code: "kept", reference: standing }, evidence: [] };
      const reference = makeReference("DEC");
      const row = sealed({ reference, body, personId, policy: slug, version, hash, ...shown, words, keptAt: at });
      await insertReceipt(tx, { id: randomUUID(), startKey, ...row });
      // What was decided is private: the journal holds only the seal, which is salted.
      const evidence = eventOn(actor, reference, at, "receipt.kept", { seal: row.seal });
      return { result: { code: "kept", reference }, evidence: [evidence] };
    }),
  );
}

/**
 * What people can do with a receipt that they kept. Repeating a command changes nothing, except that making a link
 * again revokes the previous one.
 */
export type ReceiptCommand = "share-with-manager" | "unshare-with-manager" | "make-link" | "revoke-link";

export type ReceiptCommandResult =
  /** `link`: the secret of the new link, to be shown once. */
  | { code: "done"; link: string | null }
  /** The person has no line manager now other than themselves. */
  | { code: "no-manager" }
  | { code: "not-found" };

export async function changeReceipt(
  actor: Actor,
  typed: string,
  command: ReceiptCommand,
): Promise<ReceiptCommandResult> {
  const reference = parseReference("DEC", typed);
  const receipt = reference && (await findReceipt(getDatabase(), actor.body, reference));
  if (!receipt || receipt.personId !== actor.personId || !can(actor, "receipt.keep", receipt))
    return { code: "not-found" };
  const managerId = receipt.person.lineManager?.id ?? actor.personId;
  if (command === "share-with-manager" && managerId === actor.personId) return { code: "no-manager" };
  const at = clock.now();
  const link = command === "make-link" ? makeLinkSecret() : null;
  return transact(async (tx): Promise<Change<ReceiptCommandResult>> => {
    const isChanged = await WRITES[command](tx, receipt, at, link ?? "");
    const evidence = isChanged
      ? [eventOn(actor, receipt.reference, at, EVENTS[command], DATA[command]?.(receipt))]
      : [];
    const notice = {
      subject: `${actor.name} shared a result with you`,
      words: "They kept it from a check, and want you to see it.",
      href: `/decisions/${receipt.reference}`,
    };
    const notices = isChanged && command === "share-with-manager" ? tellOwner(actor, managerId, notice) : [];
    return { result: { code: "done", link: isChanged ? link : null }, evidence, notices };
  });
}

const WRITES: Record<ReceiptCommand, (tx: Tx, receipt: ReceiptRecord, at: Date, link: string) => Promise<boolean>> = {
  "share-with-manager": (tx, { id }, at) => writeSharedWithManager(tx, id, at),
  "unshare-with-manager": (tx, { id }) => writeSharedWithManager(tx, id, null),
  "make-link": (tx, { id }, at, link) => writeLink(tx, id, { hash: hashOfReceiptLink(link), at }),
  "revoke-link": (tx, { id }) => writeLink(tx, id, null),
};

const EVENTS = {
  "share-with-manager": "receipt.shared-with-manager",
  "unshare-with-manager": "receipt.unshared-with-manager",
  "make-link": "receipt.link-made",
  "revoke-link": "receipt.link-revoked",
} as const satisfies Record<ReceiptCommand, EvidenceEventName>;

const DATA: Partial<Record<ReceiptCommand, (receipt: ReceiptRecord) => EvidenceEvent["data"]>> = {
  "share-with-manager": ({ person }) => ({ manager: person.lineManager?.id ?? null }),
};

function eventOn(
  { body, personId }: Actor,
  subject: string,
  at: Date,
  event: EvidenceEventName,
  data?: EvidenceEvent["data"],
): EvidenceEvent {
  return { body, event, at, actor: personId, subject, data };
}

/**
 * Records that the actor has seen what current versions say about receipts they kept, which completes their task.
 * @param only one of them, or those of one policy; all if omitted
 */
export async function markSeen(
  actor: Actor,
  only: { reference?: string | undefined; policy?: string | undefined } = {},
): Promise<void> {
  const { reference, policy } = only;
  const seenAt = clock.now();
  for (const { current, receipts } of await listChangedResults(actor)) {
    if (policy !== undefined && policy !== current.slug) continue;
    const seen = receipts.filter((receipt) => reference === undefined || receipt.reference === reference);
    if (seen.length > 0)
      await insertReceiptReadings(
        getDatabase(),
        seen.map(({ id }) => id),
        readingKeyOf(current),
        seenAt,
      );
  }
}

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
