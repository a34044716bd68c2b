import { ContactList } from "#app/_portal/contact-list.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { governanceContact } from "#domain/policy/policy/accident.ts";
import type { Body, Contact } from "#domain/policy/policy/body.ts";

/** Ids of the contacts that matter after an accident; see content/bodies. */
const AFTER_AN_ACCIDENT = [
  "line-manager",
  "governance-officer",
  "information-governance",
  "dpo",
  "info-sec",
  "it-service-desk",
];

/** Whom to ring or write to, including out of hours: those who handle incidents first, then the other relevant ones. */
export function IncidentContacts({ body }: { body: Body | null }) {
  const contacts = body?.contacts ?? [];
  const officer = governanceContact(contacts);
  const others = contacts.filter((contact) => contact !== officer && AFTER_AN_ACCIDENT.includes(contact.id));
  const sorted = [...(officer ? [officer] : []), ...others];
  return (
    <Stack as="section">
      <h2>Who to ring</h2>
      {!officer && (
        <p>
          <Missing>Your employer names no governance officer here</Missing> Ask your line manager who it is.
        </p>
      )}
      {sorted.length > 0 && <ContactList contacts={sorted} />}
      <p>{outOfHours(contacts)}</p>
    </Stack>
  );
}

function outOfHours(contacts: readonly Contact[]): string {
  return contacts.some((contact) => contact.outOfHours !== undefined)
    ? "No answer? Ring the out-of-hours contact above. Do not wait for the morning."
    : "Your employer names nobody here for nights and weekends. Ring your line manager, and do not wait for the morning.";
}
