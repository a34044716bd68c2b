import { buildTable } from "#domain/policy/decision/decision-table.ts";
import { ownTable, type ExceptionTable } from "#domain/policy/exception/coverage.ts";
import type { MatrixData, TableContent, TableData } from "./matrix-data.ts";
import type { MatrixSource } from "./matrix-picture.ts";

/** What the page works from, and the texts of the clauses that rules name. */
export interface PageSource extends MatrixSource {
  clauses: TableContent["clauses"];
}

/** Builds it from what the page was sent. A table is worked out once for each version. */
export function sourceOf({ subject, table: data, before, granted, lastDays }: MatrixData): PageSource {
  const { table, exceptionRules, clauses, words } = read(data);
  return {
    version: { slug: subject.policy, version: data.version, wording: {}, table, exceptionRules, words },
    before: before && { version: before.version, table: read(before).table },
    own: granted.length > 0 ? ownTable({ table, exceptionRules }, granted) : null,
    lastDays,
    clauses,
  };
}

interface ReadTable extends ExceptionTable {
  clauses: TableContent["clauses"];
  words: TableContent["words"];
}

const known = new Map<string, ReadTable>();
const MOST_REMEMBERED = 20;

function read({ key, json }: TableData): ReadTable {
  const found = known.get(key) ?? build(JSON.parse(json) as TableContent);
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, found);
  return found;
}

function build({ facts, rules, obligations, clauses, lifts, binding, words }: TableContent): ReadTable {
  return { table: buildTable(facts, rules, obligations), exceptionRules: { lifts, binding }, clauses, words };
}
