import "server-only";
import type { Prisma } from "#server/base/db/generated/client.ts";

/**
 * Takes away the free text that stands beside the chain for one thing, when its retention ends. The rows stay, and the
 * chain holds; what is written in the same transaction afterwards stays too.
 */
export async function eraseEvidenceText(
  tx: Prisma.TransactionClient,
  { body, subject }: { body: string; subject: string },
): Promise<void> {
  const rows = await tx.evidence.findMany({
    where: { body, subject, commitment: { not: null } },
    select: { position: true },
  });
  await tx.evidenceDetail.deleteMany({ where: { body, position: { in: rows.map(({ position }) => position) } } });
}
