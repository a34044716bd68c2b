import { AsyncLocalStorage } from "node:async_hooks";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { RECENT_SIGN_IN_ACTS } from "#domain/access/identity/recent-sign-in.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { makeToken } from "#server/access/api-token/service.ts";
import { addByHand, changeDetails, changeTeam, type TypedDetails } from "#server/people/directory/detail-service.ts";
import { confirmImport, savePendingImport } from "#server/people/directory/import-service.ts";
import { changeRoles } from "#server/people/directory/service.ts";
import { eventBy } from "#domain/evidence/journal/event.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { exportEvidence } from "#server/evidence/journal/export-service.ts";
import { approveException } from "#server/policy/exception/service.ts";
import { releaseAccount } from "./account-service.ts";
import { takeSigner } from "#server/evidence/signing-key/signer.ts";
import { revokeSigningKey, rotateSigningKey } from "#server/evidence/signing-key/service.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { exceptionAwaitingApproval, HIGH_RISK } from "#server/testing/exceptions.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { shared } from "#server/base/process-shared.mjs";
import type { RequestContext } from "#server/base/request/context.ts";
import { NotRecentlySignedIn, recentSignInGuard } from "./session.ts";

const requests = new AsyncLocalStorage<RequestContext>();
const MINUTE_MS = 60_000;

/** Runs something as a request by somebody who signed in this many minutes ago; null if that is unknown. */
function signedInBefore<Result>(minutes: number | null, actor: Actor, act: () => Promise<Result>): Promise<Result> {
  const provedAt = minutes === null ? null : new Date(Date.now() - minutes * MINUTE_MS);
  const context = { id: "r", address: "/", calls: new Set<never>(), hasDatabaseFailed: false, isCommitting: false };
  return requests.run({ ...context, requireForActs: recentSignInGuard(actor.personId, provedAt) }, act);
}

