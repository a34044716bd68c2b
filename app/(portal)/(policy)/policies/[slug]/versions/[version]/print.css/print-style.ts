import { correctionWords } from "#domain/policy/policy/front-matter.ts";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";

export type PrintedPolicy = Pick<ReadablePolicy, "version" | "body" | "isPublished">;

/** What identifies a version in print: its body, its policy, its number, and its fingerprint once published. */
export function printedIdentification({ version, body, isPublished }: PrintedPolicy): [string, string] {
  const { title, status } = version.frontMatter;
  const draft = status === "draft" ? ", draft" : "";
  const correction = correctionWords(version.frontMatter);
  const name = `${body.name} · ${title} · version ${version.version}${draft}${correction ? `, ${correction}` : ""}`;
  return [name, isPublished ? `SHA-256 ${version.hash}` : "Not published yet"];
}

/**
 * The footer of every printed sheet of a version, for browsers with margin boxes, and links in full.
 * @param origin the portal's address, without a trailing slash
 * @returns a style sheet for `media="print"`
 */
export function printStyle(policy: PrintedPolicy, origin: string): string {
  const foot = printedIdentification(policy).map(cssString).join(' "\\A" ');
  const font = "font: 7.5pt/1.4 system-ui, sans-serif; vertical-align: top; padding-top: 4mm;";
  return `@page {
  size: A4;
  margin: 18mm 16mm 24mm;
  @bottom-left { content: ${foot}; white-space: pre-line; ${font} }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); white-space: nowrap; ${font} }
}
main :is(p, li, dd, blockquote):not(.no-address *, .no-address) a[href^="/"]:not(.no-address)::after {
  content: "(" ${cssString(origin)} attr(href) ")";
}
`;
}

/** A text as a CSS string: whatever could end it, or break its line, is escaped as a code point. */
function cssString(text: string): string {
  const escaped = text.replaceAll(
    /["\\<\p{Cc}]/gu,
    (character) => `\\${character.codePointAt(0)?.toString(16) ?? ""} `,
  );
  return `"${escaped}"`;
}
