import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import type { Role } from "#domain/access/permission/role.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { ListPage, PageCursor } from "#domain/base/list/page.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readPage } from "#server/base/db/list-page.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { listEvidenceAboutPerson, type PersonEvent } from "#server/evidence/journal/person-queries.ts";
import { listAccounts, listSessionsOfPerson } from "#server/access/identity/queries.ts";
import {
  directoryList,
  findDirectoryPerson,
  findTeamRow,
  listTeamNames,
  teamList,
  type PeopleFilter,
  type PersonRow,
  type TeamRow,
} from "./admin-repository.ts";
import { listImportBodies } from "./pending-import-service.ts";
import { listByIds } from "./repository.ts";

export type { PersonRow, TeamRow } from "./admin-repository.ts";

const PEOPLE_A_PAGE = 50;

export interface DirectorySearch {
  typed: string;
  role: Role | null;
  teamId: string | null;
  state: PeopleFilter["state"];
}

export interface DirectoryPage {
  people: ListPage<PersonRow>;
  /** The teams to choose from; none where there are too many. */
  teams: { id: string; name: string }[];
  /** YYYY-MM-DD, in London. */
  today: string;
}

const MOST_TEAMS_TO_CHOOSE = 100;

/** A page of the people of the actor's body who match, by name; null for those who may not manage the directory. */
export async function getDirectoryPage(
  actor: Actor,
  search: DirectorySearch,
  cursor: PageCursor = null,
): Promise<DirectoryPage | null> {
  if (!can(actor, "person.manage", actor)) return null;
  const tx = getDatabase();
  const today = calendarDay(clock.now());
  const words = search.typed.trim().slice(0, 200).split(/\s+/).filter(Boolean).slice(0, 8);
  const { role, teamId, state } = search;
  const filter: PeopleFilter = { body: actor.body, words, role, teamId, state, today };
  const [people, teams] = [
    await readPage(directoryList(tx, filter, PEOPLE_A_PAGE), cursor),
    await listTeamNames(tx, actor.body, MOST_TEAMS_TO_CHOOSE + 1),
  ];
  return { people, teams: teams.length > MOST_TEAMS_TO_CHOOSE ? [] : teams, today };
}

export interface PersonPage {
  person: PersonRow;
  isActor: boolean;
  /** YYYY-MM-DD, in London. */
  today: string;
  /** Whether the groups of the identity provider give roles at the next sign-in. */
  rolesComeFromGroups: boolean;
  /** Address of the named line manager, for the form. */
  managerEmail: string;
  sessions: Awaited<ReturnType<typeof listSessionsOfPerson>>;
  /** The work accounts they sign in with. */
  accounts: Awaited<ReturnType<typeof listAccounts>>;
  /** Who changed what, the newest first. */
  history: PersonEvent[];
}

/** Somebody in the actor's body, with everything an administrator sees; null for anybody else. */
export async function getPersonPage(actor: Actor, personId: string): Promise<PersonPage | null> {
  if (!can(actor, "person.manage", actor)) return null;
  const tx = getDatabase();
  const person = await findDirectoryPerson(tx, actor.body, personId);
  if (!person) return null;
  const named = person.namedManagerId;
  const [managers, sessions, history] = [
    named === null ? [] : await listByIds(tx, actor.body, [named]),
    await listSessionsOfPerson(personId),
    await listEvidenceAboutPerson(actor, personId),
  ];
  return {
    person,
    isActor: personId === actor.personId,
    today: calendarDay(clock.now()),
    sessions,
    history,
    accounts: await listAccounts(personId),
    managerEmail: managers[0]?.email ?? "",
    rolesComeFromGroups: (getEnv().oidc?.groupRoles.size ?? 0) > 0,
  };
}

/**
 * A page of the teams of the actor's body, by name; null for those who may not manage the directory.
 * @param text part of a name; "" for all
 */
export async function getDirectoryTeams(
  actor: Actor,
  text: string,
  cursor: PageCursor,
): Promise<ListPage<TeamRow> | null> {
  return can(actor, "person.manage", actor) ? readPage(teamList(getDatabase(), actor.body, text), cursor) : null;
}

/** The names of all teams of the actor's body; none for those who may not manage the directory. */
export async function listNamesOfTeams(actor: Actor): Promise<{ id: string; name: string }[]> {
  return can(actor, "person.manage", actor) ? listTeamNames(getDatabase(), actor.body) : [];
}

export async function getDirectoryTeam(actor: Actor, id: string): Promise<TeamRow | null> {
  return can(actor, "person.manage", actor) ? findTeamRow(getDatabase(), actor.body, id) : null;
}

/** Names of the employers of the actor's body. */
export async function listEmployers(actor: Actor): Promise<readonly string[]> {
  return (await listImportBodies()).find(({ slug }) => slug === actor.body)?.employers ?? [];
}
