import { Link, LinkLine, VisuallyHidden } from "./layout.tsx";

/** What somebody typed, unchanged: their line breaks, their writing direction, never wider than its container. */
export const UserText = ({ children }: { children: string }) => (
  <TypedText className="block max-w-text wrap-anywhere">{children}</TypedText>
);

const TypedText = ({ className = "", children }: { className?: string; children: string }) => (
  <span dir="auto" className={`${className} whitespace-pre-wrap [unicode-bidi:plaintext]`}>
    {children.replace(/\r\n?/g, "\n")}
  </span>
);

/** Words that a narrow column may break; it is as wide as its longest word otherwise. */
const LONG_WORD = /\S{12}/;

/** So many characters of a text stand in a list before it is opened. */
const MOST_IN_A_LIST = 240;

/** What somebody typed, as one of many: a long text by its beginning, and all of it where one opens it and on paper. */
export function ListedText({ children: text }: { children: string }) {
  if (!LONG_WORD.test(text) && text.length <= MOST_IN_A_LIST) return <TypedText>{text}</TypedText>;
  if (text.length <= MOST_IN_A_LIST)
    return (
      <span className="block min-w-24">
        <UserText>{text}</UserText>
      </span>
    );
  return (
    <details className="group min-w-0">
      <summary className="cursor-pointer list-none print:hidden [&::-webkit-details-marker]:hidden">
        <span className="group-open:hidden">
          <UserText>{`${text.slice(0, MOST_IN_A_LIST).replace(/\s+\S*$/, "")} …`}</UserText>
        </span>
        <span className="inline-flex min-h-target items-center text-accent underline underline-offset-[0.2em]">
          <span className="group-open:hidden">Show all of it</span>
          <span className="hidden group-open:inline">Show less</span>
        </span>
      </summary>
      <UserText>{text}</UserText>
    </details>
  );
}

export type TagTone = "neutral" | "warning" | "good";

const TONES: Record<TagTone, string> = {
  neutral: "bg-sunk text-ink",
  warning: "bg-warning-tint text-warning",
  good: "bg-good-tint text-good",
};

/** A word or two about the state of the thing beside it. The words say it; the tone only helps. */
export const Tag = ({ tone = "neutral", children }: { tone?: TagTone | undefined; children: React.ReactNode }) => (
  <span
    className={`inline-block rounded-small border border-transparent px-2 text-small font-bold print:border-ink ${TONES[tone]}`}
  >
    {children}
  </span>
);

type QuotationProps = {
  number: string;
  link?: { /** A place on a page. */ href: string; label: string } | undefined;
  children: React.ReactNode;
};

/** A numbered statement quoted from a document, with a link to its place. */
export const Quotation = ({ number, link, children }: QuotationProps) => (
  <div data-keep="" className="border-s-4 border-line ps-4">
    <blockquote>
      <span className="me-2.5 font-bold tabular-nums">{number}</span>
      {children}
    </blockquote>
    {link && (
      <LinkLine href={link.href} className="inline-flex min-h-8 items-center">
        {link.label}
      </LinkLine>
    )}
  </div>
);

type MissingProps = {
  /** What is missing, for screen readers: "owner". */
  what?: string | undefined;
  children?: React.ReactNode;
};

/** A gap that a document leaves: shown as a gap, never filled by a guess. */
export const Missing = ({ what, children = "Not stated" }: MissingProps) => (
  <span className="inline-block max-w-full rounded-small border border-dashed border-warning bg-warning-tint px-1.5 leading-snug font-bold text-warning">
    {children}
    {what && <VisuallyHidden>: {what}</VisuallyHidden>}
  </span>
);

type WordChangesProps = { words: readonly { text: string; change: "same" | "added" | "removed" }[] };

/** A text with additions underlined and deletions struck through; announced in words to screen readers. */
export const WordChanges = ({ words }: WordChangesProps) => (
  <p className="max-w-text whitespace-pre-line">
    {words.map(({ text, change }, at) => {
      switch (change) {
        case "added":
          return (
            <ins key={at} className="bg-good-tint decoration-2 underline-offset-2">
              <VisuallyHidden> (added: </VisuallyHidden>
              {text}
              <VisuallyHidden>) </VisuallyHidden>
            </ins>
          );
        case "removed":
          return (
            <del key={at} className="bg-never-tint decoration-2">
              <VisuallyHidden> (removed: </VisuallyHidden>
              {text}
              <VisuallyHidden>) </VisuallyHidden>
            </del>
          );
        case "same":
          return text;
      }
    })}
  </p>
);

