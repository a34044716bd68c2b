import * as oidc from "openid-client";
import { unknownRoles, type ProviderAnswer } from "#domain/access/identity/provider-claim.ts";
import type { Oidc } from "#server/base/environment/environment.mjs";
import { StartFailure } from "#server/base/start-failure.ts";

const TIMEOUT_SECONDS = 5;
const SCOPE = "openid profile email";

/** What the provider's answer has to contain; kept on the server, never in the browser. */
export interface Attempt {
  state: string;
  nonce: string;
  codeVerifier: string;
}

let discovered: Promise<oidc.Configuration> | undefined;

/** The provider's metadata; fetched once per process, and again after a failure. */
async function discover({ issuer, clientId, clientSecret }: Oidc): Promise<oidc.Configuration> {
  // The standard would accept TLS alone. The signature of the ID token is checked all the same (OWASP ASVS 5.0, 6.8.2),
  // in case something intercepts the connection.
  const execute = [oidc.enableNonRepudiationChecks];
  if (issuer.startsWith("http://")) execute.push(oidc.allowInsecureRequests); // for providers on this machine only
  discovered ??= oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    execute,
    timeout: TIMEOUT_SECONDS,
  });
  try {
    return await discovered;
  } catch (error) {
    discovered = undefined;
    throw error;
  }
}

/** Fetches the metadata again at the next sign-in: for tests, whose providers come and go. */
export function forgetProvider(): void {
  discovered = undefined;
}

/** @throws StartFailure if OIDC_GROUP_ROLES names an unknown role */
export function checkProvider(settings: Oidc | null): void {
  const [unknown] = settings ? unknownRoles(settings) : [];
  if (unknown !== undefined)
    throw new StartFailure(`OIDC_GROUP_ROLES names "${unknown}", which is no role: docs/sign-in.md lists them.`);
}

/**
 * Sent as `max_age`: a sign-in within this time counts as recent. It leaves ten of the fifteen minutes to act. Not 0,
 * which some providers take to mean "not given" and others "never recent".
 */
const MAX_AGE_SECONDS = 300;

/**
 * The address at the provider to sign in at, with PKCE, and what has to come back.
 * @param isAnew whether they have to sign in again
 * @param isShared whether the provider has to ask who it is, whoever signed in there before
 */
export async function beginAtProvider(
  settings: Oidc,
  redirectUri: string,
  isAnew: boolean,
  isShared: boolean,
): Promise<{ url: string; attempt: Attempt }> {
  const acrValues = settings.required.flatMap(({ claim, value }) => (claim === "acr" ? [value] : []));
  const config = await discover(settings);
  const attempt = { state: oidc.randomState(), nonce: oidc.randomNonce(), codeVerifier: oidc.randomPKCECodeVerifier() };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: SCOPE,
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(attempt.codeVerifier),
    code_challenge_method: "S256",
    ...(acrValues.length > 0 && { acr_values: acrValues.join(" ") }),
    ...(isShared && { prompt: "login" }),
    ...(isAnew && { max_age: String(MAX_AGE_SECONDS) }),
  });
  return { url: url.href, attempt };
}

/**
 * The provider's claims about whoever signed in: from the ID token, and from the user information if the provider
 * offers it.
 * @param answer the address that the provider sent the browser to
 * @throws if the answer does not belong to the attempt, or the provider refuses its code
 */
export async function redeemProviderAnswer(
  settings: Oidc,
  answer: URL,
  { state, nonce, codeVerifier }: Attempt,
): Promise<ProviderAnswer> {
  const config = await discover(settings);
  const tokens = await oidc.authorizationCodeGrant(config, answer, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: codeVerifier,
    idTokenExpected: true,
  });
  const idToken = tokens.claims();
  if (!idToken) throw new Error("The provider gave no ID token.");
  if (!config.serverMetadata().userinfo_endpoint) return { idToken, userInfo: {} };
  return { idToken, userInfo: await oidc.fetchUserInfo(config, tokens.access_token, idToken.sub) };
}

/** The address that ends the session at the provider; null if it offers none, or does not answer. */
export async function endAtProvider(settings: Oidc, returnTo: string): Promise<string | null> {
  try {
    const config = await discover(settings);
    if (!config.serverMetadata().end_session_endpoint) return null;
    return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: returnTo }).href;
  } catch {
    return null;
  }
}

/** Whether an error means that the provider could not be reached, rather than that it refused. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : undefined;
  return error instanceof TypeError || code === "OAUTH_TIMEOUT" || error.name === "TimeoutError";
}
