import type { SeenState } from "#domain/policy/policy/outside-rule.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";

/** The states of all rules that were ever seen, the oldest first. */
export const listSeenStates = (tx: Tx) => tx.outsideRuleState.findMany({ orderBy: [{ seenAt: "asc" }, { id: "asc" }] });

export const insertSeenStates = (tx: Tx, rows: readonly (SeenState & { id: string })[]) =>
  tx.outsideRuleState.createMany({ data: [...rows] });

/** What the policy owners of a body said of rules, the newest first. */
export const listRuleReadings = (tx: Tx, body: string) =>
  tx.outsideRuleReading.findMany({ where: { body }, orderBy: [{ at: "desc" }, { id: "desc" }] });

/** Whether a form of this person's was processed already. */
export const hasReadRule = async (tx: Tx, personId: string, startKey: string): Promise<boolean> =>
  (await tx.outsideRuleReading.count({ where: { personId, startKey } })) > 0;

/** @throws a unique violation if this person's form was processed already */
export const insertRuleReading = (tx: Tx, data: Prisma.OutsideRuleReadingUncheckedCreateInput) =>
  tx.outsideRuleReading.create({ data });
