import { createServer, type ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, SignJWT, decodeJwt, type JWTPayload } from "jose";
import { Provider, type Configuration } from "oidc-provider";

/** Somebody whom the provider knows; the password is never asked for. */
export interface ProviderAccount {
  /** What is typed at the provider, and what its tokens call the account; its e-mail address where it is left out. */
  login?: string;
  /** A test may change it: the provider says the new one from then on. */
  email: string;
  name: string;
  /** Null: no claim says them. */
  groups: string[] | null;
  /** What its user information says besides, such as that there are too many groups. */
  claims?: Record<string, unknown>;
  /** What is said of the e-mail address; true where it is left out, nothing where it is null. */
  emailVerified?: boolean | null;
  /** How they sign in. */
  acr?: string;
  amr?: string[];
}

export interface IdentityProvider {
  /** As its tokens name it. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** How long a code lasts from now on, in seconds. */
  setCodeSeconds(seconds: number): void;
  /** How it treats a wish for a recent sign-in from now on: as the standard has it, or as some providers do. */
  setMaxAge(treatment: "asks" | "ignores" | "ignores-and-hides-time"): void;
  /** How long ago whoever says who they are from now on has signed in, in seconds. */
  setSignedInAgo(seconds: number): void;
  /** What is wrong with it from now on; nothing with `{}`. */
  setFault(fault: ProviderFault): void;
  close(): Promise<void>;
}

/** How a real provider comes to be refused: its own software answers, and this is changed on the way. */
export interface ProviderFault {
  /** Its ID tokens, signed by its key after this. */
  token?(claims: JWTPayload): JWTPayload;
  /** It signs with a key that it does not publish. */
  hasForeignKey?: true;
  /** It answers each sign-in with this instead of a code. */
  error?: { error: string; error_description?: string };
  /** By how many seconds its clock is ahead. */
  aheadSeconds?: number;
  /** What its description of itself says differently. */
  metadata?: Record<string, unknown>;
  /** Its keys are these. */
  keys?: unknown[];
}

const REALM = "/realm";
const KEY = { alg: "RS256", kid: "own" };
const makeKeys = async () => {
  const [own, foreign] = [await generateKeyPair("RS256", { extractable: true }), await generateKeyPair("RS256")];
  return {
    own: own.privateKey,
    foreign: foreign.privateKey,
    jwk: { ...(await exportJWK(own.privateKey)), ...KEY, use: "sig" },
  };
};
let keys: ReturnType<typeof makeKeys> | undefined;

/**
 * A real OpenID Connect provider on this machine, with accounts of the test and a page with one field to say who one is.
 * @param portal address of the portal that is its client
 * @param options.port where a test needs one that was there before
 * @param options.saysWhen whether each of its tokens says when somebody signed in, not only where that is asked for
 */
