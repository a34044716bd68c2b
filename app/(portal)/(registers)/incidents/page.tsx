import type { Metadata } from "next";
import { Moment } from "#app/_portal/moment.tsx";
import { PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { readPageCursor, type ListPage } from "#domain/base/list/page.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getIncidents, type IncidentEntry } from "#server/registers/incident/queries.ts";
import { IncidentState } from "./incident-state.tsx";
import { incidents } from "./register.tsx";

export const metadata: Metadata = { title: "Reports of accidents" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/**
 * The reports that concern the reader: for an officer those of the body, otherwise their own and those of their team.
 */
export default async function IncidentsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const [handled, told, own] = await Promise.all([
    incidents.read(actor, query),
    getIncidents(actor, "manager", readPageCursor(query, "team")),
    getIncidents(actor, "reporter", readPageCursor(query, "own")),
  ]);
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <PageHeading>Reports of accidents</PageHeading>
          <p>Only the people a report concerns can see it. We record who opens it.</p>
          <p>
            <ButtonLink href="/incidents/new" look="quiet">
              Report an accident
            </ButtonLink>
          </p>
          {can(actor, "incident.read-breaches", actor) && (
            <p className="no-print">
              <Link href="/incidents/breaches">Register of breaches</Link>
            </p>
          )}
        </Stack>
        {handled && <Section title="To handle">{incidents.show(handled)}</Section>}
        {told.rows.length > 0 && <Reports title="Of your team" list="team" entries={told} empty="" />}
        <Reports
          title="Your own"
          list="own"
          entries={own}
          empty="You have not reported anything. If something goes wrong, report it here."
        />
      </Stack>
    </PortalPage>
  );
}

type ReportsProps = { title: string; list: "team" | "own"; entries: ListPage<IncidentEntry>; empty: string };

function Reports({ title, list, entries, empty }: ReportsProps) {
  return (
    <Section title={title} id={list}>
      <DataTable
        caption={title}
        captionHidden
        empty={empty}
        columns={{
          Reference: (entry) => (
            <Link href={`/incidents/${entry.reference}`} className="whitespace-nowrap">
              {entry.reference}
            </Link>
          ),
          What: (entry) => entry.title,
          Reported: (entry) => (
            <>
              <Moment at={entry.reportedAt} />
              {entry.reporter !== null && <span className="block text-small text-soft">{entry.reporter}</span>}
            </>
          ),
          State: (entry) => <IncidentState entry={entry} />,
        }}
        rows={entries.rows}
      />
      <PageLinks label={`Pages: ${title}`} page={entries} path="/incidents" list={list} />
    </Section>
  );
}
