import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Oidc } from "#server/base/environment/environment.mjs";
import { StartFailure } from "#server/base/start-failure.ts";
import { startIdentityProvider, type IdentityProvider } from "#server/testing/identity-provider.ts";
import { checkProvider, forgetProvider, getProviderState } from "./provider.ts";

// What the start does with a provider that is wrong, or not there yet.

const PORTAL = "http://127.0.0.1:3999";
let provider: IdentityProvider;
let settings: Oidc;
let log: string[];

beforeEach(async () => {
  forgetProvider();
  provider = await startIdentityProvider(PORTAL, []);
  const { issuer, clientId, clientSecret } = provider;
  const names = { emailClaim: "email", groupsClaim: "groups", groupRoles: new Map(), groupBodies: new Map() };
  settings = { issuer, clientId, clientSecret, ...names, trustsEmail: false, required: [] };
  log = [];
  vi.spyOn(console, "warn").mockImplementation((line: string) => void log.push(line));
});
afterEach(async () => {
  vi.restoreAllMocks();
  forgetProvider();
  await provider.close();
});

it("goes on with a provider that is what OIDC_ISSUER says, and readiness says so", async () => {
  await checkProvider(settings);
  expect(log).toEqual([]);
  expect(await getProviderState(settings)).toBe("ok");
  expect(await getProviderState(null)).toBeNull();
});

it.each([
  ["a slash off", "/realm/", (own: string) => `${own}/realm`],
  ["another", "", () => "https://login.example.gov.uk"],
  ["every tenant's", "", (own: string) => `${own}/{tenantid}/v2.0`],
])("stops with a provider whose name is %s, and says what to do", async (_, path, calledBy) => {
  const { issuer: own } = settings;
  provider.setFault({ metadata: { issuer: calledBy(own) } });
  const stopped = checkProvider({ ...settings, issuer: `${own}${path}` });
  await expect(stopped).rejects.toThrow(StartFailure);
  await expect(stopped).rejects.toThrow(`calls itself ${calledBy(own)}. Set OIDC_ISSUER to exactly`);
});

it("goes on without one that is not there, asks it again until it is, and readiness says so", async () => {
  const gone = await startIdentityProvider(PORTAL, []);
  await gone.close();
  const waiting = { ...settings, issuer: gone.issuer };
  await checkProvider(waiting);
  expect(log.join()).toContain("cannot be used yet: unreachable (ECONNREFUSED)");
  expect(await getProviderState(waiting)).toMatch(/^error: nobody new can sign in \(unreachable\)/);
  await startIdentityProvider(PORTAL, [], { port: Number(new URL(gone.issuer).port) }).then((back) =>
    vi
      .waitFor(async () => expect(await getProviderState(waiting)).toBe("ok"), { timeout: 8_000, interval: 100 })
      .finally(() => back.close()),
  );
  expect(log.at(-1)).toContain("answers: people can sign in");
});
