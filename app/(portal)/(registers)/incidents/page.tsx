import type { Metadata } from "next";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { listOwnIncidents, type IncidentEntry } from "#server/registers/incident/queries.ts";

export const metadata: Metadata = { title: "Reports of accidents" };

/** The reports that concern the reader: as an officer those of the body, else their own and those of their team. */
export default async function IncidentsPage() {
  const actor = await requireActor();
  const entries = await listOwnIncidents(actor);
  const [own, handled, told] = (["reporter", "handler", "manager"] as const).map((standing) =>
    entries.filter((entry) => entry.standing === standing),
  );
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <PageHeading>Reports of accidents</PageHeading>
          <p>Only those see a report whom it concerns. Opening one is recorded.</p>
          <p>
            <ButtonLink href="/incidents/new" look="quiet">
              Report an accident
            </ButtonLink>
          </p>
        </Stack>
        {can(actor, "incident.handle", actor) && (
          <Reports title="To handle" entries={handled ?? []} empty="There is no report to handle." />
        )}
        {(told ?? []).length > 0 && <Reports title="Of your team" entries={told ?? []} empty="" />}
        <Reports
          title="Your own"
          entries={own ?? []}
          empty="You have reported nothing. If something goes wrong, report it here."
        />
      </Stack>
    </PortalPage>
  );
}

function Reports({ title, entries, empty }: { title: string; entries: readonly IncidentEntry[]; empty: string }) {
  return (
    <Stack as="section">
      <h2>{title}</h2>
      <DataTable
        caption={title}
        captionHidden
        empty={empty}
        columns={[
          { key: "reference", label: "Reference" },
          { key: "what", label: "What" },
          { key: "reported", label: "Reported" },
          { key: "state", label: "State" },
        ]}
        rows={entries.map((entry) => ({
          key: entry.reference,
          cells: {
            reference: (
              <Link href={`/incidents/${entry.reference}`} className="whitespace-nowrap">
                {entry.reference}
              </Link>
            ),
            what: entry.title,
            reported: (
              <>
                <Moment at={entry.reportedAt} />
                {entry.reporter !== null && <span className="block text-small text-soft">{entry.reporter}</span>}
              </>
            ),
            state: <State entry={entry} />,
          },
        }))}
      />
    </Stack>
  );
}

function State({ entry: { state, standing, clock, left } }: { entry: IncidentEntry }) {
  if (state === "closed") return <Tag tone="good">Closed</Tag>;
  if (standing === "reporter")
    return left > 0 ? (
      <Tag tone="warning">{left === 1 ? "One step left" : `${left} steps left`}</Tag>
    ) : (
      <Tag>Reported</Tag>
    );
  if (standing === "manager") return <Tag>Open</Tag>;
  return (
    <>
      <Tag tone={state === "unopened" ? "warning" : "neutral"}>{state === "unopened" ? "Not opened" : "Open"}</Tag>
      {clock?.isRunning && (
        <span className="block text-small">
          {clock.isOver ? `72 hours over since ${clock.left}` : `${clock.left} left to decide`}
        </span>
      )}
    </>
  );
}
