import "server-only";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { ClearDownRule } from "#domain/registers/clear-down/period.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { insertEarlierRule } from "./repository.ts";

/**
 * Remembers the rule by which a group was cleared until now. For the service that changes the rule of an approved group:
 * in its transaction, before it writes the new one; so that the ledger tells which rule applied when.
 * @param was the rule that held
 * @param at the moment of the change
 */
export async function keepEarlierRule(
  tx: Prisma.TransactionClient,
  groupId: string,
  { clearEveryDays, keepYears }: ClearDownRule,
  at: Date,
): Promise<void> {
  await insertEarlierRule(tx, { groupId, until: calendarDay(at), clearEveryDays, keepYears });
}
