import { Missing } from "#app/_ui/missing.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { ContactText } from "./contact-text.tsx";
import type { Contact } from "#domain/policy/policy/body.ts";

/** Who to ask, by role; an address missing from the body's content is shown as a gap. */
export function ContactList({ contacts }: { contacts: readonly Contact[] }) {
  return (
    <SummaryList
      rows={contacts.map((contact) => ({
        term: contact.for,
        value: (
          <>
            {contact.name}{" "}
            {contact.address !== null && (
              <span className="block">
                <ContactText>{contact.address}</ContactText>
              </span>
            )}
            {contact.outOfHours !== undefined && (
              <span className="block">
                <ContactText>{contact.outOfHours}</ContactText>
              </span>
            )}
            {contact.address === null && contact.id !== "line-manager" && <Missing>Address not given</Missing>}
          </>
        ),
      }))}
    />
  );
}
