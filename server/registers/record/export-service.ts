import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { writeRecordSearch, type RecordSearch } from "#domain/registers/record/search.ts";
import { clock } from "#server/base/clock.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { searchRecords, type StoredRecord } from "./repository.ts";

/** All results of a search as a file, with evidence of who exported it; null for those who may not. */
export async function exportRecords(
  actor: Actor,
  search: RecordSearch,
): Promise<{ fileName: string; records: StoredRecord[] } | null> {
  if (!can(actor, "record.read-register", actor)) return null;
  const at = clock.now();
  const day = calendarDay(at);
  const fileName = `captured-records-${day}`;
  return transact(async (tx) => {
    const records = await searchRecords(tx, actor.body, search, { today: day });
    const event = { body: actor.body, event: "record.exported", at, actor: actor.personId } as const;
    return {
      result: { fileName, records },
      evidence: [
        {
          ...event,
          subject: `${fileName}.csv`,
          data: { records: records.length },
          detail: { search: writeRecordSearch(search) },
        },
      ],
    };
  });
}
