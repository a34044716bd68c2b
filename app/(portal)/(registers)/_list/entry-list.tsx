import { PageLinks } from "#app/_portal/portal-page.tsx";
import { DataTable, type DataCell } from "#app/_ui/content.tsx";
import { Link, Stack } from "#app/_ui/layout.tsx";
import type { ListPage } from "#domain/base/list/page.ts";

type EntryListProps<Row> = {
  title?: React.ReactNode;
  caption: string;
  /** The address below which the entries have their pages, and on which the list stands. */
  path: string;
  page: ListPage<Row>;
  /** What stands beside the reference. */
  columns: Readonly<Record<string, DataCell<NoInfer<Row>>>>;
  empty: string;
  /** What its pages are called, for screen readers. */
  pages: string;
  /** The name of its place in the address, if the page has several lists. */
  list?: string;
};

/** Entries of a register by their references, such as the reader's own, a page at a time. */
export function EntryList<Row extends { reference: string }>(props: EntryListProps<Row>) {
  const { title, caption, path, page, columns, empty, pages, list } = props;
  const reference = (row: Row) => (
    <Link href={`${path}/${row.reference}`} className="whitespace-nowrap">
      {row.reference}
    </Link>
  );
  return (
    <Stack as="section">
      {title && <h2 id={list}>{title}</h2>}
      <DataTable caption={caption} columns={{ Reference: reference, ...columns }} rows={page.rows} empty={empty} />
      <PageLinks label={pages} page={page} path={path} list={list} />
    </Stack>
  );
}
