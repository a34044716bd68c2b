import { isIdle } from "#domain/access/identity/shared-device.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { readSessionToken } from "#server/base/environment/cookie-name.mjs";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { getAuth } from "./auth.ts";
import * as repository from "./repository.ts";

export {
  findPersonByEmail,
  listPeopleWithRole,
  listPlacements,
  listUnconfirmed,
  lockDirectory,
  type PersonRecord,
} from "./repository.ts";
export type { Concerns } from "./repository.ts";
export { concernsOf, mayConcern, type SessionView } from "./service.ts";
import { actorOf, identify } from "./service.ts";
import { lookUpAhead } from "./session-lookup.ts";

export type SampleBodyView = Awaited<ReturnType<typeof listSamplePeople>>[number];
export type SamplePersonView = SampleBodyView["people"][number];

/** The sample people of every body served, invented bodies first; none outside evaluation mode. Needs no sign-in. */
export async function listSamplePeople() {
  const env = getEnv();
  if (!env.evaluation) return [];
  const { bodies } = await loadContent();
  const people = await repository.listSamplePeopleOf(getDatabase(), env.bodies);
  const exampleFirst = [...bodies].sort((a, b) => Number(b.example ?? false) - Number(a.example ?? false));
  return exampleFirst.map(({ slug, name }) => ({
    body: { slug, name },
    people: people
      .filter((person) => person.body === slug)
      .map(({ id, name, roles, employer, team, status }) => ({
        personId: id,
        name,
        roles,
        employer,
        team: team?.name ?? null,
        hasLeft: status === "left",
      })),
  }));
}

/**
 * A person by id, as the actor for work that the portal does on their behalf: their mail, their calendar.
 * @returns null if there is no such person, they left, their body is not served, or they are a sample person outside
 * evaluation mode
 */
export async function findActor(personId: string): Promise<Actor | null> {
  const person = await repository.findPerson(getDatabase(), personId);
  return person && actorOf(person, getEnv(), clock.today());
}

/** The same for several people; those who would be null are left out. */
export async function findActors(personIds: readonly string[]): Promise<Actor[]> {
  const people = await repository.findPeople(getDatabase(), personIds);
  const today = clock.today();
  return people.flatMap((person) => actorOf(person, getEnv(), today) ?? []);
}

/** The actor's directory entry, beyond what is in `Actor`; null for what the directory does not say. */
export async function getDirectoryEntry(actor: Actor) {
  const entry = await repository.findEntry(getDatabase(), actor.personId);
  if (!entry) throw new Error("Somebody who is signed in is not in the directory.");
  const { createdAt, team, lineManager: manager, kind, startsOn, leavesOn, awayUntil } = entry;
  const lineManager = manager && { name: manager.name, roles: manager.roles, isActor: manager.id === actor.personId };
  const days = { startsOn, leavesOn, awayUntil };
  return { joinedAt: createdAt, team: team && { name: team.name }, lineManager, kind, ...days };
}

/** Somebody's current sessions, newest first. The caller authorises. */
export async function listSessionsOfPerson(personId: string): Promise<repository.SessionRow[]> {
  const now = clock.now();
  const rows = await repository.listSessionsOf(getDatabase(), personId, now);
  return rows.filter((row) => !isIdle(row, getEnv().sessionIdleMinutes, now));
}

/** The accounts at an identity provider that a person signs in with, oldest first. The caller authorises. */
export async function listAccounts(
  personId: string,
): Promise<Pick<repository.BoundAccount, "issuer" | "subject" | "boundAt">[]> {
  const accounts = await repository.listAccountsOf(getDatabase(), personId);
  return accounts.map(({ issuer, subject, boundAt }) => ({ issuer, subject, boundAt }));
}

/** How many administrators a body has, locked until the transaction ends: for services that take the role away. */
export const lockAdministrators = async (tx: Tx, body: string) =>
  repository.countAdministrators(tx, body, getEnv().evaluation);

/**
 * Whose session a cookie names: for rate limits, which count by person. It does not authenticate anybody.
 * @param cookie the header as received
 */
export async function findSessionPerson(cookie: string | null): Promise<string | null> {
  const token = readSessionToken(cookie, getEnv().appUrl);
  return token === null ? null : ((await lookUpAhead(getDatabase(), token))?.person.id ?? null);
}

/**
 * The actor of a session cookie, checked as for a page; null if it is not valid. For decisions made before a page is
 * rendered.
 * @param cookie the header as received
 */
export async function findActorByCookie(cookie: string): Promise<Actor | null> {
  const { bodies, evaluation, sessionIdleMinutes } = getEnv();
  const context = { auth: getAuth(), prisma: getDatabase(), bodies, evaluation, sessionIdleMinutes };
  return (await identify(context, new Headers({ cookie }), clock.now())).actor;
}
