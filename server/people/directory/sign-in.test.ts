import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { refusalForLog, type ProviderRefusal } from "#domain/access/identity/refusal.ts";
import type { Oidc } from "#server/base/environment/environment.mjs";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import {
  goThroughProvider,
  startIdentityProvider,
  type IdentityProvider,
  type ProviderAccount,
  type ProviderFault,
} from "#server/testing/identity-provider.ts";
import { addPerson } from "#server/testing/people.ts";
import { forgetProvider } from "#server/access/identity/provider.ts";
import { beginSignIn, finishSignIn as finish } from "#server/access/identity/provider-service.ts";
import { releaseAccount, releaseByEmail, releaseEverybody } from "#server/access/identity/account-service.ts";
import { addPerson as add, changePerson as change } from "./person-change.ts";

const finishSignIn = (context: Parameters<typeof finish>[0], answer: URL, state: string | null) =>
  finish(context, answer, state, { add, change });

const PORTAL = "http://127.0.0.1:3999";
const ACCOUNTS: ProviderAccount[] = [
  { email: "ann@nao.invalid", name: "Ann Sample", groups: ["staff"] },
  { email: "officer@nao.invalid", name: "Olu Sample", groups: ["staff", "ig"] },
  { email: "new@nao.invalid", name: "Nia Sample", groups: ["staff"] },
  { email: "elsewhere@other.invalid", name: "Eli Sample", groups: [] },
  { login: "second", email: "ann@nao.invalid", name: "Another Ann", groups: [] },
  { login: "unsure", email: "unsure@nao.invalid", name: "Una Sample", groups: [], emailVerified: false },
  { login: "silent", email: "silent@nao.invalid", name: "Sil Sample", groups: [], emailVerified: null },
  {
    login: "strong",
    email: "strong@nao.invalid",
    name: "Sto Sample",
    groups: [],
    acr: "urn:strong",
    amr: ["pwd", "otp"],
  },
];
const OVERAGE = { _claim_names: { groups: "src1" }, _claim_sources: { src1: { endpoint: "https://graph.invalid" } } };
const GROUPS = { groupRoles: new Map([["ig", "governance-officer"]]), groupBodies: new Map([["staff", "nao"]]) };

