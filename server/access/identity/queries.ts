import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { Role } from "#domain/access/permission/role.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { PersonKind } from "#domain/access/identity/person.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { readSessionToken } from "#server/base/environment/cookie-name.mjs";
import { getDatabase } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { listAccountsOf, type BoundAccount } from "./account-repository.ts";
import { getAuth } from "./auth.ts";
import {
  countAdministrators,
  findEntry,
  findJoinedAt,
  findPerson,
  findPersonByEmail,
  listSamplePeopleOf,
  listSessionsOf,
  listWithRole,
  type PersonRecord,
  type SessionRow,
} from "./repository.ts";

export { lockDirectory, type PersonRecord } from "./repository.ts";
export type { SessionView } from "./service.ts";
import { actorOf, identify } from "./service.ts";
import { lookUpAhead } from "./session-lookup.ts";

export interface SamplePersonView {
  personId: string;
  name: string;
  roles: Role[];
  employer: string;
  /** Name of the team, or null. */
  team: string | null;
  hasLeft: boolean;
}

export interface SampleBodyView {
  body: { slug: string; name: string };
  people: SamplePersonView[];
}

/** The invented people of every body served, to sign in as, an invented body first; none outside evaluation mode. Needs no sign-in. */
export async function listSamplePeople(): Promise<SampleBodyView[]> {
  const env = getEnv();
  if (!env.evaluation) return [];
  const { bodies } = await loadContent();
  const people = await listSamplePeopleOf(getDatabase(), env.bodies);
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

/** When the actor came into the directory: nobody owes an answer from before. */
export async function getJoinedAt({ personId }: Actor): Promise<Date> {
  return (await findJoinedAt(getDatabase(), personId)) ?? clock.now();
}

/**
 * Somebody by their id, as the one on whose behalf the portal works by itself: their mail, their calendar.
 * @returns null where there is nobody, they left, they are invented and this is no evaluation, or their body is not served
 */
export async function findActor(personId: string): Promise<Actor | null> {
  const person = await findPerson(getDatabase(), personId);
  return person && actorOf(person, getEnv(), calendarDay(clock.now()));
}

/** What the directory says of the actor beyond `Actor`. */
export interface DirectoryEntry {
  joinedAt: Date;
  /** Null where they are in no team. */
  team: { name: string } | null;
  lineManager: { name: string; roles: Role[]; isActor: boolean } | null;
  kind: PersonKind;
  /** First and last day with the body, and the last day away, YYYY-MM-DD; null where the directory does not say. */
  startsOn: string | null;
  leavesOn: string | null;
  awayUntil: string | null;
}

export async function getDirectoryEntry(actor: Actor): Promise<DirectoryEntry> {
  const entry = await findEntry(getDatabase(), actor.personId);
  if (!entry) throw new Error("Somebody who is signed in is not in the directory.");
  const { createdAt, team, lineManager: manager, kind, startsOn, leavesOn, awayUntil } = entry;
  const lineManager = manager && { name: manager.name, roles: manager.roles, isActor: manager.id === actor.personId };
  const days = { startsOn, leavesOn, awayUntil };
  return { joinedAt: createdAt, team: team && { name: team.name }, lineManager, kind, ...days };
}

/** Where somebody is signed in now, newest first: for administrators, whose right to it is checked by who asks. */
export async function listSessionsOfPerson(personId: string): Promise<SessionRow[]> {
  const now = clock.now();
  const idleSince = new Date(now.getTime() - getEnv().sessionIdleMinutes * 60_000);
  const rows = await listSessionsOf(getDatabase(), personId, now);
  return rows.filter(({ seenAt }) => seenAt > idleSince);
}

/** The accounts at an identity provider that a person signs in with, oldest first: for who may see it, checked by who asks. */
export async function listAccounts(personId: string): Promise<Pick<BoundAccount, "issuer" | "subject" | "boundAt">[]> {
  const accounts = await listAccountsOf(getDatabase(), personId);
  return accounts.map(({ issuer, subject, boundAt }) => ({ issuer, subject, boundAt }));
}

/** How many administrators a body has, locked until the transaction ends: for services that take the role from somebody. */
export async function lockAdministrators(tx: Prisma.TransactionClient, body: string): Promise<number> {
  return countAdministrators(tx, body, getEnv().evaluation);
}

/**
 * Whose session a cookie names: for limits, which count by person. It proves nothing: who may do what is decided elsewhere.
 * @param cookie the header, as it came
 */
export async function findSessionPerson(cookie: string | null): Promise<string | null> {
  const token = readSessionToken(cookie, getEnv().appUrl);
  return token === null ? null : ((await lookUpAhead(getDatabase(), token))?.person.id ?? null);
}

/**
 * Whose session a cookie is, checked as for a page; null where it is nobody's. For what is decided before there is a page.
 * @param cookie the header, as it came
 */
export async function findActorByCookie(cookie: string): Promise<Actor | null> {
  const { bodies, evaluation, sessionIdleMinutes } = getEnv();
  const context = { auth: getAuth(), prisma: getDatabase(), bodies, evaluation, sessionIdleMinutes };
  return (await identify(context, new Headers({ cookie }), clock.now())).actor;
}

/** Who has a role in a body now: for services that tell them something. */
export async function listPeopleWithRole(
  tx: Prisma.TransactionClient,
  body: string,
  role: Role,
): Promise<{ id: string; name: string }[]> {
  return listWithRole(tx, body, role);
}

/** Whom an e-mail address stands for, leavers included: for commands, which need no permission of ours. */
export async function findByEmail(tx: Prisma.TransactionClient, email: string): Promise<PersonRecord | null> {
  return findPersonByEmail(tx, email);
}
