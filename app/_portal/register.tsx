import { Link, LinkLine, PrintHint } from "../_ui/layout.tsx";
import { FilterForm, SelectField, TextField } from "../_ui/fields.tsx";
import { type DataCell, DataTable, ListedText } from "../_ui/content.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { calendarDay, dateInWords, isDay, timeOfDay } from "#domain/base/calendar/calendar.ts";
import { countInWords, readPageCursor, type Asked, type ListPage, type Register } from "#domain/base/list/page.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { clock } from "#server/base/clock.ts";
import type { CsvCell } from "#server/base/csv-writer.ts";
import { csvResponse } from "./csv-response.ts";
import { BY_NAME, Moment, PageLinks } from "./portal-page.tsx";

/** A column: what of a row stands on the page, and what in the file; one of them may be missing. */
export type RegisterColumn<Row> = { cell?: DataCell<Row>; text?: (row: Row) => CsvCell; numeric?: boolean };

/** The kinds of columns. */
export const column = {
  /** The same words on the page and in the file. */
  words: <Row,>(of: (row: Row) => string | null): RegisterColumn<Row> => ({
    cell: (row) => <ListedText>{of(row) ?? ""}</ListedText>,
    text: of,
  }),
  number: <Row,>(of: (row: Row) => number | null): RegisterColumn<Row> => ({ cell: of, text: of, numeric: true }),
  /** A calendar day. */
  day: <Row,>(of: (row: Row) => string | null): RegisterColumn<Row> => ({
    cell: (row) => {
      const day = of(row);
      return day ? dateInWords(day) : "–";
    },
    text: of,
  }),
  moment: <Row,>(of: (row: Row) => Date | null): RegisterColumn<Row> => ({
    cell: (row) => {
      const at = of(row);
      return at ? <Moment at={at} /> : "–";
    },
    text: momentIn(of),
  }),
  /** The reference, which leads to the row's page. */
  reference: <Row extends { reference: string }>(path: string): RegisterColumn<Row> => ({
    cell: ({ reference }) => (
      <Link href={`${path}/${reference}`} className="whitespace-nowrap">
        {reference}
      </Link>
    ),
    text: ({ reference }) => reference,
  }),
  /** Anything on the page, and in the file what is given for it. */
  shown: <Row,>(cell: DataCell<Row>, text?: (row: Row) => CsvCell): RegisterColumn<Row> => ({
    cell,
    ...(text && { text }),
  }),
  /** In the file only. */
  saved: <Row,>(text: (row: Row) => CsvCell): RegisterColumn<Row> => ({ text }),
  savedMoment: <Row,>(of: (row: Row) => Date | null): RegisterColumn<Row> => ({ text: momentIn(of) }),
};

/** London time, as spreadsheets read it. */
function momentIn<Row>(of: (row: Row) => Date | null): (row: Row) => string | null {
  return (row) => {
    const at = of(row);
    return at && `${calendarDay(at)} ${timeOfDay(at)}`;
  };
}

type Choices = Readonly<Record<string, string>>;

/** A field to filter by: a choice, a day, or a text. */
interface RegisterFilter<Found> {
  label: string;
  /** What can be chosen, by the values in the address; null for a text instead. With nothing to choose from it is left out. */
  choices?: Choices | ((found: Found) => Choices | null);
  /** What it is where nothing was chosen, if it cannot be all. */
  usual?: (found: Found) => string;
  isDay?: true;
}

