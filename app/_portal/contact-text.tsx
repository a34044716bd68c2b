import { Link } from "#app/_ui/link.tsx";
import { addressLink } from "#domain/policy/policy/contact-link.ts";

/** Pages, e-mail addresses, phone numbers as they are written in the UK with their extension, and extensions alone. */
const REACHABLE =
  /(https?:\/\/[^\s<>"]+)|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|((?:\+|\b0)\d[\d ()-]{7,}\d(?: *(?:extension|ext\.?|x) *\d+)?)|\bext(?:ension|\.)? ?(\d{3,6})\b/gi;

/** A contact's words, in which one can press an address to write to it and a number to ring it. */
export function ContactText({ children }: { children: string }) {
  const parts = [];
  let end = 0;
  for (const match of children.matchAll(REACHABLE)) {
    const [text, , , , extension] = match;
    const href = addressLink(extension ?? text);
    if (href === null) continue;
    parts.push(
      children.slice(end, match.index),
      <Link key={match.index} href={href} className="no-address inline-flex min-h-8 items-center">
        {text}
      </Link>,
    );
    end = match.index + text.length;
  }
  return [...parts, children.slice(end)];
}
