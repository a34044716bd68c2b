const PATHS = { back: "M8 1.500 3.500 6 8 10.500", on: "M4 1.500 8.500 6 4 10.500", down: "M1.500 4 6 8.500 10.500 4" };

type ArrowProps = { to: keyof typeof PATHS; className?: string | undefined };

/** A small arrow beside words that say the same. */
export const Arrow = ({ to, className = "size-[0.7em] shrink-0" }: ArrowProps) => (
  <svg viewBox="0 0 12 12" className={className} aria-hidden="true" focusable="false">
    <path
      d={PATHS[to]}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

type LinkProps = Omit<React.AnchorHTMLAttributes<HTMLAnchorElement>, "href" | "style"> & {
  href: string;
  /** What follows its words for screen readers alone: " the absence in May". */
  about?: string | undefined;
};

/** The only link of the design system. Browsers prefetch our pages by themselves (server/shell/http/headers.mjs). */
export const Link = ({ children, about, ...props }: LinkProps) => (
  <a {...props}>
    {children}
    {about !== undefined && <VisuallyHidden>{about}</VisuallyHidden>}
  </a>
);

/** A link that is a paragraph of its own. @param onPaper false for one that leads on: it is not printed */
export const LinkLine = ({ onPaper = true, ...link }: LinkProps & { onPaper?: boolean }) => (
  <p className={onPaper ? undefined : "no-print"}>
    <Link {...link} />
  </p>
);

type ButtonLook = "primary" | "quiet" | "link";

const SHAPE =
  "no-print inline-flex min-h-12 items-center justify-center rounded-card border-2 px-5 py-2 text-center font-bold leading-snug no-underline cursor-pointer";

/** Makes a button, or a link that is the next step of a page, look like one. */
export const BUTTON_LOOKS: Record<ButtonLook, string> = {
  primary: `${SHAPE} border-transparent bg-accent text-accent-ink hover:bg-accent-strong hover:text-accent-ink`,
  quiet: `${SHAPE} border-accent bg-transparent text-accent hover:bg-accent-tint hover:text-accent-strong`,
  link: "no-print inline-flex min-h-target cursor-pointer items-center text-accent underline decoration-[0.08em] underline-offset-[0.2em] hover:text-accent-strong hover:decoration-[0.16em]",
};

type ButtonProps = Omit<React.ButtonHTMLAttributes<HTMLButtonElement>, "className" | "style"> & {
  look?: ButtonLook | undefined;
  /** What follows its words for screen readers alone: ": the absence in May". */
  about?: string | undefined;
};

/** A button that submits its form. `look="link"` for small ones, such as sign out. */
export const Button = ({ look = "primary", type = "submit", about, children, ...rest }: ButtonProps) => (
  <button type={type} className={BUTTON_LOOKS[look]} {...rest}>
    {children}
    {about !== undefined && <VisuallyHidden>{about}</VisuallyHidden>}
  </button>
);

type ButtonLinkProps = { href: string; look?: Exclude<ButtonLook, "link"> | undefined; children: React.ReactNode };

/** A link that is the next step of a page, so it looks like a button; still a link to screen readers. */
export const ButtonLink = ({ href, look = "primary", children }: ButtonLinkProps) => (
  <Link href={href} className={BUTTON_LOOKS[look]}>
    {children}
  </Link>
);

/** The next step of a page as a paragraph of its own, which is not printed. */
export const ButtonLine = (link: ButtonLinkProps) => (
  <p className="no-print">
    <ButtonLink {...link} />
  </p>
);

const GAPS = { tight: "space-y-2", normal: "space-y-4", loose: "space-y-7", section: "space-y-12" };

type StackProps = {
  gap?: keyof typeof GAPS | undefined;
  as?: "div" | "section" | "article" | "form" | undefined;
  children: React.ReactNode;
};

/** Elements one below the other, evenly spaced: `tight` within a block, `section` between parts of a page. */
export const Stack = ({ gap = "normal", as: Element = "div", children }: StackProps) => (
  <Element className={GAPS[gap]}>{children}</Element>
);

type SectionProps = Pick<StackProps, "gap" | "children"> & {
  title: React.ReactNode;
  /** Of its heading, for links that lead there. */
  id?: string | undefined;
};

/** A part of a page under a heading of its own. */
export const PageSection = ({ title, id, gap, children }: SectionProps) => (
  <Stack as="section" gap={gap}>
    <h2 id={id}>{title}</h2>
    {children}
  </Stack>
);

/** Short things as a list. */
export const Lines = ({ lines, className }: { lines: readonly React.ReactNode[]; className?: string }) => (
  <ul className={className}>
    {lines.map((line, at) => (
      <li key={at}>{line}</li>
    ))}
  </ul>
);

/** Small things side by side, wrapping where they must: buttons, tags. */
export const Cluster = ({ children }: { children: React.ReactNode }) => (
  <div className="flex flex-wrap items-center gap-x-4 gap-y-3">{children}</div>
);

type ColumnsProps = { children: React.ReactNode } & (
  { aside: React.ReactNode; toc?: undefined } | { toc: React.ReactNode; aside?: undefined }
);

/**
 * The text, and one narrow column for what accompanies it: `aside` to its right (below it on a phone),
 * `toc` to its left (above it on a phone).
 */
export const Columns = ({ children, aside, toc }: ColumnsProps) =>
  toc !== undefined ? (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[15rem_minmax(0,1fr)] lg:gap-14 print:block">
      <div className="no-print">{toc}</div>
      <div className="min-w-0">{children}</div>
    </div>
  ) : (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-14 print:block print:space-y-6">
      <div className="min-w-0">{children}</div>
      <div className="min-w-0">{aside}</div>
    </div>
  );

type PanelProps = {
  title?: React.ReactNode;
  headingLevel?: 2 | 3 | undefined;
  noPrint?: boolean;
  children: React.ReactNode;
};

/** A raised panel for something that accompanies the text: a request, a form, a set of facts. */
export function Panel({ title, headingLevel = 2, noPrint = false, children }: PanelProps) {
  const Heading = `h${headingLevel}` as const;
  return (
    <div
      data-keep=""
      className={`${noPrint ? "no-print" : ""} space-y-3 rounded-card border border-line bg-raised px-5 py-5 sm:px-6 print:px-4 print:py-3`}
    >
      {title && <Heading>{title}</Heading>}
      {children}
    </div>
  );
}

type PageHeadingProps = {
  /** A line above: where the reader is, or the state of the thing. */
  kicker?: React.ReactNode;
  /** `display` for a page of few words, `title` for one of many. */
  size?: "display" | "title" | undefined;
  children: React.ReactNode;
};

/** The page's h1. */
export const PageHeading = ({ kicker, size = "title", children }: PageHeadingProps) => (
  <div className="space-y-2">
    {kicker && <div className="text-small text-soft">{kicker}</div>}
    <h1 className={size === "display" ? "text-display" : "text-title"}>{children}</h1>
  </div>
);

/** Words for screen readers: read out, not shown. */
export const VisuallyHidden = ({ children }: { children: React.ReactNode }) => (
  <span className="sr-only">{children}</span>
);

/** The look of authors' elements, which have no classes of their own. */
const LOOKS = [
  "[&>*+*]:mt-4 [&>:first-child]:mt-0",
  "[&_h2]:mt-11 [&>h3]:mt-[1.9rem] [&_h3:last-child]:mt-[1.9rem] [&_h3]:text-(length:--text-body) [&_:is(h2,h3)]:scroll-mt-6",
  "[&_h2+*]:mt-[0.7rem] [&>h3+*]:mt-[0.7rem] [&>:is(h2,h3)+:is(h2,h3)]:mt-[0.7rem]",
  "[&_:is(h2,h3)_a:not(:hover)]:text-inherit [&_:is(h2,h3)_a:not(:hover)]:no-underline",
  "[&_li>:is(ul,ol)]:mt-2",
  "[&_blockquote]:border-s-4 [&_blockquote]:border-line [&_blockquote]:ps-4",
  "[&_code]:rounded-small [&_code]:bg-sunk [&_code]:px-[0.3em] [&_code]:py-[0.05em] [&_pre_code]:p-0",
  "[&_pre]:rounded-card [&_pre]:bg-sunk [&_pre]:px-[1.2rem] [&_pre]:py-4 [&_pre]:whitespace-pre-wrap",
  "[&_hr]:my-10",
].join(" ");

/** Written text, from authors: headings, lists and quotations in reading width. */
export const Prose = ({ children }: { children: React.ReactNode }) => <div className={LOOKS}>{children}</div>;

/** How to keep a page: for confirmations, receipts and reports. Not printed itself. */
export const PrintHint = () => (
  <p className="no-print text-small text-soft">To print or save this page, choose Print in your browser.</p>
);

type DisclosureProps = {
  id?: string;
  summary: React.ReactNode;
  open?: boolean | undefined;
  onPaper?: boolean;
  children: React.ReactNode;
};

/** Something for those who want to know more, folded away on a screen and written out on paper. */
export const Disclosure = ({ id, summary, open = false, onPaper = true, children }: DisclosureProps) => (
  <details id={id} open={open} className={onPaper ? "group min-w-0" : "no-print group min-w-0"}>
    <summary className="inline-flex min-h-target max-w-full cursor-pointer list-none items-center gap-2.5 text-accent hover:text-accent-strong [&::-webkit-details-marker]:hidden">
      <Arrow to="on" className="size-[0.7em] shrink-0 group-open:rotate-90 print:hidden" />
      <span className="underline decoration-[0.08em] underline-offset-[0.2em]">{summary}</span>
    </summary>
    <div className="mt-1.5 space-y-3 border-s-4 border-line ps-4 pb-1">{children}</div>
  </details>
);

/** Places to go, as many side by side as there is room for. */
export const CardGrid = ({ children }: { children: React.ReactNode }) => (
  <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,16rem),1fr))] gap-4">{children}</div>
);

