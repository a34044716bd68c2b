import "server-only";
import type { Actor } from "#domain/access/actor.ts";
import { can } from "#domain/access/permission.ts";
import { stateOfToken, type TokenState } from "#domain/api-token/api-token.ts";
import { TOKEN_SCOPES, type TokenScope } from "#domain/api-token/scope.ts";
import { parseReference } from "#domain/reference/reference.ts";
import { clock } from "#server/clock.ts";
import { getDatabase } from "#server/db/database.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { findByHash, findToken, listReferencesBy, listTokensOf, type TokenRecord } from "./repository.ts";
import { hashSecret, isSecret } from "./secret.ts";

/** Somebody who did something to a token. */
export interface TokenPerson {
  name: string;
  hasLeft: boolean;
  isActor: boolean;
}

export interface TokenView {
  reference: string;
  name: string;
  scopes: readonly TokenScope[];
  state: TokenState;
  madeBy: TokenPerson;
  madeAt: Date;
  /** Exclusive. */
  expiresAt: Date;
  /** YYYY-MM-DD, or null where no program came with it yet. */
  lastUsedOn: string | null;
  revoked: { at: Date; by: TokenPerson | null } | null;
}

/** The tokens of the actor's body: those that hold first, then by age, the newest first; null for those who may not know. */
export async function listTokens(actor: Actor): Promise<TokenView[] | null> {
  if (!can(actor, "api-token.manage", actor)) return null;
  const rows = await listTokensOf(getDatabase(), actor.body);
  const all = rows.map((row) => toView(actor, row));
  return [...all.filter(({ state }) => state === "active"), ...all.filter(({ state }) => state !== "active")];
}

/** One of them; null where it is not there or is another body's, the same for both. */
export async function getToken(actor: Actor, typed: string): Promise<TokenView | null> {
  const reference = parseReference("TOK", typed);
  if (!reference || !can(actor, "api-token.manage", actor)) return null;
  const row = await findToken(getDatabase(), actor.body, reference);
  return row && toView(actor, row);
}

/** References of the tokens that somebody ever made: what these did, they did. For other nouns, which have authorised already. */
export async function listTokensMadeBy(tx: Prisma.TransactionClient, personId: string): Promise<string[]> {
  return listReferencesBy(tx, personId);
}

function toView(actor: Actor, row: TokenRecord): TokenView {
  const { reference, name, madeAt, expiresAt, lastUsedOn, revokedAt, madeBy, revokedBy } = row;
  const person = (one: TokenRecord["madeBy"]): TokenPerson => ({
    ...{ name: one.name, hasLeft: one.status === "left", isActor: one.id === actor.personId },
  });
  return {
    ...{ reference, name, madeAt, expiresAt, lastUsedOn },
    scopes: TOKEN_SCOPES.filter((scope) => row.scopes.includes(scope)),
    state: stateOfToken(row, clock.now()),
    madeBy: person(madeBy),
    revoked: revokedAt && { at: revokedAt, by: revokedBy && person(revokedBy) },
  };
}

/**
 * Which token a request brings, whatever it may do: for limits, which count by token. Null where it brings none that was
 * ever made.
 * @param authorization the header, as it came
 */
export async function findTokenReference(authorization: string | null): Promise<string | null> {
  const secret = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
  return isSecret(secret) ? ((await findByHash(getDatabase(), hashSecret(secret)))?.reference ?? null) : null;
}
