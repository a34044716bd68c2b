import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { connection } from "next/server";
import { getBrand } from "#server/gather/statement/queries.ts";
import "./globals.css";

/**
 * The letters of English in the weights that are used: small, and after the styles rather than beside them. A typeface
 * that is late is for the next page (`optional`), so that no text moves (docs/decisions/058-first-paint-on-a-phone.md).
 */
const basic = localFont({
  src: "./_ui/atkinson-hyperlegible-next-basic.woff2",
  weight: "400 700",
  style: "normal",
  display: "optional",
  preload: false,
  adjustFontFallback: "Arial",
  variable: "--font-basic",
  declarations: [
    { prop: "unicode-range", value: "U+0020-007E,U+00A0,U+00A3,U+00B7,U+2013-2014,U+2018-2019,U+201C-201D,U+2026" },
  ],
});

/** The rest of Latin-1 and of punctuation; fetched only if a page has some of it. */
const latin = localFont({
  src: "../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
  weight: "200 800",
  style: "normal",
  display: "optional",
  preload: false,
  adjustFontFallback: false,
  variable: "--font-latin",
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+00A1-00A2,U+00A4-00B6,U+00B8-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+201A,U+201E,U+2022,U+2039-203A,U+2044,U+20AC,U+2122,U+2212,U+2215",
    },
  ],
});

/** For names with letters beyond Latin-1, such as Welsh ones; fetched only if a page has such a letter. */
const latinExt = localFont({
  src: "../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
  weight: "200 800",
  style: "normal",
  display: "optional",
  preload: false,
  adjustFontFallback: false,
  variable: "--font-latin-ext",
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
    },
  ],
});

export async function generateMetadata(): Promise<Metadata> {
  // The name is content, which is not known at build time.
  await connection();
  const { name } = await getBrand();
  return {
    title: { default: name, template: `%s – ${name}` },
    description: "What you may send with messaging apps at work, and why.",
    applicationName: name,
    robots: { index: false, follow: false },
    manifest: "/manifest.webmanifest",
    icons: { icon: { url: "/icon.svg", type: "image/svg+xml" }, apple: "/apple-touch-icon.png" },
    formatDetection: { telephone: false, date: false, address: false, email: false, url: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#1a2029" },
  ],
};

/** The document around every page: language, typeface and the skip link. Pages bring their own `SiteFrame`. */
export default function RootLayout({ children }: { children: React.ReactNode }) {
  return (
    <html lang="en-GB" className={`${basic.variable} ${latin.variable} ${latinExt.variable}`}>
      <body className="font-sans">
        <a
          href="#main"
          className="no-print sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-20 focus:rounded-small focus:bg-raised focus:px-5 focus:py-3 focus:font-bold"
        >
          Skip to the main content
        </a>
        {children}
      </body>
    </html>
  );
}
