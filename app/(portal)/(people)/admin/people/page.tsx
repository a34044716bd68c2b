import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BY_NAME, PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { FilterForm } from "#app/_ui/filter-form.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { countInWords, readPageCursor } from "#domain/base/list/page.ts";
import { ROLE_NAMES, ROLES } from "#domain/access/permission/role.ts";
import { getDirectoryPage, type DirectoryPage, type DirectorySearch } from "#server/people/directory/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { PersonTags } from "./person-tags.tsx";

export const metadata: Metadata = { title: "People" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const STATES = { here: "Work here", left: "Have left", away: "Away now", starting: "Not started yet" } as const;
const STATE_NAMES = Object.keys(STATES) as (keyof typeof STATES)[];

/** The directory of the administrator's body, with a search and links to change it. */
export default async function PeoplePage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const text = (name: string) => [query[name] ?? ""].flat().at(-1)?.slice(0, 200) ?? "";
  const search: DirectorySearch = {
    typed: text("q"),
    role: ROLES.find((role) => role === text("role")) ?? null,
    teamId: text("team") || null,
    state: STATE_NAMES.find((state) => state === text("state")) ?? null,
  };
  const found = await getDirectoryPage(actor, search, readPageCursor(query));
  if (!found) notFound();
  const { people, teams, today } = found;
  const chosen = { q: search.typed.trim(), role: search.role, team: search.teamId, state: search.state };
  const filters = Object.entries(chosen).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <Stack>
          <PageHeading>People</PageHeading>
          <p className="flex flex-wrap gap-3">
            <ButtonLink href="/admin/people/import">Import a list</ButtonLink>
            <ButtonLink href="/admin/people/new" look="quiet">
              Add a person
            </ButtonLink>
            <ButtonLink href="/admin/people/teams" look="quiet">
              Teams
            </ButtonLink>
          </p>
        </Stack>
        <FilterForm action="/admin/people" clearHref={filters.length > 0 ? "/admin/people" : undefined}>
          <TextField name="q" label="Name, e-mail or team" type="search" defaultValue={search.typed} />
          <SelectField
            name="role"
            label="Role"
            options={[{ value: "", label: "All" }, ...ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] }))]}
            defaultValue={search.role ?? ""}
          />
          <SelectField
            name="state"
            label="State"
            options={[
              { value: "", label: "All" },
              ...STATE_NAMES.map((state) => ({ value: state, label: STATES[state] })),
            ]}
            defaultValue={search.state ?? ""}
          />
          {teams.length > 0 && (
            <SelectField
              name="team"
              label="Team"
              options={[{ value: "", label: "All" }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
              defaultValue={search.teamId ?? ""}
            />
          )}
        </FilterForm>
        <PeopleTable people={people} today={today} caption={countInWords(people, "person", "people")} />
        <PageLinks
          label="Pages of the directory"
          page={people}
          path="/admin/people"
          filters={filters}
          words={BY_NAME}
        />
      </Stack>
    </PortalPage>
  );
}

type PeopleTableProps = Pick<DirectoryPage, "people" | "today"> & { caption: string };

function PeopleTable({ people, today, caption }: PeopleTableProps) {
  return (
    <DataTable
      caption={caption}
      captionHidden={false}
      columns={{
        Name: (person) => (
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Link href={`/admin/people/${person.id}`}>{person.name}</Link>
            <PersonTags person={person} today={today} />
          </span>
        ),
        "E-mail": (person) => <span className="wrap-anywhere">{person.email}</span>,
        Team: (person) => person.team?.name ?? "None",
        Roles: (person) => person.roles.map((role) => ROLE_NAMES[role]).join(", "),
      }}
      rows={people.rows}
      empty="Nobody found. Check the spelling, type less of the name, or choose All."
    />
  );
}
