import type { ReactNode } from "react";
import { VisuallyHidden } from "./visually-hidden.tsx";

type NumberedParagraphProps = {
  id: string;
  number: string;
  /** What the number numbers, for those who listen: "Clause". */
  kind?: string | undefined;
  /** Something small below: where it comes from, what it leads to. */
  note?: ReactNode;
  children: ReactNode;
};

/** A numbered paragraph whose number is its permanent address. Kept whole on paper; marked when one arrives at it. */
export function NumberedParagraph({ id, number, kind, note, children }: NumberedParagraphProps) {
  return (
    <div
      id={id}
      data-keep=""
      className="group/numbered grid scroll-mt-6 grid-cols-[3.2rem_minmax(0,1fr)] gap-x-2 rounded-small py-2 target:bg-accent-tint target:outline-8 target:outline-accent-tint target:outline-solid print:target:outline-0 forced-colors:target:outline-2 forced-colors:target:outline-[Highlight]"
    >
      <a
        href={`#${id}`}
        className="inline-flex min-h-6 min-w-8 self-start text-soft tabular-nums no-underline hover:underline"
      >
        {kind && <VisuallyHidden>{kind} </VisuallyHidden>}
        {number}
      </a>
      <div className="min-w-0 space-y-2">
        {children}
        {note && <div className="text-small text-soft">{note}</div>}
      </div>
    </div>
  );
}
