import type { ReactNode } from "react";

/** Words for screen readers: read out, not shown. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className="sr-only">{children}</span>;
}
