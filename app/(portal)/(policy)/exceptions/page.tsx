import { definePage, showPage } from "#app/_portal/form/form.tsx";
import { StateTag } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { ButtonLink, Link, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import { listMyExceptions, type ExceptionEntry } from "#server/policy/exception/queries.ts";

const page = definePage({ path: "/exceptions", read: ({ actor }) => listMyExceptions(actor), heading: "Exceptions" });

/** The actor's own requests and their states, and other people's exceptions that cover the actor. */
const { generateMetadata, Page } = showPage(page, ({ actor, view: { mine, coveringMe } }) => {
  const mayDecide = can(actor, "exception.decide", actor);
  const mayReadAll = can(actor, "exception.read-register", actor);
  return (
    <PortalPage actor={actor} section="exceptions" gap="section">
      <Stack gap="loose">
        <PageHeading size="display">Exceptions</PageHeading>
        <p>An exception lets you, your team or a chat group depart from named clauses of a policy for a time.</p>
        <div>
          <ButtonLink href="/exceptions/new">Ask for an exception</ButtonLink>
        </div>
        {(mayDecide || mayReadAll) && (
          <ul className="list-none space-y-1">
            {mayDecide && (
              <li>
                <Link href="/exceptions/queue">Requests that wait for your decision</Link>
              </li>
            )}
            {mayReadAll && (
              <li>
                <Link href="/exceptions/register">The register of all exceptions</Link>
              </li>
            )}
          </ul>
        )}
      </Stack>
      <PageSection title="Yours">
        <Entries
          caption="Your requests and exceptions"
          entries={mine}
          empty="You have not asked for any. Check first: where the policy says no, its answer leads here."
        />
      </PageSection>
      {coveringMe.length > 0 && (
        <PageSection title="Others that cover you">
          <Entries caption="Exceptions of your team or chat group" entries={coveringMe} empty="" />
        </PageSection>
      )}
    </PortalPage>
  );
});
export { generateMetadata, Page as default };

function Entries({ caption, entries, empty }: { caption: string; entries: readonly ExceptionEntry[]; empty: string }) {
  return (
    <DataTable
      caption={caption}
      columns={{
        Reference: ({ exception }) => <Link href={`/exceptions/${exception.reference}`}>{exception.reference}</Link>,
        Clauses: ({ exception }) => (exception.clauses.length > 0 ? exception.clauses.join(", ") : "None chosen yet"),
        State: ({ state }) => <StateTag state={state} />,
        "Until the end of": ({ exception }) => untilInWords(exception),
      }}
      rows={entries}
      empty={empty}
    />
  );
}

/** The last day approved, or else the one asked for. */
function untilInWords({ endsAt, wantedUntil }: ExceptionEntry["exception"]): string {
  if (endsAt) return dateInWords(lastDay(endsAt));
  return wantedUntil ? `${dateInWords(wantedUntil)} (asked for)` : "Not given yet";
}
