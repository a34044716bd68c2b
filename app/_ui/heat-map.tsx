import { Link, VisuallyHidden } from "./layout.tsx";

/** A word on a scale, and a short form for narrow places ("5" for "Almost certain"). */
export type ScaleWord = { label: string; short?: string | undefined };

export type HeatCell = {
  /** Which of the levels, the lowest being 0. */
  level: 0 | 1 | 2 | 3;
  /** How many are here; left out if marks show the place of a single thing. */
  count?: number | undefined;
  href?: string | undefined;
  /** What the count counts, for screen readers: "likely and severe". */
  label?: string | undefined;
  /** What is in this cell: "Before", "After". */
  marks?: string[] | undefined;
};

type HeatMapProps = {
  caption: React.ReactNode;
  /** For a table whose heading on the page already says what it holds. */
  captionHidden?: boolean | undefined;
  xTitle: string;
  yTitle: string;
  levels: ScaleWord[];
  columns: ScaleWord[];
  /** Highest first; `cells` in the order of `columns`. */
  rows: (ScaleWord & { cells: HeatCell[] })[];
};

const TINTS = ["bg-level-0", "bg-level-1", "bg-level-2", "bg-level-3 text-level-3-ink"];

/** Two scales against each other, each cell with its level as a word and a tint. A table at every width. */
export const HeatMap = ({ caption, captionHidden = false, xTitle, yTitle, levels, columns, rows }: HeatMapProps) => (
  <div data-keep="" className="@container relative space-y-2">
    <table className="-mx-1 w-[calc(100%+0.5rem)] table-fixed border-separate border-spacing-0.75 @xl:border-spacing-1 print:mx-0 print:w-full">
      <caption className="px-1 pb-2 text-start">
        <span className={captionHidden ? "sr-only" : "block text-lead font-bold"}>{caption}</span>
        <span className="block text-small text-soft">
          Down: {yTitle}. Across: {xTitle}.
        </span>
      </caption>
      <colgroup>
        <col className={rows.some((row) => row.short) ? "w-7 @xl:w-36" : "w-20 @xl:w-36"} />
        {columns.map((column) => (
          <col key={column.label} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <td />
          {columns.map((column) => (
            <th key={column.label} scope="col" className="px-0.5 pb-1 text-center align-bottom">
              <ScaleName word={column} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <th scope="row" className="pe-1 text-start align-middle @xl:pe-3">
              <ScaleName word={row} />
            </th>
            {row.cells.map((cell, index) => (
              // A height on the cell lets its content fill it.
              <td key={index} className="h-px p-0">
                <Cell cell={cell} level={levels[cell.level]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    <ShortForms title={yTitle} words={rows} />
    <ShortForms title={xTitle} words={columns} />
    <ShortForms title="In the cells" words={levels} />
  </div>
);

const FIELD =
  "relative flex h-full min-h-14 flex-col items-center justify-center rounded-small border border-transparent py-1 text-center @xl:min-h-18 @xl:rounded-card @xl:border-2 @xl:px-2 print:border print:border-ink forced-colors:border";

function Cell({ cell, level }: { cell: HeatCell; level: ScaleWord | undefined }) {
  const look = `${FIELD} ${TINTS[cell.level]}`;
  const words = (
    <>
      {cell.count !== undefined && (
        <span
          className={`text-lead proportional-nums ${cell.count > 0 ? "font-bold" : ""} ${cell.href ? "underline" : ""}`}
        >
          {cell.count}
        </span>
      )}
      {level && (
        <span className="text-[0.8125rem] leading-snug @xl:text-small">
          <ScaleName word={level} />
        </span>
      )}
      {cell.label && <VisuallyHidden>, {cell.label}</VisuallyHidden>}
      {cell.marks?.map((mark) => (
        <strong
          key={mark}
          className="mt-1 block max-w-full rounded-small border border-ink bg-raised text-[0.8125rem] leading-snug text-ink @xl:px-2 @xl:text-small"
        >
          {mark}
        </strong>
      ))}
    </>
  );
  if (!cell.href) return <div className={look}>{words}</div>;
  return (
    <Link href={cell.href} className={`${look} text-inherit no-underline hover:border-current focus-visible:z-1`}>
      {words}
    </Link>
  );
}

const ScaleName = ({ word }: { word: ScaleWord }) =>
  !word.short ? (
    <span className="text-[0.8125rem] leading-snug @xl:text-small">{word.label}</span>
  ) : (
    <>
      <span className="leading-snug @max-xl:sr-only @xl:text-small">{word.label}</span>
      <span aria-hidden="true" className="text-[0.8125rem] leading-snug @xl:hidden">
        {word.short}
      </span>
    </>
  );

/** What the short forms mean, if they are used. Screen readers get the long ones. */
function ShortForms({ title, words }: { title: string; words: ScaleWord[] }) {
  const shortened = words.filter((word) => word.short);
  if (shortened.length === 0) return null;
  return (
    <p aria-hidden="true" className="text-small text-soft @xl:hidden">
      {title}: {shortened.map((word) => `${word.short} ${word.label.toLowerCase()}`).join(", ")}.
    </p>
  );
}
