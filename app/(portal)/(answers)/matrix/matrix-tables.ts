import { buildTable, type DecisionTable } from "#domain/policy/decision/decision-table.ts";
import { ownTable } from "#domain/policy/exception/coverage.ts";
import type { MatrixData, TableContent, TableData } from "./matrix-data.ts";
import type { MatrixSource } from "./matrix-picture.ts";

/** What the page works from, and the texts of the clauses that rules name. */
export interface PageSource extends MatrixSource {
  clauses: TableContent["clauses"];
}

/** Builds it from what the page was sent. A table is worked out once for each version. */
export function sourceOf({ subject, table: data, before, granted, lastDays }: MatrixData): PageSource {
  const { table, clauses } = read(data);
  return {
    version: { slug: subject.policy, version: data.version, wording: {}, table },
    before: before && { version: before.version, table: read(before).table },
    own: granted.length > 0 ? ownTable(table, granted) : null,
    lastDays,
    clauses,
  };
}

interface ReadTable {
  table: DecisionTable;
  clauses: TableContent["clauses"];
}

const known = new Map<string, ReadTable>();
const MOST_REMEMBERED = 20;

function read({ key, json }: TableData): ReadTable {
  const found = known.get(key) ?? build(JSON.parse(json) as TableContent);
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, found);
  return found;
}

function build({ facts, rules, obligations, clauses }: TableContent): ReadTable {
  return { table: buildTable(facts, rules, obligations), clauses };
}
