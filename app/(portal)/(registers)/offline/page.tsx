import { ContactList } from "#app/_portal/contact-list.tsx";
import { Island } from "#app/_portal/island.tsx";
import { OpenPage } from "#app/_portal/open-page.tsx";
import { Missing } from "#app/_ui/content.tsx";
import { PageHeading, PageSection, PrintHint, Stack } from "#app/_ui/layout.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { accidentClauses } from "#domain/policy/policy/accident.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { OFFLINE_ADVICE } from "#domain/registers/incident/offline-advice.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { clock } from "#server/base/clock.ts";
import { getBodyName, getOwnBody, listOwnCurrent } from "#server/policy/policy/queries.ts";

export const metadata = { title: "When you are offline" };

/**
 * The offline card of the reader's body, which a worker keeps in the browser (public/offline-worker.js). It is the same
 * for everybody there: nothing on it may come from the person or their session, so it has no frame with their name.
 */
export default async function OfflinePage() {
  const actor = await requireActor();
  const [name, body, policies] = await Promise.all([getBodyName(actor), getOwnBody(actor), listOwnCurrent(actor)]);
  const contacts = body?.contacts ?? [];
  return (
    <OpenPage gap="section">
      <Stack>
        <PageHeading kicker={name}>When you are offline</PageHeading>
        <p>
          Fetched on {dateInWords(calendarDay(clock.now()))}. There may be a newer card: open this page again when you
          are online.
        </p>
        <Island name="offline">
          <p hidden>
            This browser now keeps the card. Bookmark this page, and open it when you have no connection. Nothing about
            you is on it.
          </p>
          <PrintHint />
        </Island>
      </Stack>
      {policies.map((policy) => (
        <Essentials key={policy.slug} policy={policy} />
      ))}
      <PageSection title="If something goes wrong" id="mistakes">
        {OFFLINE_ADVICE.map(({ title, steps }) => (
          <div key={title} className="space-y-2" data-keep="">
            <h3>{title}</h3>
            <ol>
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </div>
        ))}
      </PageSection>
      <PageSection title="Who to ring or write to" id="contacts">
        {contacts.length > 0 ? (
          <ContactList contacts={contacts} />
        ) : (
          <p>
            <Missing>Your employer names no contacts here</Missing> Ring your line manager.
          </p>
        )}
      </PageSection>
    </OpenPage>
  );
}

/** What one policy says in short, and after a mistake. */
function Essentials({ policy }: { policy: PolicyVersion }) {
  const { slug, version, frontMatter } = policy;
  const clauses = accidentClauses(policy);
  return (
    <PageSection title={frontMatter.title} id={slug}>
      <p className="text-small text-soft">
        Version {version}
        {frontMatter.status === "draft" && ", a draft that is not in force"}
      </p>
      <ul>
        {frontMatter.summary.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      {clauses.length > 0 && (
        <>
          <h3>What it says about mistakes</h3>
          <ul className="list-none space-y-2">
            {clauses.map(({ id, text }) => (
              <li key={id}>
                <strong>{id}</strong> {text}
              </li>
            ))}
          </ul>
        </>
      )}
    </PageSection>
  );
}
