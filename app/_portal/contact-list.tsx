import { Link } from "../_ui/layout.tsx";
import { Missing, SummaryList } from "../_ui/content.tsx";
import type { Contact } from "#domain/policy/policy/body.ts";
import { addressLink } from "#domain/policy/policy/contact-link.ts";

export type KnownManager = { name: string; email: string };

type ContactListProps = {
  contacts: readonly Contact[];
  /** Named beside the role, with their address. */
  manager?: KnownManager | null | undefined;
  /** Slug of the body, where the reader is told to ring: every number, or who has to add the missing ones. */
  toRing?: string | undefined;
};

/** Who to ask, by role, each with links that write or ring; what is missing from the body's content is a gap. */
export function ContactList({ contacts, manager, toRing }: ContactListProps) {
  const isGap = ({ id, phone }: Contact) => phone === undefined && id !== "line-manager";
  return (
    <>
      <SummaryList
        rows={contacts.map((contact) => ({
          term: contact.for,
          value: (
            <>
              {contact.name}
              {contact.id === "line-manager" && manager && (
                <>
                  , <bdi>{manager.name}</bdi> <Address words={manager.email} />
                </>
              )}
              {contact.phone !== undefined && <Address words={contact.phone} />}
              {contact.address !== null && <Address words={contact.address} />}
              {contact.outOfHours !== undefined && <Address words={contact.outOfHours} />}
              <Gap contact={contact} isToRing={toRing !== undefined && isGap(contact)} />
            </>
          ),
        }))}
      />
      {toRing !== undefined && contacts.some(isGap) && <WhoAddsNumbers body={toRing} />}
    </>
  );
}

/** An address or a number, on a line of its own, to press. */
const Address = ({ words }: { words: string }) => (
  <span className="block">
    <ContactText>{words}</ContactText>
  </span>
);

function Gap({ contact: { id, address, phone }, isToRing }: { contact: Contact; isToRing: boolean }) {
  if (isToRing) return <Missing>Number not given</Missing>;
  return address === null && phone === undefined && id !== "line-manager" ? <Missing>Address not given</Missing> : null;
}

/** Who can mend that there is no number. */
export const WhoAddsNumbers = ({ body, contact }: { body: string; contact?: string }) => (
  <p className="text-small text-soft">
    Whoever runs the portal adds {contact === undefined ? "missing numbers" : "it"}: <code>phone</code>
    {contact !== undefined && (
      <>
        {" "}
        of <code>{contact}</code>
      </>
    )}
    , under <code>contacts</code> in <code>content/bodies/{body}.yaml</code>.
  </p>
);

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
