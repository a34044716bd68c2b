import { createHash, randomBytes } from "node:crypto";
import {
  CHAIN_START,
  textAroundPlace,
  textToCommit,
  type ChainHead,
  type EvidenceRow,
} from "#domain/evidence/journal/chain.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Tx } from "#server/base/db/database.ts";

export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** The newest row of a body's chain. */
export async function findHead(tx: Tx, body: string): Promise<ChainHead> {
  const last = await tx.evidence.findFirst({
    where: { body },
    orderBy: { position: "desc" },
    select: { position: true, hash: true },
  });
  return last ?? { position: 0, hash: CHAIN_START };
}

/** The last row of a body's chain that was written about something before a moment. */
export async function findHeadBefore(tx: Tx, body: string, before: Date): Promise<ChainHead> {
  const last = await tx.evidence.findFirst({
    where: { body, at: { lt: before } },
    orderBy: [{ at: "desc" }, { position: "desc" }],
    select: { position: true, hash: true },
  });
  return last ?? { position: 0, hash: CHAIN_START };
}

/** Rows per statement: a list of people writes a hundred thousand. */
const ROWS_AT_ONCE = 1000;

/**
 * Appends events to the chain of a body, in order. Others who append to the same chain wait from here to the end of this
 * transaction: all that can be computed before is, and the database locks, hashes and inserts in one call.
 * @param events all of this body
 * @param onWritten called with the number written so far, for long imports
 */
export async function insertEvidence(
  tx: Tx,
  body: string,
  events: readonly EvidenceEvent[],
  onWritten: (count: number) => void = () => {},
): Promise<void> {
  const prepared = events.map(prepare);
  for (let from = 0; from < prepared.length; from += ROWS_AT_ONCE) {
    const rows = prepared.slice(from, from + ROWS_AT_ONCE);
    await tx.$executeRaw`SELECT append_evidence(${body}, ${JSON.stringify(rows)}::jsonb)`;
    onWritten(from + rows.length);
  }
}

/** A row without its place in the chain, the text that is hashed around that place, and the text beside the chain. */
function prepare(event: EvidenceEvent) {
  const salt = event.detail ? randomBytes(16).toString("hex") : null;
  const detail = event.detail ? JSON.stringify(event.detail) : null;
  const columns = {
    body: event.body,
    event: event.event,
    at: event.at,
    actor: event.actor,
    subject: event.subject,
    policy: event.on?.policy ?? null,
    version: event.on?.version ?? null,
    contentHash: event.on?.hash ?? null,
    data: JSON.stringify(event.data ?? {}),
    commitment: salt !== null && detail !== null ? sha256(textToCommit(salt, detail)) : null,
  };
  return { ...columns, ...textAroundPlace(columns), salt, detail };
}

/** Rows of what a person did, newest first: all, or the first `most`. */
export async function listEvidenceBy(tx: Tx, { body, actor }: { body: string; actor: string }, most?: number) {
  const which = { where: { body, actor }, orderBy: { position: "desc" } } as const;
  return most === undefined ? tx.evidence.findMany(which) : tx.evidence.findMany({ ...which, take: most });
}

export const countEvidenceBy = async (tx: Tx, { body, actor }: { body: string; actor: string }): Promise<number> =>
  tx.evidence.count({ where: { body, actor } });

/** The row of one event about one subject, or null. */
export const findEvidenceAbout = async (
  tx: Tx,
  { body, subject, events }: { body: string; subject: string; events: readonly EvidenceEvent["event"][] },
): Promise<EvidenceRow | null> =>
  tx.evidence.findFirst({ where: { body, subject, event: { in: [...events] } }, orderBy: { position: "asc" } });
