import { type Actor, can, ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { oneOf, type Asked, type Register } from "#domain/base/list/page.ts";
import { listAccounts, listSessionsOfPerson } from "#server/access/identity/queries.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { registerOver } from "#server/base/db/list-page.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { listEvidenceAboutPerson } from "#server/evidence/journal/queries.ts";
import { nameKey } from "#domain/access/identity/name.ts";
import { PERSON_STATES } from "#domain/access/identity/person.ts";
import { listImportBodies } from "./import-service.ts";
import {
  directoryList,
  findActiveByEmail,
  findDirectoryPerson,
  findLineManagerId,
  findTeamRow,
  type FoundPerson,
  listByIds,
  listTeamNames,
  listTeamsOf,
  searchByName,
  teamList,
  type TeamRow,
} from "./repository.ts";

/** The teams that the actor belongs to or manages, or in which they are somebody's line manager. */
export const listOwnTeams = async (actor: Actor, tx: Tx = getDatabase()) => listTeamsOf(tx, actor.body, actor.personId);

/** Id of a person's current line manager, or null. For services that authorise by it. */
export const getManagerIdOf = async (personId: string, tx: Tx = getDatabase()) => findLineManagerId(tx, personId);

/** How many matches are shown; to see others, type more of the name. */
const MOST_FOUND = 20;

/**
 * People of the actor's body in whose name every word typed begins one, or whose work e-mail address was typed; the first
 * twenty by name. Nobody for an empty search.
 */
export async function searchPeople(actor: Actor, typed: string, tx: Tx = getDatabase()): Promise<FoundPerson[]> {
  const words = typed.trim().slice(0, 200).split(/\s+/).filter(Boolean).slice(0, 8);
  if (words.length === 0 || !can(actor, "portal.use", actor)) return [];
  return searchByName(tx, actor.body, { words, most: MOST_FOUND });
}

/**
 * The one person of the actor's body whom a typed name or work e-mail address stands for, or what is wrong with it, in
 * words for whoever typed it.
 */
export async function findOnePerson(
  actor: Actor,
  typed: string,
  tx: Tx = getDatabase(),
): Promise<FoundPerson | { message: string }> {
  if (typed.trim() === "") return { message: "Type the name or the work e-mail address." };
  const found = await searchPeople(actor, typed, tx);
  const exact = found.filter(({ name }) => nameKey(name) === nameKey(typed));
  const [first, ...others] = exact.length === 1 ? exact : found;
  if (!first) return { message: "Nobody here has that name or address. Correct it." };
  if (others.length === 0) return first;
  const some = found.slice(0, 5).map(({ name, email }) => `${name} (${email})`);
  return { message: `Several people match. Type the e-mail address: ${some.join(", ")}.` };
}

/** The id of somebody who works in the actor's body, by their work e-mail address or their id; null if nobody does. */
export async function findColleagueId({ body }: Pick<Actor, "body">, address: string): Promise<string | null> {
  const tx = getDatabase();
  if (address.includes("@")) return (await findActiveByEmail(tx, body, address))?.id ?? null;
  const found = await findDirectoryPerson(tx, body, address);
  return found?.status === "active" ? found.id : null;
}

/** People of the actor's body by their ids, leavers included. */
export const listPeopleById = async (actor: Pick<Actor, "body">, ids: readonly string[], tx: Tx = getDatabase()) =>
  ids.length === 0 ? [] : listByIds(tx, actor.body, ids);

export type { PersonRow, TeamRow } from "./repository.ts";

export type DirectoryRegister = NonNullable<Awaited<ReturnType<typeof getDirectory>>>;

const MOST_TEAMS_TO_CHOOSE = 100;

/**
 * The people of the actor's body, as they were asked for, and the teams to choose from: where there are too many, only
 * the chosen one. Null for those who may not manage the directory.
 */
export async function getDirectory(actor: Actor, asked: Asked) {
  if (!can(actor, "person.manage", actor)) return null;
  const tx = getDatabase();
  const { body } = actor;
  const words = (asked["q"] ?? "").split(/\s+/).filter(Boolean).slice(0, 8);
  const role = oneOf(ROLE_NAMES, asked["role"]) ?? null;
  const state = oneOf(PERSON_STATES, asked["state"]) ?? null;
  const teamId = asked["team"] ?? null;
  const filter = { body, words, role, teamId, state, today: clock.today() };
  const teams = await listTeamNames(tx, body, MOST_TEAMS_TO_CHOOSE + 1);
  const isTooMany = teams.length > MOST_TEAMS_TO_CHOOSE;
  const chosen = isTooMany && teamId !== null ? await findTeamRow(tx, body, teamId) : null;
  return {
    ...registerOver(directoryList(tx, filter, asked["sort"] === "team"), (rows) => [...rows]),
    teams: isTooMany ? (chosen ? [chosen] : []) : teams,
  };
}

/**
 * Somebody in the actor's body, with everything an administrator sees; null for anybody else. `rolesComeFromGroups`:
 * whether the groups of the identity provider give roles at the next sign-in.
 */
export async function getPersonPage(actor: Actor, personId: string) {
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
    today: clock.today(),
    sessions,
    history,
    accounts: await listAccounts(personId),
    managerEmail: managers[0]?.email ?? "",
    rolesComeFromGroups: (getEnv().oidc?.groupRoles.size ?? 0) > 0,
  };
}

/** The teams of the actor's body, as they were asked for; null for those who may not manage the directory. */
export function getDirectoryTeams(actor: Actor, asked: Asked): Register<TeamRow> | null {
  if (!can(actor, "person.manage", actor)) return null;
  return registerOver(teamList(getDatabase(), actor.body, asked["q"] ?? ""), (rows) => [...rows]);
}

/** The names of all teams of the actor's body; none for those who may not manage the directory. */
export const listNamesOfTeams = async (actor: Actor): Promise<{ id: string; name: string }[]> =>
  can(actor, "person.manage", actor) ? listTeamNames(getDatabase(), actor.body) : [];

export const getDirectoryTeam = async (actor: Actor, id: string): Promise<TeamRow | null> =>
  can(actor, "person.manage", actor) ? findTeamRow(getDatabase(), actor.body, id) : null;

/** Names of the employers of the actor's body. */
export const listEmployers = async (actor: Actor): Promise<readonly string[]> =>
  (await listImportBodies()).find(({ slug }) => slug === actor.body)?.employers ?? [];