describeOnEachDatabase("acts that need a recent sign-in", (database) => {
  let administrator: Actor;
  let officer: Actor;
  beforeAll(() => void (shared.requests = requests));
  afterAll(() => void delete shared.requests);
  beforeEach(async () => {
    administrator = await addPerson(database(), "admin", { roles: ["employee", "administrator"] });
    officer = await addPerson(database(), "officer", { roles: ["employee", "governance-officer"] });
    await addPerson(database(), "ann");
    await addTeam(database(), "roads");
  });

  const details = (more: Partial<TypedDetails>): TypedDetails => ({
    email: "ann@nao.invalid",
    name: "Ann",
    employer: "National Audit Office",
    team: "",
    manager: "",
    kind: "employee",
    startsOn: "",
    leavesOn: "",
    awayUntil: "",
    ...more,
  });
  const day = (day: string) => ({ kind: "day", day }) as const;
  const token = (scope: string) => ({ name: "A program", scopes: [scope], days: "30" });

  interface Act {
    name: string;
    event: keyof typeof RECENT_SIGN_IN_ACTS;
    actor: () => Actor;
    /** Prepares everything, and returns the act itself. */
    ready: () => Promise<() => Promise<unknown>>;
  }
  const byAdministrator = (name: string, event: Act["event"], act: () => Promise<unknown>): Act => {
    return { name, event, actor: () => administrator, ready: () => Promise.resolve(act) };
  };
  const webhookWith = (event: "webhook.made" | "webhook.changed", hasNames: boolean) => {
    const done = eventBy(administrator, new Date(), event, "HOK-2222-2222", { data: { hasNames } });
    return transact(() => Promise.resolve({ result: event, evidence: [done] }));
  };
  const ACTS: readonly Act[] = [
    byAdministrator("changing roles", "person.roles-changed", () => changeRoles(administrator, "ann", ["auditor"])),
    byAdministrator("adding somebody with a role", "person.added", () =>
      addByHand(administrator, details({ email: "new@nao.invalid" }), ["auditor"]),
    ),
    byAdministrator("naming a line manager, who gets the role", "person.roles-changed", () =>
      changeDetails(administrator, "ann", details({ manager: "officer@nao.invalid" })),
    ),
    byAdministrator("naming a team's manager, who gets the role", "person.roles-changed", () =>
      changeTeam(administrator, "roads", { name: "Team roads", manager: "officer@nao.invalid" }),
    ),
    {
      name: "taking over a list that changes roles",
      event: "person.roles-changed",
      actor: () => administrator,
      ready: async () => {
        const lines = [
          "email;name;roles",
          ...["admin", "officer", "ann"].map(
            (id) => `${id}@nao.invalid;Person ${id};${id === "admin" ? "administrator" : "auditor"}`,
          ),
        ];
        const bytes = new TextEncoder().encode(lines.join("\n"));
        const kept = await savePendingImport(administrator, { name: "people.csv", bytes });
        return () => confirmImport(administrator, kept && "id" in kept ? kept.id : "", true);
      },
    },
    {
      name: "confirming roles as they are",
      event: "person.roles-confirmed",
      actor: () => administrator,
      ready: async () => {
        await database().prisma.person.update({ where: { id: "ann" }, data: { rolesUnconfirmedSince: new Date() } });
        return () => changeRoles(administrator, "ann", ["employee"]);
      },
    },
    {
      name: "releasing somebody from their work account",
      event: "account.released",
      actor: () => administrator,
      ready: async () => {
        const data = { id: "a", providerId: "https://provider.invalid", accountId: "1", personId: "ann" };
        await database().prisma.account.create({ data });
        return () => releaseAccount(administrator, "ann");
      },
    },
    byAdministrator("making a token that changes the directory", "api-token.made", () =>
      makeToken(administrator, token("directory"), "key"),
    ),
    byAdministrator("making a token that reads names in the registers", "api-token.made", () =>
      makeToken(administrator, token("registers:people"), "key"),
    ),
    ...(["webhook.made", "webhook.changed"] as const).map((event) =>
      byAdministrator(`having names and texts sent outside: ${event}`, event, () => webhookWith(event, true)),
    ),
    {
      name: "exporting the evidence",
      event: "evidence.exported",
      actor: () => officer,
      ready: async () => {
        await takeSigner("nao"); // the first export makes a key, on behalf of the portal
        const today = calendarDay(new Date());
        return () => exportEvidence(officer, { from: day(today), until: day(today), holds: "texts" });
      },
    },
    {
      name: "having another key sign",
      event: "signing-key.made",
      actor: () => administrator,
      ready: async () => {
        const { kid } = await takeSigner("nao");
        return () => rotateSigningKey(administrator, kid);
      },
    },
    {
      name: "revoking a key",
      event: "signing-key.revoked",
      actor: () => administrator,
      ready: async () => {
        const { kid } = await takeSigner("nao");
        return () => revokeSigningKey(administrator, { kid, because: "superseded" });
      },
    },
    {
      name: "signing a version that is to be published",
      event: "policy.signed",
      actor: () => officer,
      ready: () => {
        const signed = eventBy(officer, new Date(), "policy.signed", "PRO-2222-2222");
        return Promise.resolve(() => transact(() => Promise.resolve({ result: null, evidence: [signed] })));
      },
    },
    {
      name: "approving an exception at high risk",
      event: "exception.approved",
      actor: () => officer,
      ready: async () => {
        const asker = await addPerson(database(), "asker");
        const reference = await exceptionAwaitingApproval(asker, "high", HIGH_RISK);
        const { revision } = await database().prisma.exception.findUniqueOrThrow({ where: { reference } });
        const until = addDays(calendarDay(new Date()), 10);
        const approval = { reason: "It has to be done.", conditions: [], until };
        return () => approveException(officer, reference, revision, approval);
      },
    },
  ];

  it("covers every act of the table", () => {
    const { "exception.approved-in-part": _sameService, ...acts } = RECENT_SIGN_IN_ACTS;
    expect(new Set(ACTS.map(({ event }) => event))).toEqual(new Set(Object.keys(acts)));
  });

  it.each(ACTS)("$name", async ({ event, actor, ready }) => {
    const act = await ready();
    const { prisma } = database();
    const written = () => prisma.evidence.count();
    const before = await written();
    for (const minutes of [16, 720, null]) {
      await expect(signedInBefore(minutes, actor(), act), String(minutes)).rejects.toThrow(NotRecentlySignedIn);
      expect(await written(), "nothing is written").toBe(before);
    }
    await signedInBefore(14, actor(), act);
    expect(await prisma.evidence.count({ where: { event } })).toBeGreaterThan(0);
  });

  it("are the only ones: acts that change no rights, and those of commands and programs, need none", async () => {
    const old = <Result>(act: () => Promise<Result>) => signedInBefore(600, administrator, act);
    expect(await old(() => addByHand(administrator, details({ email: "new@nao.invalid" }), []))).toMatchObject({
      code: "done",
    });
    expect(await old(() => changeDetails(administrator, "ann", details({ name: "Anne" })))).toMatchObject({
      code: "done",
    });
    for (const scope of ["policies:read", "registers:read"])
      expect(await old(() => makeToken(administrator, token(scope), scope))).toMatchObject({ code: "made" });
    expect(await old(() => webhookWith("webhook.made", false))).toBe("webhook.made");
    const asker = await addPerson(database(), "asker");
    const reference = await exceptionAwaitingApproval(asker, "medium");
    const { revision } = await database().prisma.exception.findUniqueOrThrow({ where: { reference } });
    const approval = { reason: "It fits.", conditions: [], until: addDays(calendarDay(new Date()), 10) };
    expect(
      await signedInBefore(600, officer, () => approveException(officer, reference, revision, approval)),
    ).toMatchObject({ ok: true });
    expect(await changeRoles(administrator, "ann", ["auditor"])).toMatchObject({ code: "done" });
  });
});
