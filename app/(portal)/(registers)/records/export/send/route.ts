import { csvResponse } from "#app/_portal/csv-response.ts";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { readRecordSearch } from "#domain/registers/record/search.ts";
import { exportRecords } from "#server/registers/record/export-service.ts";
import type { StoredRecord } from "#server/registers/record/queries.ts";

/** Hands out what a search found, as a file. A post, because it is written down. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, "/records", async (actor, form) => {
    const { search } = readRecordSearch({ ...form.values });
    const handed = await exportRecords(actor, search);
    return handed && { file: csvResponse(handed.fileName, COLUMNS, handed.records.map(toRow)) };
  });
}

export function GET(): Response {
  return seeOther("/records");
}

const COLUMNS = [
  { key: "reference", header: "Reference" },
  { key: "about", header: "About" },
  { key: "saidOn", header: "Said on" },
  { key: "group", header: "Group" },
  { key: "chat", header: "Chat" },
  { key: "participants", header: "Who took part" },
  { key: "content", header: "What was said" },
  { key: "system", header: "Copied into" },
  { key: "systemReference", header: "Found there as" },
  { key: "class", header: "Retention class" },
  { key: "keepUntil", header: "Kept until" },
  { key: "capturedBy", header: "Captured by" },
  { key: "capturedOn", header: "Captured on" },
  { key: "chatDeletedOn", header: "Deleted from the chat on" },
  { key: "disposedOn", header: "Disposed of on" },
  { key: "disposedBy", header: "Disposal decided by" },
] as const;

function toRow(record: StoredRecord) {
  const { reference, about, saidOn, chat, participants, content, system, systemReference, keepUntil } = record;
  const day = (at: Date | null) => at && calendarDay(at);
  return {
    reference,
    about,
    saidOn,
    chat,
    participants,
    content,
    system,
    systemReference,
    keepUntil,
    group: record.group?.name ?? null,
    class: record.className,
    capturedBy: record.person.name,
    capturedOn: day(record.capturedAt),
    chatDeletedOn: day(record.chatDeletedAt),
    disposedOn: day(record.disposedAt),
    disposedBy: record.disposedBy?.name ?? null,
  };
}
