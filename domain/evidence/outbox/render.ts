/** A mail as people read it: as plain text and as simple HTML, with no pictures and nothing fetched from anywhere. */
import type { Notice } from "#domain/evidence/notice/notice.ts";
import type { MailContent } from "./content.ts";

export interface RenderedMail {
  text: string;
  html: string;
}

/**
 * @param origin where the portal is reached, without a slash at the end: every link in it is absolute
 * @param closing the last words of every mail, if the body has some
 */
export function renderMail(content: MailContent, origin: string, closing?: string): RenderedMail {
  const closed = closing === undefined ? content : { ...content, because: `${content.because} ${closing}` };
  return { text: renderText(closed, origin), html: renderHtml(closed, origin) };
}

function renderText({ paragraphs, sections, action, because }: MailContent, origin: string): string {
  const parts = [
    ...paragraphs,
    ...sections.flatMap(({ heading, items }) => [
      heading.toUpperCase(),
      ...items.map(({ title, note, href }) => [`* ${title}`, note, origin + href].filter(Boolean).join("\n  ")),
    ]),
    `${action.label}:\n${origin}${action.href}`,
    `--\n${because}`,
  ];
  return `${parts.join("\n\n")}\n`;
}

// Inline styles are all that mail programs agree on; colours are left to the reader's own, light or dark.
const BODY = "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;margin:0;padding:24px";
const SMALL = "font-size:14px;margin:32px 0 0;padding:16px 0 0;border-top:1px solid #767676";

function renderHtml({ subject, paragraphs, sections, action, because }: MailContent, origin: string): string {
  const link = (href: string, words: string) => `<a href="${escape(origin + href)}">${escape(words)}</a>`;
  return [
    `<!doctype html>`,
    `<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<meta name="color-scheme" content="light dark"><title>${escape(subject)}</title></head>`,
    `<body style="${BODY}"><div style="max-width:38em">`,
    `<h1 style="font-size:22px;line-height:1.3;margin:0 0 16px">${escape(subject)}</h1>`,
    ...paragraphs.map((words) => `<p style="margin:0 0 16px">${escape(words)}</p>`),
    ...sections.flatMap(({ heading, items }) => [
      `<h2 style="font-size:18px;line-height:1.3;margin:24px 0 8px">${escape(heading)}</h2>`,
      `<ul style="margin:0 0 16px;padding:0 0 0 20px">`,
      ...items.map(
        ({ title, note, href }) =>
          `<li style="margin:0 0 8px">${link(href, title)}${note && `<br>${escape(note)}`}</li>`,
      ),
      `</ul>`,
    ]),
    `<p style="margin:24px 0 0;font-weight:bold">${link(action.href, action.label)}</p>`,
    `<p style="${SMALL}">${escape(because)}</p>`,
    `</div></body></html>`,
    ``,
  ].join("\n");
}

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** The mail of one urgent notice. */
export const noticeMail = ({
  subject,
  paragraphs,
  href,
}: Pick<Notice, "subject" | "paragraphs" | "href">): MailContent => ({
  schemaVersion: 1,
  subject,
  paragraphs: [...paragraphs],
  sections: [],
  action: { label: "Open it in the portal", href },
  because:
    "You get this at once because it is urgent. You cannot switch urgent mail off. Do not reply: nobody reads this address.",
});
