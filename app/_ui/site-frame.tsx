import { Link, VisuallyHidden } from "./layout.tsx";

export type SiteNotice = { text: React.ReactNode; tone: "info" | "warning" };
export type NavItem = {
  href: string;
  label: string;
  /** The beginning of the label, for a phone, where all navigation links share one row. */
  short?: string | undefined;
  current?: boolean | undefined;
  /** How many are waiting there, in words; empty if none. */
  badge?: string | undefined;
};

/** What the portal is called and looks like; its files are named by their addresses. */
export type Brand = {
  name: string;
  logo: string | null;
  logoInDark: string | null;
  /** The style sheet of the body's accent colour. */
  styles: string | null;
};

type SiteFrameProps = {
  brand: Brand;
  notices?: SiteNotice[] | undefined;
  nav?: NavItem[] | undefined;
  /** The rest of the navigation: not on a phone held upright, whose row is full. */
  moreNav?: NavItem[] | undefined;
  /** Who is signed in; null on public pages. */
  account?: { name: string; detail: string; href?: string | undefined } | null | undefined;
  /** Account actions: the sign-out form, small links. */
  accountActions?: React.ReactNode;
  /** A way to search, in the middle of the header. */
  search?: React.ReactNode;
  footer?: React.ReactNode;
  home?: string | undefined;
  children: React.ReactNode;
};

/** A printed policy is a document of its own, without the portal around it. Its footer comes from print.css. */
const NOT_AROUND_PAPER = "print:group-has-[[data-paper]]/frame:hidden";

/**
 * The whole page around its content: notices, header with navigation, main, footer. On a phone held upright the
 * navigation is at the bottom edge, within reach of the thumb.
 */
