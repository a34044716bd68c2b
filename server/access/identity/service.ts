import "server-only";
import { APIError } from "better-auth/api";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { isStarting } from "#domain/access/identity/person.ts";
import type { PrismaClient } from "#server/base/db/generated/client.ts";
import type { Auth } from "./auth.ts";
import {
  deleteSessions,
  deleteSessionsOf,
  listSessionsOf,
  writeSeen,
  type FoundSession,
  type PersonRecord,
  type SessionRow,
} from "./repository.ts";
import { lookUp } from "./session-lookup.ts";
import { SIGN_IN_REFUSALS, type SignInRefusal } from "./sample-sign-in.ts";

export type SignInResult = { ok: true } | { ok: false; code: SignInRefusal };

/** Whom the session cookie in `headers` stands for. */
export type SessionVisitor =
  /** `provedAt`: when they last proved who they are; null where nobody knows. */
  { actor: Actor; provedAt: Date | null } | { actor: null; reason: "not-signed-in" | "left" };

/** Somebody whom the identity provider vouches for, and the session that they may have. */
export interface SignedIn {
  personId: string;
  /** Id of the binding of their account. */
  accountId: string;
  /** When they last proved who they are; where the provider does not say, now. */
  provedAt: Date;
}

export interface IdentityContext {
  auth: Auth;
  prisma: PrismaClient;
  bodies: readonly string[];
  /** Invented people are somebody in evaluation mode alone. */
  evaluation: boolean;
  /** After which a session ends that nobody uses. */
  sessionIdleMinutes: number;
}

const MINUTE_MS = 60_000;

/**
 * Who asks. A session that nobody used for too long ends; a person who left, or whose body is no longer served, is signed
 * out everywhere.
 * @param headers of the request; its cookie is all that counts
 * @param now the present moment
 */
export async function identify(
  { auth, prisma, bodies, evaluation, sessionIdleMinutes }: IdentityContext,
  headers: Headers,
  now: Date,
): Promise<SessionVisitor> {
  const session = await findCurrent({ auth, prisma }, headers, now);
  if (!session) return { actor: null, reason: "not-signed-in" };
  const { id, seenAt, provedAt, person } = session;
  const idleMs = now.getTime() - seenAt.getTime();
  if (idleMs >= sessionIdleMinutes * MINUTE_MS) {
    await deleteSessions(prisma, person.id, { only: id });
    return { actor: null, reason: "not-signed-in" };
  }
  if (idleMs >= MINUTE_MS) await writeSeen(prisma, id, now); // not at every request
  const actor = actorOf(person, { bodies, evaluation }, calendarDay(now));
  if (actor) return { actor, provedAt };
  await deleteSessionsOf(prisma, person.id);
  return { actor: null, reason: person.status === "left" ? "left" : "not-signed-in" };
}

/** The session of the cookie in `headers`, as long as it lasts: the cookie's seal is checked before anything is asked. */
async function findCurrent(
  { auth, prisma }: Pick<IdentityContext, "auth" | "prisma">,
  headers: Headers,
  now: Date,
): Promise<FoundSession | null> {
  const { token } = await auth.api.readSessionToken({ headers });
  const session = token === null ? null : await lookUp(prisma, token);
  if (!session || session.expiresAt >= now) return session;
  await deleteSessions(prisma, session.person.id, { only: session.id });
  return null;
}

/** Signs in as an invented person, in evaluation mode only; an earlier session of the same browser ends. */
export async function startSampleSession(auth: Auth, headers: Headers, personId: string): Promise<SignInResult> {
  try {
    await endSession(auth, headers);
    await auth.api.signInAsSamplePerson({ body: { personId }, headers });
    return { ok: true };
  } catch (error) {
    const code =
      error instanceof APIError ? SIGN_IN_REFUSALS.find((refusal) => refusal === error.body?.code) : undefined;
    if (code === undefined) throw error;
    return { ok: false, code };
  }
}

/** Starts a session for somebody whom the identity provider has vouched for; an earlier one of the same browser ends. */
export async function startSession(auth: Auth, headers: Headers, signedIn: SignedIn): Promise<void> {
  await endSession(auth, headers);
  const { personId, accountId, provedAt } = signedIn;
  await auth.api.signInAsPerson({ body: { personId, accountId, provedAt }, headers });
}

/** Ends the session of the cookie in `headers`, if there is one. */
export async function endSession(auth: Auth, headers: Headers): Promise<void> {
  await auth.api.signOut({ headers });
}

export interface SessionView extends SessionRow {
  /** True for the session that asks. */
  isThisOne: boolean;
}

/** The actor's sessions that have not ended, newest first. */
export async function listSessions(
  { auth, prisma }: Pick<IdentityContext, "auth" | "prisma">,
  headers: Headers,
  { personId }: Actor,
  now: Date,
): Promise<SessionView[]> {
  const current = await findCurrent({ auth, prisma }, headers, now);
  const rows = await listSessionsOf(prisma, personId, now);
  return rows.map((row) => ({ ...row, isThisOne: row.id === current?.id }));
}

/**
 * Ends one of the actor's sessions, or with "others" all but the one that asks. Nobody else's: an id that is not the
 * actor's ends nothing.
 */
export async function endSessions(
  { auth, prisma }: Pick<IdentityContext, "auth" | "prisma">,
  headers: Headers,
  { personId }: Actor,
  which: string,
  now: Date,
): Promise<void> {
  if (which !== "others") return void (await deleteSessions(prisma, personId, { only: which }));
  const current = await findCurrent({ auth, prisma }, headers, now);
  if (current) await deleteSessions(prisma, personId, { others: current.id });
}

/**
 * Somebody as the one who does something; null where they left, have not begun, are invented and this is no evaluation, or
 * their body is not served.
 * @param today YYYY-MM-DD, in London
 */
export function actorOf(
  person: PersonRecord,
  { bodies, evaluation }: Pick<IdentityContext, "bodies" | "evaluation">,
  today: string,
): Actor | null {
  const { id, name, email, roles, body, employer, team, status } = person;
  const actor = { personId: id, name, email, roles, body, employer, team: team?.id ?? null };
  if (person.isSample && !evaluation) return null;
  if (status !== "active" || isStarting(person, today)) return null;
  return bodies.includes(body) && can(actor, "portal.use", actor) ? actor : null;
}
