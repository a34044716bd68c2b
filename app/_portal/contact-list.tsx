import { Missing } from "#app/_ui/missing.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { ContactText } from "./contact-text.tsx";
import type { Contact } from "#domain/policy/policy/body.ts";

/** The reader's line manager, as the directory has them. */
export interface KnownManager {
  name: string;
  email: string;
}

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
function Address({ words }: { words: string }) {
  return (
    <span className="block">
      <ContactText>{words}</ContactText>
    </span>
  );
}

function Gap({ contact: { id, address, phone }, isToRing }: { contact: Contact; isToRing: boolean }) {
  if (isToRing) return <Missing>Number not given</Missing>;
  return address === null && phone === undefined && id !== "line-manager" ? <Missing>Address not given</Missing> : null;
}

/** Who can mend that there is no number. */
export function WhoAddsNumbers({ body, contact }: { body: string; contact?: string }) {
  return (
    <p className="text-small text-soft">
      Whoever runs With Care adds {contact === undefined ? "missing numbers" : "it"}: <code>phone</code>
      {contact !== undefined && (
        <>
          {" "}
          of <code>{contact}</code>
        </>
      )}
      , under <code>contacts</code> in <code>content/bodies/{body}.yaml</code>.
    </p>
  );
}
