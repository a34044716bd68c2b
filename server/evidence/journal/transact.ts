import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { signalSender } from "#server/evidence/outbox/sender-signal.ts";
import { writeNotices } from "#server/evidence/notice/effects.ts";
import { queueWebhookMessages } from "#server/evidence/webhook/effects.ts";
import { getRequestContext } from "#server/base/request/context.ts";
import { insertEvidence } from "./repository.ts";

/** What a change returns: its result and its evidence, which is empty only if nothing changed. */
export interface Change<Result> {
  result: Result;
  evidence: readonly EvidenceEvent[];
  notices?: readonly Notice[];
}

/** Fifty people at once share the one connection of the embedded database; they wait their turn instead of failing. */
const TIMES = { maxWait: 30_000, timeout: 30_000 };

export interface LongChange {
  /** Timeout in milliseconds, for what takes longer than a form. */
  timeout: number;
  /** Called with the number of rows of evidence written so far. */
  onEvidence?: (count: number) => void;
}

/**
 * The only way in which the portal changes its records: state, evidence and what
 * people are told in one transaction, all or nothing.
 * Evidence is written last, because everybody who appends to the same chain waits from there to the commit.
 * @param change receives the transaction; if it throws, everything is rolled back and the error is rethrown
 * @throws NotRecentlySignedIn if the act needs a recent sign-in; then nothing is changed
 */
export async function transact<Result>(
  change: (tx: Tx) => Promise<Change<Result>>,
  { onEvidence, ...long }: Partial<LongChange> = {},
): Promise<Result> {
  let isMailWaiting = false;
  const request = getRequestContext();
  const done = await getDatabase().$transaction(
    async (tx) => {
      const { result, evidence, notices = [] } = await change(tx);
      request?.requireForActs?.(evidence, clock.now());
      isMailWaiting = notices.length > 0 && (await writeNotices(tx, notices, clock.now()));
      const bodies = [...new Set(evidence.map(({ body }) => body))].sort(); // always the same order of locks, to avoid deadlocks
      for (const body of bodies) {
        const ofBody = evidence.filter((event) => event.body === body);
        await insertEvidence(tx, body, ofBody, onEvidence);
        await queueWebhookMessages(tx, body, ofBody.length, clock.now());
      }
      if (request) request.isCommitting = true;
      return result;
    },
    { ...TIMES, ...long },
  );
  if (request) request.isCommitting = false;
  if (isMailWaiting) signalSender();
  return done;
}
