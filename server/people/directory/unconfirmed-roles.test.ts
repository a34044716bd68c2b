import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { lapseDay } from "#domain/access/identity/unconfirmed-roles.ts";
import type { Actor, Role } from "#domain/access/permission/permission.ts";
import type { Oidc } from "#server/base/environment/environment.mjs";
import { clock } from "#server/base/clock.ts";
import { forgetProvider } from "#server/access/identity/provider.ts";
import { beginSignIn, finishSignIn } from "#server/access/identity/provider-service.ts";
import { findInvolvements } from "#server/gather/own-data/repository.ts";
import { serveBody, serveRealContent } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import {
  goThroughProvider,
  startIdentityProvider,
  type IdentityProvider,
  type ProviderAccount,
} from "#server/testing/identity-provider.ts";
import { addPerson as addActor } from "#server/testing/people.ts";
import { addPerson as add, changePerson as change } from "./person-change.ts";
import { getDirectory } from "./queries.ts";
import { lapseUnconfirmedRoles } from "./role-job.ts";
import { listUnconfirmedRoleTasks } from "./role-queries.ts";
import { changeRoles } from "./service.ts";

const PORTAL = "http://127.0.0.1:3999";
const DAY_MS = 86_400_000;
const OVERAGE = { _claim_names: { groups: "src1" } };
const OFFICER: Role[] = ["employee", "governance-officer"];

