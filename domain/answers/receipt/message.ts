/**
 * A message about a result to somebody who can answer: text and a link for the reader's mail program; the portal sends
 * nothing.
 */
import { VERDICT_WORDS } from "#domain/policy/decision/verdict.ts";
import type { ReceiptContent } from "./content.ts";

export interface ContactMessage {
  subject: string;
  /** Lines end with \n. */
  text: string;
}

/** Mail programs and browsers cut off longer links. */
export const LONGEST_MAIL_LINK = 1900;

const CUT = "[The rest is at the address above.]";

/**
 * What somebody would otherwise have to type: first a place for the question, the result, the clauses and the address,
 * because they must not be cut off, then the answers given.
 * @param address of the result, absolute
 */
export function contactMessage(content: ReceiptContent, version: string, address: string): ContactMessage {
  const { title, verdict, verdictWord, sentence, clauses, answers } = content;
  const ids = clauses.map(({ id }) => id).join(", ");
  return {
    subject: `Question about “${title}”`,
    text: [
      "Hello",
      "",
      "My question:",
      "",
      "",
      `I checked it with “${title}”, version ${version}. The answer was:`,
      `${verdictWord ?? VERDICT_WORDS[verdict]}. ${sentence}`,
      `${clauses.length === 1 ? "Clause" : "Clauses"} ${ids}`,
      address,
      "",
      "My answers:",
      ...answers.map(({ ask, label }) => `- ${ask} ${label}`),
      "",
      ...clauses.map(({ id, text }) => `${id} ${text}`),
    ].join("\n"),
  };
}

/**
 * The link that opens the message in the reader's mail program, as in RFC 6068; if it would be too long, the last lines
 * are left out and the text says so.
 */
export function mailLink(address: string, { subject, text }: ContactMessage): string {
  const lines = text.split("\n");
  for (let count = lines.length; count > 0; count--) {
    const shown = count === lines.length ? lines : [...lines.slice(0, count), CUT];
    const link = `mailto:${encode(address).replaceAll("%40", "@")}?subject=${encode(subject)}&body=${encode(shown.join("\r\n"))}`;
    if (link.length <= LONGEST_MAIL_LINK) return link;
  }
  return `mailto:${encode(address).replaceAll("%40", "@")}?subject=${encode(subject.slice(0, 200))}`;
}

function encode(text: string): string {
  // The function does not escape apostrophes and brackets, but some mail programs cut the link off there.
  return encodeURIComponent(text).replaceAll(/['()*!]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}