export async function startIdentityProvider(
  portal: string,
  accounts: readonly ProviderAccount[],
  { saysWhen = false, port = 0 }: { saysWhen?: boolean; port?: number } = {},
): Promise<IdentityProvider> {
  const client = { clientId: "with-care", clientSecret: "a secret of the tests, long enough for one" };
  let codeSeconds = 60;
  let maxAge: Parameters<IdentityProvider["setMaxAge"]>[0] = "asks";
  let signedInAgo = 0;
  let fault: ProviderFault = {};
  const { own, foreign, jwk } = await (keys ??= makeKeys());
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  const issuer = `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
  const configuration: Configuration = {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        require_auth_time: saysWhen,
        redirect_uris: [`${portal}/sign-in/callback`],
        post_logout_redirect_uris: [`${portal}/sign-in`],
      },
    ],
    claims: {
      openid: ["sub", "acr", "amr"],
      email: ["email", "email_verified"],
      profile: ["name", "groups", "_claim_names", "_claim_sources", "hasgroups"],
    },
    jwks: { keys: [jwk] },
    cookies: { keys: ["keys of the tests"] },
    features: {
      claimsParameter: { enabled: true },
      devInteractions: { enabled: false },
      // Its own page asks another site for a typeface.
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = `<!doctype html><html lang="en"><title>Sign out</title><h1>Sign out of the work account?</h1>
            ${form}<button form="op.logoutForm" name="logout" value="yes">Yes</button></html>`;
        },
      },
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    ttl: {
      AuthorizationCode: () => codeSeconds,
      Session: 3600,
      Interaction: 3600,
      Grant: 3600,
      IdToken: 3600,
      AccessToken: 3600,
    },
    pkce: { required: () => true },
    findAccount: (_ctx, id) => {
      const account = accounts.find((one) => loginOf(one) === id);
      if (!account) return undefined;
      const { email, name, groups, claims, emailVerified = true } = account;
      const verified = emailVerified === null ? {} : { email_verified: emailVerified };
      const said = { ...claims, ...(groups && { groups }) };
      return { accountId: id, claims: () => ({ sub: id, email, name, ...said, ...verified }) };
    },
    // Nobody is asked whether the portal may know who they are: an employer has said so.
    loadExistingGrant: async (ctx) => {
      const { client: asking, session, provider } = ctx.oidc;
      const grant = new provider.Grant({ accountId: session?.accountId ?? "", clientId: asking?.clientId ?? "" });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  };
  const provider = new Provider(issuer, configuration);
  const answer = provider.callback();
  const loginOf = ({ login, email }: ProviderAccount) => login ?? email;
  const loginResult = (accountId: string) => {
    const { acr, amr } = accounts.find((one) => loginOf(one) === accountId) ?? {};
    const ts = Math.floor(Date.now() / 1000) - signedInAgo;
    return { accountId, ts, ...(acr !== undefined && { acr }), ...(amr && { amr }) };
  };
  const changeToken = async (answer: Record<string, unknown>) => {
    if (typeof answer["id_token"] !== "string") return answer;
    const said = decodeJwt(answer["id_token"]);
    const ahead = fault.aheadSeconds ?? 0;
    // As Microsoft's tokens are: valid from the moment at which they are made.
    const times = { iat: (said.iat ?? 0) + ahead, nbf: (said.iat ?? 0) + ahead, exp: (said.exp ?? 0) + ahead };
    const claims = fault.token?.({ ...said, ...times }) ?? { ...said, ...times };
    const token = new SignJWT(claims).setProtectedHeader(KEY);
    return { ...answer, id_token: await token.sign(fault.hasForeignKey ? foreign : own) };
  };
  server.on("request", (request, response) => {
    if (request.url === "/favicon.ico") return void response.writeHead(204).end();
    if (request.url?.startsWith(`${REALM}/`)) request.url = request.url.slice(REALM.length).replace("//", "/");
    if (fault.aheadSeconds) response.setHeader("date", new Date(Date.now() + fault.aheadSeconds * 1000).toUTCString());
    if (request.url === "/token") changeAnswer(response, changeToken);
    if (request.url?.startsWith("/.well-known/")) changeAnswer(response, (said) => ({ ...said, ...fault.metadata }));
    if (request.url === "/jwks")
      changeAnswer(response, (said) => ({ ...said, ...(fault.keys && { keys: fault.keys }) }));
    if (maxAge !== "asks" && request.url) request.url = withoutMaxAge(request.url, maxAge);
    if (!request.url?.startsWith("/interaction/")) return void answer(request, response);
    if (request.method === "GET") {
      const page = `<!doctype html><html lang="en"><title>Work account</title><h1>Work account</h1><form method="post">
        <label>E-mail address <input name="login"></label> <button>Go on</button> <button name="stop" value="1">Stop</button></form></html>`;
      return void response.writeHead(200, { "content-type": "text/html" }).end(page);
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const result = fault.error
        ? fault.error
        : form.get("stop")
          ? { error: "access_denied", error_description: "stopped" }
          : { login: loginResult(form.get("login") ?? "") };
      void provider.interactionFinished(request, response, result);
    });
  });
  return {
    issuer,
    ...client,
    setCodeSeconds: (seconds) => void (codeSeconds = seconds),
    setMaxAge: (treatment) => void (maxAge = treatment),
    setFault: (wrong) => void (fault = wrong),
    setSignedInAgo: (seconds) => void (signedInAgo = seconds),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Changes a JSON answer before it leaves. */
function changeAnswer(
  response: ServerResponse,
  change: (said: Record<string, unknown>) => Record<string, unknown> | Promise<Record<string, unknown>>,
): void {
  const end = response.end.bind(response);
  const send = async (body: unknown) => {
    const text = JSON.stringify(await change(JSON.parse(String(body)) as Record<string, unknown>));
    response.setHeader("content-length", Buffer.byteLength(text));
    end(text);
  };
  response.end = ((body?: unknown) => {
    void send(body);
    return response;
  }) as typeof response.end;
}

/** As a provider reads the address that does not know of `max_age`; one that says its time all the same is asked for it. */
function withoutMaxAge(url: string, treatment: "ignores" | "ignores-and-hides-time"): string {
  const asked = new URL(url, "http://provider.invalid");
  if (!asked.searchParams.has("max_age")) return url;
  asked.searchParams.delete("max_age");
  if (treatment === "ignores") asked.searchParams.set("claims", '{"id_token":{"auth_time":null}}');
  return asked.pathname + asked.search;
}

/**
 * What a browser does at the provider.
 * @param form what is typed on its page
 * @param portal where the provider sends the browser back to
 * @returns the address at the portal that it is sent to
 */
export async function goThroughProvider(url: string, form: Record<string, string>, portal: string): Promise<URL> {
  const jar = new Map<string, string>();
  let next = new URL(url);
  let body: URLSearchParams | null = null;
  for (let step = 0; step < 12; step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response: Response = await fetch(next, {
      redirect: "manual",
      headers: { cookie },
      method: body ? "POST" : "GET",
      body,
    });
    for (const one of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (one.split(";")[0] ?? "").split(/=(.*)/s);
      jar.set(name, value);
    }
    const location: string | null = response.headers.get("location");
    body = location ? null : new URLSearchParams(form);
    if (!location) continue;
    next = new URL(location, next);
    if (next.origin === portal) return next;
  }
  throw new Error("The provider never sent the browser back.");
}
