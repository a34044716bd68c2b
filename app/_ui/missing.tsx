import type { ReactNode } from "react";
import { VisuallyHidden } from "./visually-hidden.tsx";

type MissingProps = {
  /** What is missing, for screen readers: "owner". */
  what?: string | undefined;
  children?: ReactNode;
};

/** A gap that a document leaves: shown as a gap, never filled by a guess. */
export function Missing({ what, children = "Not stated" }: MissingProps) {
  return (
    <span className="inline-block max-w-full rounded-small border border-dashed border-warning bg-warning-tint px-1.5 leading-snug font-bold text-warning">
      {children}
      {what && <VisuallyHidden>: {what}</VisuallyHidden>}
    </span>
  );
}
