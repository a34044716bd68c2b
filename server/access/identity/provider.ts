import * as oidc from "openid-client";
import { unknownRoles } from "#domain/access/identity/provider-claim.ts";
import type { ProviderRefusal } from "#domain/access/identity/refusal.ts";
import type { Oidc } from "#server/base/environment/environment.mjs";
import { shared } from "#server/base/process-shared.mjs";
import { StartFailure } from "#server/base/start-failure.ts";
import { ProviderError, toProviderError } from "./provider-error.ts";

export const TIMEOUT_SECONDS = 5;
/** The address that the identity provider sends browsers back to; it has to be registered there. */
export const CALLBACK_PATH = "/sign-in/callback";

/** What the provider's answer has to contain; kept on the server, never in the browser. */
export interface Attempt {
  state: string;
  nonce: string;
  codeVerifier: string;
}

let discovered: oidc.Configuration | undefined;

declare global {
  interface ProcessShared {
    /** What was wrong when the identity provider was last asked to describe itself; `failure` is null if nothing. */
    provider?: { failure: ProviderRefusal | null; askedAt: number };
  }
}

/** The provider's metadata: as last fetched, else fetched now. @throws ProviderError */
const discover = async (settings: Oidc): Promise<oidc.Configuration> => discovered ?? askProvider(settings);

/** What the provider says of itself, and where its keys are. @throws ProviderError */
export const getProviderMetadata = async (settings: Oidc) => (await discover(settings)).serverMetadata();

/** Fetches the metadata, and keeps whether that worked. What was fetched before is used until then. @throws ProviderError */
async function askProvider(settings: Oidc): Promise<oidc.Configuration> {
  try {
    const config = await describeProvider(settings);
    shared.provider = { failure: null, askedAt: performance.now() };
    return (discovered = config);
  } catch (error) {
    const known = toProviderError(error);
    shared.provider = { failure: known.why, askedAt: performance.now() };
    throw known;
  }
}

/** Whether two names of a provider are equal as addresses: a slash counts, but not right behind the host. */
export const isSameIssuer = (one: unknown, other: string): boolean =>
  typeof one === "string" && URL.canParse(one) && new URL(one).href === new URL(other).href;

/** What the provider says of itself. @throws ProviderError with the reason */
export async function describeProvider({ issuer, clientId, clientSecret }: Oidc): Promise<oidc.Configuration> {
  // The standard would accept TLS alone. The signature of the ID token is checked all the same (OWASP ASVS 5.0, 6.8.2),
  // in case something intercepts the connection.
  const execute = [oidc.enableNonRepudiationChecks];
  if (issuer.startsWith("http://")) execute.push(oidc.allowInsecureRequests); // for providers on this machine only
  try {
    const config = await oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      execute,
      timeout: TIMEOUT_SECONDS,
    });
    // The library lets Microsoft's "common" pass, which is every tenant there is.
    const own = config.serverMetadata().issuer;
    if (!isSameIssuer(own, issuer)) throw new ProviderError("issuer", `the provider calls itself ${own}`);
    return config;
  } catch (error) {
    const known = toProviderError(error);
    throw known.why === "failed" ? new ProviderError("setup", known.message) : known;
  }
}

/** Fetches the metadata again at the next sign-in: for tests, whose providers come and go. */
export function forgetProvider(): void {
  discovered = undefined;
  clearTimeout(retry);
  delete shared.provider;
}

const ASK_AGAIN_MS = { first: 1_000, most: 60_000, forReadiness: 30_000 };
let retry: NodeJS.Timeout | undefined;

/** Asks a provider that does not answer again, with growing pauses, until it does. */
function askUntilItAnswers(settings: Oidc, pause = ASK_AGAIN_MS.first): void {
  const again = () =>
    askProvider(settings).then(
      () => console.warn("The identity provider answers: people can sign in."),
      () => askUntilItAnswers(settings, Math.min(pause * 2, ASK_AGAIN_MS.most)),
    );
  retry = setTimeout(() => void again(), pause).unref();
}