interface RegisterDefinition<Row, Found extends Register<Row>> {
  /** The address of the page that it stands on. */
  path: string;
  /** The address of its file, if there is one. */
  file?: string;
  /** What the file is called before its day, if not as its address. */
  fileName?: (found: Found) => string;
  /** What it lists, for screen readers: "All holds". */
  caption: string;
  /** One row and several: "hold", "holds". */
  one: string;
  many: string;
  /** What the search searches: "Reference or name"; left out if nothing can be searched. */
  search?: string;
  filters?: Readonly<Record<string, RegisterFilter<Found>>>;
  /** The orders by their names in the address, the usual one first. Those for names are called by "name". */
  orders?: Choices;
  columns: Readonly<Record<string, RegisterColumn<Row>>>;
  /** What is said if there are no rows at all. */
  empty: React.ReactNode;
  /** The register as far as the reader may read it; null for those who may not. */
  read(actor: Actor, asked: Asked): Promise<Found | null> | Found | null;
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One page of a register, as it was asked for. */
export interface RegisterPage<Row, Found> {
  found: Found;
  page: ListPage<Row>;
  asked: Asked;
  /** Whether the page is a long one, to be printed. */
  isToPrint: boolean;
  /** As typed, where it is no day, or lies before `from`. */
  wrong: Asked;
}

/** Rows on a page that is to be printed. */
const ROWS_TO_PRINT = 500;
const TO_PRINT: [string, string] = ["rows", String(ROWS_TO_PRINT)];

/** What is said if a search or filters find nothing. */
const NOTHING_FITS = "Nothing fits. Check the spelling, type less of it, choose something else, or clear it all.";

/**
 * Everything that a register needs, from one description: its search, filters, orders, table and pages on a page, and
 * the same columns with the same filters as a file. It works without scripts: what is asked for stands in the address.
 * Name the row's type: `defineRegister<HoldEntry>({…})`.
 */
export function defineRegister<Row, Found extends Register<Row> = Register<Row>>(
  definition: RegisterDefinition<Row, Found>,
) {
  const { path, file, columns } = definition;
  const stand = (query: Query) => readAsked(definition, query);
  /** Rows as a file. @param fileName without ".csv" */
  const respond = (fileName: string, rows: AsyncIterable<Row>) => {
    const saved = Object.entries(columns).flatMap(([label, { text }]) => (text ? [[label, text] as const] : []));
    return csvResponse(fileName, Object.fromEntries(saved), rows);
  };
  const tableOf = ({ page, asked }: RegisterPage<Row, Found>, tick?: Tick<Row>) =>
    drawTable(definition, page.rows, asked, tick);
  return {
    /** A page of it, by the page's address; null for those who may not read it. */
    async read(actor: Actor, query: Query): Promise<RegisterPage<Row, Found> | null> {
      const { asked, wrong } = stand(query);
      const found = await definition.read(actor, asked);
      if (!found) return null;
      const isToPrint = lastOf(query, "rows") === TO_PRINT[1];
      const page = await found.page(readPageCursor(query), isToPrint ? ROWS_TO_PRINT : undefined);
      return { found, page, asked, wrong, isToPrint };
    },
    /** What a query asks for, without what it cannot. */
    asked: (query: Query) => stand(query).asked,
    /** The table alone. @param tick puts a box before what names a row */
    table: tableOf,
    /** The search and the filters, the table, the pages, and the file. @param table the one in a form, if rows can be ticked */
    show(shown: RegisterPage<Row, Found>, table: React.ReactNode = tableOf(shown)) {
      const { page, asked, isToPrint } = shown;
      const filters = Object.entries(asked);
      const isAsked = filters.length > 0;
      const address = (to: string, more: [string, string][] = []) =>
        `${to}${filters.length + more.length > 0 ? `?${new URLSearchParams([...filters, ...more]).toString()}` : ""}`;
      const isAll = Object.values(definition.filters ?? {}).every(({ usual }) => usual === undefined);
      if (page.rows.length === 0 && !isAsked && isAll) return table;
      return (
        <>
          <RegisterFilters definition={definition} shown={shown} />
          <p role="status">
            {countInWords(page, definition.one, definition.many)}
            {inWords(definition, shown)}
          </p>
          {table}
          <PageLinks
            label={`Pages: ${definition.caption}`}
            page={page}
            path={path}
            filters={isToPrint ? [...filters, TO_PRINT] : filters}
            words={(asked["sort"] ?? Object.keys(definition.orders ?? {})[0]) === "name" ? BY_NAME : undefined}
          />
          <div className="no-print space-y-2">
            {file && page.rows.length > 0 && <LinkLine href={address(file)}>Save this list as a file (CSV)</LinkLine>}
            {!isToPrint && (page.before ?? page.after) !== null && (
              <LinkLine href={address(path, [TO_PRINT])}>Show {ROWS_TO_PRINT} to a page, to print</LinkLine>
            )}
            <PrintHint />
          </div>
        </>
      );
    },
    /** The route of its file. */
    async file(request: Request): Promise<Response> {
      const { asked } = stand(Object.fromEntries(new URL(request.url).searchParams));
      const found = await definition.read(await requireActor(), asked);
      if (!found || !file) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
      const address = file.replace(/\.csv$/, "").split("/");
      const name = definition.fileName?.(found) ?? address.filter(Boolean).join("-");
      return respond(`${name}-${calendarDay(clock.now())}`, found.every());
    },
    respond,
  };
}

/** Puts a box before what names a row. */
type Tick<Row> = (row: Row, named: React.ReactNode) => React.ReactNode;

function drawTable<Row, Found extends Register<Row>>(
  definition: RegisterDefinition<Row, Found>,
  rows: readonly Row[],
  asked: Asked,
  tick?: Tick<Row>,
) {
  const cells = Object.entries(definition.columns).flatMap(([label, { cell, numeric }]) =>
    cell ? [{ label, cell, numeric }] : [],
  );
  return (
    <DataTable
      caption={captionOf(definition, asked)}
      columns={Object.fromEntries(
        cells.map(({ label, cell, numeric }, index) => [
          label,
          { cell: tick && index === 0 ? (row: Row, at: number) => tick(row, cell(row, at)) : cell, numeric },
        ]),
      )}
      rows={rows}
      empty={Object.entries(asked).length > 0 ? NOTHING_FITS : definition.empty}
    />
  );
}

/** "All holds: newest first". */
function captionOf({ caption, orders = {} }: { caption: string; orders?: Choices }, { sort }: Asked): string {
  const order = orders[sort ?? Object.keys(orders)[0] ?? ""];
  return order === undefined ? caption : `${caption}: ${order.charAt(0).toLowerCase()}${order.slice(1)}`;
}

type AnyDefinition<Row, Found extends Register<Row>> = Pick<
  RegisterDefinition<Row, Found>,
  "path" | "search" | "filters" | "orders"
>;

function readAsked<Row, Found extends Register<Row>>(
  { search, filters = {}, orders = {} }: AnyDefinition<Row, Found>,
  query: Query,
): { asked: Asked; wrong: Asked } {
  const typed = (name: string) => lastOf(query, name).replaceAll("\0", "").trim().slice(0, 200);
  const names = [...(search === undefined ? [] : ["q"]), ...Object.keys(filters), "sort"];
  const given = names.map((name) => [name, typed(name)] as const).filter(([, value]) => value !== "");
  const isChoice = (name: string, value: string) => {
    if (name === "sort") return Object.hasOwn(orders, value) && value !== Object.keys(orders)[0];
    const choices = filters[name]?.choices;
    return typeof choices !== "object" || Object.hasOwn(choices, value);
  };
  const from = typed("from");
  const isWrong = (name: string, value: string) =>
    filters[name]?.isDay === true && (!isDayOfOurTime(value) || (name === "until" && isDay(from) && value < from));
  return {
    asked: Object.fromEntries(given.filter(([name, value]) => isChoice(name, value) && !isWrong(name, value))),
    wrong: Object.fromEntries(given.filter(([name, value]) => isWrong(name, value))),
  };
}

/** A moment of it can be looked for in the database. */
const isDayOfOurTime = (value: string): boolean => isDay(value) && /^(?:19|2[01])/.test(value);

const lastOf = (query: Query, name: string): string => [query[name] ?? []].flat().at(-1) ?? "";

type ShownProps<Row, Found extends Register<Row>> = {
  definition: AnyDefinition<Row, Found>;
  shown: RegisterPage<Row, Found>;
};

function choicesOf<Found>({ choices }: RegisterFilter<Found>, found: Found): Choices | null {
  return (typeof choices === "function" ? choices(found) : choices) ?? null;
}

function RegisterFilters<Row, Found extends Register<Row>>({ definition, shown }: ShownProps<Row, Found>) {
  const { path, search, filters = {}, orders = {} } = definition;
  const { asked, wrong, found } = shown;
  const isAsked = Object.entries(asked).length + Object.entries(wrong).length > 0;
  return (
    <FilterForm action={path} clearHref={isAsked ? path : undefined}>
      {Object.entries(filters).map(([name, filter]) => {
        const { label } = filter;
        const choices = choicesOf(filter, found);
        const usual = filter.usual?.(found);
        const isUsual = asked[name] === undefined || asked[name] === usual;
        if (choices && isUsual && Object.keys(choices).length <= (usual === undefined ? 0 : 1)) return null;
        if (choices)
          return (
            <Choice
              key={name}
              name={name}
              label={label}
              choices={choices}
              chosen={asked[name] ?? usual}
              hasUsual={usual !== undefined}
            />
          );
        const value = wrong[name] ?? asked[name];
        // A date field shows nothing if there is no such day; a text field keeps it.
        const isKept = value !== undefined && !isDayOfOurTime(value);
        const type = filter.isDay ? (isKept ? "text" : "date") : "search";
        const error =
          wrong[name] !== undefined &&
          (isKept ? "Choose a day that exists." : "Choose a day that is not before the first.");
        return <TextField key={name} name={name} label={label} type={type} defaultValue={value} error={error} />;
      })}
      {search !== undefined && <TextField name="q" label={search} type="search" defaultValue={asked["q"]} />}
      {Object.keys(orders).length > 1 && (
        <Choice name="sort" label="Order" choices={orders} chosen={asked["sort"] ?? Object.keys(orders)[0]} hasUsual />
      )}
    </FilterForm>
  );
}

type ChoiceProps = { name: string; label: string; choices: Choices; chosen: string | undefined; hasUsual?: boolean };

/** A value in the address that is not among the choices is still shown, so that it can be removed. */
function Choice({ name, label, choices, chosen = "", hasUsual = false }: ChoiceProps) {
  const all = {
    ...(!hasUsual && { "": "All" }),
    ...choices,
    ...(!Object.hasOwn(choices, chosen) && chosen !== "" && { [chosen]: chosen }),
  };
  const options = Object.entries(all).map(([value, words]) => ({ value, label: words }));
  return <SelectField name={name} label={label} options={options} defaultValue={chosen} />;
}

/** What was asked for, also for paper: `, State: In force, “rota”`. */
function inWords<Row, Found extends Register<Row>>(
  { filters = {}, orders = {} }: AnyDefinition<Row, Found>,
  { asked: { q, sort, ...asked }, found }: RegisterPage<Row, Found>,
): string {
  const parts = Object.entries(asked).map(([name, value]) => {
    const filter = filters[name];
    const words = (filter && choicesOf(filter, found)?.[value]) ?? (filter?.isDay ? dateInWords(value) : value);
    return `${filter?.label ?? name}: ${words}`;
  });
  const order = sort === undefined ? undefined : orders[sort];
  return [...parts, ...(q === undefined ? [] : [`“${q}”`]), ...(order === undefined ? [] : [order])]
    .map((part) => `, ${part}`)
    .join("");
}
