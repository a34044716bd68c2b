import type { ReactNode } from "react";

/** Stands in for Next's link, which is code for the browser that a test of the server cannot load. */
export default function Link({ href, children }: { href: string; children: ReactNode }) {
  return <a href={href}>{children}</a>;
}
