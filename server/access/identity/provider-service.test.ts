import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { clock } from "#server/base/clock.ts";
import type { Oidc } from "#server/base/environment/environment.mjs";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { goThroughProvider, startIdentityProvider, type IdentityProvider } from "#server/testing/identity-provider.ts";
import { addPerson } from "#server/testing/people.ts";
import { forgetProvider } from "./provider.ts";
import { beginSignIn, finishSignIn, type DirectoryChanges } from "./provider-service.ts";

// What a sign-in does to the directory: server/people/directory/sign-in.test.ts.

const PORTAL = "http://127.0.0.1:3999";
const MINUTE_MS = 60_000;
const changesNobody = () => Promise.reject(new Error("The directory stays as it is."));
const DIRECTORY: DirectoryChanges = { add: changesNobody, change: changesNobody };

describeOnEachDatabase("an attempt to sign in at the identity provider", (database) => {
  let provider: IdentityProvider;
  let settings: Oidc;
  beforeEach(async () => {
    provider = await startIdentityProvider(PORTAL, [{ email: "ann@nao.invalid", name: "Ann Sample", groups: [] }]);
    const { issuer, clientId, clientSecret } = provider;
    const names = { emailClaim: "email", groupsClaim: "groups", groupRoles: new Map(), groupBodies: new Map() };
    settings = { issuer, clientId, clientSecret, ...names, trustsEmail: false, required: [] };
    forgetProvider();
    await addPerson(database(), "ann");
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await provider.close();
  });

  const context = () => ({ settings, bodies: ["nao"], redirectUri: `${PORTAL}/sign-in/callback` });
  const begin = async (renewedFor: string | null = null) => {
    const begun = await beginSignIn(context(), "/matrix", renewedFor);
    if ("why" in begun) throw new Error(`It cannot begin: ${begun.why}`);
    return { ...begun, answer: await goThroughProvider(begun.url, { login: "ann@nao.invalid" }, PORTAL) };
  };
  const finish = (answer: URL, state: string | null) => finishSignIn(context(), answer, state, DIRECTORY);
  const later = (ms: number) => vi.spyOn(clock, "now").mockReturnValue(new Date(Date.now() + ms));

  it("is finished once, even if its answer comes twice at the same moment", async () => {
    const { answer, state } = await begin();
    const results = await Promise.all([finish(answer, state), finish(answer, state)]);
    expect(results.map(({ code }) => code).sort()).toEqual(["refused", "signed-in"]);
    expect(results.find(({ code }) => code === "signed-in")).toMatchObject({ personId: "ann", returnTo: "/matrix" });
    expect(await database().prisma.account.count()).toBe(1);
    expect(await database().prisma.evidence.findMany()).toMatchObject([{ event: "account.bound", subject: "ann" }]);
  });

  it("asks the provider to ask who it is at a shared device, and brings that back", async () => {
    const begun = await beginSignIn(context(), "/matrix", null, true);
    if ("why" in begun) throw new Error(`It cannot begin: ${begun.why}`);
    expect(new URL(begun.url).searchParams.get("prompt")).toBe("login");
    const answer = await goThroughProvider(begun.url, { login: "ann@nao.invalid" }, PORTAL);
    expect(await finish(answer, begun.state)).toMatchObject({ code: "signed-in", isShared: true });
    const usual = await begin();
    expect(new URL(usual.url).searchParams.has("prompt")).toBe(false);
    expect(await finish(usual.answer, usual.state)).toMatchObject({ code: "signed-in", isShared: false });
  });

  it("expires after ten minutes, and its answer then leads to the first page", async () => {
    const late = await begin();
    later(10 * MINUTE_MS + 1_000);
    const failed = { code: "refused", why: "expired", returnTo: "/", isAgain: false };
    expect(await finish(late.answer, late.state)).toEqual(failed);
    expect(await database().prisma.account.count()).toBe(0);
  });

  it("refuses anybody other than the person who had to prove who they are, and binds nobody", async () => {
    await addPerson(database(), "bob");
    const { answer, state } = await begin("bob");
    expect(await finish(answer, state)).toEqual({
      code: "refused",
      why: "somebody-else",
      returnTo: "/matrix",
      isAgain: true,
    });
    expect(await database().prisma.account.count()).toBe(0);
  });
});
