import type { ReactNode } from "react";
import { Link } from "./link.tsx";

/** Places to go, as many side by side as there is room for. */
export function CardGrid({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,16rem),1fr))] gap-4">{children}</div>;
}

type CardProps = { href: string; title: ReactNode; headingLevel?: 2 | 3 | undefined; children?: ReactNode };

// Only the title is the link, so that it has a short name; its area is stretched over the card. Links in the text stay
// above.
const STRETCHED = "after:absolute after:inset-0 after:rounded-card after:content-['']";

/** One place to go. The whole card can be pressed. */
export function LinkCard({ href, title, headingLevel = 2, children }: CardProps) {
  const Heading = `h${headingLevel}` as const;
  return (
    <div
      data-keep=""
      className="relative flex min-w-0 flex-col gap-1.5 rounded-card border border-line bg-raised px-5 py-5 hover:border-accent sm:px-6 [&_p_a]:relative [&_p_a]:z-1"
    >
      <Heading>
        <Link href={href} className={STRETCHED}>
          {title}
        </Link>
      </Heading>
      {children && <div className="space-y-1.5">{children}</div>}
    </div>
  );
}

/** What most people came for; the full width of a `CardGrid`. */
export function LeadCard({ href, title, headingLevel = 2, children }: CardProps) {
  const Heading = `h${headingLevel}` as const;
  return (
    <div
      data-keep=""
      className="relative isolate col-span-full flex min-w-0 flex-col gap-2 overflow-clip rounded-field border border-accent bg-accent px-6 py-7 text-accent-ink hover:bg-accent-strong sm:px-9 sm:py-10 print:border-2 print:text-ink"
    >
      <svg
        viewBox="0 0 32 32"
        className="absolute end-9 top-1/2 -z-1 hidden size-36 -translate-y-1/2 opacity-15 md:block print:hidden forced-colors:hidden"
        aria-hidden="true"
        focusable="false"
      >
        <path
          fillRule="evenodd"
          d="M6 3h20a4 4 0 0 1 4 4v13a4 4 0 0 1-4 4H15l-7 6v-6H6a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4zM11.200 12.200a1.600 1.600 0 0 0-2.300 2.300l4.400 4.300a1.600 1.600 0 0 0 2.300 0l7.900-8.200a1.600 1.600 0 0 0-2.300-2.300l-6.800 7.100z"
          fill="currentColor"
        />
      </svg>
      <Heading className="text-title leading-tight">
        <Link href={href} className={`${STRETCHED} text-accent-ink hover:text-accent-ink print:text-ink`}>
          {title}
        </Link>
      </Heading>
      {children && <div className="space-y-1.5">{children}</div>}
    </div>
  );
}
