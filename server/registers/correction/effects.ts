import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";

/** How many times an entry was corrected. */
export const countCorrections = (tx: Tx, subject: string): Promise<number> =>
  tx.correction.count({ where: { subject } });

/**
 * Writes down what stood in an entry of a register before the actor corrected it, in the transaction that corrects it.
 * @param seen how many corrections their form showed
 * @returns false if somebody else corrected it meanwhile
 */
export async function insertCorrection(
  tx: Tx,
  { body, personId }: Pick<Actor, "body" | "personId">,
  entry: { subject: string; seen: number; at: Date; reason: string; before: Prisma.InputJsonObject },
): Promise<boolean> {
  const { seen, ...row } = entry;
  const latest = await countCorrections(tx, row.subject);
  if (latest !== seen) return false;
  const data = [{ id: randomUUID(), body, personId, position: seen + 1, ...row }];
  return (await tx.correction.createMany({ data, skipDuplicates: true })).count === 1;
}
