import type { AnchorHTMLAttributes } from "react";

type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href" | "style"> & { href: string };

/** The one link of the design system. Browsers fetch pages of ours in advance by themselves (server/shell/http/headers.mjs). */
export function Link({ children, ...props }: LinkProps) {
  return <a {...props}>{children}</a>;
}
