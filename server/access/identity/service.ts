import { createHmac, timingSafeEqual } from "node:crypto";
import { APIError } from "better-auth/api";
import { parseCookies } from "better-auth/cookies";
import { isStarting } from "#domain/access/identity/person.ts";
import { isIdle, noteAfterMs, SHARED_AFTER_ANSWER_MS } from "#domain/access/identity/shared-device.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { PrismaClient } from "#server/base/db/generated/client.ts";
import { getRequestContext } from "#server/base/request/context.ts";
import type { Auth } from "./auth.ts";
import * as repository from "./repository.ts";
import { SIGN_IN_REFUSALS, type SignInRefusal } from "./sample-sign-in.ts";
import { lookUp } from "./session-lookup.ts";

export type SignInResult = { ok: true } | { ok: false; code: SignInRefusal };

/** The visitor identified by the session cookie in `headers`. */
export type SessionVisitor =
  /**
   * `provedAt`: when they last signed in at the provider; null if unknown. `shared`: the session, if it is at a shared
   * device, and when it ends at the latest; else null.
   */
  | { actor: Actor; provedAt: Date | null; shared: { id: string; endsAt: Date } | null }
  | { actor: null; reason: "not-signed-in" | "left" };

/** Somebody confirmed by the identity provider, with details for their session. */
export interface SignedIn {
  personId: string;
  /** Id of the binding of their account. */
  accountId: string;
  /** When they last signed in at the provider; now, if it does not say. */
  provedAt: Date;
  isShared: boolean;
}

export interface IdentityContext {
  auth: Auth;
  prisma: PrismaClient;
  bodies: readonly string[];
  /** Sample people can sign in only in evaluation mode. */
  evaluation: boolean;
  sessionIdleMinutes: number;
}

/**
 * Identifies the visitor. A session unused for too long ends; a person who left, or whose body is no longer served, is
 * signed out everywhere.
 * @param headers of the request; only its cookie matters
 * @param now the present moment
 */
export async function identify(
  { auth, prisma, bodies, evaluation, sessionIdleMinutes }: IdentityContext,
  headers: Headers,
  now: Date,
): Promise<SessionVisitor> {
  const session = await findCurrent({ auth, prisma }, headers, now);
  if (!session) return { actor: null, reason: "not-signed-in" };
  const { id, seenAt, provedAt, person, isShared, expiresAt, concerns } = session;
  if (isIdle(session, sessionIdleMinutes, now)) {
    await repository.deleteSessions(prisma, person.id, { only: id });
    return { actor: null, reason: "not-signed-in" };
  }
  if (now.getTime() - seenAt.getTime() >= noteAfterMs(isShared)) await repository.writeSeen(prisma, id, now);
  const actor = actorOf(person, { bodies, evaluation }, calendarDay(now));
  if (actor && concerns) noteConcerns(actor, concerns);
  const request = getRequestContext();
  if (actor && request) request.personId = actor.personId;
  if (actor) return { actor, provedAt, shared: isShared ? { id, endsAt: expiresAt } : null };
  await repository.endSessionsOf(prisma, person.id);
  return { actor: null, reason: person.status === "left" ? "left" : "not-signed-in" };
}

const CONCERNS = new WeakMap<Actor, repository.Concerns>();

export function noteConcerns(actor: Actor, concerns: repository.Concerns): void {
  CONCERNS.set(actor, concerns);
}

/** What was found to concern whoever makes this request, as it began; undefined for anybody else. */
export const concernsOf = (actor: Actor): repository.Concerns | undefined => CONCERNS.get(actor);

/** Whether anything of a kind may concern whoever makes this request: if not, a page need not ask for it. */
export const mayConcern = (actor: Actor, kind: keyof repository.Concerns): boolean => concernsOf(actor)?.[kind] ?? true;

/** The session of the cookie in `headers`, as long as it lasts: the cookie's seal is checked before anything is asked. */
async function findCurrent({ auth, prisma }: Pick<IdentityContext, "auth" | "prisma">, headers: Headers, now: Date) {
  const token = await readSealedToken(auth, headers);
  const session = token === null ? null : await lookUp(prisma, token);
  if (!session || session.expiresAt >= now) return session;
  await repository.deleteSessions(prisma, session.person.id, { only: session.id });
  return null;
}

