import type { Metadata } from "next";
import { ListSearch, NOTHING_FOUND } from "#app/_portal/list-search.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { readPageCursor, readSearchText, type ListPage } from "#domain/base/list/page.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getIncidents, type IncidentEntry } from "#server/registers/incident/queries.ts";

export const metadata: Metadata = { title: "Reports of accidents" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/**
 * The reports that concern the reader: for an officer those of the body, otherwise their own and those of their team.
 */
export default async function IncidentsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const text = readSearchText(query);
  const [handled, told, own] = await Promise.all([
    can(actor, "incident.handle", actor)
      ? getIncidents(actor, "handler", { text, cursor: readPageCursor(query) })
      : null,
    getIncidents(actor, "manager", { cursor: readPageCursor(query, "team") }),
    getIncidents(actor, "reporter", { cursor: readPageCursor(query, "own") }),
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
        </Stack>
        {handled && (
          <Reports
            title="To handle"
            text={text}
            entries={handled}
            empty={text ? NOTHING_FOUND : "There are no reports to handle."}
          />
        )}
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

type ReportsProps = {
  title: string;
  list?: "team" | "own";
  text?: string;
  entries: ListPage<IncidentEntry>;
  empty: string;
};

/** @param text the search term, in the list that can be searched */
function Reports({ title, list, text, entries, empty }: ReportsProps) {
  return (
    <Stack as="section">
      <h2 id={list}>{title}</h2>
      {text !== undefined && (
        <ListSearch path="/incidents" label="Reference or who reported it" text={text} page={entries} />
      )}
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
          State: (entry) => <State entry={entry} />,
        }}
        rows={entries.rows}
      />
      <PageLinks
        label={`Pages: ${title}`}
        page={entries}
        path="/incidents"
        list={list}
        filters={text ? [["q", text]] : []}
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
          72 hours: {clock.left}, {clock.isOver ? "since" : "until"} <Moment at={clock.deadline} />
        </span>
      )}
    </>
  );
}
