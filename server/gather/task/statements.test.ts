import { AsyncLocalStorage } from "node:async_hooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Actor, ROLES } from "#domain/access/permission/permission.ts";
import { createAuth, type Auth } from "#server/access/identity/auth.ts";
import { seedSamplePeople } from "#server/access/identity/seed.ts";
import { identify } from "#server/access/identity/service.ts";
import { getDecidingTable } from "#server/answers/known-answer/queries.ts";
import { keepReceipt } from "#server/answers/receipt/service.ts";
import { resultToKeep } from "#server/answers/receipt/queries.ts";
import { loadContent } from "#server/base/content/store.ts";
import { clock } from "#server/base/clock.ts";
import { useDatabase, type Database } from "#server/base/db/database.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { shared } from "#server/base/process-shared.mjs";
import type { RequestContext } from "#server/base/request/context.ts";
import { getDesk } from "#server/gather/desk/queries.ts";
import { listNews } from "#server/evidence/notice/queries.ts";
import { getOwnStanding } from "#server/policy/acknowledgement/queries.ts";
import { getOwnLineManager } from "#server/people/directory/manager-queries.ts";
import { approveException } from "#server/policy/exception/service.ts";
import { findException } from "#server/policy/exception/repository.ts";
import { getMatrixPage } from "#server/policy/policy/matrix-queries.ts";
import { getPolicy, listPolicies } from "#server/policy/policy/queries.ts";
import { listNotes } from "#server/policy/question/queries.ts";
import { searchPolicies } from "#server/policy/search/queries.ts";
import { getCurrentActivity } from "#server/registers/continuity/queries.ts";
import { declareActivity } from "#server/registers/continuity/service.ts";
import { listOwnHolds } from "#server/registers/hold/queries.ts";
import { listFailedJobs } from "#server/shell/schedule/queries.ts";
import { limitRequest } from "#server/shell/limit/service.ts";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { exceptionAwaitingApproval } from "#server/testing/exceptions.ts";
import { addGroupToClear } from "#server/testing/hold-groups.ts";
import { startStatementProxy } from "#scripts/test-statements.mjs";
import { makeSampleDirectory } from "../../../prisma/seed/sample-people.ts";
import { getOwnFeed, listTasks } from "./queries.ts";

const MOST = 4;
const SLUG = "nao";
const bodies = [{ slug: SLUG, employers: ["National Audit Office"] }];
const { people } = makeSampleDirectory(bodies);
const inRole = (role: string, nth = 0) =>
  people.filter(({ roles, status }) => status === "active" && roles.length === 1 && roles.some((one) => one === role))[
    nth
  ]?.id ?? "";

// As in server/shell/http/request-context.mjs.
const requests = new AsyncLocalStorage<RequestContext>();

const home = (actor: Actor) =>
  Promise.all([listPolicies(actor), getDesk(actor), listNews(actor), listFailedJobs(actor)]);

/** What each page asks in addition to its frame. */
const PAGES: Record<string, (actor: Actor) => Promise<unknown>> = {
  home,
  policy: async (actor) => {
    const policy = await getPolicy(actor, SLUG);
    return policy && Promise.all([getOwnStanding(actor, SLUG), listNotes(actor, policy.version), listOwnHolds(actor)]);
  },
  wizard: async (actor) => {
    const policy = await getPolicy(actor, SLUG);
    if (!policy) return null;
    const [{ activity, chats, exceptionFor, table }, holds, manager] = await Promise.all([
      getDecidingTable(actor, policy),
      listOwnHolds(actor),
      getOwnLineManager(actor),
    ]);
    return { activity, chats, holds, manager, exceptions: table.rules.flatMap((rule) => exceptionFor(rule) ?? []) };
  },
  matrix: async (actor) => (await getMatrixPage(actor, SLUG, {}))?.granted,
  tasks: (actor) => Promise.all([listNews(actor), getOwnFeed(actor), listOwnHolds(actor)]),
  search: (actor) => searchPolicies(actor, { words: "photo", policy: "", version: "" }),
};

