import "server-only";
import type { Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Actor } from "#domain/access/actor.ts";
import { REQUEST_PATH_HEADER, signInPath } from "#domain/access/return-path.ts";
import { clock } from "#server/clock.ts";
import { getDatabase } from "#server/db/database.ts";
import { getEnv } from "#server/env.ts";
import { getAuth } from "./auth.ts";
import {
  endSession,
  endSessions,
  identify,
  listSessions,
  startSampleSession,
  type SessionView,
  type SignInResult,
} from "./service.ts";

// What pages and route handlers call: the request at hand, and redirects. The rules are in service.ts.

const visitor = cache(async () => {
  const requestHeaders = await headers(); // first: it tells a build that there is nothing to render without a request
  return identify({ auth: getAuth(), prisma: getDatabase(), bodies: getEnv().bodies }, requestHeaders);
});

/** Who is signed in, or null. */
export async function getActor(): Promise<Actor | null> {
  return (await visitor()).actor;
}

/** Who is signed in; sends anybody else to the sign-in page, which leads back here. */
export async function requireActor(): Promise<Actor> {
  const found = await visitor();
  if (found.actor) return found.actor;
  if (found.reason === "left") redirect("/sign-in?refused=left");
  const path = (await headers()).get(REQUEST_PATH_HEADER) ?? "/";
  redirect(signInPath(path) as Route);
}

/** Signs the browser in as an invented person. For route handlers. */
export async function signInAsSamplePerson(personId: string): Promise<SignInResult> {
  return startSampleSession(getAuth(), await headers(), personId);
}

/** Signs the browser out. For route handlers. */
export async function signOut(): Promise<void> {
  await endSession(getAuth(), await headers());
}

/** The actor's sessions that have not ended, newest first. */
export async function listOwnSessions(actor: Actor): Promise<SessionView[]> {
  return listSessions({ auth: getAuth(), prisma: getDatabase() }, await headers(), actor, clock.now());
}

/** Ends one of the actor's sessions by its id, or with "others" all but this one. For route handlers. */
export async function endOwnSessions(actor: Actor, which: string): Promise<void> {
  await endSessions({ auth: getAuth(), prisma: getDatabase() }, await headers(), actor, which);
}
