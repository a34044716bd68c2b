import { Link } from "#app/_ui/link.tsx";

/** E-mail addresses, phone numbers as they are written in the UK, and extensions. */
const REACHABLE = /([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|((?:\+|\b0)\d[\d ()-]{7,}\d)|\b(ext(?:ension|\.)? ?\d{3,6})\b/gi;

/** A contact's words, in which one can press an address to write to it and a number to ring it. */
export function ContactText({ children }: { children: string }) {
  const parts = [];
  let end = 0;
  for (const match of children.matchAll(REACHABLE)) {
    const [text, address] = match;
    const href = address ? `mailto:${address}` : `tel:${text.replaceAll(/[^\d+]/g, "")}`;
    parts.push(
      children.slice(end, match.index),
      <Link key={match.index} href={href} className="no-address">
        {text}
      </Link>,
    );
    end = match.index + text.length;
  }
  return [...parts, children.slice(end)];
}
