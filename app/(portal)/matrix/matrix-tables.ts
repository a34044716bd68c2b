import { buildTable, type DecisionTable } from "#domain/decision/decision-table.ts";
import { ownTable } from "#domain/exception/coverage.ts";
import type { MatrixData, TableData } from "./matrix-data.ts";
import type { MatrixSource } from "./matrix-picture.ts";

/** What the page works from, built from what it was sent. A table is worked out once for a version. */
export function sourceOf({ place, table: data, before, granted, lastDays }: MatrixData): MatrixSource {
  const table = tableFrom(data);
  return {
    version: { slug: place.policy, version: data.version, wording: {}, table },
    before: before && { version: before.version, table: tableFrom(before) },
    own: granted.length > 0 ? ownTable(table, granted) : null,
    lastDays,
  };
}

const tables = new Map<string, DecisionTable>();
const MOST_REMEMBERED = 20;

function tableFrom({ hash, facts, rules, obligations }: TableData): DecisionTable {
  const key = `${hash} ${obligations.length}`;
  const table = tables.get(key) ?? buildTable(facts, rules, obligations);
  if (tables.size >= MOST_REMEMBERED) tables.clear();
  tables.set(key, table);
  return table;
}
