import { framedPage } from "#app/_portal/form/form-page.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { ListSearch, NOTHING_FOUND } from "#app/_portal/list-search.tsx";
import { BY_NAME, PageLinks } from "#app/_portal/page-links.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { readPageCursor, readSearchText } from "#domain/base/list/page.ts";
import { getDirectoryTeams } from "#server/people/directory/queries.ts";

/** The teams of the administrator's body, each with its manager. */
const page = definePage({
  path: "/admin/people/teams",
  async read({ actor, query }) {
    const text = readSearchText(query);
    const teams = await getDirectoryTeams(actor, text, readPageCursor(query));
    return teams && { teams, text };
  },
  heading: "Teams",
  back: { href: "/admin/people", label: "People" },
  intro: (
    <p>
      The manager of a team is the line manager of everybody in it who has no other line manager in the directory. A
      team is made when somebody is put into it.
    </p>
  ),
});

const { generateMetadata, Page } = framedPage(page, ({ view: { teams, text } }) => (
  <>
    <ListSearch path="/admin/people/teams" label="Name of the team" text={text} page={teams} />
    <DataTable
      caption="Teams, by name"
      captionHidden
      columns={{
        Team: ({ id, name }) => <Link href={`/admin/people/teams/${id}`}>{name}</Link>,
        Manager: ({ manager }) => (manager ? `${manager.name}${manager.hasLeft ? " (has left)" : ""}` : "None"),
        People: {
          numeric: true,
          cell: ({ id, people }) => (people === 0 ? 0 : <Link href={`/admin/people?team=${id}`}>{people}</Link>),
        },
      }}
      rows={teams.rows}
      empty={
        text ? NOTHING_FOUND : "There are no teams yet. Import a list of people, or name a team where you add a person."
      }
    />
    <PageLinks
      label="Pages of the teams"
      page={teams}
      path="/admin/people/teams"
      filters={text ? [["q", text]] : []}
      words={BY_NAME}
    />
  </>
));

export { generateMetadata, Page as default };
