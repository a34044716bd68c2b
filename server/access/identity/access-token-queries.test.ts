import { createServer, type Server } from "node:http";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from "jose";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as environment from "#server/base/environment/env.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, leaveByProgram } from "#server/testing/people.ts";
import { findActorByAccessToken, mcpAddress } from "./access-token-queries.ts";
import { forgetProvider } from "./provider.ts";
import { insertAccount } from "./repository.ts";

const PORTAL = "https://portal.example";
const CLIENT = "with-care";
const HOUR = 3_600;
type Claims = Record<string, unknown>;

describeOnEachDatabase("access tokens of the identity provider", (database) => {
  let server: Server;
  let issuer: string;
  let keys: { own: CryptoKey; foreign: CryptoKey };
  let areKeysThere: boolean;
  const env = environment.getEnv();

  beforeEach(async () => {
    forgetProvider();
    areKeysThere = true;
    const [own, foreign] = [await generateKeyPair("RS256", { extractable: true }), await generateKeyPair("RS256")];
    keys = { own: own.privateKey, foreign: foreign.privateKey };
    const jwks = { keys: [{ ...(await exportJWK(own.publicKey)), kid: "own", alg: "RS256", use: "sig" }] };
    server = createServer(({ url }, response) => {
      const about = {
        issuer,
        authorization_endpoint: `${issuer}/a`,
        token_endpoint: `${issuer}/t`,
        jwks_uri: `${issuer}/jwks`,
      };
      response.statusCode = url === "/jwks" && !areKeysThere ? 503 : 200;
      response.setHeader("content-type", "application/json").end(JSON.stringify(url === "/jwks" ? jwks : about));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    issuer = `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
    configure({});
    await addPerson(database(), "ann");
    await insertAccount(database().prisma, { issuer, subject: "ann at work", personId: "ann", boundAt: new Date() });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    forgetProvider();
    await new Promise((resolve) => server.close(resolve));
  });

  function configure(more: { mcpAudience?: string; required?: { claim: "acr" | "amr"; value: string }[] }) {
    const names = { emailClaim: "email", groupsClaim: "groups", groupRoles: new Map(), groupBodies: new Map() };
    const oidc = {
      issuer,
      clientId: CLIENT,
      clientSecret: "a secret",
      ...names,
      trustsEmail: false,
      required: [],
      ...more,
    };
    vi.spyOn(environment, "getEnv").mockReturnValue({
      ...env,
      evaluation: false,
      appUrl: PORTAL,
      oidc,
      bodies: ["nao"],
    });
  }

  function makeClaims(change: Claims = {}): Claims {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: issuer,
      aud: mcpAddress(),
      sub: "ann at work",
      scope: "openid",
      iat: now,
      exp: now + HOUR,
      ...change,
    };
  }
  const sign = (change: Claims = {}, key: CryptoKey = keys.own, header = {}) =>
    new SignJWT(makeClaims(change)).setProtectedHeader({ alg: "RS256", kid: "own", ...header }).sign(key);

  it("are read as the person whose account it is, whatever address they say", async () => {
    expect(await findActorByAccessToken(await sign({ email: "bob@nao.invalid" }))).toMatchObject({
      personId: "ann",
      body: "nao",
    });
    expect(await findActorByAccessToken(await sign({ aud: ["another", mcpAddress()] }))).toMatchObject({
      personId: "ann",
    });
    expect(await findActorByAccessToken(await sign({ scope: undefined }, keys.own, { typ: "at+jwt" }))).not.toBeNull();
  });

  it.each<[string, () => Promise<string>]>([
    ["signed with a key that is not the provider's", () => sign({}, keys.foreign)],
    ["naming a key that the provider has not", () => sign({}, keys.foreign, { kid: "other" })],
    ["not signed", () => Promise.resolve(new UnsecuredJWT(makeClaims()).encode())],
    [
      "signed with a secret",
      () =>
        new SignJWT(makeClaims())
          .setProtectedHeader({ alg: "HS256", kid: "own" })
          .sign(new TextEncoder().encode("a secret")),
    ],
    ["for another service", () => sign({ aud: "https://another.example/mcp" })],
    ["for the sign-in itself, as ID tokens are", () => sign({ aud: CLIENT })],
    ["for nobody in particular", () => sign({ aud: undefined })],
    ["of another provider", () => sign({ iss: "https://another.example" })],
    ["that has ended", () => sign({ exp: Math.floor(Date.now() / 1000) - 60 })],
    ["that never ends", () => sign({ exp: undefined })],
    ["that is not valid yet", () => sign({ nbf: Math.floor(Date.now() / 1000) + 600 })],
    ["that names nobody", () => sign({ sub: undefined })],
    [
      "of somebody who has never signed in here",
      () => sign({ sub: "bob at work", email: "ann@nao.invalid", email_verified: true }),
    ],
    ["that says nothing of what was granted", () => sign({ scope: undefined })],
    ["cut short", async () => (await sign()).slice(0, -4)],
    ["that is no such token", () => Promise.resolve("wc_abc")],
  ])("let nobody in %s", async (_, make) => {
    expect(await findActorByAccessToken(await make())).toBeNull();
  });

  it("end with their person, and where the body is not served", async () => {
    const token = await sign();
    await leaveByProgram("nao", "ann");
    expect(await findActorByAccessToken(token)).toBeNull();
  });

  it("have to say as strong a sign-in as is asked for", async () => {
    configure({ required: [{ claim: "amr", value: "mfa" }] });
    expect(await findActorByAccessToken(await sign())).toBeNull();
    expect(await findActorByAccessToken(await sign({ amr: ["pwd", "mfa"] }))).not.toBeNull();
  });

  it("are for another audience where the settings say so, and still no ID tokens", async () => {
    configure({ mcpAudience: CLIENT });
    expect(await findActorByAccessToken(await sign())).toBeNull();
    expect(await findActorByAccessToken(await sign({ aud: CLIENT, scope: undefined }))).toBeNull();
    expect(await findActorByAccessToken(await sign({ aud: CLIENT, scope: undefined, scp: "mcp" }))).not.toBeNull();
  });

  it("are no reason to send people away where the provider's keys cannot be had", async () => {
    areKeysThere = false;
    await expect(findActorByAccessToken(await sign())).rejects.toThrow();
  });

  it("count for nothing without a provider", async () => {
    const token = await sign();
    vi.spyOn(environment, "getEnv").mockReturnValue({ ...env, oidc: null });
    expect(await findActorByAccessToken(token)).toBeNull();
  });
});
