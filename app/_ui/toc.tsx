import { Arrow } from "./arrow.tsx";

export type TocItem = { href: string; label: string; number?: string | undefined };

type TocProps = { title?: string | undefined; items: TocItem[] };

/**
 * Contents of a long page. On a wide screen it stays visible beside the text; on a phone it is folded, so that the text
 * begins on the first screen. The list is rendered twice, and one of them is shown.
 */
export function Toc({ title = "Contents", items }: TocProps) {
  return (
    <>
      <details className="group rounded-card border border-edge bg-raised lg:hidden">
        <summary className="flex min-h-12 cursor-pointer list-none items-center justify-between gap-3 px-4 font-bold [&::-webkit-details-marker]:hidden">
          {title}
          <Arrow to="down" className="size-3 shrink-0 group-open:rotate-180" />
        </summary>
        <nav aria-label={title} className="px-4 pb-3">
          <TocList items={items} />
        </nav>
      </details>
      <nav
        aria-label={title}
        className="sticky top-6 -mx-2 hidden max-h-[calc(100dvh-3rem)] overflow-y-auto px-2 text-small lg:block"
      >
        <h2 className="mb-2 text-body">{title}</h2>
        <TocList items={items} />
      </nav>
    </>
  );
}

const LINKS =
  "[&_a]:flex [&_a]:min-h-target [&_a]:items-center [&_a]:gap-2.5 [&_a]:py-1 [&_a]:leading-snug [&_a]:no-underline lg:[&_a]:min-h-9";
const WORDS =
  "[&_b]:min-w-4 [&_b]:shrink-0 [&_b]:font-normal [&_b]:tabular-nums [&_span]:min-w-0 [&_span]:underline [&_span]:decoration-[0.08em] [&_a:hover_span]:decoration-[0.16em]";

function TocList({ items }: { items: TocItem[] }) {
  return (
    <ol className={`list-none ${LINKS} ${WORDS}`}>
      {items.map((item) => (
        <li key={item.href}>
          <a href={item.href}>
            {item.number !== undefined && <b>{item.number}</b>}
            <span>{item.label}</span>
          </a>
        </li>
      ))}
    </ol>
  );
}