type CopyTextProps = {
  id: string;
  label: string;
  text: string;
  /** Lines that are visible without scrolling. */
  lines: number;
};

/** A text to take elsewhere: it can be selected and scrolled with the keyboard, but not changed. */
export const CopyText = ({ id, label, text, lines }: CopyTextProps) => (
  <div className="max-w-form space-y-1.5">
    <label htmlFor={id} className="block font-bold">
      {label}
    </label>
    <textarea
      id={id}
      readOnly
      dir="auto"
      rows={lines}
      value={text}
      className="block [field-sizing:content] min-h-12 w-full rounded-card border-2 border-line bg-sunk px-3.5 py-2.5 print:border"
    />
  </div>
);

type BannerProps = {
  tone?: "info" | "warning" | undefined;
  title: React.ReactNode;
  headingLevel?: 2 | 3 | undefined;
  children?: React.ReactNode;
};

/** What a reader must know about the whole page before reading it. */
export function Banner({ tone = "info", title, headingLevel = 2, children }: BannerProps) {
  const Heading = `h${headingLevel}` as const;
  const warning = tone === "warning";
  return (
    <div
      data-keep=""
      className={`space-y-1.5 rounded-card border px-5 py-4 sm:px-6 print:border-2 print:border-ink ${
        warning ? "border-transparent bg-warning-tint" : "border-line bg-sunk"
      }`}
    >
      <Heading className={`text-body font-bold ${warning ? "text-warning" : "text-ink"}`}>{title}</Heading>
      {children}
    </div>
  );
}

type ConfirmationProps = {
  /** What was done, the page's h1: "You have sent it". */
  title: React.ReactNode;
  /** Up to 16 letters stay on one line of the narrowest phone. */
  reference?: string | undefined;
  /** What else matters at this moment, in a line or two; what happens next comes below the panel. */
  children?: React.ReactNode;
};

/** Confirms that something was sent, first on the page, with what to quote later. */
export const Confirmation = ({ title, reference, children }: ConfirmationProps) => (
  <div
    data-keep=""
    className="@container space-y-4 rounded-field border border-transparent bg-good-tint px-5 py-6 sm:px-9 sm:py-9 print:border-2 print:border-ink print:px-5 print:py-4"
  >
    <h1 className="text-display">{title}</h1>
    {reference && (
      <p>
        Your reference
        <strong className="block text-[length:clamp(1.25rem,10cqi,2.4rem)] leading-tight whitespace-nowrap">
          {reference}
        </strong>
      </p>
    )}
    {children && <div className="space-y-1.5">{children}</div>}
  </div>
);

type ErrorSummaryProps = {
  /** `field` is the id of the field to go to; without it the sentence is not a link. */
  errors: { field?: string | undefined; message: React.ReactNode }[];
};

/**
 * What has to be corrected, before everything else on the page, each with a link to its field. Takes the focus when the
 * page opens, and is announced. Renders nothing without errors.
 */
