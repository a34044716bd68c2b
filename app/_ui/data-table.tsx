import type { ReactNode } from "react";

export type DataColumn<Key extends string> = { key: Key; label: string; numeric?: boolean | undefined } & {
  /** Of the first column: whether its label stands on the card, too, where a row becomes one. For numbers, which say nothing alone. */
  onCard?: boolean | undefined;
};

type DataTableProps<Key extends string> = {
  caption: ReactNode;
  /** For a table whose heading on the page already says what it holds. */
  captionHidden?: boolean | undefined;
  /** The first column names the row. */
  columns: DataColumn<Key>[];
  rows: { key: string; cells: Record<Key, ReactNode> }[];
  /** What to say when there are no rows. */
  empty?: ReactNode;
};

/**
 * A real table; where its place is too narrow, each row becomes a card with its labels.
 * The roles are written out because `display: block` would take them away from those who listen.
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
    <div className="@container">
      <table role="table" className="data-table" data-wide={columns.length > 4 ? "" : undefined}>
        <caption className={captionHidden ? "sr-only" : "text-lead font-bold"}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.key} role="columnheader" scope="col" data-numeric={column.numeric ? "" : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={row.key} role="row">
              {columns.map((column, index) =>
                index === 0 ? (
                  <th
                    key={column.key}
                    role="rowheader"
                    scope="row"
                    data-label={column.onCard ? column.label : undefined}
                  >
                    {row.cells[column.key]}
                  </th>
                ) : (
                  <td
                    key={column.key}
                    role="cell"
                    data-label={column.label}
                    data-numeric={column.numeric ? "" : undefined}
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
