import "server-only";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { isStarting, NEW_PERSON, type ChangedBy, type PersonFields } from "#domain/access/identity/person.ts";
import {
  isStrongEnough,
  readAuthTime,
  readClaims,
  readSubject,
  type ProviderAnswer,
  type ProviderIdentity,
  type ProviderSubject,
} from "#domain/access/identity/provider-claim.ts";
import { isRecent } from "#domain/access/identity/recent-sign-in.ts";
import { PORTAL_ACTOR, type EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Followed } from "#server/base/connections.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import type { Oidc } from "#server/base/environment/environment.mjs";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { findAccount, findRefusedAt, insertAccount, listAccountsOf } from "./account-repository.ts";
import { boundNotice } from "./account-service.ts";
import { insertAttempt, takeAttempt } from "./attempt-repository.ts";
import { beginAtProvider, redeemProviderAnswer, isUnreachable } from "./provider.ts";
import { findPerson, findPersonByEmail, type PersonRecord } from "./repository.ts";
import type { SignedIn } from "./service.ts";

/** Nobody's authority: the provider says it. */
type ChangedAtSignIn = ChangedBy & { authority: null };

/** How the directory is changed at a sign-in: it lies in a room above, and is handed in. */
export interface DirectoryChanges {
  add(
    tx: Prisma.TransactionClient,
    body: string,
    fields: PersonFields,
    changedBy: ChangedAtSignIn,
  ): Promise<Followed & { personId: string }>;
  /** @returns null where the body has no such person; "last-administrator" where it would be left without one */
  change(
    tx: Prisma.TransactionClient,
    who: { body: string; personId: string },
    change: Partial<PersonFields>,
    changedBy: ChangedAtSignIn,
  ): Promise<Followed | "last-administrator" | null>;
}

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
  /** The provider gives no e-mail address, by which somebody is found at their first sign-in. */
  "no-address",
  /** It does not vouch for the address. */
  "unverified",
  /** The address is of somebody who is bound to another account. */
  "bound",
  /** The sign-in has none of the values of OIDC_REQUIRE. */
  "too-weak",
  /** Somebody was to prove anew who they are, and the provider does not say that they did. */
  "not-recent",
  /** Somebody was to prove anew who they are, and somebody else came back. */
  "somebody-else",
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
 * @param renewedFor id of who is signed in already, and has to prove anew who they are; null for an ordinary sign-in
 * @returns the address there, and the state, which the browser that began has to bring back; null where the provider does
 *   not answer
 */
export async function beginSignIn(
  { settings, redirectUri }: ProviderContext,
  returnTo: string,
  renewedFor: string | null = null,
): Promise<{ url: string; state: string } | null> {
  try {
    const { url, attempt } = await beginAtProvider(settings, redirectUri, renewedFor !== null);
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + ATTEMPT_MS);
    await insertAttempt(getDatabase(), { ...attempt, returnTo, again: renewedFor }, { now, expiresAt });
    return { url, state: attempt.state };
  } catch (error) {
    if (isUnreachable(error)) return null;
    throw error;
  }
}

export type SignInAnswer =
  | ({ code: "signed-in"; returnTo: string } & SignedIn)
  /** `isAgain`: they are still signed in as before. */
  | { code: "refused"; why: ProviderRefusal; returnTo: string; isAgain: boolean };

/**
 * Finishes it: asks the provider who came back, and finds whom the account is bound to. At an account's first sign-in that
 * is the person with its verified e-mail address, who is bound to it then; afterwards the address does not matter.
 * @param answer the address that the browser was sent to
 * @param state what the browser that began brought back in its cookie; null where it brought none
 * @param directory changes people, where the provider says their roles or brings somebody new
 */
export async function finishSignIn(
  { settings, bodies }: Pick<ProviderContext, "settings" | "bodies">,
  answer: URL,
  state: string | null,
  directory: DirectoryChanges,
): Promise<SignInAnswer> {
  const attempt = state === null ? null : await takeAttempt(getDatabase(), state, clock.now());
  if (!attempt) return { code: "refused", why: "failed", returnTo: "/", isAgain: false };
  const { returnTo, again } = attempt;
  const refuse = (why: ProviderRefusal): SignInAnswer => ({ code: "refused", why, returnTo, isAgain: again !== null });
  if (answer.searchParams.get("error") === "access_denied") return refuse("cancelled");
  let providerAnswer: ProviderAnswer;
  try {
    providerAnswer = await redeemProviderAnswer(settings, answer, attempt);
  } catch (error) {
    return refuse(isUnreachable(error) ? "unreachable" : "failed");
  }
  const subject = readSubject(providerAnswer.idToken);
  if (!subject) return refuse("failed");
  if (!isStrongEnough(providerAnswer.idToken, settings.required)) return refuse("too-weak");
  const now = clock.now();
  const provedAt = readAuthTime(providerAnswer.idToken, now);
  if (again !== null && !isRecent(provedAt, now)) return refuse("not-recent");
  const account = { ...subject, ...readClaims(providerAnswer, settings) };
  const admitted = await untilUnique("Account", () =>
    untilUnique("Person", () => admit(account, bodies, again, directory)),
  );
  if (typeof admitted === "string") return refuse(admitted);
  return { code: "signed-in", ...admitted, provedAt: provedAt ?? now, returnTo };
}

