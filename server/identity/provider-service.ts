import "server-only";
import { calendarDay } from "#domain/calendar/calendar.ts";
import { isStarting, NEW_PERSON } from "#domain/directory/person.ts";
import { readClaims, type ProviderIdentity } from "#domain/access/provider-claim.ts";
import { PORTAL_ACTOR } from "#domain/evidence/event.ts";
import { clock } from "#server/clock.ts";
import { loadContent } from "#server/content/store.ts";
import { getDatabase } from "#server/db/database.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { untilUnique } from "#server/db/until-unique.ts";
import { addPerson, changePerson, type Said } from "#server/directory/person-change.ts";
import type { Oidc } from "#server/environment.mjs";
import { transact, type Change } from "#server/evidence/transact.ts";
import { insertAttempt, takeAttempt } from "./attempt-repository.ts";
import { beginAtProvider, finishAtProvider, isUnreachable } from "./provider.ts";
import { findPersonByEmail, type PersonRecord } from "./repository.ts";

/** How long somebody may take at the provider. */
const ATTEMPT_MS = 10 * 60_000;

export const PROVIDER_REFUSALS = [
  "unknown",
  "left",
  "starting",
  "not-served",
  "failed",
  "cancelled",
  "unreachable",
] as const;
export type ProviderRefusal = (typeof PROVIDER_REFUSALS)[number];

export interface ProviderContext {
  settings: Oidc;
  /** Slugs of the bodies served. */
  bodies: readonly string[];
  /** Where the provider sends the browser back to. */
  redirectUri: string;
}

/**
 * Begins a sign-in at the identity provider.
 * @returns the address there, and the state, which the browser that began has to bring back; null where the provider does
 *   not answer
 */
export async function beginSignIn(
  { settings, redirectUri }: ProviderContext,
  returnTo: string,
): Promise<{ url: string; state: string } | null> {
  try {
    const { url, attempt } = await beginAtProvider(settings, redirectUri);
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + ATTEMPT_MS);
    await insertAttempt(getDatabase(), { ...attempt, returnTo }, { now, expiresAt });
    return { url, state: attempt.state };
  } catch (error) {
    if (isUnreachable(error)) return null;
    throw error;
  }
}

export type SignInAnswer =
  | { code: "signed-in"; personId: string; returnTo: string }
  | { code: "refused"; why: ProviderRefusal; returnTo: string };

/**
 * Finishes it: asks the provider who came back, and finds them in the directory, by e-mail address.
 * @param answer the address that the browser was sent to
 * @param state what the browser that began brought back in its cookie; null where it brought none
 */
export async function finishSignIn(
  { settings, bodies }: Pick<ProviderContext, "settings" | "bodies">,
  answer: URL,
  state: string | null,
): Promise<SignInAnswer> {
  const attempt = state === null ? null : await takeAttempt(getDatabase(), state, clock.now());
  if (!attempt) return { code: "refused", why: "failed", returnTo: "/" };
  const { returnTo } = attempt;
  const refuse = (why: ProviderRefusal): SignInAnswer => ({ code: "refused", why, returnTo });
  if (answer.searchParams.get("error") === "access_denied") return refuse("cancelled");
  let claims: Record<string, unknown>;
  try {
    claims = await finishAtProvider(settings, answer, attempt);
  } catch (error) {
    return refuse(isUnreachable(error) ? "unreachable" : "failed");
  }
  const identity = readClaims(claims, settings);
  if (!identity) return refuse("unknown");
  const person = await untilUnique("Person", () => admit(identity, bodies));
  if (typeof person === "string") return refuse(person);
  return { code: "signed-in", personId: person.id, returnTo };
}

type Admitted = { id: string } | ProviderRefusal;

/** The person of this identity with their roles as the provider says them, or why they may not come in. */
async function admit(identity: ProviderIdentity, served: readonly string[]): Promise<Admitted> {
  const { bodies } = await loadContent();
  return transact(async (tx): Promise<Change<Admitted>> => {
    const refuse = (result: ProviderRefusal) => ({ result, evidence: [] });
    const found = await findPersonByEmail(tx, identity.email);
    const named = identity.bodies?.find((slug) => served.includes(slug));
    if (!found && named === undefined) return refuse(identity.bodies === null ? "unknown" : "not-served");
    if (found?.status === "left") return refuse("left");
    if (found && isStarting(found, calendarDay(clock.now()))) return refuse("starting");
    if (found && !served.includes(found.body)) return refuse("not-served");
    if (found && identity.bodies !== null && !identity.bodies.includes(found.body)) return refuse("not-served");
    const said = { by: PORTAL_ACTOR, authority: null, at: clock.now() };
    if (found) return withRoles(tx, found, said);
    const body = bodies.find(({ slug }) => slug === named);
    if (!body) return refuse("not-served");
    const { email, name, roles } = identity;
    const entry = { email, name: name ?? email, employer: body.employers[0] ?? body.name, roles: roles ?? [] };
    const added = await addPerson(tx, body.slug, { ...NEW_PERSON, ...entry }, said);
    return { ...added, result: { id: added.personId } };
  });

  /** Roles as the groups say them; a body without an administrator could not be put right again, so it keeps its last. */
  async function withRoles(tx: Prisma.TransactionClient, person: PersonRecord, said: Said): Promise<Change<Admitted>> {
    const { roles } = identity;
    const result = { id: person.id };
    if (!roles) return { result, evidence: [] };
    const where = { body: person.body, personId: person.id };
    const changed = await changePerson(tx, where, { roles: [...roles] }, said);
    const settled = changed === "last-administrator" ? await changePerson(tx, where, { roles: [...roles, "administrator"] }, said) : changed; // prettier-ignore
    return settled === null || settled === "last-administrator" ? { result: "unknown", evidence: [] } : { ...settled, result }; // prettier-ignore
  }
}
