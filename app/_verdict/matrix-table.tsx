import { PlainLink } from "#app/_ui/plain-link.tsx";
import type { Verdict } from "#domain/policy/decision/verdict.ts";
import type { ReactNode } from "react";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { VerdictCell } from "./verdict-cell.tsx";

export type MatrixTableCell = {
  /** Where it leads; without it the cell is only read. */
  href?: string | undefined;
  /** By which a page finds it again. */
  id?: string | undefined;
  /** Null where it depends: the notes say on what. */
  verdict: Verdict | null;
  notes?: readonly string[] | undefined;
  marks?: readonly string[] | undefined;
  current?: boolean | undefined;
};

type MatrixTableProps = {
  caption: ReactNode;
  captionHidden?: boolean | undefined;
  /** What the rows are, in the corner: "Who is it for?". */
  corner?: string | undefined;
  columns: { key: string; label: string }[];
  /** `cells` in the order of `columns`. */
  rows: { key: string; label: string; cells: MatrixTableCell[] }[];
};

/**
 * Verdicts by row and column in a real table, a link in every cell whose name says row, column and verdict. Where its place is too narrow for the columns it
 * becomes a list by row, each cell naming its column. The roles are written out because `display: block` would
 * take them away.
 */
export function MatrixTable({ caption, captionHidden = false, corner, columns, rows }: MatrixTableProps) {
  const width = columns.length > 5 ? "many" : String(columns.length);
  return (
    <div className="no-address @container">
      <table role="table" className="matrix-table" data-columns={width}>
        <caption className={captionHidden ? "sr-only" : "mb-2 text-small text-soft"}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {corner ? (
              <th role="columnheader" scope="col" className="text-small font-normal text-soft">
                {corner}
              </th>
            ) : (
              <td role="cell" />
            )}
            {columns.map((column) => (
              <th key={column.key} role="columnheader" scope="col">
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={row.key} role="row">
              <th role="rowheader" scope="row">
                {row.label}
              </th>
              {row.cells.map((cell, index) => (
                <td key={columns[index]?.key ?? index} role="cell" data-verdict={cell.verdict ?? "depends"}>
                  <CellField cell={cell}>
                    {cell.href !== undefined && (
                      <VisuallyHidden>{`${row.label}, ${columns[index]?.label ?? ""}: `}</VisuallyHidden>
                    )}
                    <span aria-hidden="true" className="matrix-column mb-0.5 text-small text-soft">
                      {columns[index]?.label}
                    </span>
                    <VerdictCell verdict={cell.verdict} notes={cell.notes} marks={cell.marks} />
                    {cell.current && <span className="mt-1 block text-small leading-snug font-bold">Selected</span>}
                  </CellField>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CellField({ cell: { href, id, current }, children }: { cell: MatrixTableCell; children: ReactNode }) {
  if (href === undefined) return <div>{children}</div>;
  return (
    <PlainLink href={href} data-cell={id} aria-current={current ? "true" : undefined}>
      {children}
    </PlainLink>
  );
}
