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
          <svg
            viewBox="0 0 12 12"
            className="size-3 shrink-0 group-open:rotate-180"
            aria-hidden="true"
            focusable="false"
          >
            <path
              d="M1.500 4 6 8.500 10.500 4"
              fill="none"
              stroke="currentColor"
              strokeWidth="2"
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          </svg>
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
