import type { SeenState } from "#domain/policy/policy/outside-rule.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import type { Tx } from "#server/base/db/database.ts";

/** The states of all rules that were ever seen, the oldest first. */
export async function listSeenStates(tx: Tx): Promise<SeenState[]> {
  return tx.outsideRuleState.findMany({ orderBy: [{ seenAt: "asc" }, { id: "asc" }] });
}

export async function insertSeenStates(tx: Tx, rows: readonly (SeenState & { id: string })[]): Promise<void> {
  await tx.outsideRuleState.createMany({ data: [...rows] });
}

/** What the policy owners of a body said of rules, the newest first. */
export async function listRuleReadings(tx: Tx, body: string) {
  return tx.outsideRuleReading.findMany({ where: { body }, orderBy: [{ at: "desc" }, { id: "desc" }] });
}

/** Whether a form of this person's was processed already. */
export async function hasReadRule(tx: Tx, personId: string, startKey: string): Promise<boolean> {
  return (await tx.outsideRuleReading.count({ where: { personId, startKey } })) > 0;
}

/** @throws a unique violation if this person's form was processed already */
export async function insertRuleReading(tx: Tx, data: Prisma.OutsideRuleReadingUncheckedCreateInput): Promise<void> {
  await tx.outsideRuleReading.create({ data });
}
