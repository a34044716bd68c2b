import * as oidc from "openid-client";
import { z } from "zod";
import {
  type Claims,
  isStrongEnough,
  readAuthTime,
  readClaims,
  readSubject,
} from "#domain/access/identity/provider-claim.ts";
import { refusalByProvider, type ProviderRefusal } from "#domain/access/identity/refusal.ts";
import { ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import type { Env, Oidc } from "#server/base/environment/environment.mjs";
import { ProviderError, toProviderError } from "./provider-error.ts";
import { authorizationUrl, CALLBACK_PATH, describeProvider, isSameIssuer, TIMEOUT_SECONDS } from "./provider.ts";

/** One thing that was looked at. */
export interface SignInFinding {
  part: "discovery" | "clock" | "keys" | "registration" | "secret" | "claims" | "person";
  /** "unsure": it may be right, and the first sign-in shows it. */
  state: "ok" | "unsure" | "fault";
  /** What was found. */
  text: string;
  /** Why staff would be refused; it says what they read, and what to do. */
  why?: ProviderRefusal | undefined;
  /** What to do, where more can be said than by the reason. */
  todo?: string | undefined;
}

type Part = SignInFinding["part"];
const ok = (part: Part, text: string): SignInFinding => ({ part, state: "ok", text });
const unsure = (part: Part, text: string, why?: ProviderRefusal, todo?: string): SignInFinding => {
  return { part, state: "unsure", text, why, todo };
};
const fault = (part: Part, why: ProviderRefusal | undefined, text: string, todo?: string): SignInFinding => {
  return { part, state: "fault", text, why, todo };
};
const failed = (part: Part, error: unknown) => {
  const { why, message } = toProviderError(error);
  return fault(part, why, `This failed: ${message}.`);
};

/**
 * Looks at everything that has to be right before people can sign in, as far as that shows without somebody's sign-in.
 * @returns what was found, in the order in which it was looked at; nothing where there is no identity provider
 */
export async function checkSignIn({ oidc: settings, appUrl }: Pick<Env, "oidc" | "appUrl">): Promise<SignInFinding[]> {
  if (!settings) return [];
  const config = await describeProvider(settings).catch(toProviderError);
  if (config instanceof ProviderError) {
    const text = `${settings.issuer} cannot be used: ${config.message}.`;
    const own = /calls itself (\S+)$/.exec(config.message)?.[1];
    const todo = own === undefined ? undefined : `Set OIDC_ISSUER=${own}, to the last slash, if that is your provider.`;
    return [fault("discovery", config.why, text, todo)];
  }
  const redirectUri = `${appUrl}${CALLBACK_PATH}`;
  return [
    ok("discovery", `${settings.issuer} is there, and calls itself so.`),
    await checkKeys(config).catch((error: unknown) => failed("keys", error)),
    ...(await checkRegistration(config, redirectUri).catch((error: unknown) => [failed("registration", error)])),
    await checkSecret(config, redirectUri),
    ...checkPromisedClaims(config, settings),
  ];
}

/** The library's tolerance. */
const CLOCKS_MAY_DIFFER_SECONDS = 30;

function checkClock(aheadSeconds: number): SignInFinding {
  if (Number.isNaN(aheadSeconds)) return unsure("clock", "The provider's answers carry no time to compare with.");
  const size = Math.abs(aheadSeconds);
  const text = `The provider's clock is ${size} seconds ${aheadSeconds < 0 ? "behind" : "ahead of"} this server's.`;
  if (size > CLOCKS_MAY_DIFFER_SECONDS) return fault("clock", "clock", text);
  return ok("clock", size < 2 ? "The provider's clock and this server's agree." : text);
}

const keysSchema = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), use: z.string().optional(), alg: z.string().optional() })),
});
/** The kind of key for each family of algorithms; those with a secret in common (HS256) are not accepted. */
const KEY_OF_ALGORITHM: Readonly<Record<string, string>> = { RS: "RSA", PS: "RSA", ES: "EC", Ed: "OKP" };

