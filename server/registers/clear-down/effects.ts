import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { ClearDownRule } from "#domain/registers/clear-down/period.ts";
import type { Tx } from "#server/base/db/database.ts";
import { insertEarlierRule } from "./repository.ts";

/**
 * Stores the rule by which a group was cleared until now, so that the ledger shows which rule applied when. To be
 * called in the transaction that changes the rule of an approved group, before the new rule is written.
 * @param was the rule until now
 * @param at the moment of the change
 */
export async function keepEarlierRule(tx: Tx, groupId: string, { clearEveryDays, keepYears }: ClearDownRule, at: Date) {
  await insertEarlierRule(tx, { groupId, until: calendarDay(at), clearEveryDays, keepYears });
}
