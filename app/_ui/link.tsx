import type { AnchorHTMLAttributes } from "react";

type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href" | "style"> & { href: string };

/** The only link of the design system. Browsers prefetch our pages by themselves (server/shell/http/headers.mjs). */
export function Link({ children, ...props }: LinkProps) {
  return <a {...props}>{children}</a>;
}

/** A link that is a paragraph of its own. @param onPaper false for one that leads on: it is not printed */
export function LinkLine({ onPaper = true, ...link }: LinkProps & { onPaper?: boolean }) {
  return (
    <p className={onPaper ? undefined : "no-print"}>
      <Link {...link} />
    </p>
  );
}
