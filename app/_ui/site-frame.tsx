import type { ReactNode } from "react";
import { Link, type Href } from "./link.tsx";
import { VisuallyHidden } from "./visually-hidden.tsx";
import { Wordmark } from "./wordmark.tsx";

export type SiteNotice = { text: ReactNode; tone: "info" | "warning" };
export type NavItem = {
  href: string;
  label: string;
  /** The beginning of the label, for a phone, where all ways to go share one row. */
  short?: string | undefined;
  current?: boolean | undefined;
  badge?: number | undefined;
};

type SiteFrameProps = {
  notices?: SiteNotice[] | undefined;
  nav?: NavItem[] | undefined;
  /** Who is signed in; null on pages for everybody. */
  account?: { name: string; detail: string; href?: Href | undefined } | null | undefined;
  /** What one can do with the account: the sign-out form, small links. */
  accountActions?: ReactNode;
  /** A way to search, in the middle of the header. */
  search?: ReactNode;
  footer?: ReactNode;
  /** Where the wordmark leads. */
  home?: Href | undefined;
  children: ReactNode;
};

/**
 * The whole page around its content: notices, header with the ways to go, main, footer.
 * On a phone held upright the navigation lies at the lower edge, under the thumb.
 */
export function SiteFrame({
  notices = [],
  nav = [],
  account,
  accountActions,
  search,
  footer,
  home = "/",
  children,
}: SiteFrameProps) {
  return (
    <div className="site-frame">
      {notices.length > 0 && (
        <section aria-label="Notices">
          {notices.map((notice, index) => (
            <p
              key={index}
              className={`max-w-none border-b px-gutter py-1.5 text-center text-small ${
                notice.tone === "warning"
                  ? "border-transparent bg-warning-tint text-warning"
                  : "border-line bg-sunk text-ink"
              }`}
            >
              {notice.text}
            </p>
          ))}
        </section>
      )}

      <header className="site-header border-b border-line bg-raised print:border-0">
        <div className="bg-raised max-sm:border-b max-sm:border-line print:border-0">
          <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-5 px-gutter py-1.5 print:px-0">
            <Link href={home} className="no-address inline-flex min-h-target items-center no-underline">
              <Wordmark />
            </Link>
            {search && <div className="no-print ms-auto text-small">{search}</div>}
            {account && (
              <p className="site-account order-last flex max-w-none flex-wrap gap-x-2 pb-1 text-small leading-snug text-soft max-sm:basis-full sm:order-none sm:ms-auto sm:max-w-[50%] sm:justify-end sm:pb-0 sm:text-end">
                {account.href ? (
                  <Link href={account.href} className="-my-1 py-1 font-bold">
                    {account.name}
                  </Link>
                ) : (
                  <span className="font-bold text-ink">{account.name}</span>
                )}
                <span>{account.detail}</span>
              </p>
            )}
            {accountActions && (
              <div
                className={`no-print flex items-center gap-4 text-small ${search ? "" : "max-sm:ms-auto"} ${account ? "" : "ms-auto"}`}
              >
                {accountActions}
              </div>
            )}
          </div>
        </div>
        {nav.length > 0 && (
          <nav aria-label="Main" className="site-nav no-print text-small">
            <ul className="mx-auto flex max-w-page list-none flex-wrap">
              {nav.map((item) => (
                <li key={item.href}>
                  <Link href={item.href} aria-current={item.current ? "page" : undefined}>
                    <NavLabel item={item} />
                    {item.badge !== undefined && item.badge > 0 && (
                      <span className="inline-block min-w-6 rounded-small border border-transparent bg-warning-tint px-1.5 text-center font-bold leading-6 text-warning tabular-nums">
                        {item.badge}
                        <VisuallyHidden> open</VisuallyHidden>
                      </span>
                    )}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </header>

      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-page grow px-gutter pt-7 pb-16 sm:pt-10 sm:pb-24 print:max-w-none print:px-0 print:pt-3 print:pb-4"
      >
        {children}
      </main>

      {footer && (
        <footer className="border-t border-line text-small text-soft">
          <div className="mx-auto max-w-page px-gutter py-6 leading-8 print:px-0 print:py-2">{footer}</div>
        </footer>
      )}
    </div>
  );
}

function NavLabel({ item: { label, short } }: { item: NavItem }) {
  if (!short) return label;
  // One name for all: what is not shown on a phone is still read out there.
  return (
    <span>
      {short}
      <span className="max-sm:sr-only">{label.slice(short.length)}</span>
    </span>
  );
}
