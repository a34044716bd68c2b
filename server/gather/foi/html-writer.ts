import "server-only";

/** HTML that is known to be safe: made here, with every text in it escaped. */
export class Html {
  constructor(readonly text: string) {}
}

/** What a page may contain: text is escaped; null is left out. */
export type HtmlContent = Html | string | number | null | readonly HtmlContent[];

/**
 * Writes HTML: html`<p>${text}</p>` escapes the text; other pieces of HTML, and lists of both, are inserted as they
 * are.
 */
export function html(strings: TemplateStringsArray, ...contents: HtmlContent[]): Html {
  return new Html(strings.reduce((all, part, at) => `${all}${write(contents[at - 1] ?? null)}${part}`));
}

function write(content: HtmlContent): string {
  if (content instanceof Html) return content.text;
  if (content === null) return "";
  if (typeof content === "string" || typeof content === "number") return escape(String(content));
  return content.map(write).join("");
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** A self-contained page: its style is inline, and it may not load anything. */
export function htmlPage(title: string, content: HtmlContent): string {
  const page = html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${title}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html> `;
  return page.text;
}

const STYLE = `:root { color-scheme: light dark; font: 1.05rem/1.55 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: break-word; }
h1, h2, h3 { line-height: 1.25; margin: 2.2rem 0 0.6rem; break-after: avoid; }
h1 { margin-top: 0; font-size: 2rem; }
h2 { font-size: 1.3rem; }
h3 { font-size: 1rem; margin: 1rem 0 0.3rem; }
dl { display: grid; grid-template-columns: minmax(8rem, 13rem) minmax(0, 1fr); gap: 0.4rem 1.5rem; margin: 0; }
dt { font-weight: 700; }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; padding-bottom: 0.5rem; }
th, td { border-bottom: 1px solid #888; padding: 0.4rem 1rem 0.4rem 0; text-align: start; vertical-align: top; }
.clause { display: grid; grid-template-columns: 3.2rem minmax(0, 1fr); margin: 0.8rem 0; break-inside: avoid; }
.clause > b { font-variant-numeric: tabular-nums; }
.clause > div > :first-child { margin-top: 0; }
.clause > div > :last-child { margin-bottom: 0; }
aside, .note { border-inline-start: 0.25rem solid #888; padding-inline-start: 1rem; }
@media (max-width: 36rem) { dl { display: block; } dd { margin-bottom: 0.6rem; } }
@media print { @page { margin: 18mm 16mm; } :root { font-size: 11pt; color-scheme: light; } main { padding: 0; max-width: none; } }`;
