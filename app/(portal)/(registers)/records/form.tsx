import { csvResponse } from "#app/_portal/csv-response.ts";
import { current } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { mapEach, readPageCursor } from "#domain/base/list/page.ts";
import { readRecordSearch } from "#domain/registers/record/search.ts";
import { exportRecords } from "#server/registers/record/export-service.ts";
import { getOwnRecords, searchRegister, type ListedRecord } from "#server/registers/record/queries.ts";

/** The reader's own records; for governance officers and auditors, first the body's register with a search. */
export const page = definePage({
  path: "/records",
  async read({ actor, query }) {
    const asked = readRecordSearch(query);
    const [own, register] = await Promise.all([
      getOwnRecords(actor, readPageCursor(query, "own")),
      searchRegister(actor, asked.search, readPageCursor(query)),
    ]);
    return { ...asked, own, register };
  },
  heading: "Captured records",
});

/** Downloads what a search found, as a file. A post, because it is recorded. */
export const exportForm = defineForm(page, {
  action: "/records/export/send",
  fields: {
    words: current(),
    person: current(),
    from: current(),
    until: current(),
    group: current(),
    class: current(),
    standing: current(),
  },
  stored: ({ view }) => ({ ...view.search }),
  async submit({ actor, values }) {
    const handed = await exportRecords(actor, readRecordSearch(values).search);
    return handed && { file: csvResponse(handed.fileName, COLUMNS, mapEach(handed.records, toRow)) };
  },
});

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

function toRow(record: ListedRecord) {
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
