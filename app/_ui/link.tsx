import type { Route } from "next";
import NextLink from "next/link";
import type { AriaAttributes, ReactNode } from "react";
import type { UrlObject } from "node:url";

/** An address as components take it: within the portal (`/…`), on the page (`#…`) or outside. */
export type Href = string | UrlObject;

type LinkProps = Pick<AriaAttributes, "aria-current" | "aria-describedby" | "aria-label"> & {
  href: Href;
  id?: string | undefined;
  className?: string | undefined;
  /** Whether the page moves to its top when it opens; false for filters of what is in view. */
  scroll?: boolean | undefined;
  /** A file or a page for programs: let the browser fetch it. */
  file?: boolean | undefined;
  children: ReactNode;
};

/** The one link of the design system: an `<a>` that Next speeds up where it leads to a page of ours. */
export function Link({ href, scroll = true, file = false, children, ...rest }: LinkProps) {
  // A place on a page needs a full load: without one the browser marks no target, and neither :target nor focus moves.
  if (typeof href === "string" && (file || !href.startsWith("/") || href.includes("#")))
    return (
      <a href={href} {...rest}>
        {children}
      </a>
    );
  // Typed routes know only literal addresses; ours also come from data. This is the one place where they are trusted.
  // Nothing is fetched in advance: every page is rendered for its reader, and a matrix alone has dozens of links.
  return (
    <NextLink href={href as Route} prefetch={false} scroll={scroll} {...rest}>
      {children}
    </NextLink>
  );
}
