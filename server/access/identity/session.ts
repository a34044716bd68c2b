import type { Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { isRecent, needsRecentSignIn } from "#domain/access/identity/recent-sign-in.ts";
import { signInPath } from "#domain/access/identity/return-path.ts";
import { secondsToShow, SHARED_AFTER_ANSWER_MS } from "#domain/access/identity/shared-device.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { getRequestContext, type RequestContext } from "#server/base/request/context.ts";
import { getAuth } from "./auth.ts";
import { beginSignIn, type DirectoryChanges, finishSignIn, type ProviderContext } from "./provider-service.ts";
import { CALLBACK_PATH, endAtProvider } from "./provider.ts";
import {
  endSession,
  endSessions,
  endSharedSoon,
  identify,
  listSessions,
  type SessionView,
  type SignInResult,
  startSampleSession,
  startSession,
} from "./service.ts";

// For pages and route handlers: reads the current request, and redirects. The rules are in service.ts.

const visitor = cache(async () => {
  const requestHeaders = await headers(); // comes first, so that a build knows this cannot be rendered without a request
  const { bodies, sessionIdleMinutes, evaluation } = getEnv();
  const context = { auth: getAuth(), prisma: getDatabase(), bodies, evaluation, sessionIdleMinutes };
  const found = await identify(context, requestHeaders, clock.now());
  const request = getRequestContext();
  // In evaluation mode nobody has to prove who they are.
  if (request && found.actor && !evaluation)
    request.requireForActs = recentSignInGuard(found.actor.personId, found.provedAt);
  return found;
});

/** The person who is signed in, or null. */
export const getActor = async (): Promise<Actor | null> => (await visitor()).actor;

/** The person who is signed in; anybody else is redirected to the sign-in page, which leads back here. */
export async function requireActor(): Promise<Actor> {
  const found = await visitor();
  if (found.actor) return found.actor;
  if (found.reason === "left") redirect("/sign-in?refused=left");
  redirect(signInPath(getRequestContext()?.address ?? "/") as Route);
}

/** In how many seconds the page of a shared device gives way to the signed-out page; null at any other device. */
export async function getSharedSeconds(): Promise<number | null> {
  const found = await visitor();
  return found.actor && found.shared ? secondsToShow(found.shared.endsAt, clock.now()) : null;
}

/** Lets the session end within a minute, if it is at a shared device. */
export async function endIfShared(): Promise<void> {
  const found = await visitor();
  if (!found.actor || !found.shared) return;
  const now = clock.now();
  await endSharedSoon(getDatabase(), found.shared.id, now);
  const soon = now.getTime() + SHARED_AFTER_ANSWER_MS;
  found.shared.endsAt = new Date(Math.min(found.shared.endsAt.getTime(), soon));
}

/** Signs the browser in as a sample person. For route handlers. */
export const signInAsSamplePerson = async (personId: string, isShared: boolean): Promise<SignInResult> =>
  startSampleSession(getAuth(), await headers(), personId, isShared);

/** Whether an identity provider signs people in; false in evaluation mode. */
export const hasProvider = (): boolean => getEnv().oidc !== null;

function providerContext(): ProviderContext | null {
  const { oidc, bodies, appUrl } = getEnv();
  return oidc && { settings: oidc, bodies, redirectUri: `${appUrl}${CALLBACK_PATH}` };
}

/**
 * Begins a sign-in at the identity provider, or says why that cannot be; null in evaluation mode.
 * @param isAgain whether a person who is signed in already has to sign in again; otherwise it is an ordinary sign-in
 */
export async function beginProviderSignIn(returnTo: string, isAgain: boolean, isShared: boolean) {
  const context = providerContext();
  const renewedFor = isAgain ? ((await getActor())?.personId ?? null) : null;
  return context && (await beginSignIn(context, returnTo, renewedFor, isShared));
}

/**
 * Signs in the person who comes back from the identity provider; null in evaluation mode. For route handlers.
 * @param search the query that the provider added to our address
 * @param directory changes people; passed in by server/people/directory/service.ts
 */
export async function completeProviderSignIn(search: string, state: string | null, directory: DirectoryChanges) {
  const context = providerContext();
  if (!context) return null;
  const answer = await finishSignIn(context, new URL(`${context.redirectUri}${search}`), state, directory);
  if (answer.code === "signed-in") await startSession(getAuth(), await headers(), answer);
  return answer;
}

/**
 * The address that ends the session at the identity provider and leads back to the sign-in page; null if there is none.
 */
export async function getProviderSignOut(): Promise<string | null> {
  const { oidc, appUrl } = getEnv();
  return oidc && (await endAtProvider(oidc, `${appUrl}/sign-in`));
}

/** Signs the browser out. For route handlers. */
export async function signOut(): Promise<void> {
  await endSession(getAuth(), await headers());
}

/** The actor's sessions that have not ended, newest first. */
export const listOwnSessions = async (actor: Actor): Promise<SessionView[]> =>
  listSessions({ auth: getAuth(), prisma: getDatabase() }, await headers(), actor, clock.now());

/** Ends one of the actor's sessions by its id, or with "others" all but this one. For route handlers. */
export async function endOwnSessions(actor: Actor, which: string): Promise<void> {
  await endSessions({ auth: getAuth(), prisma: getDatabase() }, await headers(), actor, which, clock.now());
}

/** Thrown if somebody has to sign in again first; receive-form.ts keeps what they typed and sends them to sign in. */
export class NotRecentlySignedIn extends Error {
  override name = "NotRecentlySignedIn";
}

/**
 * Called by `transact`, through which every change goes, so that it cannot be bypassed. It applies only to people who
 * are signed in: with programs, commands, scheduled jobs and evaluation mode, there is nobody who could sign in again.
 * @param provedAt when they last signed in; null if unknown
 * @returns a function that throws NotRecentlySignedIn if one of the events needs a recent sign-in
 */
export const recentSignInGuard =
  (personId: string, provedAt: Date | null): NonNullable<RequestContext["requireForActs"]> =>
  (events, now) => {
    if (isRecent(provedAt, now)) return;
    if (events.some((event) => event.actor === personId && needsRecentSignIn(event))) throw new NotRecentlySignedIn();
  };
