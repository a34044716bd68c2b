import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { addDays, addWorkingDays, calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { isDue } from "#domain/policy/policy/retention-class.ts";
import { ANSWER_WITHIN_WORKING_DAYS, MOST_TASKS, type Task } from "#domain/gather/task/task.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { textsOfRecord } from "#domain/registers/record/record.ts";
import { listHeldIds } from "#server/registers/hold/deletion-queries.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { listToDecide } from "./repository.ts";

/** Tasks for governance officers: records whose retention has ended and that no hold keeps, and those without a class. */
export async function listRecordTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "record.dispose", actor)) return [];
  const today = calendarDay(clock.now());
  const tx = getDatabase();
  const [body, found] = await Promise.all([getOwnBody(actor), listToDecide(tx, actor.body, today, MOST_TASKS + 1)]);
  if (!body) return [];
  const due = found.filter(({ keepUntil }) => isDue({ keepUntil, disposedAt: null }, today));
  const held = await listHeldIds(
    tx,
    actor.body,
    due.map((record) => ({ ...record, texts: textsOfRecord(record) })),
  );
  const waiting = found.filter(({ id }) => !held.has(id));
  const dueFrom = (from: string) =>
    addWorkingDays(from, ANSWER_WITHIN_WORKING_DAYS, daysOff(body, from, addDays(from, 60)));
  return waiting.map(({ reference, className, keepUntil, capturedAt }): Task => {
    if (keepUntil !== null && isDue({ keepUntil, disposedAt: null }, today))
      return {
        kind: "dispose-record",
        key: `dispose-record ${reference}`,
        title: `Dispose of ${reference}, or keep it longer`,
        reason: `${className ?? "It"}: kept until ${dateInWords(keepUntil)}.`,
        // A record captured late may have reached the end of its retention on that day.
        due: dueFrom([keepUntil, calendarDay(capturedAt)].sort().at(-1) ?? today),
        href: `/records/${reference}/disposal`,
      };
    return {
      kind: "classify-record",
      key: `classify-record ${reference}`,
      title: `Choose how long ${reference} is kept`,
      reason: "The person who captured it was not sure.",
      due: dueFrom(calendarDay(capturedAt)),
      href: `/records/${reference}/correct`,
    };
  });
}
