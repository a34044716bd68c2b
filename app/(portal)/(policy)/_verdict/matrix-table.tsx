import { Link, VisuallyHidden } from "#app/_ui/layout.tsx";
import type { OwnWords, Verdict } from "#domain/policy/decision/verdict.ts";
import { VerdictWord } from "./verdict-word.tsx";

type MatrixTableCell = {
  /** Where it leads; without it the cell is not a link. */
  href?: string | undefined;
  /** The id by which a page finds it again. */
  id?: string | undefined;
  /** Null if it depends: the notes say on what. */
  verdict: Verdict | null;
  /** Small lines below its word, such as what would change it. */
  notes?: readonly string[] | undefined;
  /** Emphasised below them: that it changed, or is allowed to the reader. */
  marks?: readonly string[] | undefined;
  current?: boolean | undefined;
  /** Why, if it is chosen: on a phone it is shown within the cell. */
  reason?: React.ReactNode;
};

type MatrixTableProps = {
  caption: React.ReactNode;
  /** What the rows are, in the corner: "Who is it for?". */
  corner?: string | undefined;
  columns: { key: string; label: string }[];
  /** `cells` in the order of `columns`. On a phone, rows are left out whose `isShown` is false. */
  rows: { key: string; label: string; cells: MatrixTableCell[]; isShown?: boolean }[];
  /** The words of the policy that the verdicts are from. */
  words: OwnWords["words"];
  /** Chooses which row a phone shows. */
  choose?: React.ReactNode;
  /** The policy card that it is printed on: type as small as the card's. */
  onCard?: "wall" | "wallet" | undefined;
};

/** Where an address leads that chooses a cell, at every width. */
export const CHOSEN_CELL_ID = "chosen";

/** With more columns it is always a list. */
export const MOST_IN_A_GRID = 5;

/** How wide the container must be for a table with this many columns. */
const STACKED: Record<number, string> = { 3: "48rem", 4: "52rem", 5: "60rem" };

/** Small type in print, so that many columns still fit across a page. */
const PAPER_TYPE = {
  few: "print:text-[9.5pt] print:[--text-small:9.5pt]",
  many: "print:text-[8.5pt] print:[--text-small:8.5pt]",
  wall: "print:text-[9.5pt]",
  wallet: "print:text-[6pt] print:[--text-small:6pt]",
};

// In print and in forced colours a cell has no tint, so its edge is drawn.
const FIELD =
  "flex h-full min-h-16 flex-col justify-center rounded-card border-2 bg-verdict-tint px-[0.9rem] py-[0.85rem] text-ink no-underline print:min-h-0 print:wrap-anywhere";
const FIELD_TO_READ =
  "border-transparent print:border print:border-line forced-colors:border forced-colors:border-[CanvasText]";
const FIELD_TO_PRESS =
  "border-transparent hover:border-verdict focus-visible:relative focus-visible:z-1 print:border print:border-line forced-colors:border forced-colors:border-[LinkText]";
const FIELD_CHOSEN =
  "border-verdict not-focus-visible:[box-shadow:inset_0_0_0_2px_var(--verdict)] focus-visible:relative focus-visible:z-1 print:border-[3px] print:border-ink print:[box-shadow:none]! forced-colors:border-4 forced-colors:border-[Highlight]";

/**
 * Verdicts by row and column in a real table, with a link in every cell whose name says row, column and verdict. If the
 * container is too narrow for the columns, it becomes a list by row, each cell naming its column; with more columns
 * than fit anywhere it is always a list, in print too, and if there is room several cells are side by side. The roles
 * are written out because `display: block` would remove them.
 */
