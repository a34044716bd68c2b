import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import { isStrongEnough, readSubject } from "#domain/access/identity/provider-claim.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import type { Oidc } from "#server/base/environment/environment.mjs";
import { getEnv } from "#server/base/environment/env.ts";
import { toProviderError } from "./provider-error.ts";
import { getProviderMetadata, TIMEOUT_SECONDS } from "./provider.ts";
import { findActor } from "./queries.ts";
import { findAccount } from "./repository.ts";

/** The address that assistants ask, which access tokens have to be made for (RFC 8707). */
export const mcpAddress = (): string => `${getEnv().appUrl}/mcp`;

/** Signatures of a key pair alone: whoever can check one must not be able to make one. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const CLOCKS_DIFFER_SECONDS = 30;
const TOKEN_PARTS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** What jose says where the keys cannot be had; anything else it says is about the token. */
const OF_KEYS = /^ERR_(JOSE_GENERIC|JWKS_TIMEOUT|JWKS_INVALID)$/;

/**
 * Whose access token of the configured identity provider this is: the person bound to its account at a sign-in (`iss`
 * and `sub`), as they are in the directory now. It has to be made for /mcp, hold now, carry the provider's signature, be
 * no ID token, and say as strong a sign-in as OIDC_REQUIRE asks for.
 * @returns null for any other token, and for who has not signed in here yet
 * @throws ProviderError if the provider's keys cannot be had
 */
export async function findActorByAccessToken(token: string): Promise<Actor | null> {
  const { oidc } = getEnv();
  if (!oidc || !TOKEN_PARTS.test(token)) return null;
  const claims = await readAccessToken(oidc, token);
  const subject = claims && isStrongEnough(claims, oidc.required) ? readSubject(claims) : null;
  const account = subject && (await findAccount(getDatabase(), subject));
  return account && findActor(account.personId);
}

/** Its claims; null where it is not valid, or no access token. */
async function readAccessToken(oidc: Oidc, token: string): Promise<JWTPayload | null> {
  const { issuer, jwks_uri: uri } = await getProviderMetadata(oidc);
  if (uri === undefined) return null;
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keysAt(uri), {
      issuer,
      audience: oidc.mcpAudience ?? mcpAddress(),
      algorithms: ALGORITHMS,
      requiredClaims: ["exp", "sub"],
      clockTolerance: CLOCKS_DIFFER_SECONDS,
      currentDate: clock.now(),
    });
    // RFC 9068 marks access tokens; others say what was granted, which ID tokens do not.
    const isMarked = /^(application\/)?at\+jwt$/i.test(protectedHeader.typ ?? "");
    return isMarked || (payload["scope"] ?? payload["scp"]) !== undefined ? payload : null;
  } catch (error) {
    if (error instanceof errors.JOSEError && !OF_KEYS.test(error.code)) return null;
    throw toProviderError(error);
  }
}

let keys: { uri: string; get: JWTVerifyGetKey } | undefined;

/** The provider's keys, fetched again where a token names one that is not known, at most every half minute. */
function keysAt(uri: string): JWTVerifyGetKey {
  if (keys?.uri !== uri)
    keys = { uri, get: createRemoteJWKSet(new URL(uri), { timeoutDuration: TIMEOUT_SECONDS * 1000 }) };
  return keys.get;
}
