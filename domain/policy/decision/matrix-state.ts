/** What a matrix shows, and its one address: which facts are the axes, and what applies to the others. */
import type { DecisionTable } from "./decision-table.ts";
import type { Answers, Matrix } from "./rule-file.ts";

/** Used instead of an answer: every answer counts. No fact has an answer with this name (fact.ts). */
export const ANY = "any";

export interface MatrixState {
  /** Two facts of the table. */
  rows: string;
  columns: string;
  /** For every other fact, in table order, an answer or ANY. */
  filters: Answers;
  /** The cell whose reasons are shown. */
  chosen: { row: string; column: string } | null;
  /** The row that is shown where there is room for one only, if no cell is chosen; without it, the first. */
  row?: string;
}

/**
 * What stays while a reader changes the matrix: its policy, version (null for the current one) and the version compared
 * with.
 */
export interface MatrixSubject {
  policy: string;
  version: string | null;
  since: string | null;
  /** The day that it is decided for, YYYY-MM-DD, if another than today was asked for. */
  on?: string | null;
}

type Facts = Pick<DecisionTable, "facts">;
type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The matrix as the policy defines it. */
export const ownState = (table: Facts, matrix: Matrix): MatrixState => ({
  rows: matrix.rows,
  columns: matrix.columns,
  filters: filtersBeside(table, matrix, matrix, {}),
  chosen: null,
});

/** The same with other axes. Filters stay, the chosen cell is dropped; a former axis may have any answer. */
export function withAxes(
  table: Facts,
  matrix: Matrix,
  state: MatrixState,
  axes: Pick<MatrixState, "rows" | "columns">,
): MatrixState {
  const { rows, columns } = axes;
  return { rows, columns, filters: filtersBeside(table, matrix, axes, state.filters), chosen: null };
}

/** Swaps rows and columns: every cell keeps its situation, including the chosen one. */
export function swapped(state: MatrixState): MatrixState {
  const { rows, columns, chosen } = state;
  const { filters } = state;
  return { rows: columns, columns: rows, filters, chosen: chosen && { row: chosen.column, column: chosen.row } };
}

/** Changes one axis. Choosing the fact of the other axis swaps the two. */
export function withAxis(table: Facts, matrix: Matrix, state: MatrixState, axis: "rows" | "columns", fact: string) {
  if (fact === state[axis]) return state;
  if (fact === state[axis === "rows" ? "columns" : "rows"]) return swapped(state);
  return withAxes(table, matrix, state, { rows: state.rows, columns: state.columns, [axis]: fact });
}

/**
 * Reads a query string. If a name is repeated, the last known value counts; anything unknown is dropped. The same fact
 * for both axes is corrected: the axis that was changed gets it, and the other gets the fact that this one had before.
 * `was`, sent by the form, holds the axes before the change ("rows columns"); without it, the policy's own axes are
 * assumed.
 */
export function readState(table: Facts, matrix: Matrix, query: Query): MatrixState {
  const names = table.facts.map(({ name }) => name);
  const before = lastOf(query.was)?.split(" ") ?? [];
  const [wasRows = "", wasColumns = ""] =
    before.length === 2 && before[0] !== before[1] && before.every((name) => names.includes(name))
      ? before
      : [matrix.rows, matrix.columns];
  const axes = {
    rows: lastKnown(query.rows, names) ?? matrix.rows,
    columns: lastKnown(query.columns, names) ?? matrix.columns,
  };
  if (axes.rows === axes.columns) {
    const fact = axes.rows;
    if (fact === wasRows) axes.rows = wasColumns;
    else axes.columns = fact === wasColumns ? wasRows : wasColumns;
  }
  const answers: Record<string, string> = {};
  for (const { name, answers: possible } of table.facts) {
    const given = lastKnown(query[name], [...possible, ANY]);
    if (given !== undefined) answers[name] = given;
  }
  const [row = ANY, column = ANY] = [answers[axes.rows], answers[axes.columns]];
  const chosen = row === ANY || column === ANY ? null : { row, column };
  return {
    ...axes,
    filters: filtersBeside(table, matrix, axes, answers),
    chosen,
    ...(row !== ANY && !chosen && { row }),
  };
}

/**
 * The query string of a matrix, in a fixed order: place, axes unless they are the policy's own, then answers in table
 * order: filters that differ from the policy's assumptions, and those of the chosen cell or the shown row.
 */
export function writeState(
  { policy, version, since, on = null }: MatrixSubject,
  table: Facts,
  matrix: Matrix,
  state: MatrixState,
) {
  const { rows, columns, filters, chosen } = state;
  const row = chosen ? chosen.row : state.row;
  const query = new URLSearchParams({ policy });
  if (version !== null) query.set("version", version);
  if (since !== null) query.set("since", since);
  if (on !== null) query.set("on", on);
  if (rows !== matrix.rows || columns !== matrix.columns) {
    query.set("rows", rows);
    query.set("columns", columns);
  }
  for (const { name } of table.facts) {
    const isAxis = name === rows || name === columns;
    const answer = name === rows ? row : isAxis ? chosen?.column : filters[name];
    if (answer !== undefined && (isAxis || answer !== assumedOf(matrix, name))) query.set(name, answer);
  }
  return query.toString();
}

function filtersBeside(table: Facts, matrix: Matrix, axes: Pick<MatrixState, "rows" | "columns">, chosen: Answers) {
  const others = table.facts.filter(({ name }) => name !== axes.rows && name !== axes.columns);
  return Object.fromEntries(others.map(({ name }) => [name, chosen[name] ?? assumedOf(matrix, name)]));
}

/** What applies to a fact if nobody chose: the policy's assumption. It assumes nothing for its own axes. */
export const assumedOf = (matrix: Matrix, fact: string): string => matrix.assume[fact] ?? ANY;

const lastOf = (given: string | readonly string[] | undefined): string | undefined => [given ?? []].flat().at(-1);

const lastKnown = (given: string | readonly string[] | undefined, known: readonly string[]): string | undefined =>
  [given ?? []]
    .flat()
    .filter((value) => known.includes(value))
    .at(-1);
