import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { insertReadings } from "./journal-repository.ts";
import { transact } from "./transact.ts";

/**
 * Records that somebody looked at journal entries about others: once for each reader, person and day.
 * @param personIds of the actor's body, as `readOf` of `getEvidenceRegister` returns them
 */
export async function recordReadings(actor: Actor, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0 || !can(actor, "evidence.read", actor)) return;
  const at = clock.now();
  const { body, personId: readerId } = actor;
  await transact(async (tx) => {
    const fresh = await insertReadings(tx, { readerId, day: calendarDay(at) }, personIds);
    const event = { body, event: "evidence.read-of-person", at, actor: readerId } as const;
    return { result: null, evidence: fresh.map((subject) => ({ ...event, subject })) };
  });
}
