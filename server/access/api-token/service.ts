import { randomUUID } from "node:crypto";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import {
  ASSISTANT_SCOPES,
  endByMaker,
  isPersonal,
  programActor,
  readAskedToken,
  readPersonalToken,
  stateOfToken,
  tokenEnd,
  type AskedToken,
  type AssistantScope,
  DIRECTORY_SCOPE,
  isTokenScope,
  type TokenScope,
  type TokenToMake,
} from "#domain/access/api-token/api-token.ts";
import { calendarDay, lastDay } from "#domain/base/calendar/calendar.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { findActorByAccessToken } from "#server/access/identity/access-token-queries.ts";
import { findActor, lockDirectory } from "#server/access/identity/queries.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { getRequestContext } from "#server/base/request/context.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { tellOwner } from "#domain/evidence/notice/notice.ts";
import { endTokensOfFormerMakers } from "./effects.ts";
import { bearerOf, holds, mayHavePersonalTokens, OWN_TOKENS } from "./queries.ts";
import {
  deleteSealed,
  deleteSealedBefore,
  findByHash,
  findByStartHash,
  findMaker,
  findSealed,
  findToken,
  insertToken,
  type TokenRecord,
  writeLastUsed,
  writeRevoked,
} from "./repository.ts";
import { seal, unseal } from "#server/base/secret/seal.ts";
import { formKeys, hashSecret, isSecret, makeSecret } from "./secret.ts";

export type MakeResult =
  /** `showKey` reveals the token once, to its maker. */
  | { code: "made"; reference: string; showKey: string }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  | { code: "not-found" };
const SHOW_WITHIN_MS = 10 * 60_000;

/**
 * Makes a token for a program of the actor's body.
 * @param startKey made by the page, so that sending its form twice makes one token
 * @param follows reference of the token it replaces, which stays valid; "" for none
 */
export async function makeToken(actor: Actor, asked: AskedToken, startKey: string, follows = ""): Promise<MakeResult> {
  if (!can(actor, "api-token.manage", actor)) return { code: "not-found" };
  const read = readAskedToken(asked);
  if ("problems" in read) return { code: "invalid", problems: read.problems };
  return storeToken(actor, read, startKey, follows);
}

/** Makes a token with which an assistant of the actor's asks the portal as them. @param startKey as with `makeToken` */
export async function makePersonalToken(
  actor: Actor,
  asked: Omit<AskedToken, "scopes">,
  startKey: string,
): Promise<MakeResult> {
  if (!(await mayHavePersonalTokens(actor))) return { code: "not-found" };
  const read = readPersonalToken(asked);
  return "problems" in read ? { code: "invalid", problems: read.problems } : storeToken(actor, read, startKey, "");
}

async function storeToken(
  { body, personId }: Actor,
  { name, scopes, days }: TokenToMake,
  startKey: string,
  follows: string,
): Promise<MakeResult> {
  const { startHash, sealKey } = formKeys(personId, startKey);
  const at = clock.now();
  const expiresAt = tokenEnd(at, days);
  await deleteSealedBefore(getDatabase(), new Date(at.getTime() - SHOW_WITHIN_MS));
  return untilUnique("ApiToken", () =>
    transact(async (tx): Promise<Change<MakeResult>> => {
      const earlier = await findByStartHash(tx, startHash);
      if (earlier !== null) return { result: { code: "made", reference: earlier, showKey: sealKey }, evidence: [] };
      if (scopes.includes(DIRECTORY_SCOPE)) await lockDirectory(tx, body); // nobody makes a token while their role is being taken away
      const maker = await findMaker(tx, personId);
      if (!maker || endByMaker({ scopes, body }, maker, calendarDay(at)) !== null)
        return { result: { code: "not-found" }, evidence: [] };
      const before = await findToken(tx, body, parseReference("TOK", follows) ?? "");
      const reference = makeReference("TOK");
      const secret = makeSecret();
      const stored = { hash: hashSecret(secret), sealed: seal(secret, sealKey), startHash };
      const times = { madeById: personId, madeAt: at, expiresAt };
      await insertToken(tx, {
        id: randomUUID(),
        reference,
        body,
        name,
        scopes,
        ...stored,
        ...times,
        followsId: before?.id ?? null,
      });
      const data = { scopes: scopes.join(" "), lastDay: lastDay(expiresAt), follows: before?.reference ?? null };
      return {
        result: { code: "made", reference, showKey: sealKey },
        evidence: [{ body, event: "api-token.made", at, actor: personId, subject: reference, data, detail: { name } }],
      };
    }),
  );
}

