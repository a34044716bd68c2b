/** A long list in pages by keyset: each page begins next to a row of the previous one, never after a number of rows. */

/** Where a page begins: after or before a row, identified by its key; null for the first page. */
export type PageCursor = { after: string } | { before: string } | null;

/** One page of a list, in the list's order, and where the pages on either side begin; null if there is none. */
export interface ListPage<Row> {
  rows: Row[];
  before: PageCursor;
  after: PageCursor;
  /** The place that was asked for is not, or no longer, in the list: this is the first page. */
  isElsewhere?: true;
}

/** A register as somebody may read it: in pages, and whole for a file. */
export interface Register<Row> {
  /** @param size rows per page, if other than usual */
  page(cursor: PageCursor, size?: number): Promise<ListPage<Row>>;
  every(): AsyncIterable<Row>;
}

/**
 * What was asked of a register, by the names in its address: the search term as `q`, the order as `sort`, and its
 * filters. What was not asked for, or is not a choice, is left out.
 */
export type Asked = Readonly<Record<string, string>>;

/** The key that was asked for, if it is one of these. */
export const oneOf = <Key extends string>(all: Readonly<Record<Key, unknown>>, typed: string | undefined) =>
  keysOf(all).find((key) => key === typed);

/** The keys of a closed list. */
export const keysOf = <Key extends string>(all: Readonly<Record<Key, unknown>>): Key[] => Object.keys(all) as Key[];

/** Rows per page, unless a list says otherwise. */
export const ROWS_A_PAGE = 25;

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads the place in a list from an address; null if it names none.
 * @param list prefix of the parameters if a page shows several lists: "own" for "own-after"
 */
export function readPageCursor(query: Query, list?: string): PageCursor {
  const key = (way: "after" | "before") => {
    const value = [query[nameOf(way, list)] ?? []].flat().at(-1) ?? "";
    return /^[\w.-]{1,100}$/.test(value) ? value : null;
  };
  const [after, before] = [key("after"), key("before")];
  if (after !== null) return { after };
  return before === null ? null : { before };
}

/** The parameters of an address that begins at a place in a list; none for the first page. */
export const writePageCursor = (cursor: PageCursor, list?: string): [name: string, value: string][] =>
  Object.entries(cursor ?? {}).map(([way, key]) => [nameOf(way, list), key]);

const nameOf = (way: string, list: string | undefined): string => (list === undefined ? way : `${list}-${way}`);

/** For a page that begins where it was not asked to. */
export const ELSEWHERE = { isElsewhere: true } as const;

/** A page of a list that is in memory; the first page if the place is not in it. @param size rows per page */
export function pageOf<Row>(all: readonly Row[], keyOf: (row: Row) => string, cursor: PageCursor, size = ROWS_A_PAGE) {
  const key = cursor && ("after" in cursor ? cursor.after : cursor.before);
  const at = all.findIndex((row) => keyOf(row) === key);
  const beside = cursor && "before" in cursor ? at - size : at + 1;
  const from = at < 0 || beside < 0 || beside >= all.length ? 0 : beside;
  const rows = all.slice(from, from + size);
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    ...(cursor && at < 0 && ELSEWHERE),
    rows,
    before: first && from > 0 ? { before: keyOf(first) } : null,
    after: last && from + size < all.length ? { after: keyOf(last) } : null,
  };
}

/** The same page with each row converted. */
export const mapPage = <Row, Other>(
  { rows, ...places }: ListPage<Row>,
  make: (row: Row) => Other,
): ListPage<Other> => ({ ...places, rows: rows.map(make) });

/** How many rows a list has, as far as one page shows: "1 group", "more than 25 groups", "25 more groups". */
export function countInWords({ rows, before, after }: ListPage<unknown>, one: string, many: string): string {
  if (before === null)
    return after === null ? `${rows.length} ${rows.length === 1 ? one : many}` : `More than ${rows.length} ${many}`;
  return `${rows.length} more ${rows.length === 1 ? one : many}`;
}
