import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Oidc } from "#server/environment.mjs";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { startIdentityProvider, type IdentityProvider } from "#server/testing/identity-provider.ts";
import { addPerson } from "#server/testing/people.ts";
import { forgetProvider } from "./provider.ts";
import { beginSignIn, finishSignIn } from "./provider-service.ts";

const PORTAL = "http://127.0.0.1:3999";
const ACCOUNTS = [
  { email: "ann@nao.invalid", name: "Ann Sample", groups: ["staff"] },
  { email: "officer@nao.invalid", name: "Olu Sample", groups: ["staff", "ig"] },
  { email: "new@nao.invalid", name: "Nia Sample", groups: ["staff"] },
  { email: "elsewhere@other.invalid", name: "Eli Sample", groups: [] },
];
const GROUPS = { groupRoles: new Map([["ig", "governance-officer"]]), groupBodies: new Map([["staff", "nao"]]) };

describeOnEachDatabase("signing in at an identity provider", (database) => {
  let provider: IdentityProvider;
  let settings: Oidc;
  beforeEach(async () => {
    provider = await startIdentityProvider(PORTAL, ACCOUNTS);
    const { issuer, clientId, clientSecret } = provider;
    const names = { emailClaim: "email", groupsClaim: "groups", groupRoles: new Map(), groupBodies: new Map() };
    settings = { issuer, clientId, clientSecret, ...names };
    forgetProvider();
  });
  afterEach(() => provider.close());

  const context = (changed: Partial<Oidc> = {}, bodies = ["nao"]) => {
    return { settings: { ...settings, ...changed }, bodies, redirectUri: `${PORTAL}/sign-in/callback` };
  };
  const begin = async (on = context()) => {
    const begun = await beginSignIn(on, "/matrix");
    if (!begun) throw new Error("The provider does not answer.");
    return begun;
  };
  /** What a browser does at the provider. @returns the address at the portal that it is sent to */
  const goThrough = async (url: string, form: Record<string, string>): Promise<URL> => {
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
      if (next.origin === PORTAL) return next;
    }
    throw new Error("The provider never sent the browser back.");
  };
  const signIn = async (login: string, on = context()) => {
    const { url, state } = await begin(on);
    return finishSignIn(on, await goThrough(url, { login }), state);
  };

  it("lets in whom the directory has, to where they were going", async () => {
    await addPerson(database(), "ann");
    expect(await signIn("ann@nao.invalid")).toEqual({ code: "signed-in", personId: "ann", returnTo: "/matrix" });
    expect(await database().prisma.verification.count()).toBe(0);
  });

  it("turns away who is not in it, who left, and who belongs to no body served", async () => {
    await addPerson(database(), "ann");
    expect(await signIn("new@nao.invalid")).toMatchObject({ code: "refused", why: "unknown" });
    expect(await signIn("ann@nao.invalid", context({}, ["nottingham"]))).toMatchObject({ why: "not-served" });
    expect(await signIn("elsewhere@other.invalid", context(GROUPS))).toMatchObject({ why: "not-served" });
    await database().prisma.person.update({ where: { id: "ann" }, data: { status: "left" } });
    expect(await signIn("ann@nao.invalid")).toMatchObject({ why: "left", returnTo: "/matrix" });
  });

  it("takes roles from groups, and adds whom groups place in a body; both are evidence", async () => {
    await addPerson(database(), "officer", { roles: ["employee", "auditor"] });
    expect(await signIn("officer@nao.invalid", context(GROUPS))).toMatchObject({ personId: "officer" });
    const officer = await database().prisma.person.findUniqueOrThrow({ where: { id: "officer" } });
    expect(officer.roles).toEqual(["employee", "governance-officer"]);
    const added = await signIn("new@nao.invalid", context(GROUPS));
    expect(added).toMatchObject({ code: "signed-in" });
    expect(await signIn("new@nao.invalid", context(GROUPS))).toEqual(added);
    const rows = await database().prisma.evidence.findMany({ orderBy: { position: "asc" } });
    expect(rows.map(({ event, actor }) => [event, actor])).toEqual([
      ["person.roles-changed", "portal"],
      ["person.added", "portal"],
    ]);
  });

  it("leaves a body its last administrator", async () => {
    await addPerson(database(), "ann", { roles: ["administrator"] });
    await signIn("ann@nao.invalid", context(GROUPS));
    const roles = async () => (await database().prisma.person.findUniqueOrThrow({ where: { id: "ann" } })).roles;
    expect(await roles()).toEqual(["employee", "administrator"]);
    await addPerson(database(), "other", { roles: ["administrator"] });
    await signIn("ann@nao.invalid", context(GROUPS));
    expect(await roles()).toEqual(["employee"]);
  });

  it("refuses a wrong state, a code that was used or has expired, and an answer that nobody waits for", async () => {
    await addPerson(database(), "ann");
    const failed = { code: "refused", why: "failed" };
    const { url, state } = await begin();
    const answer = await goThrough(url, { login: "ann@nao.invalid" });
    expect(await finishSignIn(context(), answer, null)).toMatchObject(failed);
    expect(await finishSignIn(context(), answer, (await begin()).state), "another browser's").toMatchObject(failed);
    const forged = new URL(answer);
    forged.searchParams.set("state", "forged");
    expect(await finishSignIn(context(), forged, (await begin()).state)).toMatchObject(failed);
    expect(await finishSignIn(context(), answer, state)).toMatchObject({ code: "signed-in" });
    expect(await finishSignIn(context(), answer, state), "replayed").toMatchObject(failed);
    provider.setCodeSeconds(1);
    const late = await begin();
    const lateAnswer = await goThrough(late.url, { login: "ann@nao.invalid" });
    await pause(2_000);
    expect(await finishSignIn(context(), lateAnswer, late.state), "expired").toMatchObject(failed);
  });

  it("says that somebody stopped, and that the provider does not answer", async () => {
    const { url, state } = await begin();
    const answer = await goThrough(url, { stop: "1" });
    expect(await finishSignIn(context(), answer, state)).toMatchObject({ why: "cancelled", returnTo: "/matrix" });
    const late = await begin();
    const lateAnswer = await goThrough(late.url, { login: "ann@nao.invalid" });
    await provider.close();
    expect(await finishSignIn(context(), lateAnswer, late.state)).toMatchObject({ why: "unreachable" });
    forgetProvider();
    expect(await beginSignIn(context(), "/")).toBeNull();
  });
});
