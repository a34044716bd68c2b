import type { ReactNode } from "react";
import { Link } from "./link.tsx";
import { VisuallyHidden } from "./visually-hidden.tsx";

export type SummaryRow = {
  term: ReactNode;
  value: ReactNode;
  /** A link to change it; `context` completes the link for screen readers: "Change who it is for". */
  change?: { href: string; context: string; label?: string | undefined } | undefined;
};

const ROWS = [
  "border-t border-line [&>div]:grid [&>div]:grid-cols-[minmax(0,1fr)_auto] [&>div]:gap-x-4 [&>div]:border-b [&>div]:border-line [&>div]:py-2.5",
  "@xl:[&>div]:grid-cols-[minmax(0,13rem)_minmax(0,1fr)_auto] @xl:[&>div]:items-baseline @xl:[&>div]:gap-x-6",
  "[&_dt]:col-start-1 [&_dt]:text-small [&_dt]:text-soft [&_dd]:min-w-0 [&_dd]:wrap-anywhere",
].join(" ");

/** What is known, by its terms, in their order; nothing, false or an empty text for a row that is left out. */
export type SummaryFacts = Readonly<Record<string, ReactNode>>;

/** Facts that were given or are known: term, value and, if allowed, a link to change it. */
export function SummaryList({ rows }: { rows: SummaryRow[] | SummaryFacts }) {
  return (
    <div className="@container">
      <dl className={ROWS}>
        {(Array.isArray(rows) ? rows : summaryRows(rows)).map((row, index) => (
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
}

/** Facts as rows, for a list that has others too. */
export function summaryRows(facts: SummaryFacts): SummaryRow[] {
  const isKnown = ([, value]: [string, ReactNode]) =>
    value !== null && value !== undefined && value !== false && value !== "";
  return Object.entries(facts)
    .filter(isKnown)
    .map(([term, value]) => ({ term, value }));
}