async function checkKeys(config: oidc.Configuration): Promise<SignInFinding> {
  const { jwks_uri: uri, id_token_signing_alg_values_supported: algorithms = ["RS256"] } = config.serverMetadata();
  if (uri === undefined) return fault("keys", "setup", "The provider names no place for its keys (jwks_uri).");
  const response = await askIt(uri);
  if (!response.ok) return fault("keys", "signature", `${uri} answers with status ${response.status}.`);
  const { data } = keysSchema.safeParse(await response.json().catch(() => null));
  if (!data) return fault("keys", "signature", `What ${uri} answers is no set of keys.`);
  const usable = data.keys.filter(
    ({ kty, use = "sig", alg }) =>
      use === "sig" &&
      algorithms.some((one) => KEY_OF_ALGORITHM[one.slice(0, 2)] === kty && (alg === undefined || alg === one)),
  );
  if (usable.length > 0) return ok("keys", `${usable.length} of ${data.keys.length} keys can check a signature.`);
  const text = `None of the ${data.keys.length} keys at ${uri} fits what the provider signs with (${algorithms.join(", ")}).`;
  return fault("keys", "signature", text, "Have the provider sign ID tokens with RS256.");
}

const askIt = (url: string) => fetch(url, { redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1000) });

/** Asks for a sign-in at which nobody may be asked anything: a provider that knows this portal refuses that at our address. */
async function checkRegistration(config: oidc.Configuration, redirectUri: string): Promise<SignInFinding[]> {
  const { url } = await authorizationUrl(config, redirectUri, { prompt: "none" });
  const sent = Date.now();
  const response = await askIt(url);
  const said = Date.parse(response.headers.get("date") ?? "") + 500; // it says whole seconds
  return [readRegistration(response, redirectUri), checkClock(Math.round((said - (sent + Date.now()) / 2) / 1000))];
}

function readRegistration({ headers, status }: Response, redirectUri: string): SignInFinding {
  const known = ok("registration", `The provider knows this portal and sends people back to ${redirectUri}.`);
  const location = headers.get("location") ?? "";
  if (location.startsWith(`${redirectUri}?`)) {
    const said = new URL(location).searchParams;
    const error = said.get("error");
    const why = error === null ? "login-required" : refusalByProvider(error, said.get("error_description") ?? "");
    return why === "login-required" ? known : fault("registration", why, `The provider refuses: ${error}.`);
  }
  if (status >= 500) return fault("registration", "provider-fault", `The provider answers with status ${status}.`);
  if (status >= 400)
    return fault(
      "registration",
      "setup",
      `The provider refuses to begin a sign-in (status ${status}).`,
      `Register ${redirectUri} as a redirect address of the application, and look at OIDC_CLIENT_ID.`,
    );
  return unsure("registration", `Whether the provider knows ${redirectUri} shows at the first sign-in.`);
}

/** Hands in a code that is none: a provider that accepts the secret refuses the code. */
async function checkSecret(config: oidc.Configuration, redirectUri: string): Promise<SignInFinding> {
  const { issuer } = config.serverMetadata();
  const answer = new URL(
    `${redirectUri}?${new URLSearchParams({ code: "no-code", state: "none", iss: issuer }).toString()}`,
  );
  const checks = { expectedState: "none", pkceCodeVerifier: oidc.randomPKCECodeVerifier() };
  try {
    await oidc.authorizationCodeGrant(config, answer, checks);
  } catch (error) {
    const isOfCode = error instanceof oidc.ResponseBodyError && !/client$/.test(error.error);
    if (!isOfCode) return failed("secret", error);
  }
  return ok("secret", "The provider accepts OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.");
}

