import { DataTable } from "#app/_ui/data-table.tsx";
import type { ShownFigures } from "#domain/gather/figure/figure.ts";

/** Figures for requesters, a table for each question. */
export function FigureTables({ tables }: { tables: readonly ShownFigures[] }) {
  return (
    <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2 print:grid-cols-2">
      {tables.map(({ title, what, rows }) => (
        <DataTable
          key={title}
          caption={title}
          empty="None."
          columns={[
            { key: "label", label: what },
            { key: "figure", label: "How many", numeric: true },
          ]}
          rows={rows.map(({ label, figure }) => ({ key: label, cells: { label, figure } }))}
        />
      ))}
    </div>
  );
}