describeOnEachDatabase("signing in at an identity provider", (database) => {
  let provider: IdentityProvider;
  let settings: Oidc;
  let accounts: ProviderAccount[];
  beforeEach(async () => {
    accounts = structuredClone(ACCOUNTS);
    provider = await startIdentityProvider(PORTAL, accounts);
    const { issuer, clientId, clientSecret } = provider;
    const names = { emailClaim: "email", groupsClaim: "groups", groupRoles: new Map(), groupBodies: new Map() };
    settings = { issuer, clientId, clientSecret, ...names, trustsEmail: false, required: [] };
    forgetProvider();
  });
  afterEach(() => provider.close());

  const context = (changed: Partial<Oidc> = {}, bodies = ["nao"]) => {
    return { settings: { ...settings, ...changed }, bodies, redirectUri: `${PORTAL}/sign-in/callback` };
  };
  const begin = async (on = context(), again: string | null = null) => {
    const begun = await beginSignIn(on, "/matrix", again);
    if ("why" in begun) throw new Error(`It cannot begin: ${begun.why}`);
    return begun;
  };
  const goThrough = (url: string, form: Record<string, string>) => goThroughProvider(url, form, PORTAL);
  const signIn = async (login: string, on = context(), again: string | null = null) => {
    const { url, state } = await begin(on, again);
    return finishSignIn(on, await goThrough(url, { login }), state);
  };

  it("lets in people in the directory, and takes them where they were going", async () => {
    await addPerson(database(), "ann");
    const { id: accountId } = { id: expect.any(String) as string };
    expect(await signIn("ann@nao.invalid")).toEqual({
      code: "signed-in",
      personId: "ann",
      isShared: false,
      returnTo: "/matrix",
      accountId,
      provedAt: expect.any(Date) as Date,
    });
    expect(await database().prisma.verification.count()).toBe(0);
  });

  it("turns away people who are not in the directory, have left, or belong to no body served", async () => {
    await addPerson(database(), "ann");
    expect(await signIn("new@nao.invalid")).toMatchObject({ code: "refused", why: "unknown" });
    expect(await signIn("ann@nao.invalid", context({}, ["nottingham"]))).toMatchObject({ why: "not-served" });
    expect(await signIn("elsewhere@other.invalid", context(GROUPS))).toMatchObject({ why: "not-served" });
    await database().prisma.person.update({ where: { id: "ann" }, data: { status: "left" } });
    expect(await signIn("ann@nao.invalid")).toMatchObject({ why: "left", returnTo: "/matrix" });
  });

  it("turns away people who have not started, without binding an account, and lets them in from their first day", async () => {
    await addPerson(database(), "ann");
    const startsOn = (day: string) =>
      database().prisma.person.update({ where: { id: "ann" }, data: { startsOn: day } });
    const today = calendarDay(new Date());
    await startsOn(addDays(today, 2));
    expect(await signIn("ann@nao.invalid")).toMatchObject({ code: "refused", why: "starting", returnTo: "/matrix" });
    expect(await database().prisma.account.count()).toBe(0);
    await startsOn(today);
    expect(await signIn("ann@nao.invalid")).toMatchObject({ code: "signed-in", personId: "ann" });
    await startsOn(addDays(today, 2)); // postponed; the account is bound by now
    expect(await signIn("ann@nao.invalid")).toMatchObject({ code: "refused", why: "starting" });
  });

  it("takes roles from groups, and adds people whose groups place them in a body; both are recorded", async () => {
    await addPerson(database(), "officer", { roles: ["employee", "auditor"] });
    expect(await signIn("officer@nao.invalid", context(GROUPS))).toMatchObject({ personId: "officer" });
    const officer = await database().prisma.person.findUniqueOrThrow({ where: { id: "officer" } });
    expect(officer.roles).toEqual(["employee", "governance-officer"]);
    const added = await signIn("new@nao.invalid", context(GROUPS));
    expect(added).toMatchObject({ code: "signed-in" });
    const { personId } = await signedIn("new@nao.invalid", context(GROUPS));
    expect(added).toMatchObject({ personId });
    const rows = await database().prisma.evidence.findMany({
      where: { event: { not: "stand-in.began" } },
      orderBy: { position: "asc" },
    });
    expect(rows.map(({ event, actor }) => [event, actor])).toEqual([
      ["person.roles-changed", "portal"],
      ["account.bound", "portal"],
      ["person.added", "portal"],
      ["account.bound", "portal"],
    ]);
  });

  const signedIn = async (login: string, on = context(), again: string | null = null) => {
    const answer = await signIn(login, on, again);
    if (answer.code !== "signed-in") throw new Error(`Refused: ${answer.why}`);
    return answer;
  };
  const setEmail = (id: string, email: string) => database().prisma.person.update({ where: { id }, data: { email } });
  const events = async () => {
    const rows = await database().prisma.evidence.findMany({ orderBy: { position: "asc" } });
    return rows.map(({ event, actor, subject }) => [event, actor, subject]);
  };

  it("binds a person to the account at the first sign-in, tells them, and goes by the account from then on", async () => {
    await addPerson(database(), "ann");
    await signedIn("ann@nao.invalid");
    await signedIn("ann@nao.invalid");
    expect(await events()).toEqual([["account.bound", "portal", "ann"]]);
    const notices = await database().prisma.notice.findMany();
    expect(notices.map(({ personId, kind }) => [personId, kind])).toEqual([["ann", "account-bound"]]);
    expect(await database().prisma.mail.count({ where: { personId: "ann" } })).toBe(1);
    await setEmail("ann", "new-name@nao.invalid");
    expect(await signIn("ann@nao.invalid")).toMatchObject({ code: "signed-in", personId: "ann" });
  });

  it("keeps two people apart whose addresses are swapped, in the directory", async () => {
    await addPerson(database(), "ann");
    await addPerson(database(), "officer");
    await signedIn("ann@nao.invalid");
    await signedIn("officer@nao.invalid");
    await setEmail("ann", "between@nao.invalid");
    await setEmail("officer", "ann@nao.invalid");
    await setEmail("ann", "officer@nao.invalid");
    expect(await signedIn("ann@nao.invalid")).toMatchObject({ personId: "ann" });
    expect(await signedIn("officer@nao.invalid")).toMatchObject({ personId: "officer" });
  });

  it("refuses a second account with a bound address, once in the journal, until the person is released", async () => {
    await addPerson(database(), "ann");
    const admin = await addPerson(database(), "admin", { roles: ["administrator"] });
    await signedIn("ann@nao.invalid");
    for (const _ of [1, 2]) expect(await signIn("second")).toMatchObject({ code: "refused", why: "bound" });
    expect(await releaseAccount(admin, "ann")).toMatchObject({ code: "released", count: 1 });
    expect(await releaseAccount(admin, "ann")).toMatchObject({ code: "none" });
    expect(await signedIn("second")).toMatchObject({ personId: "ann" });
    expect(await signIn("ann@nao.invalid")).toMatchObject({ why: "bound" });
    expect(await events()).toEqual([
      ["account.bound", "portal", "ann"],
      ["account.refused", "portal", "ann"],
      ["account.released", "admin", "ann"],
      ["account.bound", "portal", "ann"],
    ]);
    const refused = await database().prisma.evidence.findFirstOrThrow({ where: { event: "account.refused" } });
    expect(refused.data).toContain('"why":"bound"');
    const told = await database().prisma.notice.findMany({ orderBy: { createdAt: "asc" } });
    expect(told.map(({ kind, personId }) => [kind, personId])).toEqual([
      ["account-bound", "ann"],
      ["account-released", "ann"],
      ["account-bound", "ann"],
    ]);
  });

  it("ends the sessions of people who are released, which only another administrator of the body can do", async () => {
    const ann = await addPerson(database(), "ann", { roles: ["administrator"] });
    const admin = await addPerson(database(), "admin", { roles: ["administrator"] });
    const stranger = await addPerson(database(), "stranger", { roles: ["administrator"], body: "nottingham" });
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const { accountId } = await signedIn("ann@nao.invalid");
    const expiresAt = new Date(Date.now() + 3_600_000);
    const session = { id: "s", token: "t", personId: "ann", accountId, expiresAt };
    await database().prisma.session.create({ data: session });
    expect(await releaseAccount(ann, "ann")).toEqual({ code: "own" });
    for (const actor of [stranger, officer]) expect(await releaseAccount(actor, "ann")).toEqual({ code: "not-found" });
    expect(await releaseAccount(admin, "nobody")).toEqual({ code: "not-found" });
    expect(await database().prisma.session.count()).toBe(1);
    await releaseAccount(admin, "ann");
    expect(await database().prisma.session.count()).toBe(0);
    // A sign-in that was under way when they were released does not start a session either.
    await expect(database().prisma.session.create({ data: session })).rejects.toThrow();
  });

  it("releases one person, or everybody of a body, by the command", async () => {
    for (const id of ["ann", "officer"]) await addPerson(database(), id);
    for (const id of ["ann", "officer"]) await signedIn(`${id}@nao.invalid`);
    expect(await releaseByEmail("nobody@nao.invalid")).toEqual({ code: "not-found" });
    expect(await releaseByEmail("ann@nao.invalid")).toMatchObject({ code: "released", person: { id: "ann" } });
    expect(await releaseEverybody("nottingham")).toBe(0);
    expect(await releaseEverybody(null)).toBe(1);
    expect(await database().prisma.account.count()).toBe(0);
    expect((await events()).slice(2)).toEqual([
      ["account.released", "portal", "ann"],
      ["account.released", "portal", "officer"],
    ]);
  });

  it("binds one of two accounts that come with one address at the same moment", async () => {
    await addPerson(database(), "ann");
    const answers = await Promise.all(["ann@nao.invalid", "second"].map((login) => signIn(login)));
    expect(answers.map((answer) => (answer.code === "refused" ? answer.why : answer.code)).sort()).toEqual([
      "bound",
      "signed-in",
    ]);
    expect(await database().prisma.account.count()).toBe(1);
    expect((await events()).filter(([event]) => event === "account.bound")).toHaveLength(1);
  });

  it("lets in one account that comes twice at the same moment, even if that adds the person", async () => {
    await addPerson(database(), "ann");
    for (const [login, on] of [
      ["ann@nao.invalid", context()],
      ["new@nao.invalid", context(GROUPS)],
    ] as const) {
      const [one, other] = await Promise.all([signedIn(login, on), signedIn(login, on)]);
      expect(one.personId).toBe(other.personId);
    }
    expect(await database().prisma.account.count()).toBe(2);
  });

  it("binds nobody by an address that the provider does not vouch for, unless its addresses are trusted", async () => {
    for (const id of ["unsure", "silent"]) await addPerson(database(), id);
    for (const login of ["unsure", "silent"]) expect(await signIn(login)).toMatchObject({ why: "unverified" });
    expect(await signIn("unsure", context({ trustsEmail: true }))).toMatchObject({ why: "unverified" });
    expect(await signIn("ann@nao.invalid", context({ emailClaim: "upn" }))).toMatchObject({ why: "no-address" });
    expect(await signedIn("silent", context({ trustsEmail: true }))).toMatchObject({ personId: "silent" });
    // Once bound, the address no longer matters.
    expect(await signedIn("silent")).toMatchObject({ personId: "silent" });
    expect(await signedIn("silent", context({ emailClaim: "upn" }))).toMatchObject({ personId: "silent" });
  });

  it("refuses a sign-in without a required value, and asks the provider for it", async () => {
    for (const id of ["strong", "ann"]) await addPerson(database(), id);
    const asking = context({
      required: [
        { claim: "amr", value: "mfa" },
        { claim: "acr", value: "urn:strong" },
      ],
    });
    const { url } = await begin(asking);
    expect(new URL(url).searchParams.get("acr_values")).toBe("urn:strong");
    expect(await signIn("ann@nao.invalid", asking)).toMatchObject({ code: "refused", why: "too-weak" });
    expect(await database().prisma.account.count()).toBe(0);
    expect(await signedIn("strong", asking)).toMatchObject({ personId: "strong" });
    const byMethod = context({ required: [{ claim: "amr", value: "otp" }] });
    expect(new URL((await begin(byMethod)).url).searchParams.has("acr_values")).toBe(false);
    expect(await signedIn("strong", byMethod)).toMatchObject({ personId: "strong" });
    expect(await signIn("strong", context({ required: [{ claim: "amr", value: "mfa" }] }))).toMatchObject({
      code: "refused",
      why: "too-weak",
    });
  });

  it("asks for a recent sign-in, and believes only a provider that says when it was", async () => {
    for (const id of ["ann", "officer"]) await addPerson(database(), id);
    await signedIn("ann@nao.invalid");
    expect(new URL((await begin()).url).searchParams.has("max_age")).toBe(false);
    expect(new URL((await begin(context(), "ann")).url).searchParams.get("max_age")).toBe("300");
    const { provedAt } = await signedIn("ann@nao.invalid", context(), "ann");
    expect(Date.now() - provedAt.getTime()).toBeLessThan(60_000);
    const refused = { code: "refused", isAgain: true, returnTo: "/matrix" };
    expect(await signIn("officer@nao.invalid", context(), "ann")).toMatchObject({ ...refused, why: "somebody-else" });
    provider.setMaxAge("ignores-and-hides-time");
    expect(await signIn("ann@nao.invalid", context(), "ann")).toMatchObject({ ...refused, why: "not-recent" });
    provider.setMaxAge("ignores");
    provider.setSignedInAgo(16 * 60);
    expect(await signIn("ann@nao.invalid", context(), "ann")).toMatchObject({ ...refused, why: "not-recent" });
    provider.setSignedInAgo(14 * 60);
    expect(await signedIn("ann@nao.invalid", context(), "ann")).toMatchObject({ personId: "ann" });
    expect(await database().prisma.account.count(), "somebody else is not bound on the way").toBe(1);
  });

  it("notes when somebody proved who they are, which may be hours before they come here", async () => {
    await addPerson(database(), "ann");
    await provider.close();
    provider = await startIdentityProvider(PORTAL, ACCOUNTS, { saysWhen: true });
    const { issuer } = provider;
    forgetProvider();
    provider.setSignedInAgo(3 * 3600);
    const { provedAt } = await signedIn("ann@nao.invalid", context({ issuer }));
    expect(Math.round((Date.now() - provedAt.getTime()) / 60_000)).toBe(180);
  });

  it("does not take a body's last administrator", async () => {
    await addPerson(database(), "ann", { roles: ["administrator"] });
    await signIn("ann@nao.invalid", context(GROUPS));
    const roles = async () => (await database().prisma.person.findUniqueOrThrow({ where: { id: "ann" } })).roles;
    expect(await roles()).toEqual(["employee", "administrator"]);
    await addPerson(database(), "other", { roles: ["administrator"] });
    await signIn("ann@nao.invalid", context(GROUPS));
    expect(await roles()).toEqual(["employee"]);
  });

  it("refuses a wrong state, a code that was used or has expired, and an unexpected answer", async () => {
    await addPerson(database(), "ann");
    const over = { code: "refused", why: "expired" };
    const { url, state } = await begin();
    const answer = await goThrough(url, { login: "ann@nao.invalid" });
    for (const other of [null, (await begin()).state])
      expect(await finishSignIn(context(), answer, other)).toMatchObject({ code: "refused", why: "another-browser" });
    const forged = new URL(answer);
    forged.searchParams.set("state", "forged");
    expect(await finishSignIn(context(), forged, (await begin()).state)).toMatchObject(over);
    expect(await finishSignIn(context(), answer, state), "two browsers did not spoil it").toMatchObject({
      code: "signed-in",
    });
    expect(await finishSignIn(context(), answer, state), "replayed").toMatchObject(over);
    provider.setCodeSeconds(1);
    const late = await begin();
    const lateAnswer = await goThrough(late.url, { login: "ann@nao.invalid" });
    await pause(2_000);
    expect(await finishSignIn(context(), lateAnswer, late.state), "expired").toMatchObject(over);
  });

  it("says if somebody cancelled, or if the provider does not answer", async () => {
    const { url, state } = await begin();
    const answer = await goThrough(url, { stop: "1" });
    expect(await finishSignIn(context(), answer, state)).toMatchObject({ why: "cancelled", returnTo: "/matrix" });
    const late = await begin();
    const lateAnswer = await goThrough(late.url, { login: "ann@nao.invalid" });
    await provider.close();
    expect(await finishSignIn(context(), lateAnswer, late.state)).toMatchObject({ why: "unreachable" });
    forgetProvider();
    expect(await beginSignIn(context(), "/")).toMatchObject({ why: "unreachable" });
  });

  const denied = (error_description?: string) => ({
    error: { error: "access_denied", ...(error_description !== undefined && { error_description }) },
  });
  it.each<[string, ProviderFault, ProviderRefusal, RegExp]>([
    ["a token for another application", { token: (all) => ({ ...all, aud: "another" }) }, "audience", /"another"/],
    [
      "one for several, and not given to us",
      { token: (all) => ({ ...all, aud: ["with-care", "x"] }) },
      "audience",
      /aud/,
    ],
    ["an issuer a slash off", { token: (all) => ({ ...all, iss: `${all.iss}/` }) }, "issuer", /as iss/],
    ["a clock that is ahead", { aheadSeconds: 120 }, "clock", /1[12]\d seconds ahead of this server/],
    [
      "a token that has ended",
      { token: (all) => ({ ...all, exp: 1_000_000_000 }) },
      "clock",
      /it ended \d+ seconds ago/,
    ],
    ["a token of another sign-in", { token: (all) => ({ ...all, nonce: "another" }) }, "other-answer", /claim/],
    ["a token that names nobody", { token: ({ sub: _, ...all }) => all }, "incomplete", /"sub"/],
    ["a key that it does not publish", { hasForeignKey: true }, "signature", /signature/],
    [
      "Entra: not assigned",
      denied("AADSTS50105: The user 'ann@nao.invalid' is not assigned."),
      "not-assigned",
      /AADSTS50105/,
    ],
    ["Okta: not assigned", denied("User is not assigned to the client application."), "not-assigned", /access_denied/],
    ["Entra: a device that may not", denied("AADSTS53000: Device of ann@nao.invalid."), "denied", /AADSTS53000/],
    ["Keycloak: stopped", denied(), "cancelled", /access_denied/],
    ["Entra: declined", denied("AADSTS65004: User declined to consent."), "cancelled", /AADSTS65004/],
    ["login_required", { error: { error: "login_required" } }, "login-required", /login_required/],
    ["interaction_required", { error: { error: "interaction_required" } }, "login-required", /interaction_required/],
    ["temporarily_unavailable", { error: { error: "temporarily_unavailable" } }, "provider-fault", /unavailable/],
    ["an error of its own", { error: { error: "constructor" } }, "failed", /constructor/],
    ["unauthorized_client", { error: { error: "unauthorized_client" } }, "setup", /unauthorized_client/],
  ])("says why: %s", async (_, fault, why, detail) => {
    await addPerson(database(), "ann");
    provider.setFault(fault);
    const answer = await signIn("ann@nao.invalid");
    expect(answer).toMatchObject({ code: "refused", why, returnTo: "/matrix" });
    const line = "why" in answer ? refusalForLog(answer.why, answer.detail) : "";
    expect(line).toMatch(detail);
    expect(line).toContain(`refused: ${why}`);
    expect(line).not.toMatch(/ann|Sample/);
    expect(await database().prisma.account.count()).toBe(0);
    provider.setFault({});
    expect(await signIn("ann@nao.invalid"), "nothing of it stays").toMatchObject({ code: "signed-in" });
  });

  it("says why: a secret that is not ours, and an issuer a slash off before anybody goes there", async () => {
    await addPerson(database(), "ann");
    const wrong = await signIn("ann@nao.invalid", context({ clientSecret: "another secret of the tests" }));
    expect(wrong).toMatchObject({ code: "refused", why: "setup" });
    expect(JSON.stringify(wrong)).not.toContain("another secret");
    forgetProvider();
    provider.setFault({ metadata: { issuer: `${settings.issuer}/realm` } });
    const slash = await beginSignIn(context({ issuer: `${settings.issuer}/realm/` }), "/");
    expect(slash).toMatchObject({ why: "issuer", detail: expect.stringContaining("/realm") as string });
    expect(await beginSignIn(context({ issuer: `${settings.issuer}/nothing` }), "/")).toMatchObject({ why: "setup" });
  });

  it("refuses to place somebody whose groups it cannot see, and lets in whom the directory knows", async () => {
    await addPerson(database(), "ann");
    for (const [groups, claims, why] of [
      [null, {}, "groups-missing"],
      [null, OVERAGE, "groups-overage"],
      [[], {}, "not-served"],
    ] as const) {
      for (const one of accounts.slice(0, 3)) Object.assign(one, { groups, claims });
      expect(await signIn("new@nao.invalid", context(GROUPS))).toMatchObject({ code: "refused", why });
      const known = await signIn("ann@nao.invalid", context(GROUPS));
      expect(known).toMatchObject(why === "not-served" ? { why } : { code: "signed-in", personId: "ann" });
    }
    const unasked = await signIn("new@nao.invalid", context({ ...GROUPS, groupBodies: new Map() }));
    expect(unasked).toMatchObject({ why: "unknown" });
  });
});