export function MatrixTable(props: MatrixTableProps) {
  const { caption, corner, columns, rows, words, choose, onCard } = props;
  const count = columns.length;
  const fits = count <= MOST_IN_A_GRID;
  const hasNarrowColumns = count === 4 || count === 5;
  const headerType = hasNarrowColumns ? "@min-[38rem]:text-(length:--text-small)" : "";
  const paperType = PAPER_TYPE[onCard === "wallet" ? onCard : count > 3 ? "many" : (onCard ?? "few")];
  const header = "px-[0.9rem] py-2 text-start align-bottom hyphens-auto first:ps-0 print:p-[4pt] stacked:block";
  const rowLook = fits
    ? "stacked:block"
    : "block @min-[30rem]:grid @min-[30rem]:grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] @min-[30rem]:gap-2";
  return (
    <div className="no-address @container" data-stacked={fits ? (STACKED[count] ?? "38rem") : "always"}>
      {choose && <div className="no-print mb-2 space-y-2 sm:hidden">{choose}</div>}
      {/* Extended by its own spacing, so that its text aligns with the page's. */}
      <table
        role="table"
        className={`-mx-[0.4rem] w-[calc(100%+0.8rem)] table-fixed border-separate border-spacing-[0.4rem] print:mx-0 print:w-full print:border-spacing-[2pt] stacked:mx-0 stacked:block stacked:w-full ${paperType}`}
      >
        <caption className="mb-2 ps-[0.4rem] text-start text-small text-soft print:p-[4pt] print:ps-0 stacked:block stacked:ps-0">
          {caption}
        </caption>
        <TableHead corner={corner} columns={columns} header={header} headerType={headerType} />
        <tbody role="rowgroup" className="stacked:block">
          {rows.map((row) => (
            <tr key={row.key} role="row" className={`${rowLook} ${row.isShown === false ? "max-sm:hidden!" : ""}`}>
              <th
                role="rowheader"
                scope="row"
                className={`py-3 pe-4 text-start align-middle leading-[1.3] hyphens-auto print:[font-size:inherit]! stacked:block stacked:pe-0 stacked:pt-6 stacked:pb-2 stacked:text-(length:--text-lead) ${headerType} ${fits ? "" : "@min-[30rem]:col-span-full"}`}
              >
                {row.label}
              </th>
              {row.cells.map((cell, index) => (
                // A height on the cell lets the link fill it, so that the whole cell can be pressed.
                <td
                  key={columns[index]?.key ?? index}
                  id={cell.current ? CHOSEN_CELL_ID : undefined}
                  role="cell"
                  data-verdict={cell.verdict ?? "depends"}
                  className={`h-px scroll-mt-6 p-0 stacked:block stacked:h-auto ${fits ? "stacked:mb-2" : "mb-2 @min-[30rem]:mb-0"}`}
                >
                  <CellField
                    cell={cell}
                    look={`${onCard === "wallet" ? "print:p-[2pt]" : "print:px-[4pt] print:py-[5pt]"} ${fits ? "" : "@min-[30rem]:justify-start"}`}
                  >
                    <CellWords
                      cell={cell}
                      row={row.label}
                      column={columns[index]?.label ?? ""}
                      inNarrowColumn={hasNarrowColumns}
                      words={words}
                    />
                  </CellField>
                  {cell.reason && <div className="mt-2 sm:hidden">{cell.reason}</div>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type TableHeadProps = Pick<MatrixTableProps, "corner" | "columns"> & { header: string; headerType: string };

const TableHead = ({ corner, columns, header, headerType }: TableHeadProps) => (
  <thead role="rowgroup" className="stacked:sr-only">
    <tr role="row" className="stacked:block">
      {corner ? (
        <th role="columnheader" scope="col" className={`${header} text-small font-normal text-soft`}>
          {corner}
        </th>
      ) : (
        <td role="cell" className="stacked:block" />
      )}
      {columns.map((column) => (
        <th key={column.key} role="columnheader" scope="col" className={`${header} ${headerType} leading-[1.3]`}>
          {column.label}
        </th>
      ))}
    </tr>
  </thead>
);

type CellWordsProps = Pick<MatrixTableProps, "words"> & {
  cell: MatrixTableCell;
  row: string;
  column: string;
  inNarrowColumn: boolean;
};

/** The verdict, with the names of row and column for screen readers. */
const CellWords = ({ cell, row, column, inNarrowColumn, words }: CellWordsProps) => (
  <>
    {cell.href !== undefined && <VisuallyHidden>{`${row}, ${column}: `}</VisuallyHidden>}
    <span aria-hidden="true" className="mb-0.5 hidden text-small text-soft stacked:block">
      {column}
    </span>
    <VerdictWord verdict={cell.verdict} inNarrowColumn={inNarrowColumn} words={words} />
    {cell.notes?.map((note) => (
      <span key={note} className="mt-1 block text-small leading-snug text-ink">
        {note}
      </span>
    ))}
    {cell.marks?.map((mark) => (
      <span
        key={mark}
        className="mt-1.5 block border-s-3 border-current ps-[0.6rem] text-small leading-snug font-bold text-ink"
      >
        {mark}
      </span>
    ))}
    {cell.current && <span className="mt-1 block text-small leading-snug font-bold">Selected</span>}
  </>
);

type CellFieldProps = { cell: MatrixTableCell; look: string; children: React.ReactNode };

const CellField = ({ cell: { href, id, current }, look, children }: CellFieldProps) =>
  href === undefined ? (
    <div className={`${FIELD} ${FIELD_TO_READ} ${look}`}>{children}</div>
  ) : (
    <Link
      href={href}
      data-cell={id}
      aria-current={current ? "true" : undefined}
      className={`${FIELD} ${current ? FIELD_CHOSEN : FIELD_TO_PRESS} ${look}`}
    >
      {children}
    </Link>
  );
