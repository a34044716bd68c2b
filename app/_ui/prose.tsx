import type { ReactNode } from "react";

/** Written text, from authors: headings, lists, tables and quotations in reading width. */
export function Prose({ children }: { children: ReactNode }) {
  return <div className="prose">{children}</div>;
}
