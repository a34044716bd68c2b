import { boundNotice } from "./account-service.ts";
import { type ChangedBy, isStarting, NEW_PERSON, type PersonFields } from "#domain/access/identity/person.ts";
import {
  isStrongEnough,
  type ProviderIdentity,
  type ProviderSubject,
  type UnreadGroups,
  readAuthTime,
  readClaims,
  readSubject,
} from "#domain/access/identity/provider-claim.ts";
import type { ProviderRefusal } from "#domain/access/identity/refusal.ts";
import { isRecent } from "#domain/access/identity/recent-sign-in.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { lapseDay } from "#domain/access/identity/unconfirmed-roles.ts";
import { ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { type EvidenceEvent, PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { clock } from "#server/base/clock.ts";
import type { Followed } from "#server/base/connections.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import type { Oidc } from "#server/base/environment/environment.mjs";
import { type Change, transact } from "#server/evidence/journal/transact.ts";
import { beginAtProvider, redeemProviderAnswer } from "./provider.ts";
import { toProviderError } from "./provider-error.ts";
import {
  findAccount,
  findPerson,
  findPersonByEmail,
  findRefusedAt,
  insertAccount,
  insertAttempt,
  isAttemptOpen,
  listAccountsOf,
  type PersonRecord,
  takeAttempt,
  writeRolesUnconfirmed,
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
 * @returns the address at the provider, and the state, which the same browser has to bring back; or why it cannot begin
 */
export async function beginSignIn(
  { settings, redirectUri }: ProviderContext,
  returnTo: string,
  renewedFor: string | null = null,
  isShared = false,
): Promise<{ url: string; state: string } | Refused> {
  const begun = await beginAtProvider(settings, redirectUri, renewedFor !== null, isShared).catch(toProviderError);
  if (begun instanceof Error) return { why: begun.why, detail: begun.message };
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + ATTEMPT_MS);
  await insertAttempt(getDatabase(), { ...begun.attempt, returnTo, again: renewedFor, isShared }, { now, expiresAt });
  return { url: begun.url, state: begun.attempt.state };
}

/** `detail`: what the log says besides; it names nobody. */
interface Refused {
  why: ProviderRefusal;
  detail?: string | undefined;
}

export type SignInAnswer =
  | ({ code: "signed-in"; returnTo: string } & SignedIn)
  /** `isAgain`: they are still signed in as before. */
  | ({ code: "refused"; returnTo: string; isAgain: boolean } & Refused);

/**
 * Finishes a sign-in: asks the provider who signed in, and finds the person bound to that account. At an account's
 * first sign-in, the person with its verified e-mail address is bound to it; after that the address does not matter.
 * @param answer the address that the browser was sent to
 * @param state the state that this browser began with; null if the answer's is not one of its own
 * @param directory changes people, if the provider sets their roles or brings somebody new
 */
export async function finishSignIn(
  { settings, bodies }: Pick<ProviderContext, "settings" | "bodies">,
  answer: URL,
  state: string | null,
  directory: DirectoryChanges,
): Promise<SignInAnswer> {
  const begun = clock.now();
  const said = answer.searchParams.get("state") ?? "";
  const attempt = state === said ? await takeAttempt(getDatabase(), state, begun) : null;
  if (!attempt) {
    const isElsewhere = state !== said && (await isAttemptOpen(getDatabase(), said, begun));
    return { code: "refused", why: isElsewhere ? "another-browser" : "expired", returnTo: "/", isAgain: false };
  }
  const { returnTo, again, isShared } = attempt;
  const refuse = (why: ProviderRefusal, detail?: string): SignInAnswer => {
    return { code: "refused", why, detail, returnTo, isAgain: again !== null };
  };
  const providerAnswer = await redeemProviderAnswer(settings, answer, attempt).catch(toProviderError);
  if (providerAnswer instanceof Error) return refuse(providerAnswer.why, providerAnswer.message);
  const subject = readSubject(providerAnswer.idToken);
  if (!subject) return refuse("incomplete");
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
    const placed = identity.bodies;
    const named = Array.isArray(placed) ? placed.find((slug) => served.includes(slug)) : undefined;
    if (!found && typeof placed === "string") return refuse(`groups-${placed}`);
    if (!found && named === undefined) return refuse(placed === null ? "unknown" : "not-served");
    if (found?.status === "left") return refuse("left");
    if (found && isStarting(found, clock.today())) return refuse("starting");
    if (found && !served.includes(found.body)) return refuse("not-served");
    if (found && Array.isArray(placed) && !placed.includes(found.body)) return refuse("not-served");
    const changedBy: ChangedAtSignIn = { by: PORTAL_ACTOR, authority: null, at: clock.now() };
    if (found) {
      bound ??= await findAccountAt(tx, identity.issuer, found.id);
      // The same account may have been bound by another request since it was looked for.
      if (bound && bound.subject !== identity.subject) return refuseSecond(tx, identity, found, changedBy.at);
      const changed = await withRoles(tx, found, identity.roles, changedBy, directory);
      return changed ? enter(tx, found, bound, changed, changedBy.at) : refuse("unknown");
    }
    const body = bodies.find(({ slug }) => slug === named);
    const { email, name } = identity;
    if (!body || email === null) return refuse("not-served");
    const roles = Array.isArray(identity.roles) ? identity.roles : [];
    const entry = { email, name: name ?? email, employer: body.employers[0] ?? body.name, roles };
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

/**
 * Sets the roles given by the groups. A body keeps its last administrator, since nobody could put that right. Where the
 * groups could not be read, the roles stay for the time being.
 */
async function withRoles(
  tx: Tx,
  person: PersonRecord,
  roles: Account["roles"],
  changedBy: ChangedAtSignIn,
  directory: DirectoryChanges,
): Promise<Followed | null> {
  if (roles === null) return { evidence: [], notices: [] };
  if (typeof roles === "string") return keepUnconfirmed(tx, person, roles, changedBy.at);
  const where = { body: person.body, personId: person.id };
  const changed = await directory.change(tx, where, { roles: [...roles] }, changedBy);
  const settled =
    changed === "last-administrator"
      ? await directory.change(tx, where, { roles: [...roles, "administrator"] }, changedBy)
      : changed;
  return settled === "last-administrator" ? null : settled;
}

/** Notes since when somebody's roles are unconfirmed, and tells them until when they have them. */
async function keepUnconfirmed(tx: Tx, person: PersonRecord, why: UnreadGroups, at: Date): Promise<Followed> {
  const { id, body, roles } = person;
  const held = roles.filter((role) => role !== "employee");
  if (held.length === 0 || !(await writeRolesUnconfirmed(tx, id, { since: at, why })))
    return { evidence: [], notices: [] };
  const limit = (await loadContent()).bodies.find(({ slug }) => slug === body)?.unconfirmedRolesLimitDays;
  const last = lapseDay(at, limit);
  const data = { why, roles: held.join(" "), lapses: last };
  const notice: Notice = {
    body,
    to: id,
    kind: "roles-unconfirmed",
    href: "/me",
    subject: "Your roles in this portal could not be confirmed",
    paragraphs: [
      `You signed in, and your work account did not say which groups you are in. You keep your roles for now: ${held.map((role) => ROLE_NAMES[role]).join(", ")}.`,
      `If nobody confirms them, they end on ${dateInWords(last)}. An administrator of the portal knows of it. Ask your IT service desk if you are not sure.`,
    ],
  };
  return {
    evidence: [{ body, event: "person.roles-unconfirmed", at, actor: PORTAL_ACTOR, subject: id, data }],
    notices: [notice],
  };
}

const findAccountAt = async (tx: Tx, issuer: string, personId: string) =>
  (await listAccountsOf(tx, personId)).find((account) => account.issuer === issuer) ?? null;

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
  const data = event === "account.refused" ? { why: "bound" } : undefined;
  return { body, event, at, actor: PORTAL_ACTOR, subject: id, data, detail: { issuer, subject } };
}