describeOnEachDatabase("roles that the groups of a sign-in do not say", (database) => {
  let provider: IdentityProvider;
  let account: ProviderAccount;
  let settings: Oidc;
  let administrator: Actor;
  beforeEach(async () => {
    await serveRealContent();
    account = { email: "officer@nao.invalid", name: "Olu Sample", groups: ["ig"] };
    provider = await startIdentityProvider(PORTAL, [account]);
    const { issuer, clientId, clientSecret } = provider;
    const groupRoles = new Map([["ig", "governance-officer"]]);
    const names = { emailClaim: "email", groupsClaim: "groups", groupRoles, groupBodies: new Map() };
    settings = { issuer, clientId, clientSecret, ...names, trustsEmail: false, required: [] };
    forgetProvider();
    administrator = await addActor(database(), "admin", { roles: ["employee", "administrator"] });
    await addActor(database(), "officer", { roles: OFFICER });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await provider.close();
  });

  const signIn = async () => {
    const context = { settings, bodies: ["nao"], redirectUri: `${PORTAL}/sign-in/callback` };
    const begun = await beginSignIn(context, "/");
    if ("why" in begun) throw new Error(begun.why);
    const answer = await goThroughProvider(begun.url, { login: account.email }, PORTAL);
    const done = await finishSignIn(context, answer, begun.state, { add, change });
    expect(done).toMatchObject({ code: "signed-in", personId: "officer" });
  };
  const signInWithout = (claims: Record<string, unknown> = {}) => {
    Object.assign(account, { groups: null, claims });
    return signIn();
  };
  const find = () => database().prisma.person.findUniqueOrThrow({ where: { id: "officer" } });
  const events = async () => {
    const rows = await database().prisma.evidence.findMany({ orderBy: { position: "asc" } });
    return rows.filter(({ event }) => event.startsWith("person.")).map(({ event, actor }) => `${event} ${actor}`);
  };
  const told = async (personId: string) =>
    (await database().prisma.notice.findMany({ where: { personId }, orderBy: { createdAt: "asc" } })).map(
      ({ kind }) => kind,
    );
  const later = (days: number) => vi.spyOn(clock, "now").mockReturnValue(new Date(Date.now() + days * DAY_MS));

  it.each([
    ["missing", {}],
    ["overage", OVERAGE],
  ])(
    "stay for now where the claim is %s; the person is told, administrators have a task, once",
    async (why, claims) => {
      for (const _ of [1, 2]) await signInWithout(claims);
      expect(await find()).toMatchObject({ roles: OFFICER, rolesUnconfirmedWhy: why });
      expect(await events()).toEqual(["person.roles-unconfirmed portal"]);
      expect((await told("officer")).filter((kind) => kind === "roles-unconfirmed")).toHaveLength(1);
      const [task, ...more] = await listUnconfirmedRoleTasks(administrator);
      expect(more).toEqual([]);
      expect(task).toMatchObject({
        kind: "confirm-roles",
        due: lapseDay(new Date()),
        href: "/admin/people/officer",
        titleOutside: "Confirm the roles of somebody",
      });
      expect(task?.reason).toContain("governance officer until");
      const officer = { ...administrator, personId: "officer", roles: OFFICER };
      expect(await listUnconfirmedRoleTasks(officer)).toEqual([]);
      const found = await getDirectory(administrator, { state: "unconfirmed" });
      expect((await found?.page(null))?.rows.map(({ id }) => id)).toEqual(["officer"]);
      expect((await findInvolvements(database().prisma, "officer")).rolesUnconfirmedWhy).toBe(why);
    },
  );

  it("are confirmed by the next list of groups, and removed by an empty one", async () => {
    await signInWithout();
    Object.assign(account, { groups: ["ig"] });
    await signIn();
    expect(await find()).toMatchObject({ roles: OFFICER, rolesUnconfirmedSince: null });
    expect(await listUnconfirmedRoleTasks(administrator)).toEqual([]);
    await signInWithout();
    Object.assign(account, { groups: [] });
    await signIn();
    expect(await find()).toMatchObject({ roles: ["employee"], rolesUnconfirmedSince: null });
    expect(await events()).toEqual([
      "person.roles-unconfirmed portal",
      "person.roles-confirmed portal",
      "person.roles-unconfirmed portal",
      "person.roles-changed portal",
    ]);
  });

  it("are confirmed by an administrator who saves them, but not by the person themselves", async () => {
    await signInWithout();
    const self = { ...administrator, personId: "officer", roles: [...OFFICER, "administrator" as const] };
    await changeRoles(self, "officer", OFFICER);
    expect((await find()).rolesUnconfirmedSince).not.toBeNull();
    expect(await changeRoles(administrator, "officer", OFFICER)).toEqual({ code: "done" });
    expect(await find()).toMatchObject({ roles: OFFICER, rolesUnconfirmedSince: null });
    expect(await events()).toEqual(["person.roles-unconfirmed portal", "person.roles-confirmed admin"]);
    later(31);
    expect(await lapseUnconfirmedRoles.run(clock.now())).toBe("No roles lapsed");
  });

  it("lapse after thirty days, or what the body's file says, with evidence and a notice, once", async () => {
    await signInWithout();
    later(29);
    expect(await lapseUnconfirmedRoles.run(clock.now())).toBe("No roles lapsed");
    later(30);
    expect(await lapseUnconfirmedRoles.run(clock.now())).toBe("The roles of 1 lapsed");
    expect(await lapseUnconfirmedRoles.run(clock.now())).toBe("No roles lapsed");
    expect(await find()).toMatchObject({ roles: ["employee"], rolesUnconfirmedSince: null });
    expect(await events()).toEqual(
      expect.arrayContaining(["person.roles-lapsed portal", "person.roles-changed portal"]),
    );
    expect(await told("officer")).toContain("roles-changed");
    vi.restoreAllMocks();
    await database().prisma.person.update({ where: { id: "officer" }, data: { roles: OFFICER } });
    await signInWithout();
    await serveBody("nao", { unconfirmedRolesLimitDays: 2 });
    later(2);
    expect(await lapseUnconfirmedRoles.run(clock.now())).toBe("The roles of 1 lapsed");
  });

  it("leave a body its last administrator", async () => {
    await database().prisma.person.update({ where: { id: "admin" }, data: { status: "left" } });
    const roles: Role[] = ["employee", "auditor", "administrator"];
    await database().prisma.person.update({ where: { id: "officer" }, data: { roles } });
    await signInWithout();
    later(30);
    expect(await lapseUnconfirmedRoles.run(clock.now())).toBe("The roles of 1 lapsed");
    expect((await find()).roles).toEqual(["employee", "administrator"]);
  });

  it("are no question for employees without a role, and where roles come from the directory", async () => {
    await database().prisma.person.update({ where: { id: "officer" }, data: { roles: ["employee"] } });
    await signInWithout();
    settings = { ...settings, groupRoles: new Map() };
    await database().prisma.person.update({ where: { id: "officer" }, data: { roles: OFFICER } });
    await signInWithout(OVERAGE);
    expect((await find()).rolesUnconfirmedSince).toBeNull();
    expect(await events()).toEqual([]);
  });

  it("are one task where they are many people's", async () => {
    const since = new Date();
    for (const id of ["a", "b", "c", "d", "e", "f"]) {
      await addActor(database(), id, { roles: ["employee", "auditor"] });
      await database().prisma.person.update({ where: { id }, data: { rolesUnconfirmedSince: since } });
    }
    expect(await listUnconfirmedRoleTasks(administrator)).toMatchObject([
      { title: "Confirm the roles of 6 people", href: "/admin/people?state=unconfirmed" },
    ]);
  });
});
