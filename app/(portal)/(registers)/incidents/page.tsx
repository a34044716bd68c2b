import { EntryList } from "#app/(portal)/(registers)/_list/entry-list.tsx";
import { definePage, framedPage, together } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { ButtonLink, LinkLine, PageSection } from "#app/_ui/layout.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { readPageCursor, type ListPage } from "#domain/base/list/page.ts";
import { getIncidents, type IncidentEntry } from "#server/registers/incident/queries.ts";
import { incidents, IncidentState } from "./register.tsx";

/** The reports that concern the reader: for an officer those of the body, otherwise their own and those of their team. */
const page = definePage({
  path: "/incidents",
  read: ({ actor, query }) =>
    together({
      handled: incidents.read(actor, query),
      told: getIncidents(actor, "manager", readPageCursor(query, "team")),
      own: getIncidents(actor, "reporter", readPageCursor(query, "own")),
    }),
  heading: "Reports of accidents",
  gap: "section",
  intro: ({ actor }) => (
    <>
      <p>Only the people a report concerns can see it. We record who opens it.</p>
      <p>
        <ButtonLink href="/incidents/new" look="quiet">
          Report an accident
        </ButtonLink>
      </p>
      {can(actor, "incident.read-breaches", actor) && (
        <LinkLine href="/incidents/breaches" onPaper={false}>
          Register of breaches
        </LinkLine>
      )}
    </>
  ),
});

const { generateMetadata, Page } = framedPage(page, ({ view: { handled, told, own } }) => (
  <>
    {handled && <PageSection title="To handle">{incidents.show(handled)}</PageSection>}
    {told.rows.length > 0 && reports("Of your team", "team", told)}
    {reports("Your own", "own", own, "You have not reported anything. If something goes wrong, report it here.")}
  </>
));
export { generateMetadata, Page as default };

const reports = (title: string, list: "team" | "own", entries: ListPage<IncidentEntry>, empty = "") => (
  <EntryList
    title={title}
    caption={title}
    path="/incidents"
    list={list}
    page={entries}
    pages={`Pages: ${title}`}
    columns={{
      What: (entry) => entry.title,
      Reported: (entry) => (
        <>
          <Moment at={entry.reportedAt} />
          {entry.reporter !== null && <span className="block text-small text-soft">{entry.reporter}</span>}
        </>
      ),
      State: (entry) => <IncidentState entry={entry} />,
    }}
    empty={empty}
  />
);
