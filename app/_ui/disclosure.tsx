import type { ReactNode } from "react";
import { Arrow } from "./arrow.tsx";

type DisclosureProps = {
  id?: string;
  summary: ReactNode;
  open?: boolean | undefined;
  onPaper?: boolean;
  children: ReactNode;
};

/** Something for those who want to know more, folded away on a screen and written out on paper. */
export function Disclosure({ id, summary, open = false, onPaper = true, children }: DisclosureProps) {
  return (
    <details id={id} open={open} className={onPaper ? "group min-w-0" : "no-print group min-w-0"}>
      <summary className="inline-flex min-h-target max-w-full cursor-pointer list-none items-center gap-2.5 text-accent hover:text-accent-strong [&::-webkit-details-marker]:hidden">
        <Arrow to="on" className="size-[0.7em] shrink-0 group-open:rotate-90 print:hidden" />
        <span className="underline decoration-[0.08em] underline-offset-[0.2em]">{summary}</span>
      </summary>
      <div className="mt-1.5 space-y-3 border-s-4 border-line ps-4 pb-1">{children}</div>
    </details>
  );
}
