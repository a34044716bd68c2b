import { column, defineRegister } from "#app/_portal/register.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { PERSON_KIND_NAMES, PERSON_STATES } from "#domain/access/identity/person.ts";
import { ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getDirectory, type DirectoryRegister, type PersonRow } from "#server/people/directory/queries.ts";
import { PersonTags } from "./person-tags.tsx";

const rolesOf = ({ roles }: PersonRow) => roles.map((role) => ROLE_NAMES[role]).join(", ");

/** The directory of the administrator's body. */
export const directory = defineRegister<PersonRow, DirectoryRegister>({
  path: "/admin/people",
  file: "/admin/people.csv",
  fileName: () => "people",
  caption: "People",
  one: "person",
  many: "people",
  search: "Name, e-mail or team",
  filters: {
    role: { label: "Role", choices: ROLE_NAMES },
    state: { label: "State", choices: PERSON_STATES },
    team: { label: "Team", choices: ({ teams }) => Object.fromEntries(teams.map(({ id, name }) => [id, name])) },
  },
  orders: { name: "By name", team: "By team" },
  columns: {
    Name: column.shown(
      (person) => (
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Link href={`/admin/people/${person.id}`}>{person.name}</Link>
          <PersonTags person={person} today={calendarDay(clock.now())} />
        </span>
      ),
      ({ name }) => name,
    ),
    "E-mail": column.shown(
      ({ email }) => <span className="wrap-anywhere">{email}</span>,
      ({ email }) => email,
    ),
    Team: column.shown(
      ({ team }) => team?.name ?? "None",
      ({ team }) => team?.name ?? null,
    ),
    "Line manager": column.saved(({ lineManager }) => lineManager?.name ?? null),
    Roles: column.shown(rolesOf, rolesOf),
    Kind: column.saved(({ kind }) => PERSON_KIND_NAMES[kind]),
    "Has left": column.saved(({ status }) => (status === "left" ? "Yes" : "No")),
    Starts: column.saved(({ startsOn }) => startsOn),
    "Away until": column.saved(({ awayUntil }) => awayUntil),
  },
  empty: "There is nobody yet.",
  read: getDirectory,
});
