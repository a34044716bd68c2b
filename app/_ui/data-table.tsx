import type { ReactNode } from "react";

/** What a column shows of a row. */
export type DataCell<Row> = (row: Row, at: number) => ReactNode;

/** A column: what it shows, and how; false for none. */
export type DataColumn<Row> =
  | false
  | DataCell<Row>
  | {
      cell: DataCell<Row>;
      numeric?: boolean | undefined;
      /** For the first column: whether a row shown as a card also has its label. For numbers, which say nothing alone. */
      onCard?: boolean | undefined;
    };

type DataTableProps<Row> = {
  caption: ReactNode;
  /** False for a table that no heading on the page says the same of. */
  captionHidden?: boolean | undefined;
  /** By their labels, in their order. The first column names the row. */
  columns: Readonly<Record<string, DataColumn<NoInfer<Row>>>>;
  rows: readonly Row[];
  empty?: ReactNode;
};

/** As tall as a thumb needs, aligned with the words beside it: it extends into the row's padding. */
const TALL_LINKS = "@min-[56rem]:[&_td_.min-h-target]:-my-[0.6rem]";

/**
 * A real table; if its container is too narrow, each row becomes a card with its labels. The roles are written out
 * because `display: block` would hide them from screen readers.
 */
export function DataTable<Row>({ caption, captionHidden = true, columns, rows, empty }: DataTableProps<Row>) {
  if (rows.length === 0 && empty !== undefined) return <p className="text-soft">{empty}</p>;
  const all = Object.entries(columns).flatMap(([label, column]) => {
    if (column === false) return [];
    return { label, ...(typeof column === "function" ? { cell: column, numeric: false, onCard: false } : column) };
  });
  return (
    <div className="@container" data-stacked={all.length > 4 ? "56rem" : "38rem"}>
      <table role="table" className={`w-full text-start stacked:block ${TALL_LINKS}`}>
        <caption className={captionHidden ? "sr-only" : "pb-2 text-start text-lead font-bold stacked:block"}>
          {caption}
        </caption>
        <thead role="rowgroup" className="stacked:sr-only">
          <tr role="row" className="stacked:block">
            {all.map(({ label, numeric }) => (
              <th
                key={label}
                role="columnheader"
                scope="col"
                className={`border-b-2 border-edge py-3 pe-5 align-bottom text-(length:--text-small) text-soft last:pe-0 stacked:block ${numeric ? "text-end tabular-nums" : "text-start"}`}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="stacked:block">
          {rows.map((row, at) => (
            <tr key={at} role="row" className="data-row">
              {all.map(({ label, cell, numeric, onCard }, index) =>
                index === 0 ? (
                  <th
                    key={label}
                    role="rowheader"
                    scope="row"
                    data-label={onCard ? label : undefined}
                    className={`data-cell text-start stacked:text-(length:--text-body) ${onCard ? "stacked:label-before" : ""}`}
                  >
                    {cell(row, at)}
                  </th>
                ) : (
                  <td
                    key={label}
                    role="cell"
                    data-label={label}
                    className={`data-cell ${numeric ? "text-end" : "text-start"} stacked:text-start stacked:label-before stacked:empty:hidden`}
                  >
                    {cell(row, at)}
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
