import "server-only";
import { APIError } from "better-auth/api";
import type { Actor } from "#domain/access/actor.ts";
import { can } from "#domain/access/permission.ts";
import type { PrismaClient } from "#server/db/generated/client.ts";
import type { Auth } from "./auth.ts";
import { deleteSessionsOf, findPerson, type PersonRecord } from "./repository.ts";
import { SIGN_IN_REFUSALS, type SignInRefusal } from "./sample-sign-in.ts";

export type SignInResult = { ok: true } | { ok: false; code: SignInRefusal };

/** Whom the session cookie in `headers` stands for. */
export type Visitor = { actor: Actor } | { actor: null; reason: "not-signed-in" | "left" };

export interface IdentityContext {
  auth: Auth;
  prisma: PrismaClient;
  bodies: readonly string[];
}

/**
 * Who asks. A person who left, or whose body is no longer served, is signed out everywhere.
 * @param headers of the request; its cookie is all that counts
 */
export async function identify({ auth, prisma, bodies }: IdentityContext, headers: Headers): Promise<Visitor> {
  const found = await auth.api.getSession({ headers });
  const person = found && (await findPerson(prisma, found.user.id));
  if (!person) return { actor: null, reason: "not-signed-in" };
  const actor = toActor(person);
  if (person.status === "active" && bodies.includes(person.body) && can(actor, "portal.use", actor)) return { actor };
  await deleteSessionsOf(prisma, person.id);
  return { actor: null, reason: person.status === "left" ? "left" : "not-signed-in" };
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

/** Ends the session of the cookie in `headers`, if there is one. */
export async function endSession(auth: Auth, headers: Headers): Promise<void> {
  await auth.api.signOut({ headers });
}

function toActor({ id, name, email, roles, body, employer, team }: PersonRecord): Actor {
  return { personId: id, name, email, roles, body, employer, team: team?.id ?? null };
}