/** Returns the token itself to its maker, once; null the second time, or without the right key. */
export async function takeSecret(actor: Actor, typed: string, showKey: string): Promise<string | null> {
  const reference = parseReference("TOK", typed);
  if (!reference) return null;
  const tx = getDatabase();
  const since = new Date(clock.now().getTime() - SHOW_WITHIN_MS);
  const found = await findSealed(tx, { reference, madeById: actor.personId, since });
  if (!found?.sealed || !can(actor, isPersonal(found) ? "own-data.read" : "api-token.manage", actor)) return null;
  const secret = unseal(found.sealed, showKey);
  return secret && (await deleteSealed(tx, reference)) ? secret : null;
}

/** Revokes a token of the actor's body, or one of their own, at once. Harmless if done twice. */
export async function revokeToken(actor: Actor, typed: string): Promise<"revoked" | "not-found"> {
  const reference = parseReference("TOK", typed);
  if (!reference) return "not-found";
  const { body, personId } = actor;
  const at = clock.now();
  return transact(async (tx): Promise<Change<"revoked" | "not-found">> => {
    const token = await findToken(tx, body, reference);
    const isOwn = token !== null && isPersonal(token) && token.madeBy.id === personId;
    if (!token || !can(actor, isOwn ? "own-data.read" : "api-token.manage", actor))
      return { result: "not-found", evidence: [] };
    const isRevoked = await writeRevoked(tx, reference, { revokedAt: at, revokedById: personId });
    const event = { body, event: "api-token.revoked" as const, at, actor: personId, subject: reference };
    if (!isRevoked) return { result: "revoked", evidence: [] };
    const words = `You made it. ${actor.name} revoked it, and the program cannot use it any more.`;
    const href = isPersonal(token) ? OWN_TOKENS : `/admin/tokens/${reference}`;
    const what = { subject: `The token ${reference} was revoked`, words, href };
    return {
      result: "revoked",
      evidence: [event],
      notices: tellOwner(actor, token.madeBy.status === "left" ? null : token.madeBy.id, what),
    };
  });
}

/** The program making a request: the actor it reads as, and what it may do. */
export interface Program {
  actor: Actor;
  /** Id of its token. */
  tokenId: string;
  /** Id of who made its token. */
  madeById: string;
  scopes: readonly TokenScope[];
}

/**
 * Which program a request comes from; null without a valid token, and with one of a person's own, which opens /mcp
 * alone. A token made by a sample person is valid only in evaluation mode.
 * @param authorization the header as received
 */
export async function identifyProgram(authorization: string | null): Promise<Program | null> {
  const token = await findInForce(authorization);
  if (!token || isPersonal(token)) return null;
  const actor = noteActor(programActor(token));
  return { actor, tokenId: token.id, madeById: token.madeById, scopes: token.scopes.filter(isTokenScope) };
}

/** Who asks at /mcp: a program of a body, or a person through an assistant. */
export interface Caller {
  actor: Actor;
  isPerson: boolean;
  scopes: readonly AssistantScope[];
}

/**
 * Who asks at /mcp: with a token of the body, with one of a person's own, or with an access token of the identity
 * provider. Null without a valid one.
 * @param authorization the header as received
 * @throws ProviderError if the provider's keys cannot be had
 */
export async function identifyCaller(authorization: string | null): Promise<Caller | null> {
  const token = await findInForce(authorization);
  if (token && !isPersonal(token)) {
    const scopes = ASSISTANT_SCOPES.filter((scope) => token.scopes.includes(scope));
    return { actor: noteActor(programActor(token)), isPerson: false, scopes };
  }
  const actor = token ? await findActor(token.madeById) : await findActorByAccessToken(bearerOf(authorization));
  if (!actor || (token && (token.body !== actor.body || !(await mayHavePersonalTokens(actor))))) return null;
  return { actor: noteActor(actor), isPerson: true, scopes: ASSISTANT_SCOPES };
}

/** The token that a request carries, as long as it is valid; noted as used today. */
async function findInForce(authorization: string | null): Promise<TokenRecord | null> {
  const secret = bearerOf(authorization);
  if (!isSecret(secret)) return null;
  const tx = getDatabase();
  const token = await findByHash(tx, hashSecret(secret));
  const now = clock.now();
  if (!token || stateOfToken(token, now) !== "active" || !getEnv().bodies.includes(token.body)) return null;
  if (token.madeBy.isSample && !getEnv().evaluation) return null;
  if (!holds(token, now)) {
    // Found here before the scheduled job ran: the token ends for good all the same.
    const changedBy = { by: PORTAL_ACTOR, at: now };
    await transact(async (tx) => ({ result: null, ...(await endTokensOfFormerMakers(tx, token.body, changedBy)) }));
    return null;
  }
  const today = calendarDay(now);
  if (token.lastUsedOn !== today) await writeLastUsed(tx, token.id, today);
  return token;
}

/** For the log: who made this request. */
function noteActor(actor: Actor): Actor {
  const request = getRequestContext();
  if (request) request.personId = actor.personId;
  return actor;
}
