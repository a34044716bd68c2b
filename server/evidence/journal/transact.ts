import "server-only";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { signalSender } from "#server/evidence/outbox/sender-signal.ts";
import { writeNotices } from "#server/evidence/notice/effects.ts";
import { getRequestContext } from "#server/base/request/context.ts";
import { insertEvidence } from "./repository.ts";

/** What a change hands back: its result, and what the journal says of it. Empty only where nothing changed. */
export interface Change<Result> {
  result: Result;
  evidence: readonly EvidenceEvent[];
  /** Whom to tell what. */
  notices?: readonly Notice[];
}

/** Fifty people at once share one connection of the embedded database; they wait their turn rather than fail. */
const TIMES = { maxWait: 30_000, timeout: 30_000 };

export interface LongChange {
  /** For what takes longer than a form: how long it may take, in milliseconds. */
  timeout: number;
  /** Is told how many rows of evidence are written. */
  onEvidence?: (count: number) => void;
}

/**
 * The only way in which the portal changes its records: state, evidence and what
 * people are told in one transaction, all or nothing.
 * Evidence is written last, because everybody who appends to the same chain waits from there to the commit.
 * @param change is given the transaction; what it throws undoes everything and is thrown on
 * @throws NotRecentlySignedIn where it is an act for which somebody has to have signed in lately; nothing is changed
 */
export async function transact<Result>(
  change: (tx: Prisma.TransactionClient) => Promise<Change<Result>>,
  { onEvidence, ...long }: Partial<LongChange> = {},
): Promise<Result> {
  let isMailWaiting = false;
  const request = getRequestContext();
  const done = await getDatabase().$transaction(
    async (tx) => {
      const { result, evidence, notices = [] } = await change(tx);
      request?.requireForActs?.(evidence, clock.now());
      isMailWaiting = notices.length > 0 && (await writeNotices(tx, notices, clock.now()));
      const bodies = [...new Set(evidence.map(({ body }) => body))].sort(); // one order of locks, so nobody deadlocks
      for (const body of bodies) {
        const ofBody = evidence.filter((event) => event.body === body);
        await insertEvidence(tx, body, ofBody, onEvidence);
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