describe.runIf(ENGINES.includes("postgresql"))("what a page sends to the database", () => {
  let database: Database;
  let proxy: Awaited<ReturnType<typeof startStatementProxy>>;
  let drop: () => Promise<void>;
  let auth: Auth;
  const cookies: Record<string, string> = {};
  const busy = inRole("employee");
  const idle = inRole("employee", 1);

  beforeAll(async () => {
    const created = await createPostgresqlDatabase();
    drop = created.drop;
    proxy = await startStatementProxy(created.url);
    database = await openPostgresql(proxy.url, MIGRATIONS);
    useDatabase(database);
    const { prisma } = database;
    await seedSamplePeople(prisma, bodies);
    const secret = "a secret of the tests, long enough for one";
    auth = createAuth({
      prisma,
      secret,
      appUrl: "http://localhost:3000",
      evaluation: true,
      bodies: [SLUG],
      sessionHours: 12,
    });
    for (const personId of [busy, idle]) cookies[personId] = await signIn(personId);
    await giveWork();
    shared.requests = requests;
  });
  afterAll(async () => {
    delete shared.requests;
    await database.close();
    await proxy.close();
    await drop();
  });

  async function signIn(personId: string): Promise<string> {
    const headers = new Headers();
    const answer = await auth.api.signInAsSamplePerson({ body: { personId }, headers, returnHeaders: true });
    return answer.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
  }

  async function actorOf(personId: string): Promise<Actor> {
    const context = { auth, prisma: database.prisma, bodies: [SLUG], evaluation: true, sessionIdleMinutes: 60 };
    const { actor } = await identify(context, new Headers({ cookie: cookies[personId] ?? "" }), clock.now());
    if (!actor) throw new Error(`${personId} is not signed in.`);
    return actor;
  }

  /** One of everything that a frame may mention. */
  async function giveWork(): Promise<void> {
    const { prisma } = database;
    const actor = await actorOf(busy);
    cookies["officer"] = await signIn(inRole("governance-officer"));
    const officer = await actorOf("officer");
    const reference = await exceptionAwaitingApproval(actor, "approved");
    const found = await findException(prisma, SLUG, reference);
    const approval = { reason: "It helps.", conditions: [], until: found?.wantedUntil ?? "" };
    expect(await approveException(officer, reference, found?.revision ?? 0, approval)).toEqual({ ok: true });
    await exceptionAwaitingApproval(actor, "waiting");
    const long = new Date(Date.now() - 100 * 24 * 60 * 60_000);
    await addGroupToClear(database, { administrators: [actor], at: long, policy: SLUG, clearEveryDays: 30 });
    const versions = (await loadContent()).policies.find(({ slug }) => slug === SLUG)?.versions ?? [];
    await prisma.policyRelease.createMany({
      data: versions.map(({ version, hash }) => ({ policy: SLUG, version, hash, body: SLUG, servedAt: long })),
    });
    await declareActivity(officer, { startKey: "a", title: "Flood", reason: "The network is down." });
    const hold = { id: "h", reference: "HLD-1", body: SLUG, placedById: officer.personId, startKey: "h" };
    const target = { id: "t", personId: busy };
    await prisma.hold.create({
      data: { ...hold, reason: "foi", keep: "All about the flood", placedAt: long, targets: { create: target } },
    });
    const policy = await getPolicy(actor, SLUG);
    const answers = { device: "work", purpose: "file" };
    const result = policy && resultToKeep(policy, await getDecidingTable(actor, policy), answers);
    const sent = { slug: SLUG, answers, fingerprint: result?.fingerprint ?? "", startKey: "r", words: "" };
    expect(await keepReceipt(actor, sent)).toMatchObject({ code: "kept" });
    await prisma.receipt.updateMany({ data: { hash: "0".repeat(64) } }); // of an earlier version
  }

  /** A page as a request asks for it: first who it is, then frame and page at the same time. */
  const load = (personId: string, name: string) => {
    const context = { id: name, address: "/", calls: new Set<never>(), hasDatabaseFailed: false, isCommitting: false };
    return requests.run(context, async () => {
      const cookie = cookies[personId] ?? "";
      if (name === "search") await limitRequest({ kind: "search", network: "10.0.0.1", cookie, authorization: null });
      const actor = await actorOf(personId);
      return Promise.all([listTasks(actor), getCurrentActivity(actor), PAGES[name]?.(actor)]);
    });
  };

  it.each(Object.keys(PAGES))("is at most four statements: %s", async (name) => {
    for (const personId of [busy, idle]) {
      proxy.statements.length = 0;
      const [tasks, activity] = await load(personId, name);
      expect(activity).toMatchObject({ title: "Flood" });
      expect(tasks.map(({ kind }) => kind).includes("confirm-hold")).toBe(personId === busy);
      expect(proxy.statements.length, proxy.statements.join("\n\n")).toBeLessThanOrEqual(
        personId === busy ? MOST : MOST - 1,
      );
    }
  });

  it.each(ROLES.filter((role) => role !== "employee"))("is at most four statements: home of %s", async (role) => {
    cookies[role] ??= await signIn(inRole(role));
    proxy.statements.length = 0;
    const [, , shown] = await load(role, "home");
    expect(shown).toEqual(
      expect.arrayContaining([expect.objectContaining({ isOwnTeam: expect.any(Boolean) as boolean })]),
    );
    expect(proxy.statements.length, proxy.statements.join("\n\n")).toBeLessThanOrEqual(MOST);
  });

  it("is for one person, however many ask at once", async () => {
    const names = Object.keys(PAGES);
    const alone = new Map<string, unknown>();
    for (const personId of [busy, idle])
      for (const name of names) alone.set(`${personId} ${name}`, await load(personId, name));
    expect(alone.get(`${busy} tasks`)).not.toEqual(alone.get(`${idle} tasks`));
    const asked = [1, 2, 3].flatMap(() => [...alone.keys()]);
    const answers = await Promise.all(
      asked.map((key) => {
        const [personId = "", name = ""] = key.split(" ");
        return load(personId, name);
      }),
    );
    asked.forEach((key, at) => expect(answers[at], key).toEqual(alone.get(key)));
  });
});
