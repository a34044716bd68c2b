import type { ReactNode } from "react";
import { Link } from "./link.tsx";

type QuotationProps = {
  number: string;
  link?: { /** A place on a page. */ href: string; label: string } | undefined;
  children: ReactNode;
};

/** A numbered statement quoted from a document, with a link to its place. */
export function Quotation({ number, link, children }: QuotationProps) {
  return (
    <div data-keep="" className="border-s-4 border-line ps-4">
      <blockquote>
        <span className="me-2.5 font-bold tabular-nums">{number}</span>
        {children}
      </blockquote>
      {link && (
        <p>
          <Link href={link.href} className="inline-flex min-h-8 items-center">
            {link.label}
          </Link>
        </p>
      )}
    </div>
  );
}
