import {
  ELSEWHERE,
  ROWS_A_PAGE,
  type Asked,
  type ListPage,
  type PageCursor,
  type Register,
} from "#domain/base/list/page.ts";
import * as Prisma from "#server/base/db/prisma.ts";

// The only way in which long lists are read: by keyset, so that a page far down costs the same as the first one, and
// rows added or removed meanwhile neither repeat nor hide others.

/** Columns to order by, each with its direction; none is nullable, and the last one is unique. */
export type ListOrder<Column extends string = string> = readonly (readonly [
  column: Column,
  direction: "asc" | "desc",
])[];

/** The order of lists of people and the like: by name. */
export const NAME_ORDER = [
  ["name", "asc"],
  ["id", "asc"],
] as const satisfies ListOrder;

/** What a list queries; it is passed to a `findMany` as it is. */
export interface ListPart {
  where: object;
  orderBy: object[];
  take: number;
}

/** The same for a statement in SQL: the row next to which the rows begin, and on which side of it they are. */
export interface ListPlace<Row> {
  beside: Row | null;
  way: "after" | "before";
}

export interface List<Row> {
  /** Whose rows these are, such as those of a body: a place in another's list is not valid here. */
  within: object;
  /** Which of them are shown. A place stays valid if its row is no longer shown. */
  filter?: object;
  /** Which of them a search finds, if one was typed: see `findBy`. */
  found?: (() => Promise<object>) | undefined;
  order: ListOrder<keyof Row & string>;
  /** The unique column that identifies a place in the address. */
  key: keyof Row & string;
  /** Parses a place's key into the column's type; null if it is invalid. */
  readKey?: (typed: string) => string | number | null;
  /** Rows per page. */
  size?: number;
  read(part: ListPart, position: ListPlace<Row>): Promise<Row[]>;
  /**
   * The row that a place's key identifies, if `read` is a statement in SQL, which does not use `within` and `filter`.
   */
  find?: (key: string) => Promise<Row | null>;
}

/** One page of a list, starting from a place; the first page if the place is not, or no longer, in the list. */
export async function readPage<Row extends object>(list: List<Row>, cursor: PageCursor): Promise<ListPage<Row>> {
  const { size = ROWS_A_PAGE } = list;
  const beside = await findBeside(list, cursor);
  const way = beside && cursor && "before" in cursor ? "before" : "after";
  const found = await readBeyond(list, beside, way, size + 1);
  const hasMore = found.length > size;
  if (way === "before" && !hasMore) return readPage(list, null); // the first page is always a full one
  const rows = way === "before" ? found.slice(0, size).reverse() : found.slice(0, size);
  const [first, last] = [rows[0], rows.at(-1)];
  const keyOf = (row: Row) => String(row[list.key]);
  return {
    ...(cursor && !beside && ELSEWHERE),
    rows,
    before: first && beside ? { before: keyOf(first) } : null,
    after: last && (way === "before" || hasMore) ? { after: keyOf(last) } : null,
  };
}

/**
 * Every row of a list, one batch per query: for files that are generated while they are sent. `size` is that of a
 * batch.
 */
export async function* readEvery<Row extends object>(list: List<Row>): AsyncGenerator<Row> {
  for await (const rows of readBatches(list)) yield* rows;
}

async function* readBatches<Row extends object>(list: List<Row>): AsyncGenerator<Row[]> {
  const { size = 500 } = list;
  for (let last: Row | null | undefined = null; last !== undefined;) {
    const rows: Row[] = await readBeyond(list, last, "after", size);
    yield rows;
    last = rows.length < size ? undefined : rows.at(-1);
  }
}

/**
 * A list as one of its readers may see it.
 * @param make the rows that are shown, from those of the database: many at a time, so that it can query for all of them
 */
export const registerOver = <Stored extends object, Row>(
  list: List<Stored>,
  make: (rows: readonly Stored[]) => Promise<Row[]> | Row[],
): Register<Row> => ({
  async page(cursor, size) {
    const { rows, ...places } = await readPage({ ...list, ...(size && { size }) }, cursor);
    return { ...places, rows: await make(rows) };
  },
  async *every() {
    for await (const rows of readBatches(list)) yield* await make(rows);
  },
});

