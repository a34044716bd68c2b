import { createServer } from "node:http";
import { Provider, type Configuration } from "oidc-provider";

/** Somebody whom the provider knows; the password is never asked for. */
export interface ProviderAccount {
  email: string;
  name: string;
  groups: string[];
}

export interface IdentityProvider {
  /** As its tokens name it. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** How long a code lasts from now on, in seconds. */
  setCodeSeconds(seconds: number): void;
  close(): Promise<void>;
}

/**
 * A real OpenID Connect provider on this machine, with accounts of the test and a page with one field to say who one is.
 * @param portal address of the portal that is its client
 */
export async function startIdentityProvider(
  portal: string,
  accounts: readonly ProviderAccount[],
): Promise<IdentityProvider> {
  const client = { clientId: "with-care", clientSecret: "a secret of the tests, long enough for one" };
  let codeSeconds = 60;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const issuer = `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
  const configuration: Configuration = {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [`${portal}/sign-in/callback`],
        post_logout_redirect_uris: [`${portal}/sign-in`],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    cookies: { keys: ["keys of the tests"] },
    features: {
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
    ttl: { AuthorizationCode: () => codeSeconds, Session: 3600, Interaction: 3600, Grant: 3600, IdToken: 3600, AccessToken: 3600 }, // prettier-ignore
    pkce: { required: () => true },
    findAccount: (_ctx, id) => {
      const account = accounts.find(({ email }) => email === id);
      return account && { accountId: id, claims: () => ({ sub: id, email_verified: true, ...account }) };
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
  server.on("request", (request, response) => {
    if (request.url === "/favicon.ico") return void response.writeHead(204).end();
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
      const result = form.get("stop")
        ? { error: "access_denied", error_description: "stopped" }
        : { login: { accountId: form.get("login") ?? "" } };
      void provider.interactionFinished(request, response, result);
    });
  });
  return {
    ...{ issuer, ...client },
    setCodeSeconds: (seconds) => void (codeSeconds = seconds),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