export const SiteFrame = ({
  brand,
  notices = [],
  nav = [],
  moreNav = [],
  account,
  accountActions,
  search,
  footer,
  home = "/",
  children,
}: SiteFrameProps) => (
  <div className={`group/frame flex min-h-dvh flex-col print:block print:min-h-0 ${navSpace(nav)}`}>
    {brand.styles !== null && <link rel="stylesheet" href={brand.styles} />}
    {notices.length > 0 && (
      <section aria-label="Notices" className={NOT_AROUND_PAPER}>
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

    <header className={`border-b border-line bg-raised print:border-0 upright:contents ${NOT_AROUND_PAPER}`}>
      <div className="bg-raised max-sm:border-b max-sm:border-line print:border-0">
        <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-5 px-gutter py-1.5 print:px-0">
          <Link href={home} className="no-address inline-flex min-h-target items-center no-underline">
            <Wordmark brand={brand} />
          </Link>
          {search && <div className="no-print ms-auto text-small">{search}</div>}
          {/* What is handed to others does not carry the name of whoever printed it. */}
          {account && (
            <p className="order-last flex max-w-none flex-wrap gap-x-2 pb-1 text-small leading-snug text-soft max-sm:basis-full sm:order-none sm:ms-auto sm:max-w-[50%] sm:justify-end sm:pb-0 sm:text-end print:group-has-[[data-for-release]]/frame:hidden">
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
      {nav.length > 0 && <MainNav items={nav} more={moreNav} />}
    </header>

    <main
      id="main"
      tabIndex={-1}
      className="mx-auto w-full max-w-page grow px-gutter pt-7 pb-16 sm:pt-10 sm:pb-24 print:max-w-none print:px-0 print:pt-3 print:pb-4 print:group-has-[[data-paper]]/frame:p-0"
    >
      {children}
    </main>

    {footer && (
      <footer className={`border-t border-line text-small text-soft ${NOT_AROUND_PAPER}`}>
        <div className="mx-auto max-w-page px-gutter py-6 leading-8 print:px-0 print:py-2">{footer}</div>
      </footer>
    )}
  </div>
);

/** How many names fit in one row on a phone; those with more to do here get two rows or three. */
const MOST_IN_A_ROW = 5;

/** The space that the navigation covers on a phone held upright. */
function navSpace({ length }: readonly NavItem[]): string {
  if (length === 0) return "";
  return length > MOST_IN_A_ROW ? "upright:pb-36 upright-low:pb-0" : "upright:pb-16";
}

/**
 * The navigation. On a phone held upright it is fixed within reach of the thumb, and the frame keeps as much space free
 * under the footer (`navSpace`), so that it never covers the end of a page.
 */
function MainNav({ items, more }: { items: NavItem[]; more: NavItem[] }) {
  const isCrowded = items.length > MOST_IN_A_ROW;
  return (
    <nav
      aria-label="Main"
      className={`no-print text-small upright:fixed upright:inset-x-0 upright:bottom-0 upright:z-10 upright:order-1 upright:border-t upright:border-line upright:bg-raised ${isCrowded ? "upright-low:static" : ""}`}
    >
      <ul className="mx-auto flex max-w-page list-none flex-wrap gap-x-7 px-gutter upright:justify-around upright:gap-x-0 upright:px-1">
        {items.map((item) => (
          <li
            key={item.href}
            className={`upright:flex-auto ${isCrowded ? "" : "upright-slim:min-w-min upright-slim:flex-1"}`}
          >
            <Link
              href={item.href}
              aria-current={item.current ? "page" : undefined}
              className={`${NAV_LINK} ${item.current ? NAV_CURRENT : NAV_OTHER} ${isCrowded ? NAV_CROWDED : NAV_ROOMY}`}
            >
              <NavLabel item={item} />
              {item.badge !== undefined && (
                <span className="inline-block min-w-6 rounded-small border border-transparent bg-warning-tint px-1.5 text-center leading-6 font-bold text-warning tabular-nums">
                  {item.badge}
                  <VisuallyHidden> open</VisuallyHidden>
                </span>
              )}
            </Link>
          </li>
        ))}
        {more.map(({ href, label, current }) => (
          <li key={href} className="upright:hidden">
            <Link
              href={href}
              aria-current={current ? "page" : undefined}
              className={`${NAV_LINK} ${current ? NAV_CURRENT : NAV_OTHER}`}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const NAV_LINK =
  "flex min-h-target items-center gap-[0.4rem] border-y-[0.19rem] border-tab-off py-[0.3rem] whitespace-nowrap text-ink no-underline upright:justify-center";
const NAV_CURRENT = "border-b-tab-on font-bold upright:border-t-tab-on upright:border-b-tab-off";
const NAV_OTHER = "hover:border-b-edge upright:hover:border-b-tab-off";
const NAV_CROWDED = "upright:px-[0.4rem]";
// The narrowest phones: equal widths, and a long name takes two lines.
const NAV_ROOMY =
  "upright:min-h-13 upright:px-[0.2rem] upright-slim:text-center upright-slim:leading-[1.2] upright-slim:whitespace-normal";

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

/**
 * The mark (a speech bubble with a tick, or the body's logo) and the name. The words are part of it, so a link around it
 * has its name.
 */
const Wordmark = ({ brand: { name, logo, logoInDark } }: { brand: Brand }) => (
  <span className="inline-flex items-center gap-2.5 text-[1.25rem] leading-none font-extrabold tracking-tight text-ink">
    {logo === null ? <Mark /> : <Logo light={logo} dark={logoInDark} />}
    <span className="whitespace-nowrap">{name}</span>
  </span>
);

const Logo = ({ light, dark }: { light: string; dark: string | null }) => (
  <picture>
    {dark !== null && <source srcSet={dark} media="screen and (prefers-color-scheme: dark)" />}
    <img src={light} alt="" className="brand-logo" />
  </picture>
);

const Mark = () => (
  <svg viewBox="0 0 32 32" className="size-8 shrink-0" aria-hidden="true" focusable="false">
    <path
      d="M6 3h20a4 4 0 0 1 4 4v13a4 4 0 0 1-4 4H15l-7 6v-6H6a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z"
      className="fill-accent print:fill-none print:stroke-ink print:stroke-2 forced-colors:fill-[CanvasText]"
    />
    <path
      d="m10 13.500 4.400 4.300L22.300 9.500"
      fill="none"
      strokeWidth="3.200"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="stroke-accent-ink print:stroke-ink forced-colors:stroke-[Canvas]"
    />
  </svg>
);
