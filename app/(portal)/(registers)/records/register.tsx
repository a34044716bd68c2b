import { column, defineRegister } from "#app/_portal/register.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { isDue } from "#domain/policy/policy/retention-class.ts";
import { CLASS_UNSURE, RECORD_STANDINGS } from "#domain/registers/record/record.ts";
import { clock } from "#server/base/clock.ts";
import { getRecordRegister, type ListedRecord, type RecordRegister } from "#server/registers/record/queries.ts";

/**
 * All records of the body, with the search that a request for information needs. Its file is handed out by a form,
 * which writes down who searched for what.
 */
export const records = defineRegister<ListedRecord, RecordRegister>({
  path: "/records",
  caption: "Records found",
  one: "record",
  many: "records",
  search: "Words or reference",
  filters: {
    person: { label: "Person" },
    from: { label: "Said from", isDay: true },
    until: { label: "Said until", isDay: true },
    group: {
      label: "Group",
      choices: ({ groups }) => groups && Object.fromEntries(groups.map(({ reference, name }) => [reference, name])),
    },
    class: {
      label: "Class",
      choices: ({ schedule }) => ({
        ...Object.fromEntries(schedule.map(({ id, name }) => [id, name])),
        [CLASS_UNSURE]: "Not chosen yet",
      }),
    },
    standing: { label: "Standing", choices: RECORD_STANDINGS },
  },
  orders: { newest: "Newest first", oldest: "Oldest first", said: "By the day it was said" },
  columns: {
    Reference: column.reference("/records"),
    About: column.shown(
      (record) => (record.disposedAt ? <Tag>Disposed of</Tag> : <bdi>{record.about}</bdi>),
      ({ about }) => about,
    ),
    "Said on": column.day(({ saidOn }) => saidOn),
    Group: column.saved(({ group }) => group?.name ?? null),
    Chat: column.saved(({ chat }) => chat),
    "Who took part": column.saved(({ participants }) => participants),
    "What was said": column.saved(({ content }) => content),
    "Copied into": column.saved(({ system }) => system),
    "Found there as": column.saved(({ systemReference }) => systemReference),
    "Captured by": column.words(({ person }) => person.name),
    Class: column.shown((record) => (
      <>
        {record.className ?? "Not chosen yet"}{" "}
        {isDue(record, calendarDay(clock.now())) && <Tag tone="warning">Disposal is due</Tag>}
      </>
    )),
    "Retention class": column.saved(({ className }) => className),
    "Kept until": column.saved(({ keepUntil }) => keepUntil),
    "Captured on": column.savedMoment(({ capturedAt }) => capturedAt),
    "Deleted from the chat on": column.savedMoment(({ chatDeletedAt }) => chatDeletedAt),
    "Disposed of on": column.savedMoment(({ disposedAt }) => disposedAt),
    "Disposal decided by": column.saved(({ disposedBy }) => disposedBy?.name ?? null),
  },
  empty: "Nobody has captured a record yet.",
  read: getRecordRegister,
});
