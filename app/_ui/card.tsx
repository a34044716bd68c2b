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
