import type { ReactNode } from "react";

type PanelProps = { title?: ReactNode; headingLevel?: 2 | 3 | undefined; noPrint?: boolean; children: ReactNode };

/** A raised panel for something that accompanies the text: a request, a form, a set of facts. */
export function Panel({ title, headingLevel = 2, noPrint = false, children }: PanelProps) {
  const Heading = `h${headingLevel}` as const;
  return (
    <div
      data-keep=""
      className={`${noPrint ? "no-print" : ""} space-y-3 rounded-card border border-line bg-raised px-5 py-5 sm:px-6 print:px-4 print:py-3`}
    >
      {title && <Heading>{title}</Heading>}
      {children}
    </div>
  );
}