/**
 * How the identity provider is, in words that reveal nothing, at most half a minute old; null where there is none.
 * @returns "ok", or "error: …"
 */
export async function getProviderState(settings: Oidc | null): Promise<string | null> {
  if (!settings) return null;
  const isOld = performance.now() - (shared.provider?.askedAt ?? -Infinity) > ASK_AGAIN_MS.forReadiness;
  const failure = isOld ? await askProvider(settings).then(() => null, whyOf) : shared.provider?.failure;
  return failure ? `error: nobody new can sign in (${failure}); the identity provider is asked again` : "ok";
}

const whyOf = (error: unknown) => toProviderError(error).why;

/**
 * At the start: whether people will be able to sign in. A provider that does not answer is asked again in the background.
 * @throws StartFailure if OIDC_GROUP_ROLES names an unknown role, or the provider is another one than OIDC_ISSUER says
 */
export async function checkProvider(settings: Oidc | null): Promise<void> {
  if (!settings) return;
  const [unknown] = unknownRoles(settings);
  if (unknown !== undefined)
    throw new StartFailure(`OIDC_GROUP_ROLES names "${unknown}", which is no role: docs/sign-in.md lists them.`);
  const error = await askProvider(settings).then(() => null, toProviderError);
  if (error === null) return;
  if (error.why === "issuer")
    throw new StartFailure(
      `OIDC_ISSUER is "${settings.issuer}", but ${error.message}. Set OIDC_ISSUER to exactly what your provider calls itself, or, if that is another provider, to the address of yours; npm run sign-in:check says more.`,
    );
  console.warn(
    `The identity provider at ${settings.issuer} cannot be used yet: ${error.why} (${error.message}). It is asked again; until then nobody new can sign in.`,
  );
  askUntilItAnswers(settings);
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
 * @throws ProviderError
 */
export async function beginAtProvider(settings: Oidc, redirectUri: string, isAnew: boolean, isShared: boolean) {
  const acrValues = settings.required.flatMap(({ claim, value }) => (claim === "acr" ? [value] : []));
  return authorizationUrl(await discover(settings), redirectUri, {
    ...(acrValues.length > 0 && { acr_values: acrValues.join(" ") }),
    ...(isShared && { prompt: "login" }),
    ...(isAnew && { max_age: String(MAX_AGE_SECONDS) }),
  });
}

/** The address at a provider to sign in at. @param wishes parameters besides the usual ones */
export async function authorizationUrl(
  config: oidc.Configuration,
  redirectUri: string,
  wishes: Record<string, string>,
): Promise<{ url: string; attempt: Attempt }> {
  const attempt = { state: oidc.randomState(), nonce: oidc.randomNonce(), codeVerifier: oidc.randomPKCECodeVerifier() };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: "openid profile email",
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(attempt.codeVerifier),
    code_challenge_method: "S256",
    ...wishes,
  });
  return { url: url.href, attempt };
}

/**
 * The provider's claims about whoever signed in: from the ID token, and from the user information if the provider
 * offers it.
 * @param answer the address that the provider sent the browser to
 * @throws ProviderError if the answer does not belong to the attempt, or the provider refuses it or its code
 */
export async function redeemProviderAnswer(settings: Oidc, answer: URL, { state, nonce, codeVerifier }: Attempt) {
  try {
    const config = await discover(settings);
    const tokens = await oidc.authorizationCodeGrant(config, answer, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    });
    const idToken = tokens.claims();
    if (!idToken) throw new ProviderError("incomplete", "the provider gave no ID token");
    if (!config.serverMetadata().userinfo_endpoint) return { idToken, userInfo: {} };
    return { idToken, userInfo: await oidc.fetchUserInfo(config, tokens.access_token, idToken.sub) };
  } catch (error) {
    throw toProviderError(error);
  }
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
