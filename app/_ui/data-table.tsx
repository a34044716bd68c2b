import type { ReactNode } from "react";

export type DataColumn<Key extends string> = { key: Key; label: string; numeric?: boolean | undefined } & {
  /** For the first column: whether a row shown as a card also has its label. For numbers, which say nothing alone. */
  onCard?: boolean | undefined;
};

type DataTableProps<Key extends string> = {
  caption: ReactNode;
  /** For a table whose heading on the page already says what it holds. */
  captionHidden?: boolean | undefined;
  /** The first column names the row. */
  columns: DataColumn<Key>[];
  rows: { key: string; cells: Record<Key, ReactNode> }[];
  empty?: ReactNode;
};

/** As tall as a thumb needs, aligned with the words beside it: it extends into the row's padding. */
const TALL_LINKS = "@min-[56rem]:[&_td_.min-h-target]:-my-[0.6rem]";

/**
 * A real table; if its container is too narrow, each row becomes a card with its labels. The roles are written out
 * because `display: block` would hide them from screen readers.
 */
export function DataTable<Key extends string>({
  caption,
  captionHidden = false,
  columns,
  rows,
  empty,
}: DataTableProps<Key>) {
  if (rows.length === 0 && empty !== undefined) return <p className="text-soft">{empty}</p>;
  return (
    <div className="@container" data-stacked={columns.length > 4 ? "56rem" : "38rem"}>
      <table role="table" className={`w-full text-start stacked:block ${TALL_LINKS}`}>
        <caption className={captionHidden ? "sr-only" : "pb-2 text-start text-lead font-bold stacked:block"}>
          {caption}
        </caption>
        <thead role="rowgroup" className="stacked:sr-only">
          <tr role="row" className="stacked:block">
            {columns.map((column) => (
              <th
                key={column.key}
                role="columnheader"
                scope="col"
                className={`border-b-2 border-edge py-3 pe-5 align-bottom text-(length:--text-small) text-soft last:pe-0 stacked:block ${column.numeric ? "text-end tabular-nums" : "text-start"}`}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="stacked:block">
          {rows.map((row) => (
            <tr key={row.key} role="row" className="data-row">
              {columns.map((column, index) =>
                index === 0 ? (
                  <th
                    key={column.key}
                    role="rowheader"
                    scope="row"
                    data-label={column.onCard ? column.label : undefined}
                    className={`data-cell text-start stacked:text-(length:--text-body) ${column.onCard ? "stacked:label-before" : ""}`}
                  >
                    {row.cells[column.key]}
                  </th>
                ) : (
                  <td
                    key={column.key}
                    role="cell"
                    data-label={column.label}
                    className={`data-cell ${column.numeric ? "text-end" : "text-start"} stacked:text-start stacked:label-before stacked:empty:hidden`}
                  >
                    {row.cells[column.key]}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