/** Signs in as a sample person, in evaluation mode only; an earlier session of the same browser ends. */
export async function startSampleSession(
  auth: Auth,
  headers: Headers,
  personId: string,
  isShared = false,
): Promise<SignInResult> {
  try {
    await endSession(auth, headers);
    await auth.api.signInAsSamplePerson({ body: { personId, isShared }, headers });
    return { ok: true };
  } catch (error) {
    const code =
      error instanceof APIError ? SIGN_IN_REFUSALS.find((refusal) => refusal === error.body?.code) : undefined;
    if (code === undefined) throw error;
    return { ok: false, code };
  }
}

/** Starts a session for somebody confirmed by the identity provider; an earlier one of the same browser ends. */
export async function startSession(auth: Auth, headers: Headers, signedIn: SignedIn): Promise<void> {
  await endSession(auth, headers);
  const { personId, accountId, provedAt, isShared } = signedIn;
  await auth.api.signInAsPerson({ body: { personId, accountId, provedAt, isShared }, headers });
}

/** Lets a session at a shared device end within a minute: whoever answered needs to read the reference only. */
export async function endSharedSoon(prisma: PrismaClient, id: string, now: Date): Promise<void> {
  await repository.endSessionBy(prisma, id, new Date(now.getTime() + SHARED_AFTER_ANSWER_MS));
}

/** Ends the session of the cookie in `headers`, if there is one. */
export async function endSession(auth: Auth, headers: Headers): Promise<void> {
  await auth.api.signOut({ headers });
}

export interface SessionView extends repository.SessionRow {
  /** True for the session making the request. */
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
  const rows = await repository.listSessionsOf(prisma, personId, now);
  return rows
    .filter((row) => !row.isShared || !isIdle(row, 0, now))
    .map((row) => ({ ...row, isThisOne: row.id === current?.id }));
}

/**
 * Ends one of the actor's sessions, or with "others" all but the one making the request. The id of somebody else's
 * session has no effect.
 */
export async function endSessions(
  { auth, prisma }: Pick<IdentityContext, "auth" | "prisma">,
  headers: Headers,
  { personId }: Actor,
  which: string,
  now: Date,
): Promise<void> {
  if (which !== "others") return void (await repository.deleteSessions(prisma, personId, { only: which }));
  const current = await findCurrent({ auth, prisma }, headers, now);
  if (current) await repository.deleteSessions(prisma, personId, { others: current.id });
}

/**
 * A person as an actor; null if they left, have not started, their body is not served, or they are a sample person
 * outside evaluation mode.
 * @param today YYYY-MM-DD, in London
 */
export function actorOf(
  person: repository.PersonRecord,
  { bodies, evaluation }: Pick<IdentityContext, "bodies" | "evaluation">,
  today: string,
): Actor | null {
  const { id, name, email, body, employer, team, status } = person;
  const standsInAs = person.standsInAs.filter((role) => !person.roles.includes(role));
  const roles = [...person.roles, ...standsInAs];
  const who = { personId: id, name, email, roles, body, employer, team: team?.id ?? null };
  const actor: Actor = standsInAs.length > 0 ? { ...who, standsInAs } : who;
  if (person.isSample && !evaluation) return null;
  if (status !== "active" || isStarting(person, today)) return null;
  return bodies.includes(body) && can(actor, "portal.use", actor) ? actor : null;
}

/**
 * The token of the session cookie, once its seal is checked: the library's, an HMAC-SHA256 of the token in Base64 behind
 * its last dot. Its own check takes as long as a whole page of ours may take to find its reader.
 * @param headers of the request; only its cookie matters
 * @returns null where there is none, or the seal is not ours
 */
async function readSealedToken(auth: Auth, headers: Headers): Promise<string | null> {
  const { authCookies, secret } = await auth.$context;
  const value = parseCookies(headers.get("cookie") ?? "").get(authCookies.sessionToken.name) ?? "";
  const end = value.lastIndexOf(".");
  if (end < 1) return null;
  const token = value.slice(0, end);
  const seal = Buffer.from(value.slice(end + 1), "base64");
  const own = createHmac("sha256", secret).update(token).digest();
  return seal.length === own.length && timingSafeEqual(seal, own) ? token : null;
}
