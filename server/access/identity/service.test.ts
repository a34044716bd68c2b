import { expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { Database } from "#server/base/db/database.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { makeSampleDirectory } from "../../../prisma/seed/sample-people.ts";
import { createAuth, type AuthOptions } from "./auth.ts";
import { seedSamplePeople } from "./seed.ts";
import {
  endSession,
  endSessions,
  endSharedSoon,
  identify,
  listSessions,
  startSampleSession,
  startSession,
  type SignedIn,
} from "./service.ts";

const bodies = [
  { slug: "nao", employers: ["National Audit Office"] },
  { slug: "nottingham", employers: ["Nottingham City Council"] },
];
const { people } = makeSampleDirectory(bodies);
const personOf = (body: string, role: string, status = "active") => {
  const found = people.find(
    (person) => person.body === body && person.roles.some((one) => one === role) && person.status === status,
  );
  if (!found) throw new Error(`No ${role} of ${body}.`);
  return found;
};
const officer = personOf("nao", "governance-officer");
const leaver = personOf("nao", "employee", "left");

describeOnEachDatabase("sign-in", (database) => {
  const start = async (options: Partial<AuthOptions> = {}) => {
    await seedSamplePeople(database().prisma, bodies);
    return makeBrowser(database(), options);
  };

  it("signs a sample person in, and out", async () => {
    const browser = await start();
    expect(await browser.visit()).toEqual({ actor: null, reason: "not-signed-in" });
    expect(await browser.signIn(officer.id)).toEqual({ ok: true });
    expect(await browser.visit()).toEqual({
      actor: {
        personId: officer.id,
        name: officer.name,
        email: officer.email,
        roles: ["governance-officer"],
        body: "nao",
        employer: "National Audit Office",
        team: null,
      },
      provedAt: null,
      shared: null,
    });
    await browser.signOut();
    expect(await browser.visit()).toEqual({ actor: null, reason: "not-signed-in" });
    expect(await database().prisma.session.count()).toBe(0);
  });

  it("reports a database that does not answer, rather than taking the session for ended", async () => {
    const browser = await start();
    await browser.signIn(officer.id);
    const away = () => Promise.reject(new Error("Connection terminated unexpectedly"));
    const { session } = database().prisma;
    const reading = vi.spyOn(session, "findFirst").mockImplementation(away as unknown as typeof session.findFirst);
    await expect(browser.visit()).rejects.toThrow();
    expect(reading).toHaveBeenCalled();
    reading.mockRestore();
    expect(await browser.visit()).toMatchObject({ actor: { personId: officer.id } });
  });

  it("ends the earlier session when somebody else signs in", async () => {
    const browser = await start();
    await browser.signIn(officer.id);
    const { id } = personOf("nottingham", "auditor");
    await browser.signIn(id);
    expect(await browser.visit()).toMatchObject({ actor: { personId: id, body: "nottingham" } });
    expect(await database().prisma.session.count()).toBe(1);
  });

  it("refuses a leaver, and signs out somebody who leaves", async () => {
    const browser = await start();
    expect(await browser.signIn(leaver.id)).toEqual({ ok: false, code: "left" });
    await browser.signIn(officer.id);
    await database().prisma.person.update({ where: { id: officer.id }, data: { status: "left" } });
    expect(await browser.visit()).toEqual({ actor: null, reason: "left" });
    expect(await database().prisma.session.count()).toBe(0);
  });

  it("refuses people who are unknown, real, or of a body that is not served", async () => {
    const browser = await start({ bodies: ["nao"] });
    await database().prisma.person.create({
      data: { id: "real", body: "nao", employer: "NAO", name: "Real", email: "r@nao.example", roles: ["employee"] },
    });
    for (const id of ["", "nobody", "real", personOf("nottingham", "auditor").id]) {
      expect(await browser.signIn(id)).toEqual({ ok: false, code: "unknown" });
    }
    expect(await database().prisma.session.count()).toBe(0);
  });

  it("refuses everybody outside evaluation mode", async () => {
    const browser = await start({ evaluation: false });
    expect(await browser.signIn(officer.id)).toEqual({ ok: false, code: "not-evaluation" });
    expect(await browser.visit()).toMatchObject({ actor: null });
  });

  it("survives a restart with the same secret, and no other", async () => {
    const browser = await start();
    await browser.signIn(officer.id);
    const cookie = browser.cookie();
    expect(await makeBrowser(database(), {}, cookie).visit()).toMatchObject({ actor: { personId: officer.id } });
    const other = makeBrowser(database(), { secret: "another-secret-of-at-least-32-characters" }, cookie);
    expect(await other.visit()).toMatchObject({ actor: null });
  });

  it("expires after a working day", async () => {
    const browser = await start();
    await browser.signIn(officer.id);
    const session = await database().prisma.session.findFirstOrThrow();
    expect(session.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(12 * 60 * 60 * 1000);
    await database().prisma.session.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
    expect(await browser.visit()).toMatchObject({ actor: null });
  });

  it("ends after an hour without use, and not before", async () => {
    const browser = await start();
    await browser.signIn(officer.id);
    const from = Date.now();
    const after = (minutes: number) => browser.visit(new Date(from + minutes * 60_000));
    for (const minutes of [0.5, 50, 100, 159]) expect(await after(minutes)).toMatchObject({ actor: { body: "nao" } });
    expect(await after(220)).toEqual({ actor: null, reason: "not-signed-in" });
    expect(await database().prisma.session.count()).toBe(0);
  });

  it("ends at a shared device after two minutes without use, to the second", async () => {
    const browser = await start();
    await browser.signIn(officer.id, true);
    const from = Date.now();
    const after = (seconds: number) => browser.visit(new Date(from + seconds * 1000));
    for (const seconds of [50, 165, 280]) expect(await after(seconds)).toMatchObject({ actor: { body: "nao" } });
    expect(await after(401)).toEqual({ actor: null, reason: "not-signed-in" });
    expect(await database().prisma.session.count()).toBe(0);
  });

  it("ends at a shared device after fifteen minutes in all, and within one after an answer", async () => {
    const browser = await start();
    await browser.signIn(officer.id, true);
    const from = Date.now();
    for (let minutes = 1; minutes < 15; minutes++)
      expect(await browser.visit(new Date(from + minutes * 60_000))).toMatchObject({ actor: { body: "nao" } });
    expect(await browser.visit(new Date(from + 15 * 60_000 + 1000))).toMatchObject({ actor: null });
    await browser.signIn(officer.id, true);
    const again = new Date();
    const { id } = await database().prisma.session.findFirstOrThrow();
    await endSharedSoon(database().prisma, id, again);
    expect(await browser.visit(new Date(again.getTime() + 59_000))).toMatchObject({ shared: { id } });
    expect(await browser.visit(new Date(again.getTime() + 61_000))).toMatchObject({ actor: null });
  });

  it("lists a person's sessions, and ends one or all the others, but nobody else's", async () => {
    const one = await start();
    const two = makeBrowser(database());
    const third = makeBrowser(database());
    const stranger = makeBrowser(database());
    for (const browser of [one, two, third]) await browser.signIn(officer.id);
    await stranger.signIn(personOf("nao", "auditor").id);
    const actor = (await one.visit()).actor;
    if (!actor) throw new Error("Not signed in.");
    const sessions = await one.sessions(actor);
    expect(sessions.filter(({ isThisOne }) => isThisOne)).toHaveLength(1);
    expect(sessions).toHaveLength(3);
    const [strange] = await database().prisma.session.findMany({ where: { personId: personOf("nao", "auditor").id } });
    for (const which of [strange?.id ?? "", "", "nobody's"]) await one.end(actor, which);
    expect(await database().prisma.session.count()).toBe(4);
    const theirs = (await two.sessions(actor)).find(({ isThisOne }) => isThisOne);
    await one.end(actor, theirs?.id ?? "");
    expect(await two.visit()).toMatchObject({ actor: null });
    await one.end(actor, "others");
    expect(await third.visit()).toMatchObject({ actor: null });
    expect(await one.visit()).toMatchObject({ actor: { personId: officer.id } });
    expect(await stranger.visit()).toMatchObject({ actor: { body: "nao" } });
  });

  it("marks the cookie as https-only if the address is https", async () => {
    const plain = await start();
    await plain.signIn(officer.id);
    expect(plain.setCookie()).toMatch(/^with-care\.session_token=.*HttpOnly.*SameSite=Lax/i);
    expect(plain.setCookie()).not.toMatch(/Secure/);
    const secure = makeBrowser(database(), { appUrl: "https://portal.example" });
    await secure.signIn(officer.id);
    const attributes = secure.setCookie().split("; ");
    expect(attributes[0]).toMatch(/^__Host-with-care\.session_token=/);
    expect(attributes).toEqual(expect.arrayContaining(["Secure", "Path=/"]));
    expect(secure.setCookie()).not.toMatch(/Domain=/i);
    expect(await secure.visit()).toMatchObject({ actor: { personId: officer.id } });
    const [pair = ""] = attributes;
    for (const name of ["__Secure-with-care.session_token", "with-care.session_token"]) {
      const planted = pair.replace("__Host-with-care.session_token", name);
      const other = makeBrowser(database(), { appUrl: "https://portal.example" }, planted);
      expect(await other.visit(), name).toMatchObject({ actor: null });
    }
  });

  it("stores with a session when its owner signed in at the provider, and ends it with the account used", async () => {
    const browser = await start({ evaluation: false });
    const [accountId, provedAt] = ["account", new Date("2026-11-24T10:00:00Z")];
    const data = { id: accountId, providerId: "https://provider.invalid", accountId: "ann", personId: officer.id };
    await database().prisma.account.create({ data });
    await browser.signInAs({ personId: officer.id, accountId, provedAt, isShared: false });
    expect(await browser.visit()).toMatchObject({ actor: { personId: officer.id }, provedAt });
    await database().prisma.account.delete({ where: { id: accountId } });
    expect(await browser.visit()).toEqual({ actor: null, reason: "not-signed-in" });
  });
});

/** A browser that handles cookies, on the sign-in library without Next around it. */
function makeBrowser({ prisma }: Database, options: Partial<AuthOptions> = {}, initialCookie = "") {
  const served = options.bodies ?? bodies.map(({ slug }) => slug);
  const secret = "a-secret-of-at-least-thirty-two-characters";
  const auth = createAuth({
    prisma,
    secret,
    appUrl: "http://127.0.0.1:3000",
    evaluation: true,
    sessionHours: 12,
    ...options,
    bodies: served,
  });
  let cookie = initialCookie;
  let setCookie = "";
  const headers = () => new Headers(cookie ? { cookie } : {});
  // In the portal, Next sets the cookie; here it is taken from the library.
  const { signInAsSamplePerson, signInAsPerson } = auth.api;
  const keepCookie = <Answer>({ headers, response }: { headers: Headers; response: Answer }): Answer => {
    setCookie = headers.getSetCookie().find((one) => one.includes("session_token=")) ?? "";
    cookie = setCookie.split(";")[0] ?? "";
    return response;
  };
  const asSample = async (input: { body: { personId: string; isShared: boolean }; headers: Headers }) =>
    keepCookie(await signInAsSamplePerson({ ...input, returnHeaders: true }));
  const asPerson = async (input: { body: SignedIn; headers: Headers }) =>
    keepCookie(await signInAsPerson({ ...input, returnHeaders: true }));
  auth.api.signInAsSamplePerson = asSample as typeof signInAsSamplePerson;
  auth.api.signInAsPerson = asPerson as typeof signInAsPerson;
  return {
    visit: (now = new Date()) =>
      identify({ auth, prisma, bodies: served, evaluation: true, sessionIdleMinutes: 60 }, headers(), now),
    signIn: (personId: string, isShared = false) => startSampleSession(auth, headers(), personId, isShared),
    signInAs: (signedIn: SignedIn) => startSession(auth, headers(), signedIn),
    signOut: () => endSession(auth, headers()),
    sessions: (actor: Actor) => listSessions({ auth, prisma }, headers(), actor, new Date()),
    end: (actor: Actor, which: string) => endSessions({ auth, prisma }, headers(), actor, which, new Date()),
    cookie: () => cookie,
    setCookie: () => setCookie,
  };
}
