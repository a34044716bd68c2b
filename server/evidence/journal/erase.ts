import type { Tx } from "#server/base/db/database.ts";

/**
 * Erases the free text stored beside the chain for one subject, when its retention ends. The rows stay and the chain
 * remains valid; text written later in the same transaction stays too.
 */
export async function eraseEvidenceText(tx: Tx, { body, subject }: { body: string; subject: string }): Promise<void> {
  const rows = await tx.evidence.findMany({
    where: { body, subject, commitment: { not: null } },
    select: { position: true },
  });
  await tx.evidenceDetail.deleteMany({ where: { body, position: { in: rows.map(({ position }) => position) } } });
}
