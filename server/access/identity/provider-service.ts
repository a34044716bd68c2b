import { boundNotice } from "./account-service.ts";
import { type ChangedBy, isStarting, NEW_PERSON, type PersonFields } from "#domain/access/identity/person.ts";
import {
  isStrongEnough,
  type ProviderAnswer,
  type ProviderIdentity,
  type ProviderSubject,
  readAuthTime,
  readClaims,
  readSubject,
} from "#domain/access/identity/provider-claim.ts";
import { isRecent } from "#domain/access/identity/recent-sign-in.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { type EvidenceEvent, PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { clock } from "#server/base/clock.ts";
import type { Followed } from "#server/base/connections.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import type { Oidc } from "#server/base/environment/environment.mjs";
import { type Change, transact } from "#server/evidence/journal/transact.ts";
import { beginAtProvider, isUnreachable, redeemProviderAnswer } from "./provider.ts";
import {
  findAccount,
  findPerson,
  findPersonByEmail,
  findRefusedAt,
  insertAccount,
  insertAttempt,
  listAccountsOf,
  type PersonRecord,
  takeAttempt,
} from "./repository.ts";
import type { SignedIn } from "./service.ts";

/** On nobody's authority, because the change comes from the provider. */
type ChangedAtSignIn = ChangedBy & { authority: null };

/** How a sign-in changes the directory; passed in, because the directory is in a higher room. */
export interface DirectoryChanges {
  add(tx: Tx, body: string, fields: PersonFields, changedBy: ChangedAtSignIn): Promise<Followed & { personId: string }>;
  /** @returns null if the body has no such person; "last-administrator" if it would be left without one */
  change(
    tx: Tx,
    who: { body: string; personId: string },
    change: Partial<PersonFields>,
    changedBy: ChangedAtSignIn,
  ): Promise<Followed | "last-administrator" | null>;
}

const ATTEMPT_MS = 10 * 60_000;

export const PROVIDER_REFUSALS = [
  "unknown",
  "left",
  "starting",
  "not-served",
  "failed",
  "cancelled",
  "unreachable",
  /** The provider gives no e-mail address, which is needed at the first sign-in. */
  "no-address",
  /** The provider has not verified the address. */
  "unverified",
  /** The address belongs to somebody who is bound to another account. */
  "bound",
  /** The sign-in has none of the values required by OIDC_REQUIRE. */
  "too-weak",
  /** A recent sign-in was required, and the provider does not confirm one. */
  "not-recent",
  /** A recent sign-in was required, and somebody else signed in. */
  "somebody-else",
] as const;
export type ProviderRefusal = (typeof PROVIDER_REFUSALS)[number];

export interface ProviderContext {
  settings: Oidc;
  bodies: readonly string[];
  /** Where the provider sends the browser back to. */
  redirectUri: string;
}

/**
 * Begins a sign-in at the identity provider.
 * @param renewedFor id of the person who is signed in already and has to sign in again; null for an ordinary sign-in
 * @param isShared whether at a shared device
 * @returns the address at the provider, and the state, which the same browser has to bring back; null if the provider
 *   does not answer
 */
export async function beginSignIn(
  { settings, redirectUri }: ProviderContext,
  returnTo: string,
  renewedFor: string | null = null,
  isShared = false,
): Promise<{ url: string; state: string } | null> {
  try {
    const { url, attempt } = await beginAtProvider(settings, redirectUri, renewedFor !== null, isShared);
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + ATTEMPT_MS);
    await insertAttempt(getDatabase(), { ...attempt, returnTo, again: renewedFor, isShared }, { now, expiresAt });
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
 * Finishes a sign-in: asks the provider who signed in, and finds the person bound to that account. At an account's
 * first sign-in, the person with its verified e-mail address is bound to it; after that the address does not matter.
 * @param answer the address that the browser was sent to
 * @param state the state from the browser's cookie; null if there is none
 * @param directory changes people, if the provider sets their roles or brings somebody new
 */
export async function finishSignIn(
  { settings, bodies }: Pick<ProviderContext, "settings" | "bodies">,
  answer: URL,
  state: string | null,
  directory: DirectoryChanges,
): Promise<SignInAnswer> {
  const attempt = state === null ? null : await takeAttempt(getDatabase(), state, clock.now());
  if (!attempt) return { code: "refused", why: "failed", returnTo: "/", isAgain: false };
  const { returnTo, again, isShared } = attempt;
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
  return { code: "signed-in", ...admitted, provedAt: provedAt ?? now, isShared, returnTo };
}

type Account = ProviderSubject & ProviderIdentity;
type Admitted = Pick<SignedIn, "personId" | "accountId"> | ProviderRefusal;

/**
 * The person of this account, with roles set by the provider, or why they may not sign in.
 * @param renewedFor the only person it may be; null for anybody
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
   * Lets a person in, and binds them to the account if they are not bound yet. Comes after everything that locks the
   * directory, as in every change to a person.
   */
  async function enter(
    tx: Tx,
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

/** Sets the roles given by the groups. A body keeps its last administrator, since nobody could put that right. */
async function withRoles(
  tx: Tx,
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
async function findAccountAt(tx: Tx, issuer: string, personId: string) {
  return (await listAccountsOf(tx, personId)).find((account) => account.issuer === issuer) ?? null;
}

/** One row a day is enough for an administrator to notice, and repeated attempts do not fill the journal. */
const REFUSED_ONCE_IN_MS = 24 * 60 * 60_000;

async function refuseSecond(
  tx: Tx,
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
