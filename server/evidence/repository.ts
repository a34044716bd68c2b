import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { CHAIN_START, textToCommit, textToHash, type ChainHead, type EvidenceRow } from "#domain/evidence/chain.ts";
import type { EvidenceEvent } from "#domain/evidence/event.ts";
import type { Prisma } from "#server/db/generated/client.ts";

/** Any number will do, as long as nothing else locks with it; the second key is the body. */
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

/** Appends one event to its body's chain. Others who append to the same chain wait until this transaction ends. */
export async function insertEvidence(tx: Prisma.TransactionClient, event: EvidenceEvent): Promise<ChainHead> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK}::int, hashtext(${event.body}))`;
  const head = await findHead(tx, event.body);
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
  const hash = sha256(textToHash(row));
  await tx.evidence.create({ data: { ...row, hash } });
  if (detail) {
    const { body, position } = row;
    await tx.evidenceDetail.create({ data: { body, position, salt: detail.salt, detail: detail.text } });
  }
  return { position: row.position, hash };
}

/** Rows that a person caused, newest first: all, or the first `most`. */
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

/** The row of one event about one thing, or null. */
export async function findEvidenceAbout(
  tx: Prisma.TransactionClient,
  { body, subject, events }: { body: string; subject: string; events: readonly EvidenceEvent["event"][] },
): Promise<EvidenceRow | null> {
  return tx.evidence.findFirst({ where: { body, subject, event: { in: [...events] } }, orderBy: { position: "asc" } });
}
