import type { AnchorHTMLAttributes } from "react";

type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href" | "style"> & { href: string };

/** The only link of the design system. Browsers prefetch our pages by themselves (server/shell/http/headers.mjs). */
export function Link({ children, ...props }: LinkProps) {
  return <a {...props}>{children}</a>;
}

/** A link on a line of its own. */
export function LinkLine({ noPrint, ...link }: LinkProps & { noPrint?: boolean }) {
  return (
    <p className={noPrint ? "no-print" : undefined}>
      <Link {...link} />
    </p>
  );
}
