import { Link } from "./link.tsx";

type PillLinksProps = { label: string; items: { href: string; label: string; current?: boolean | undefined }[] };

/** Filters as links, the chosen one filled. `label` says what they choose between. */
export function PillLinks({ label, items }: PillLinksProps) {
  return (
    <ul aria-label={label} className="no-address flex list-none flex-wrap gap-2">
      {items.map((item) => (
        <li key={item.label} className={item.current ? "" : "print:hidden"}>
          <Link
            href={item.href}
            aria-current={item.current ? "true" : undefined}
            className="inline-flex min-h-target items-center rounded-pill border border-edge bg-raised px-4 py-1 text-small leading-snug text-ink no-underline hover:border-accent hover:text-accent-strong aria-[current]:border-ink aria-[current]:bg-ink aria-[current]:font-bold aria-[current]:text-paper print:aria-[current]:bg-paper print:aria-[current]:text-ink forced-colors:aria-[current]:border-4 forced-colors:aria-[current]:bg-[Canvas] forced-colors:aria-[current]:text-[LinkText]"
          >
            {item.label}
          </Link>
        </li>
      ))}
    </ul>
  );
}