/** Which claims the portal needs, and what comes of it where one is not given. */
function neededClaims({ emailClaim, trustsEmail, groupsClaim, groupRoles, groupBodies, required }: Oidc) {
  const needed: { names: string[]; text: string; why?: ProviderRefusal }[] = [
    { names: [emailClaim], text: "nobody can sign in for the first time", why: "no-address" },
    { names: ["auth_time"], text: "nobody can sign in again before an act that asks for it", why: "not-recent" },
  ];
  if (!trustsEmail)
    needed.push({
      names: ["email_verified", "xms_edov"],
      text: "nobody can sign in for the first time",
      why: "unverified",
    });
  if (groupRoles.size > 0)
    needed.push({ names: [groupsClaim], text: "roles are unconfirmed, and end after some weeks" });
  if (groupBodies.size > 0)
    needed.push({ names: [groupsClaim], text: "nobody new can be placed", why: "groups-missing" });
  const levels = [...new Set(required.map(({ claim }) => claim))];
  if (levels.length > 0) needed.push({ names: levels, text: "nobody can sign in", why: "too-weak" });
  return needed;
}

const TRY_CLAIMS = "Save the claims of somebody's ID token to a file, and give it with --claims.";

function checkPromisedClaims(config: oidc.Configuration, settings: Oidc): SignInFinding[] {
  const promised = config.serverMetadata().claims_supported;
  return neededClaims(settings).map(({ names, text, why }): SignInFinding => {
    const named = names.map((name) => `“${name}”`).join(" or ");
    if (promised && names.some((name) => promised.includes(name))) return ok("claims", `The provider gives ${named}.`);
    return unsure(
      "claims",
      `The provider does not say whether it gives ${named}. Without it ${text}.`,
      why,
      TRY_CLAIMS,
    );
  });
}

/**
 * Says what somebody with these claims would meet, whoever they are: the directory is not asked.
 * @param claims of their ID token, as the provider issued it to this portal
 */
export function checkClaims(settings: Oidc, claims: Claims): SignInFinding[] {
  const found: SignInFinding[] = [];
  const wrong = (why: ProviderRefusal, text: string) => found.push(fault("person", why, text));
  if (!readSubject(claims)) wrong("incomplete", "There is no “sub”, or no “iss”.");
  if (!isSameIssuer(claims["iss"], settings.issuer)) wrong("issuer", `“iss” is ${JSON.stringify(claims["iss"])}.`);
  if (![claims["aud"]].flat().includes(settings.clientId))
    wrong("audience", `“aud” is ${JSON.stringify(claims["aud"])}, and OIDC_CLIENT_ID is ${settings.clientId}.`);
  if (!isStrongEnough(claims, settings.required)) wrong("too-weak", "It has none of the values of OIDC_REQUIRE.");
  const identity = readClaims({ idToken: claims, userInfo: {} }, settings);
  const { email, isEmailVerified, roles, bodies } = identity;
  if (email === null) wrong("no-address", `“${settings.emailClaim}” is no e-mail address.`);
  else if (!isEmailVerified) wrong("unverified", "The provider does not vouch for the e-mail address.");
  else found.push(ok("person", `The e-mail address is ${email}, and counts as verified.`));
  if (typeof bodies === "string")
    wrong(`groups-${bodies}`, "The groups are not listed, so somebody new is not placed.");
  else if (bodies) found.push(ok("person", `Their groups place them in: ${bodies.join(", ") || "no body"}.`));
  if (typeof roles === "string")
    found.push(
      fault(
        "person",
        undefined,
        `Their roles are not said (${roles}): those whom we know keep theirs for a while, and administrators get a task.`,
        "Limit the claim with groups to those assigned to the application; look at OIDC_GROUPS_CLAIM.",
      ),
    );
  else if (roles) found.push(ok("person", `Their groups give: ${roles.map((role) => ROLE_NAMES[role]).join(", ")}.`));
  if (!readAuthTime(claims, clock.now()))
    found.push(unsure("person", "It has no “auth_time” to tell a recent sign-in by.", "not-recent"));
  return found;
}