type CardProps = { href: string; title: React.ReactNode; headingLevel?: 2 | 3 | undefined; children?: React.ReactNode };

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

/** The link back, first on a page. An address, not the browser's history: it works in a new tab too. */
export const BackLink = ({ href, children = "Back" }: { href: string; children?: React.ReactNode }) => (
  <Link href={href} className="no-print inline-flex min-h-target items-center gap-2">
    <Arrow to="back" />
    <span>{children}</span>
  </Link>
);

/** Links under each other, each as high as a finger needs. */
export const LinkList = ({ links }: { links: readonly { href: string; label: string }[] }) => (
  <ul className="list-none">
    {links.map(({ href, label }) => (
      <li key={href}>
        <Link href={href} className="inline-flex min-h-target items-center">
          {label}
        </Link>
      </li>
    ))}
  </ul>
);

type PillLinksProps = { label: string; items: { href: string; label: string; current?: boolean | undefined }[] };

/** Filters as links, the chosen one filled. `label` says what they choose between. */
export const PillLinks = ({ label, items }: PillLinksProps) => (
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

type PagerProps = {
  /** What the pages are of: "Pages of the log". */
  label: string;
  newer?: string | undefined;
  older?: string | undefined;
  /** The names of the two links, if the list is not by time. */
  words?: { newer: string; older: string } | undefined;
};

/** Links to the pages of a long list, newest first by default. Renders nothing if everything is shown. */
export const Pager = ({ label, newer, older, words = { newer: "Newer", older: "Older" } }: PagerProps) =>
  !newer && !older ? null : (
    <nav aria-label={label} className="no-print flex flex-wrap justify-between gap-x-6">
      {newer && (
        <Link href={newer} className="inline-flex min-h-target items-center gap-2">
          <Arrow to="back" />
          <span>{words.newer}</span>
        </Link>
      )}
      {older && (
        <Link href={older} className="ms-auto inline-flex min-h-target items-center gap-2">
          <span>{words.older}</span>
          <Arrow to="on" />
        </Link>
      )}
    </nav>
  );

export type TocItem = { href: string; label: string; number?: string | undefined };

/**
 * Contents of a long page. On a wide screen it stays visible beside the text; on a phone it is folded, so that the text
 * begins on the first screen. The list is rendered twice, and one of them is shown.
 */
export const Toc = ({ items }: { items: TocItem[] }) => (
  <>
    <details className="group rounded-card border border-edge bg-raised lg:hidden">
      <summary className="flex min-h-12 cursor-pointer list-none items-center justify-between gap-3 px-4 font-bold [&::-webkit-details-marker]:hidden">
        Contents
        <Arrow to="down" className="size-3 shrink-0 group-open:rotate-180" />
      </summary>
      <nav aria-label="Contents" className="px-4 pb-3">
        <TocList items={items} />
      </nav>
    </details>
    <nav
      aria-label="Contents"
      className="sticky top-6 -mx-2 hidden max-h-[calc(100dvh-3rem)] overflow-y-auto px-2 text-small lg:block"
    >
      <h2 className="mb-2 text-body">Contents</h2>
      <TocList items={items} />
    </nav>
  </>
);

const LINKS =
  "[&_a]:flex [&_a]:min-h-target [&_a]:items-center [&_a]:gap-2.5 [&_a]:py-1 [&_a]:leading-snug [&_a]:no-underline lg:[&_a]:min-h-9";
const WORDS =
  "[&_b]:min-w-4 [&_b]:shrink-0 [&_b]:font-normal [&_b]:tabular-nums [&_span]:min-w-0 [&_span]:underline [&_span]:decoration-[0.08em] [&_a:hover_span]:decoration-[0.16em]";

const TocList = ({ items }: { items: TocItem[] }) => (
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
