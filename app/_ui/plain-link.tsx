import type { AnchorHTMLAttributes } from "react";

type PlainLinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href" | "style"> & { href: string };

/**
 * A link without the framework's part, for a page whose script has to stay small, and for an address that names a place on
 * a page. Elsewhere `Link` is the one to take.
 */
export function PlainLink({ children, ...props }: PlainLinkProps) {
  return <a {...props}>{children}</a>;
}