/** A row of the register that a function returns to those who may read it. */
export type RowOf<Get extends (...all: never[]) => unknown> =
  Exclude<Awaited<ReturnType<Get>>, null> extends Register<infer Row> ? Row : never;

/** The order that was asked for; if none, or none of these, the first. What is the same in it goes by its id. */
export const orderFor = <Column extends string>(
  orders: Readonly<Record<string, ListOrder<Column>>>,
  { sort = "" }: Asked,
): ListOrder<Column | "id"> => [
  ...((Object.hasOwn(orders, sort) ? orders[sort] : Object.values(orders)[0]) ?? []),
  ["id", "asc"],
];

async function findBeside<Row>(list: List<Row>, cursor: PageCursor): Promise<Row | null> {
  const { within, key, readKey, read, find } = list;
  const typed = cursor && ("after" in cursor ? cursor.after : cursor.before);
  if (typed === null) return null;
  if (find) return find(typed);
  const value = readKey ? readKey(typed) : typed;
  if (value === null) return null;
  const part = { where: { AND: [within, { [key]: value }] }, orderBy: [], take: 1 };
  return (await read(part, { beside: null, way: "after" }))[0] ?? null;
}

/**
 * For a statement in SQL that lists people by name: the condition for rows beyond a place, and their order.
 * @param first what they are ordered by before that, never null: as SQL, and in a row
 */
export function byName<Row extends { id: string; name: string }>(
  { beside, way }: ListPlace<Row>,
  first?: { sql: Prisma.Sql; of: (row: Row) => string },
): {
  beyond: Prisma.Sql;
  order: Prisma.Sql;
} {
  const isDown = way === "after";
  const columns = [...(first ? [first.sql] : []), Prisma.sql`p.name`, Prisma.sql`p.id`];
  const order = Prisma.join(isDown ? columns : columns.map((column) => Prisma.sql`${column} DESC`));
  if (!beside) return { beyond: Prisma.sql`TRUE`, order };
  const than = isDown ? Prisma.sql`>` : Prisma.sql`<`;
  const values = [...(first ? [first.of(beside)] : []), beside.name, beside.id];
  return { beyond: Prisma.sql`(${Prisma.join(columns)}) ${than} (${Prisma.join(values)})`, order };
}

async function readBeyond<Row extends object>(
  list: List<Row>,
  beside: Row | null,
  way: "after" | "before",
  take: number,
): Promise<Row[]> {
  const { order, read } = list;
  const turned = order.map(
    ([column, direction]) => [column, way === "after" ? direction : opposite(direction)] as const,
  );
  const beyond = beside ? whereBeyond(turned, beside as Readonly<Record<string, unknown>>) : {};
  const orderBy = turned.map(([column, direction]) => ({ [column]: direction }));
  return read({ where: { AND: [await whereOf(list), beyond] }, orderBy, take }, { beside, way });
}

/** What a list holds, whatever the page: for counting it. */
export const whereOf = async ({ within, filter = {}, found }: Pick<List<object>, "within" | "filter" | "found">) => ({
  AND: [within, filter, (await found?.()) ?? {}],
});

const opposite = (direction: "asc" | "desc") => (direction === "asc" ? "desc" : "asc");

/** The rows beyond a given one, in an order. The condition on the first column lets an index scan start there. */
function whereBeyond([first, ...others]: ListOrder, row: Readonly<Record<string, unknown>>): object {
  if (!first) throw new Error("A list is ordered by one column at least.");
  const [column, direction] = first;
  const than = direction === "asc" ? "gt" : "lt";
  const value = row[column];
  if (others.length === 0) return { [column]: { [than]: value } };
  return {
    [column]: { [`${than}e`]: value },
    OR: [{ [column]: { [than]: value } }, whereBeyond(others, row)],
  };
}
