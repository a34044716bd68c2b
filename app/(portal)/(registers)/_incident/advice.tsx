import { YourLineManager } from "#app/_portal/your-line-manager.tsx";
import { PageSection } from "#app/_ui/layout.tsx";
import { ContactList, WhoAddsNumbers } from "#app/_portal/contact-list.tsx";
import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { Banner, Missing, Quotation } from "#app/_ui/content.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { governanceContact, accidentClauses } from "#domain/policy/policy/accident.ts";
import type { Body, Contact } from "#domain/policy/policy/body.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import type { StandingHold } from "#domain/registers/hold/hold.ts";
import type { DeletionState } from "#domain/registers/incident/deletion.ts";
import { getOwnLineManager } from "#server/people/directory/manager-queries.ts";
import type { OwnPolicy } from "#server/policy/policy/queries.ts";

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
    <PageSection title="Who to ring">
      {!officer && (
        <p>
          <Missing>Your employer names no governance officer here</Missing> Ask <YourLineManager actor={actor} /> who it
          is.
        </p>
      )}
      {sorted.length > 0 && (
        <ContactList contacts={sorted} manager={await getOwnLineManager(actor)} toRing={body?.slug} />
      )}
      <p>
        <OutOfHours actor={actor} contacts={contacts} />
      </p>
    </PageSection>
  );
}

const OutOfHours = ({ actor, contacts }: { actor: Actor; contacts: readonly Contact[] }) =>
  contacts.some((contact) => contact.outOfHours !== undefined) ? (
    "No answer? Ring the out-of-hours contact above. Do not wait for the morning."
  ) : (
    <>
      Your employer names nobody here for nights and weekends. Ring <YourLineManager actor={actor} />, and do not wait
      for the morning.
    </>
  );

/** The one contact whom the advice says to ring, with the number, or who has to add it. */
export function ContactToRing({ actor, body, id }: { actor: Actor; body: Body | null; id: string }) {
  const contact = body?.contacts.find((one) => one.id === id);
  if (contact) return <ContactList contacts={[contact]} toRing={body?.slug} />;
  return (
    <div className="space-y-1.5">
      <p>
        <Missing>Your employer names no {CONTACT_NAMES[id] ?? id} here</Missing> Ask <YourLineManager actor={actor} />{" "}
        for the number.
      </p>
      {body && <WhoAddsNumbers body={body.slug} contact={id} />}
    </div>
  );
}

const CONTACT_NAMES: Readonly<Record<string, string>> = { "it-service-desk": "IT service desk" };

/** What the body's policies say to do after an accident, in their own words. */
export const PolicySteps = ({ policies }: { policies: readonly OwnPolicy[] }) =>
  policies.length === 0 ? (
    <p>Your employer has no policy here yet, so no further steps are known.</p>
  ) : (
    policies.map((policy) => <StepsOfPolicy key={policy.slug} policy={policy} />)
  );

function StepsOfPolicy({ policy: { current } }: { policy: OwnPolicy }) {
  if (!current) return null;
  const clauses = accidentClauses(current);
  const { slug, version, frontMatter } = current;
  return (
    <PageSection title="What the policy says">
      <p className="text-small text-soft">
        {frontMatter.title}, version {version}
        {frontMatter.status === "draft" && ", a draft that is not in force"}
      </p>
      {clauses.length > 0 ? (
        clauses.map(({ id, text }) => (
          <Quotation
            key={id}
            number={id}
            link={{ href: `/policies/${slug}#${clauseAnchor(id)}`, label: `Read clause ${id}` }}
          >
            {text}
          </Quotation>
        ))
      ) : (
        <p>The policy says nothing about accidents. Do not wait for it: tell people, as above.</p>
      )}
    </PageSection>
  );
}

const DELETION_WORDS = {
  unasked: "First, say whether anybody has asked for these messages.",
  doubt:
    "Somebody may have asked for it. Whoever acts as governance officer has been told, and says in your report whether you may delete it.",
  waiting:
    "Under your policy, nobody may delete anything before they are told to. Whoever acts as governance officer has been told, and answers in your report.",
  refused: "It must be kept, by the decision in your report.",
} as const satisfies Partial<Record<DeletionState, string>>;

/** "Do not delete", and why; empty if deleting is allowed. */
export function DeletionNotice({ state, holds }: { state: DeletionState; holds: readonly StandingHold[] }) {
  if (state === "free") return null;
  if (state === "held") return <DoNotDelete holds={holds} />;
  return (
    <Banner tone="warning" title="Do not delete it now">
      <p>{DELETION_WORDS[state]}</p>
    </Banner>
  );
}
