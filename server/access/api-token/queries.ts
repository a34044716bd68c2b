import {
  END_REASONS,
  endByMaker,
  endOfToken,
  isEndReason,
  nextTokenDue,
  stateOfToken,
  STORED_SCOPES,
} from "#domain/access/api-token/api-token.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay, dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import type { Task } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { findActorByAccessToken } from "#server/access/identity/access-token-queries.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getEnv } from "#server/base/environment/env.ts";
import {
  findByHash,
  findToken,
  listPersonalTokens,
  listTokensOf,
  listUnfollowed,
  type TokenRecord,
} from "./repository.ts";
import { hashSecret, isSecret } from "./secret.ts";

/** A token as its page shows it: ended, too, where it is no longer valid because of who made it. */
export type TokenView = ReturnType<typeof toView>;
export type TokenPerson = TokenView["madeBy"];

/** The tokens of the actor's body: valid ones first, then the newest first; null for those who may not see them. */
export async function listTokens(actor: Actor): Promise<TokenView[] | null> {
  if (!can(actor, "api-token.manage", actor)) return null;
  const rows = await listTokensOf(getDatabase(), actor.body);
  const all = rows.map((row) => toView(actor, row));
  return [...all.filter(({ state }) => state === "active"), ...all.filter(({ state }) => state !== "active")];
}

/** Where people make, see and revoke tokens of their own. */
export const OWN_TOKENS = "/me#assistants";

/** The actor's own tokens, the newest first, and whether they may make another. */
export async function getOwnTokens(actor: Actor): Promise<{ mayMake: boolean; tokens: TokenView[] }> {
  const rows = can(actor, "own-data.read", actor) ? await listPersonalTokens(getDatabase(), actor.personId) : [];
  return { mayMake: await mayHavePersonalTokens(actor), tokens: rows.map((row) => toView(actor, row)) };
}

/** Whether somebody may have tokens of their own: in evaluation mode, and where their body says so. */
export async function mayHavePersonalTokens(actor: Actor): Promise<boolean> {
  if (!can(actor, "own-data.read", actor)) return false;
  if (getEnv().evaluation) return true;
  const { bodies } = await loadContent();
  return bodies.find(({ slug }) => slug === actor.body)?.personalTokens === true;
}

/** One of the body's; null if it does not exist or belongs to another body, with no difference between the two. */
export async function getToken(actor: Actor, typed: string): Promise<TokenView | null> {
  const reference = parseReference("TOK", typed);
  if (!reference || !can(actor, "api-token.manage", actor)) return null;
  const row = await findToken(getDatabase(), actor.body, reference);
  return row && toView(actor, row);
}

/**
 * Whether a token still lets its program change people. To be checked after lockDirectory, so that a token never does
 * anything after it has ended.
 */
export async function isInForce(tx: Tx, body: string, reference: string): Promise<boolean> {
  const token = await findToken(tx, body, reference);
  return token !== null && holds(token, clock.now());
}

/** Whether a token is valid now, by its dates and by who made it. */
export const holds = (token: TokenRecord, now: Date): boolean =>
  stateOfToken(token, now) === "active" && endByMaker(token, token.madeBy, calendarDay(now)) === null;

/**
 * References of all tokens that somebody ever made: whatever those did counts as theirs. For other rooms, which have
 * authorised already.
 */
export { listTokensMadeBy } from "./repository.ts";

function toView(actor: Actor, row: TokenRecord) {
  const { reference, name, madeAt, lastUsedOn, revokedAt, madeBy, revokedBy, endedAt, endReason } = row;
  const now = clock.now();
  // A token that should have ended is shown as ended even before the scheduled job has found it.
  const found = endedAt === null ? endByMaker(row, madeBy, calendarDay(now)) : null;
  const ended =
    isEndReason(endReason) && endedAt ? { at: endedAt, reason: endReason } : found && { at: now, reason: found };
  const person = (one: Pick<TokenRecord["madeBy"], "id" | "name" | "status">) => ({
    name: one.name,
    hasLeft: one.status === "left",
    isActor: one.id === actor.personId,
  });
  return {
    reference,
    name,
    madeAt,
    lastUsedOn,
    ended,
    expiresAt: endOfToken(row),
    scopes: STORED_SCOPES.filter((scope) => row.scopes.includes(scope)),
    state: stateOfToken({ ...row, endedAt: ended?.at ?? null }, now),
    follows: row.follows?.reference ?? null,
    followedBy: row.followers[0]?.reference ?? null,
    madeBy: person(madeBy),
    revoked: revokedAt && { at: revokedAt, by: revokedBy && person(revokedBy) },
  };
}

/** What a request carries as a token; "" for nothing. @param authorization the header as received */
export const bearerOf = (authorization: string | null): string =>
  /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? "";

/**
 * Which token a request carries, valid or not, or whose access token: for rate limits, which count by it. Null if there
 * is no token that was ever made.
 * @param authorization the header as received
 */
export async function findTokenReference(authorization: string | null): Promise<string | null> {
  const secret = bearerOf(authorization);
  if (!isSecret(secret)) return (await findActorByAccessToken(secret))?.personId ?? null;
  return (await findByHash(getDatabase(), hashSecret(secret)))?.reference ?? null;
}

/** Tokens that end soon or ended recently and have no replacement yet, as tasks for administrators. */
export async function listTokenTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "api-token.manage", actor)) return [];
  const now = clock.now();
  return (await listUnfollowed(getDatabase(), actor.body, now)).flatMap((token): Task[] => {
    const due = nextTokenDue(token, calendarDay(now));
    if (due === null) return [];
    const { reference, name, endReason } = token;
    const last = dateInWords(lastDay(endOfToken(token)));
    const ends =
      stateOfToken(token, now) === "active" ? `It is valid until the end of ${last}.` : `It ended on ${last}.`;
    return [
      {
        kind: "renew-api-token",
        key: `api-token ${reference}`,
        due,
        title: `Make the next token for ${name}`,
        reason: `${isEndReason(endReason) ? `It has ended: ${END_REASONS[endReason].toLowerCase()}.` : ends} Revoke it if the program is not used any more.`,
        href: `/admin/tokens/${reference}`,
      },
    ];
  });
}
