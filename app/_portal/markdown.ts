import { createHash } from "node:crypto";
import type { Heading, PhrasingContent, RootContent } from "mdast";
import { nothingThere } from "#app/_portal/file-response.ts";
import { isNotModified } from "#domain/answers/api/entity-tag.ts";

/** Words, plain or as a link and the like. */
type Words = string | PhrasingContent;

const phrasing = (words: readonly Words[]) =>
  words.map((one): PhrasingContent => (typeof one === "string" ? { type: "text", value: one } : one));

/** @param id its anchor on the page */
export const heading = (depth: Heading["depth"], words: string, id?: string): RootContent => ({
  type: "heading",
  depth,
  children: phrasing([words]),
  ...(id && { data: { hProperties: { id } } }),
});

export const paragraph = (...words: Words[]) =>
  ({ type: "paragraph", children: phrasing(words) }) satisfies RootContent;

export const link = (url: string, words: string) =>
  ({ type: "link", url, children: phrasing([words]) }) satisfies RootContent;

export const strong = (words: string) => ({ type: "strong", children: phrasing([words]) }) satisfies RootContent;

/** A name before what it says: the blank stands outside, as a strong text that ends with one needs escapes. */
export const label = (name: string) => [strong(`${name}:`), " "] as const;

/** What stands apart: its title, and what it says, a paragraph for each line. */
export function quotation(title: string, says: string): RootContent {
  const [first = "", ...rest] = says.split(/\n+/);
  return {
    type: "blockquote",
    children: [paragraph(strong(`${title}.`), ` ${first}`), ...rest.map((line) => paragraph(line))],
  };
}

export const list = (items: readonly (readonly Words[])[]): RootContent => ({
  type: "list",
  ordered: false,
  spread: false,
  children: items.map((words) => ({ type: "listItem", spread: false, children: [paragraph(...words)] })),
});

/** @param rows the first has the names of the columns */
export const table = (rows: readonly (readonly (readonly Words[])[])[]): RootContent => ({
  type: "table",
  children: rows.map((cells) => ({
    type: "tableRow",
    children: cells.map((words) => ({ type: "tableCell", children: phrasing(words) })),
  })),
});

/**
 * A page as text, for whoever may read the page. It is always the same bytes, so that its tag is a strong one: nothing
 * on the way compresses it.
 */
export function markdownResponse(request: Request, text: string | null): Response {
  if (text === null) return nothingThere();
  const etag = `"${createHash("sha256").update(text).digest("base64url")}"`;
  const headers = { etag, "cache-control": "private, no-cache, no-transform", vary: "Accept, Cookie" };
  if (isNotModified(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  return new Response(text, { headers: { ...headers, "content-type": "text/markdown; charset=utf-8" } });
}
