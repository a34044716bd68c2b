import "server-only";
import { createHash, randomBytes } from "node:crypto";
import {
  CHAIN_START,
  textToCommit,
  textToHash,
  type ChainHead,
  type EvidenceRow,
} from "#domain/evidence/journal/chain.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";

/** Any number that no other lock uses; the second key is the body. */
const CHAIN_LOCK = 20_261;

export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** The newest row of a body's chain. */
export async function findHead(tx: Prisma.TransactionClient, body: string): Promise<ChainHead> {
  const last = await tx.evidence.findFirst({
    where: { body },
    orderBy: { position: "desc" },
    select: { position: true, hash: true },
  });
  return last ?? { position: 0, hash: CHAIN_START };
}

/** Rows per statement: a list of people writes a hundred thousand, and a statement takes a limited number of values. */
const ROWS_AT_ONCE = 1000;

/**
 * Appends events to the chain of a body, in order. Others who append to the same chain wait until this transaction
 * ends.
 * @param events all of this body
 * @param onWritten called with the number written so far, for long imports
 */
export async function insertEvidence(
  tx: Prisma.TransactionClient,
  body: string,
  events: readonly EvidenceEvent[],
  onWritten: (count: number) => void = () => {},
): Promise<ChainHead> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK}::int, hashtext(${body}))`;
  let head = await findHead(tx, body);
  for (let from = 0; from < events.length; from += ROWS_AT_ONCE) {
    const rows = events.slice(from, from + ROWS_AT_ONCE).map((event) => {
      const made = toRow(event, head);
      head = { position: made.row.position, hash: made.row.hash };
      return made;
    });
    await writeRows(tx, rows);
    onWritten(from + rows.length);
  }
  return head;
}

/** Each column as one value, which is ten times faster than single values. */
async function writeRows(tx: Prisma.TransactionClient, made: readonly ReturnType<typeof toRow>[]): Promise<void> {
  const rows = JSON.stringify(made.map(({ row }) => row));
  const details = made.flatMap(({ detail }) => detail ?? []);
  await tx.$executeRaw`
    INSERT INTO "Evidence" (body, position, event, at, actor, subject, policy, version, "contentHash", data, commitment, "previousHash", hash)
    SELECT body, position, event, at, actor, subject, policy, version, "contentHash", data, commitment, "previousHash", hash
      FROM jsonb_to_recordset(${rows}::jsonb)
        AS r(body text, position int, event text, at timestamptz, actor text, subject text, policy text, version text,
             "contentHash" text, data text, commitment text, "previousHash" text, hash text)`;
  if (details.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "EvidenceDetail" (body, position, salt, detail)
    SELECT body, position, salt, detail
      FROM jsonb_to_recordset(${JSON.stringify(details)}::jsonb) AS r(body text, position int, salt text, detail text)`;
}

function toRow(event: EvidenceEvent, head: ChainHead) {
  const detail = event.detail ? { salt: randomBytes(16).toString("hex"), text: JSON.stringify(event.detail) } : null;
  const row = {
    body: event.body,
    position: head.position + 1,
    event: event.event,
    at: event.at,
    actor: event.actor,
    subject: event.subject,
    policy: event.on?.policy ?? null,
    version: event.on?.version ?? null,
    contentHash: event.on?.hash ?? null,
    data: JSON.stringify(event.data ?? {}),
    commitment: detail && sha256(textToCommit(detail.salt, detail.text)),
    previousHash: head.hash,
  };
  const { body, position } = row;
  return {
    row: { ...row, hash: sha256(textToHash(row)) },
    detail: detail && { body, position, salt: detail.salt, detail: detail.text },
  };
}

/** Rows of what a person did, newest first: all, or the first `most`. */
export async function listEvidenceBy(
  tx: Prisma.TransactionClient,
  { body, actor }: { body: string; actor: string },
  most?: number,
): Promise<EvidenceRow[]> {
  const which = { where: { body, actor }, orderBy: { position: "desc" } } as const;
  return most === undefined ? tx.evidence.findMany(which) : tx.evidence.findMany({ ...which, take: most });
}

export async function countEvidenceBy(
  tx: Prisma.TransactionClient,
  { body, actor }: { body: string; actor: string },
): Promise<number> {
  return tx.evidence.count({ where: { body, actor } });
}

/** The row of one event about one subject, or null. */
export async function findEvidenceAbout(
  tx: Prisma.TransactionClient,
  { body, subject, events }: { body: string; subject: string; events: readonly EvidenceEvent["event"][] },
): Promise<EvidenceRow | null> {
  return tx.evidence.findFirst({ where: { body, subject, event: { in: [...events] } }, orderBy: { position: "asc" } });
}
