import { column, defineRegister } from "#app/_portal/register.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { getDirectoryTeams, type TeamRow } from "#server/people/directory/queries.ts";

/** The teams of the administrator's body. */
export const teams = defineRegister<TeamRow>({
  path: "/admin/people/teams",
  file: "/admin/people/teams.csv",
  fileName: () => "teams",
  caption: "Teams",
  one: "team",
  many: "teams",
  search: "Name of the team",
  orders: { name: "By name" },
  columns: {
    Team: column.shown(
      ({ id, name }) => <Link href={`/admin/people/teams/${id}`}>{name}</Link>,
      ({ name }) => name,
    ),
    Manager: column.shown(
      ({ manager }) => (manager ? `${manager.name}${manager.hasLeft ? " (has left)" : ""}` : "None"),
      ({ manager }) => manager?.name ?? null,
    ),
    "Manager’s e-mail": column.saved(({ manager }) => manager?.email ?? null),
    People: {
      numeric: true,
      cell: ({ id, people }) => (people === 0 ? 0 : <Link href={`/admin/people?team=${id}`}>{people}</Link>),
      text: ({ people }) => people,
    },
  },
  empty: "There are no teams yet. Import a list of people, or name a team where you add a person.",
  read: getDirectoryTeams,
});