export function ErrorSummary({ errors }: ErrorSummaryProps) {
  if (errors.length === 0) return null;
  return (
    // The attribute moves the focus without JavaScript.
    <div
      tabIndex={-1}
      // eslint-disable-next-line jsx-a11y/no-autofocus -- what was wrong comes first, also without scripts
      autoFocus
      className="mb-7 rounded-card border-4 border-error bg-raised px-5 py-4 sm:px-6"
      data-error-summary=""
    >
      <div role="alert" className="space-y-2">
        <h2>There is a problem</h2>
        <ul className="list-none space-y-1">
          {errors.map((error, index) => (
            <li key={index}>
              {error.field ? (
                <a href={`#${error.field}`} className="font-bold text-error hover:text-error">
                  {error.message}
                </a>
              ) : (
                <span className="font-bold text-error">{error.message}</span>
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** A friendly page for missing things and errors: what happened, and what to do now. */
export const DeadEnd = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <div className="max-w-text space-y-5">
    <h1 className="text-display">{title}</h1>
    {children}
  </div>
);

/** What a column shows of a row. */
export type DataCell<Row> = (row: Row, at: number) => React.ReactNode;

/** A column: what it shows, and how; false for none. */
export type DataColumn<Row> =
  | false
  | DataCell<Row>
  | {
      cell: DataCell<Row>;
      numeric?: boolean | undefined;
      /** For the first column: whether a row shown as a card also has its label. For numbers, which say nothing alone. */
      onCard?: boolean | undefined;
    };

type DataTableProps<Row> = {
  caption: React.ReactNode;
  /** False for a table that no heading on the page says the same of. */
  captionHidden?: boolean | undefined;
  /** By their labels, in their order. The first column names the row. */
  columns: Readonly<Record<string, DataColumn<NoInfer<Row>>>>;
  rows: readonly Row[];
  empty?: React.ReactNode;
};

/** As tall as a thumb needs, aligned with the words beside it: it extends into the row's padding. */
const TALL_LINKS = "@min-[56rem]:[&_td_.min-h-target]:-my-[0.6rem]";

/**
 * A real table; if its container is too narrow, each row becomes a card with its labels. The roles are written out
 * because `display: block` would hide them from screen readers.
 */
export function DataTable<Row>({ caption, captionHidden = true, columns, rows, empty }: DataTableProps<Row>) {
  if (rows.length === 0 && empty !== undefined) return <p className="text-soft">{empty}</p>;
  const all = Object.entries(columns).flatMap(([label, column]) => {
    if (column === false) return [];
    return { label, ...(typeof column === "function" ? { cell: column, numeric: false, onCard: false } : column) };
  });
  return (
    <div
      className="@container"
      data-stacked={all.length > 4 ? "56rem" : all.length === 2 && all[1]?.numeric ? "never" : "38rem"}
    >
      <table role="table" className={`w-full text-start stacked:block ${TALL_LINKS}`}>
        <caption className={captionHidden ? "sr-only" : "pb-2 text-start text-lead font-bold stacked:block"}>
          {caption}
        </caption>
        <thead role="rowgroup" className="stacked:sr-only">
          <tr role="row" className="stacked:block">
            {all.map(({ label, numeric }) => (
              <th
                key={label}
                role="columnheader"
                scope="col"
                className={`border-b-2 border-edge py-3 pe-5 align-bottom text-(length:--text-small) text-soft last:pe-0 stacked:block ${numeric ? "text-end tabular-nums" : "text-start"}`}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="stacked:block">
          {rows.map((row, at) => (
            <tr key={at} role="row" className="data-row">
              {all.map(({ label, cell, numeric, onCard }, index) =>
                index === 0 ? (
                  <th
                    key={label}
                    role="rowheader"
                    scope="row"
                    data-label={onCard ? label : undefined}
                    className={`data-cell text-start stacked:text-(length:--text-body) ${onCard ? "stacked:label-before" : ""}`}
                  >
                    {cell(row, at)}
                  </th>
                ) : (
                  <td
                    key={label}
                    role="cell"
                    data-label={label}
                    className={`data-cell ${numeric ? "text-end" : "text-start"} stacked:text-start stacked:label-before stacked:empty:hidden`}
                  >
                    {cell(row, at)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export type SummaryRow = {
  term: React.ReactNode;
  value: React.ReactNode;
  /** A link to change it; `context` completes the link for screen readers: "Change who it is for". */
  change?: { href: string; context: string; label?: string | undefined } | undefined;
};

const ROWS = [
  "border-t border-line [&>div]:grid [&>div]:grid-cols-[minmax(0,1fr)_auto] [&>div]:gap-x-4 [&>div]:border-b [&>div]:border-line [&>div]:py-2.5",
  "@xl:[&>div]:grid-cols-[minmax(0,13rem)_minmax(0,1fr)_auto] @xl:[&>div]:items-baseline @xl:[&>div]:gap-x-6",
  "[&_dt]:col-start-1 [&_dt]:text-small [&_dt]:text-soft [&_dd]:min-w-0 [&_dd]:wrap-anywhere",
].join(" ");

/** What is known, by its terms, in their order; nothing, false or an empty text for a row that is left out. */
export type SummaryFacts = Readonly<Record<string, React.ReactNode>>;

/** Facts that were given or are known: term, value and, if allowed, a link to change it. No line for what is falsy. */
export const SummaryList = ({ rows }: { rows: (SummaryRow | false | null | undefined | "")[] | SummaryFacts }) => (
  <div className="@container">
    <dl className={ROWS}>
      {(Array.isArray(rows) ? rows.flatMap((row) => row || []) : summaryRows(rows)).map((row, index) => (
        <div key={index} data-keep="">
          <dt>{row.term}</dt>
          <dd className="col-start-1 @xl:col-start-2">{row.value}</dd>
          {row.change && (
            <dd className="no-print col-start-2 row-span-2 row-start-1 self-center @xl:col-start-3 @xl:row-span-1 @xl:self-baseline">
              <Link href={row.change.href} className="-my-2.5 inline-flex min-h-target items-center">
                <span>{row.change.label ?? "Change"}</span>
                <VisuallyHidden> {row.change.context}</VisuallyHidden>
              </Link>
            </dd>
          )}
        </div>
      ))}
    </dl>
  </div>
);

/** Facts as rows, for a list that has others too. */
export function summaryRows(facts: SummaryFacts): SummaryRow[] {
  const isKnown = ([, value]: [string, React.ReactNode]) =>
    value !== null && value !== undefined && value !== false && value !== "";
  return Object.entries(facts)
    .filter(isKnown)
    .map(([term, value]) => ({ term, value }));
}

export type TaskItem = {
  /** Without it the task can't be started yet, and the status says why. */
  href?: string | undefined;
  title: React.ReactNode;
  hint?: React.ReactNode;
  status: { text: string; tone: TagTone };
  /** A form that does it in place. */
  action?: React.ReactNode;
};

type TaskListProps = {
  /** Prefix of the ids of the list's parts. */
  id: string;
  items: TaskItem[];
};

/** Things to do in any order, each with its state. The whole row can be pressed. */
export const TaskList = ({ id, items }: TaskListProps) => (
  <ul role="list" className="no-address list-none border-t border-line">
    {items.map((item, index) => {
      const hintId = item.hint ? `${id}-${index + 1}-hint` : undefined;
      const statusId = `${id}-${index + 1}-status`;
      return (
        <li
          key={index}
          className="relative flex min-h-14 flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-line py-2.5"
        >
          <div className="min-w-0 grow basis-56">
            {item.href ? (
              <Link
                href={item.href}
                className="after:absolute after:inset-0 after:content-['']"
                aria-describedby={[hintId, statusId].filter(Boolean).join(" ")}
              >
                {item.title}
              </Link>
            ) : (
              <span>{item.title}</span>
            )}
            {item.hint && (
              <div id={hintId} className="text-small text-soft">
                {item.hint}
              </div>
            )}
          </div>
          <div id={statusId}>
            <Tag tone={item.status.tone}>{item.status.text}</Tag>
          </div>
          {item.action && <div className="relative basis-full">{item.action}</div>}
        </li>
      );
    })}
  </ul>
);

export type StepItem = {
  title: React.ReactNode;
  /** When it happened: a `<time>`. */
  when: React.ReactNode;
  who?: React.ReactNode;
  children?: React.ReactNode;
};

/** What happened, oldest first: a thin line with a mark for each event. */
export const Steps = ({ items }: { items: StepItem[] }) => (
  <ol role="list" className="list-none">
    {items.map((item, index) => (
      <li
        key={index}
        className="relative ps-8 pb-6 before:absolute before:start-[0.44rem] before:top-[0.5em] before:bottom-[-0.5em] before:border-s-2 before:border-line before:content-[''] after:absolute after:start-0 after:top-[0.4em] after:size-4 after:rounded-pill after:border-4 after:border-edge after:bg-paper after:content-[''] last:pb-0 last:before:hidden last:after:border-8 last:after:border-ink"
      >
        <div className="font-bold">{item.title}</div>
        <div className="text-small text-soft">
          {item.when}
          {item.who && <> · {item.who}</>}
        </div>
        {item.children && <div className="mt-2 space-y-2">{item.children}</div>}
      </li>
    ))}
  </ol>
);