type Account = ProviderSubject & ProviderIdentity;
type Admitted = Pick<SignedIn, "personId" | "accountId"> | ProviderRefusal;

/**
 * The person of this account with their roles as the provider says them, or why they may not come in.
 * @param renewedFor whom alone it may be; null for anybody
 */
async function admit(
  identity: Account,
  served: readonly string[],
  renewedFor: string | null,
  directory: DirectoryChanges,
): Promise<Admitted> {
  const { bodies } = await loadContent();
  return transact(async (tx): Promise<Change<Admitted>> => {
    const refuse = (result: ProviderRefusal) => ({ result, evidence: [] });
    let bound = await findAccount(tx, identity);
    if (!bound && identity.email === null) return refuse("no-address");
    if (!bound && !identity.isEmailVerified) return refuse("unverified");
    const found = bound ? await findPerson(tx, bound.personId) : await findPersonByEmail(tx, identity.email ?? "");
    if (renewedFor !== null && found?.id !== renewedFor) return refuse("somebody-else");
    const named = identity.bodies?.find((slug) => served.includes(slug));
    if (!found && named === undefined) return refuse(identity.bodies === null ? "unknown" : "not-served");
    if (found?.status === "left") return refuse("left");
    if (found && isStarting(found, calendarDay(clock.now()))) return refuse("starting");
    if (found && !served.includes(found.body)) return refuse("not-served");
    if (found && identity.bodies !== null && !identity.bodies.includes(found.body)) return refuse("not-served");
    const changedBy: ChangedAtSignIn = { by: PORTAL_ACTOR, authority: null, at: clock.now() };
    if (found) {
      bound ??= await findAccountAt(tx, identity.issuer, found.id);
      // The same account may have been bound by another request since it was looked for.
      if (bound && bound.subject !== identity.subject) return refuseSecond(tx, identity, found, changedBy.at);
      const changed = await withRoles(tx, found, identity.roles, changedBy, directory);
      return changed ? enter(tx, found, bound, changed, changedBy.at) : refuse("unknown");
    }
    const body = bodies.find(({ slug }) => slug === named);
    const { email, name, roles } = identity;
    if (!body || email === null) return refuse("not-served");
    const entry = { email, name: name ?? email, employer: body.employers[0] ?? body.name, roles: roles ?? [] };
    const added = await directory.add(tx, body.slug, { ...NEW_PERSON, ...entry }, changedBy);
    return enter(tx, { id: added.personId, body: body.slug }, null, added, changedBy.at);
  });

  /**
   * Lets a person in by the account that they came with, and binds them to it where they are not: after all that waits for
   * the directory, as everybody who changes a person does.
   */
  async function enter(
    tx: Prisma.TransactionClient,
    person: Pick<PersonRecord, "id" | "body">,
    bound: { id: string } | null,
    { evidence, notices }: Followed,
    at: Date,
  ): Promise<Change<Admitted>> {
    if (bound) return { result: { personId: person.id, accountId: bound.id }, evidence, notices };
    const accountId = await insertAccount(tx, { ...identity, personId: person.id, boundAt: at });
    return {
      result: { personId: person.id, accountId },
      evidence: [...evidence, accountEvent("account.bound", person, identity, at)],
      notices: [...notices, boundNotice(person)],
    };
  }
}

/** Roles as the groups say them; a body without an administrator could not be put right again, so it keeps its last. */
async function withRoles(
  tx: Prisma.TransactionClient,
  person: PersonRecord,
  roles: Account["roles"],
  changedBy: ChangedAtSignIn,
  directory: DirectoryChanges,
): Promise<Followed | null> {
  if (!roles) return { evidence: [], notices: [] };
  const where = { body: person.body, personId: person.id };
  const changed = await directory.change(tx, where, { roles: [...roles] }, changedBy);
  const settled =
    changed === "last-administrator"
      ? await directory.change(tx, where, { roles: [...roles, "administrator"] }, changedBy)
      : changed;
  return settled === "last-administrator" ? null : settled;
}

/** The account that a person is bound to at a provider. */
async function findAccountAt(tx: Prisma.TransactionClient, issuer: string, personId: string) {
  return (await listAccountsOf(tx, personId)).find((account) => account.issuer === issuer) ?? null;
}

/** One row a day is enough to tell an administrator; whoever tries again and again fills no journal. */
const REFUSED_ONCE_IN_MS = 24 * 60 * 60_000;

async function refuseSecond(
  tx: Prisma.TransactionClient,
  { issuer, subject }: ProviderSubject,
  person: PersonRecord,
  at: Date,
): Promise<Change<Admitted>> {
  console.warn(`Another work account came with the address of the person ${person.id}, who is bound to one already.`);
  const last = await findRefusedAt(tx, { body: person.body, personId: person.id });
  const isNew = last === null || at.getTime() - last.getTime() >= REFUSED_ONCE_IN_MS;
  return { result: "bound", evidence: isNew ? [accountEvent("account.refused", person, { issuer, subject }, at)] : [] };
}

function accountEvent(
  event: "account.bound" | "account.refused",
  { id, body }: Pick<PersonRecord, "id" | "body">,
  { issuer, subject }: ProviderSubject,
  at: Date,
): EvidenceEvent {
  return { body, event, at, actor: PORTAL_ACTOR, subject: id, detail: { issuer, subject } };
}
