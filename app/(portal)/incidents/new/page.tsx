import type { Metadata } from "next";
import { ContactList } from "#app/_portal/contact-list.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { PrintHint } from "#app/_ui/print-hint.tsx";
import { Quotation } from "#app/_ui/quotation.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { accidentClauses, governanceContact } from "#domain/policy/accident.ts";
import type { Contact } from "#domain/policy/body.ts";
import { clauseAnchor } from "#domain/policy/clause.ts";
import { requireActor } from "#server/identity/session.ts";
import { getOwnBody, listOwnPolicies, type OwnPolicy } from "#server/policy/queries.ts";

export const metadata: Metadata = { title: "Report an accident" };

/** Something was shared by mistake: whom to ask before anything is deleted, the policy's own steps, whom to tell. */
export default async function ReportAccidentPage() {
  const actor = await requireActor();
  const [body, policies] = await Promise.all([getOwnBody(actor), listOwnPolicies(actor)]);
  const contacts = body?.contacts ?? [];
  const officer = governanceContact(contacts);
  const others = contacts.filter((contact) => contact !== officer);
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack gap="loose">
          <PageHeading size="display">Report an accident</PageHeading>
          <p className="text-lead">Did you share something by mistake, or see somebody do it? Tell people today.</p>
          <Banner tone="warning" title="First, before you delete anything">
            <p>
              Ask the governance officer whether anything must be kept. What is deleted is gone, also when somebody has
              a right to see it.
            </p>
            <p>{officer ? <Officer contact={officer} /> : <NobodyNamed />}</p>
          </Banner>
        </Stack>
        <Stack as="section">
          <h2>Tell people today</h2>
          <ul>
            <li>Tell your line manager what was shared, with whom, when, and in which app or tool.</li>
            <li>If it was about a person, your employer may have only 72 hours to report it.</li>
          </ul>
          <p>This portal does not take reports yet. Call or write to the people named here.</p>
        </Stack>
        {policies.flatMap((policy) => (
          <PolicySteps key={policy.slug} policy={policy} />
        ))}
        {policies.length === 0 && <p>Your employer has no policy here yet, so no further steps are known.</p>}
        {others.length > 0 && (
          <Stack as="section">
            <h2>Whom to contact</h2>
            <ContactList contacts={others} />
          </Stack>
        )}
        <PrintHint />
      </Stack>
    </PortalPage>
  );
}

function Officer({ contact: { name, address } }: { contact: Contact }) {
  return (
    <>
      Contact: <strong>{name}</strong> {address ?? <Missing>Address not given</Missing>}
    </>
  );
}

function NobodyNamed() {
  return (
    <>
      <Missing>Your employer names no governance officer here</Missing> Ask your line manager who it is.
    </>
  );
}

function PolicySteps({ policy: { current } }: { policy: OwnPolicy }) {
  if (!current) return null;
  const clauses = accidentClauses(current);
  const { slug, version, frontMatter } = current;
  return (
    <Stack as="section">
      <h2>What the policy says</h2>
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
        <p>The policy says nothing about accidents. Do not wait for it: ask first and tell people, as above.</p>
      )}
    </Stack>
  );
}
