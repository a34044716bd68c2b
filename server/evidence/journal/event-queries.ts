import "server-only";
import type { EvidenceRow } from "#domain/evidence/journal/chain.ts";
import type { EvidenceEventName } from "#domain/evidence/journal/event.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { listNewestEvidence, listRowsOn } from "./journal-repository.ts";

/** The latest rows of one event of a body, the newest first. For other rooms, which have authorised already. */
export async function listLatestEvents(
  tx: Prisma.TransactionClient,
  body: string,
  event: EvidenceEventName,
  take: number,
): Promise<EvidenceRow[]> {
  return listNewestEvidence(tx, body, { event }, take);
}

/** Events that change who somebody's line manager is. */
const LINE_EVENTS: readonly EvidenceEventName[] = [
  ...(["person.changed", "person.moved", "person.left", "person.returned", "person.roles-changed"] as const),
  ...(["team.made", "team.changed"] as const),
];

/**
 * Whether one of these (ids of people, references of tokens) changed the line management of any of these people or
 * teams since a moment. For other rooms, which have authorised already.
 */
export async function hasChangedDirectory(
  tx: Prisma.TransactionClient,
  on: { body: string; by: readonly string[]; about: readonly string[]; since: Date },
): Promise<boolean> {
  const rows = await listRowsOn(tx, { ...on, events: LINE_EVENTS });
  return rows.some(({ event, data }) => event !== "person.changed" || /\b(managerId|teamId)\b/.test(data));
}
