import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { Asked } from "#domain/base/list/page.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readEvery } from "#server/base/db/list-page.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { countRecords, foundRecordList, type ListedRecord } from "./repository.ts";

/**
 * All results of a search as a file, with evidence of who exported it; null for those who may not. The records are read
 * while they are taken.
 */
export async function exportRecords(
  actor: Actor,
  asked: Asked,
): Promise<{ fileName: string; records: AsyncIterable<ListedRecord> } | null> {
  if (!can(actor, "record.read-register", actor)) return null;
  const at = clock.now();
  const day = calendarDay(at);
  const fileName = `captured-records-${day}`;
  const listIn = (tx: Parameters<typeof foundRecordList>[0]) =>
    foundRecordList(tx, actor.body, asked, { today: day, until: at });
  await transact(async (tx) => {
    const records = await countRecords(tx, listIn(tx));
    const event = { body: actor.body, event: "record.exported", at, actor: actor.personId } as const;
    return {
      result: undefined,
      evidence: [
        {
          ...event,
          subject: `${fileName}.csv`,
          data: { records },
          detail: { search: new URLSearchParams(asked).toString() },
        },
      ],
    };
  });
  return { fileName, records: readEvery(listIn(getDatabase())) };
}
