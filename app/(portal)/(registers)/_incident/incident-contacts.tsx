import { ContactList, WhoAddsNumbers } from "#app/_portal/contact-list.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { Section } from "#app/_ui/section.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { governanceContact } from "#domain/policy/policy/accident.ts";
import type { Body, Contact } from "#domain/policy/policy/body.ts";
import { getOwnLineManager } from "#server/people/directory/manager-queries.ts";

/** Ids of the contacts that matter after an accident; see content/bodies. */
const AFTER_AN_ACCIDENT = [
  "line-manager",
  "governance-officer",
  "information-governance",
  "dpo",
  "info-sec",
  "it-service-desk",
];

/** Who to ring or write to, including out of hours: those who handle incidents first, then the other relevant ones. */
export async function IncidentContacts({ actor, body }: { actor: Actor; body: Body | null }) {
  const contacts = body?.contacts ?? [];
  const officer = governanceContact(contacts);
  const others = contacts.filter((contact) => contact !== officer && AFTER_AN_ACCIDENT.includes(contact.id));
  const sorted = [...(officer ? [officer] : []), ...others];
  return (
    <Section title="Who to ring">
      {!officer && (
        <p>
          <Missing>Your employer names no governance officer here</Missing> Ask your line manager who it is.
        </p>
      )}
      {sorted.length > 0 && (
        <ContactList contacts={sorted} manager={await getOwnLineManager(actor)} toRing={body?.slug} />
      )}
      <p>{outOfHours(contacts)}</p>
    </Section>
  );
}

function outOfHours(contacts: readonly Contact[]): string {
  return contacts.some((contact) => contact.outOfHours !== undefined)
    ? "No answer? Ring the out-of-hours contact above. Do not wait for the morning."
    : "Your employer names nobody here for nights and weekends. Ring your line manager, and do not wait for the morning.";
}

type ContactToRingProps = { body: Body | null; id: string };

/** The one contact whom the advice says to ring, with the number, or who has to add it. */
export function ContactToRing({ body, id }: ContactToRingProps) {
  const contact = body?.contacts.find((one) => one.id === id);
  if (contact) return <ContactList contacts={[contact]} toRing={body?.slug} />;
  return (
    <div className="space-y-1.5">
      <p>
        <Missing>Your employer names no {CONTACT_NAMES[id] ?? id} here</Missing> Ask your line manager for the number.
      </p>
      {body && <WhoAddsNumbers body={body.slug} contact={id} />}
    </div>
  );
}

const CONTACT_NAMES: Readonly<Record<string, string>> = { "it-service-desk": "IT service desk" };
