import type { ButtonHTMLAttributes, ReactNode } from "react";
import { BUTTON_LOOKS, type ButtonLook } from "./button-look.ts";
import { Link } from "./link.tsx";
import { VisuallyHidden } from "./visually-hidden.tsx";

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className" | "style"> & {
  look?: ButtonLook | undefined;
  /** What follows its words for screen readers alone: ": the absence in May". */
  about?: string | undefined;
};

/** A button that submits its form. `look="link"` for small ones, such as sign out. */
export function Button({ look = "primary", type = "submit", about, children, ...rest }: ButtonProps) {
  return (
    <button type={type} className={BUTTON_LOOKS[look]} {...rest}>
      {children}
      {about !== undefined && <VisuallyHidden>{about}</VisuallyHidden>}
    </button>
  );
}

type ButtonLinkProps = {
  href: string;
  look?: Exclude<ButtonLook, "link"> | undefined;
  children: ReactNode;
};

/** A link that is the next step of a page, so it looks like a button; still a link to screen readers. */
export function ButtonLink({ href, look = "primary", children }: ButtonLinkProps) {
  return (
    <Link href={href} className={BUTTON_LOOKS[look]}>
      {children}
    </Link>
  );
}
