import type { ReactNode } from "react";

type ColumnsProps = { children: ReactNode } & (
  { aside: ReactNode; toc?: undefined } | { toc: ReactNode; aside?: undefined }
);

/**
 * The text, and one narrow column for what accompanies it: `aside` to its right (below it on a phone),
 * `toc` to its left (above it on a phone).
 */
export function Columns({ children, aside, toc }: ColumnsProps) {
  if (toc !== undefined) {
    return (
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[15rem_minmax(0,1fr)] lg:gap-14 print:block">
        <div className="no-print">{toc}</div>
        <div className="min-w-0">{children}</div>
      </div>
    );
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-14 print:block print:space-y-6">
      <div className="min-w-0">{children}</div>
      <div className="min-w-0">{aside}</div>
    </div>
  );
}
