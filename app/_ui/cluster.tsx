import type { ReactNode } from "react";

/** Small things side by side, wrapping where they must: buttons, tags. */
export function Cluster({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-x-4 gap-y-3">{children}</div>;
}
