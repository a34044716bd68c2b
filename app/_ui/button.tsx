import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Link, type Href } from "./link.tsx";

type Look = "primary" | "quiet" | "link";

const SHAPE =
  "no-print inline-flex min-h-12 items-center justify-center rounded-card border-2 px-5 py-2 text-center font-bold leading-snug no-underline cursor-pointer";

const LOOKS: Record<Look, string> = {
  primary: `${SHAPE} border-transparent bg-accent text-accent-ink hover:bg-accent-strong hover:text-accent-ink`,
  quiet: `${SHAPE} border-accent bg-transparent text-accent hover:bg-accent-tint hover:text-accent-strong`,
  link: "no-print inline-flex min-h-target cursor-pointer items-center text-accent underline decoration-[0.08em] underline-offset-[0.2em] hover:text-accent-strong hover:decoration-[0.16em]",
};

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className" | "style"> & { look?: Look | undefined };

/** A button that sends the form it stands in. `look="link"` for small ones, such as sign out. */
export function Button({ look = "primary", type = "submit", ...rest }: ButtonProps) {
  return <button type={type} className={LOOKS[look]} {...rest} />;
}

type ButtonLinkProps = {
  href: Href;
  look?: Exclude<Look, "link"> | undefined;
  file?: boolean | undefined;
  children: ReactNode;
};

/** A link that is the next step of a page, so it looks like a button; still a link to everybody who listens. */
export function ButtonLink({ href, look = "primary", file, children }: ButtonLinkProps) {
  return (
    <Link href={href} file={file} className={LOOKS[look]}>
      {children}
    </Link>
  );
}
