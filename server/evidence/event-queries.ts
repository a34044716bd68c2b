import "server-only";
import type { EvidenceRow } from "#domain/evidence/chain.ts";
import type { EvidenceEventName } from "#domain/evidence/event.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { listEvidence } from "./journal-repository.ts";

/** The latest rows of one event of a body, the newest first. For other nouns, which have authorised already. */
export async function listLatestEvents(
  tx: Prisma.TransactionClient,
  body: string,
  event: EvidenceEventName,
  take: number,
): Promise<EvidenceRow[]> {
  return listEvidence(tx, body, { event }, null, take);
}
