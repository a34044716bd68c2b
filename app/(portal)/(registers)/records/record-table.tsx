import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { isDue } from "#domain/policy/policy/retention-class.ts";
import type { ListedRecord } from "#server/registers/record/queries.ts";

type Props = {
  caption: string;
  records: readonly ListedRecord[];
  /** Whether to name who captured each: if there are several people. */
  isRegister?: boolean;
  /** Calendar day, if due disposals are to be marked. */
  today?: string;
  empty?: string;
};

/** Records as a list; for those disposed of, the log. */
export function RecordTable({ caption, records, isRegister = false, today, empty }: Props) {
  return (
    <DataTable
      caption={caption}
      captionHidden
      columns={{
        Reference: (record) => (
          <Link href={`/records/${record.reference}`} className="whitespace-nowrap">
            {record.reference}
          </Link>
        ),
        About: (record) => (record.disposedAt ? <Tag>Disposed of</Tag> : <bdi>{record.about}</bdi>),
        "Said on": (record) => dateInWords(record.saidOn),
        "Captured by": isRegister && ((record) => record.person.name),
        Class: (record) => (
          <>
            {record.className ?? "Not chosen yet"}
            {today && isDue(record, today) && (
              <>
                {" "}
                <Tag tone="warning">Disposal is due</Tag>
              </>
            )}
          </>
        ),
      }}
      rows={records}
      empty={empty}
    />
  );
}
