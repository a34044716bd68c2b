import type { ReactNode } from "react";
import { Link } from "./link.tsx";

/** The link back, first on a page. An address, not the browser's history: it works in a new tab too. */
export function BackLink({ href, children = "Back" }: { href: string; children?: ReactNode }) {
  return (
    <Link href={href} className="no-print inline-flex min-h-target items-center gap-2">
      <svg viewBox="0 0 12 12" className="size-[0.7em] shrink-0" aria-hidden="true" focusable="false">
        <path
          d="M8 1.500 3.500 6 8 10.500"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span>{children}</span>
    </Link>
  );
}
