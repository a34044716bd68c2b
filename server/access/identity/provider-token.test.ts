import { createServer, type Server } from "node:http";
import path from "node:path";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from "jose";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readEnvironment } from "#server/base/environment/environment.mjs";
import { beginAtProvider, redeemProviderAnswer, forgetProvider } from "./provider.ts";

// A provider that answers whatever the test wants: the one in server/testing/identity-provider.ts only gives correct
// answers.

const CLIENT = "with-care";
const REDIRECT = "https://portal.example/sign-in/callback";
const HOUR = 3_600;

type Claims = Record<string, unknown>;
interface Keys {
  own: CryptoKey;
  foreign: CryptoKey;
}

let server: Server;
let issuer: string;
let keys: Keys;
/** Its metadata, and how it makes its ID token: set by each test. */
let metadata: Claims;
let makeToken: (claims: Claims, keys: Keys) => Promise<string>;
let nonce: string;

beforeEach(async () => {
  forgetProvider();
  const own = await generateKeyPair("RS256", { extractable: true });
  const foreign = await generateKeyPair("RS256");
  keys = { own: own.privateKey, foreign: foreign.privateKey };
  const jwks = { keys: [{ ...(await exportJWK(own.publicKey)), kid: "own", alg: "RS256", use: "sig" }] };
  metadata = {};
  makeToken = signedBy("own");
  server = createServer((request, response) => {
    const answer = async () => {
      if (request.url === "/jwks") return jwks;
      if (request.url !== "/token") return describeItself();
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: issuer, aud: CLIENT, sub: "ann", nonce, iat: now, exp: now + HOUR };
      return { access_token: "a", token_type: "Bearer", id_token: await makeToken(claims, keys) };
    };
    void answer().then((said) => response.setHeader("content-type", "application/json").end(JSON.stringify(said)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  issuer = `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
});
afterEach(async () => {
  forgetProvider();
  await new Promise((resolve) => server.close(resolve));
});

const describeItself = () => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  ...metadata,
});

function signedBy(key: keyof Keys, change: Claims = {}, algorithm = "RS256") {
  return (claims: Claims, { [key]: secret }: Keys) =>
    new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg: algorithm, kid: "own" }).sign(secret);
}

/** Signs in there, and returns the subject that was accepted. */
async function signIn(): Promise<unknown> {
  const given = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: CLIENT, OIDC_CLIENT_SECRET: "a secret of the tests" };
  const { oidc: settings } = readEnvironment(given, path.resolve("."));
  if (!settings) throw new Error("The settings name a provider.");
  const { attempt } = await beginAtProvider(settings, REDIRECT, false, false);
  nonce = attempt.nonce;
  const answer = new URL(`${REDIRECT}?code=c&state=${attempt.state}`);
  return (await redeemProviderAnswer(settings, answer, attempt)).idToken["sub"];
}

it("accepts an ID token that the provider signed for this portal and this sign-in", async () => {
  expect(await signIn()).toBe("ann");
});

it.each<[string, typeof makeToken]>([
  ["signed with a key that is not the provider's", signedBy("foreign")],
  ["not signed", (claims) => Promise.resolve(new UnsecuredJWT(claims).encode())],
  [
    "signed with the client's secret",
    (claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode("a secret of the tests")),
  ],
  [
    "changed after it was signed",
    async (claims, all) => {
      const [head, , signature] = (await signedBy("own")(claims, all)).split(".");
      return [head, Buffer.from(JSON.stringify({ ...claims, sub: "bob" })).toString("base64url"), signature].join(".");
    },
  ],
  ["for another portal", signedBy("own", { aud: "another" })],
  ["of another provider", signedBy("own", { iss: "https://another.example" })],
  ["for another sign-in", signedBy("own", { nonce: "another" })],
  ["that has ended", signedBy("own", { exp: 1_000_000_000 })],
  ["that names nobody", signedBy("own", { sub: undefined })],
])("rejects an ID token %s", async (_, make) => {
  makeToken = make;
  await expect(signIn()).rejects.toThrow();
});

it("rejects a provider that describes itself as another one", async () => {
  metadata = { issuer: "https://another.example" };
  await expect(signIn()).rejects.toThrow();
});
