import { DataTable } from "../_ui/content.tsx";
import type { ShownFigures } from "#domain/gather/figure/figure.ts";

/** Figures for requesters, a table for each question. */
export const FigureTables = ({ tables }: { tables: readonly ShownFigures[] }) => (
  <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2 print:grid-cols-2">
    {tables.map(({ title, what, rows }) => (
      <section key={title}>
        <h3>{title}</h3>
        <DataTable
          caption={title}
          empty="None."
          columns={{ [what]: ({ label }) => label, "How many": { numeric: true, cell: ({ figure }) => figure } }}
          rows={rows}
        />
      </section>
    ))}
  </div>
);
