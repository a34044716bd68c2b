import type { ReactNode } from "react";
import { Arrow } from "./arrow.tsx";
import { Link } from "./link.tsx";

/** The link back, first on a page. An address, not the browser's history: it works in a new tab too. */
export function BackLink({ href, children = "Back" }: { href: string; children?: ReactNode }) {
  return (
    <Link href={href} className="no-print inline-flex min-h-target items-center gap-2">
      <Arrow to="back" />
      <span>{children}</span>
    </Link>
  );
}
