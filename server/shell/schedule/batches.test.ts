import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ROLES } from "#domain/access/permission/permission.ts";
import { findActors } from "#server/access/identity/queries.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { useDatabase, type Database } from "#server/base/db/database.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { applyRetention } from "#server/gather/retention/service.ts";
import { makeDigests } from "#server/gather/task/digest-writer.ts";
import { listTasks, listTasksOf } from "#server/gather/task/queries.ts";
import { markLeaversAt } from "#server/people/directory/job.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { createPostgresqlDatabase, describeOnEachDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { fillBody, idOf } from "#server/testing/large-body.ts";
import { addPerson, asSignedIn } from "#server/testing/people.ts";
import { stopAfter } from "#server/testing/stop-after.ts";
import { startStatementProxy } from "#scripts/test-statements.mjs";

const OFFICE_TIME = new Date("2026-12-01T10:00:00Z");
const LONG_AGO = new Date("2020-01-01T12:00:00Z");

describe.runIf(ENGINES.includes("postgresql"))("timed work in a body of a thousand people", () => {
  const BODY = "example-borough";
  /** Statements in a batch, without BEGIN and COMMIT. */
  const MOST_FOR_DIGESTS = 40;
  const MOST_FOR_LEAVERS = 21;
  let database: Database;
  let proxy: Awaited<ReturnType<typeof startStatementProxy>>;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    await serveRealContent();
    const made = await createPostgresqlDatabase();
    drop = made.drop;
    await (await openPostgresql(made.url, MIGRATIONS)).close();
    const client = new pg.Client({ connectionString: made.sessionUrl });
    await client.connect();
    const policies = (await loadContent()).policies
      .filter(({ versions: [first] }) => first?.frontMatter.body === BODY)
      .map(({ slug, versions }) => ({ slug, versions: versions.filter(({ isPublished }) => isPublished).slice(0, 2) }));
    await fillBody(client, { body: BODY, employer: BODY, people: 1_000, policies }, () => {});
    await client.query(`
      UPDATE "Incident" SET "closedAt" = NULL;
      UPDATE "ChatGroup" SET "decidedAt" = now() - interval '200 days';
      DELETE FROM "ClearDown" WHERE substr("groupId", 12)::int % 2 = 0`); // so some are due
    await client.end();
    proxy = await startStatementProxy(made.url);
    database = await openPostgresql(proxy.url, MIGRATIONS);
  });
  beforeEach(() => {
    vi.spyOn(clock, "now").mockReturnValue(OFFICE_TIME);
    useDatabase(database);
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(async () => {
    useDatabase(undefined);
    await database.close();
    await proxy.close();
    await drop();
  });

  const statementsOf = async (run: () => Promise<unknown>) => {
    proxy.statements.length = 0;
    await run();
    return proxy.statements.length;
  };
  const plainIds = async (take: number, skip = 0) => {
    const where = { body: BODY, status: "active" as const, roles: { equals: ["employee"] } };
    const rows = await database.prisma.person.findMany({
      where,
      select: { id: true },
      orderBy: { id: "asc" },
      take,
      skip,
    });
    return rows.map(({ id }) => id);
  };

  it("finds the same tasks for many people as for each of them", async () => {
    const inGroups = await database.prisma.groupMember.findMany({ where: { role: "administrator" } });
    const requests = await database.prisma.exception.findMany({ select: { requesterId: true } });
    const reports = await database.prisma.incident.findMany({ select: { reporterId: true } });
    const actors = await findActors([
      ...ROLES.map(idOf),
      ...(await plainIds(40)),
      ...inGroups.flatMap(({ personId }) => personId ?? []),
      ...requests.map(({ requesterId }) => requesterId),
      ...reports.map(({ reporterId }) => reporterId),
    ]);
    const tasksOf = await listTasksOf(actors);
    const kinds = new Set<string>();
    for (const actor of actors) {
      const alone = await listTasks(actor);
      expect(tasksOf(actor), actor.personId).toEqual(alone);
      expect(await listTasks(await asSignedIn(database, actor)), `${actor.personId}, signed in`).toEqual(alone);
      for (const { kind } of alone) kinds.add(kind);
    }
    for (const kind of ["acknowledge", "confirm-hold", "clear-down", "finish-incident", "decide-exception"])
      expect(kinds, "is among them").toContain(kind);
  });

  it("asks the database as often for the tasks of two hundred people as of twenty", async () => {
    // What few people have is asked for one by one: it grows with such requests and reports, not with people.
    await database.prisma.exception.deleteMany();
    await database.prisma.incident.deleteMany();
    const actors = await findActors(await plainIds(200));
    const few = await statementsOf(() => listTasksOf(actors.slice(0, 20)));
    const many = await statementsOf(() => listTasksOf(actors));
    expect(few).toBeLessThanOrEqual(MOST_FOR_DIGESTS);
    expect(many).toBeLessThanOrEqual(MOST_FOR_DIGESTS);
  });

  it("writes digests with so many statements a batch, however many people are in it", async () => {
    const others = { body: BODY, NOT: { id: { in: await plainIds(200) } } };
    await database.prisma.person.updateMany({ where: others, data: { status: "left" } });
    const sent = await statementsOf(async () =>
      expect(await makeDigests(OFFICE_TIME, 100)).toMatchObject({ looked: 200 }),
    );
    expect(sent, proxy.statements.join("\n\n")).toBeLessThanOrEqual(2 * MOST_FOR_DIGESTS);
  });

  it("marks leavers with so many statements a batch, where they are in no groups and under no hold", async () => {
    const ids = await plainIds(100, 100);
    await database.prisma.groupMember.deleteMany({ where: { personId: { in: ids } } });
    await database.prisma.hold.deleteMany();
    await database.prisma.person.updateMany({ where: { id: { in: ids } }, data: { leavesOn: "2026-11-01" } });
    const sent = await statementsOf(async () => expect(await markLeaversAt(OFFICE_TIME, 50)).toBe("100 left"));
    expect(sent, proxy.statements.join("\n\n")).toBeLessThanOrEqual(2 * MOST_FOR_LEAVERS + 3);
  });
});

describeOnEachDatabase("timed work that is stopped after any batch, and begun again", (database) => {
  const PEOPLE = Array.from({ length: 7 }, (_, number) => `p${number}`);
  beforeEach(async () => {
    await serveRealContent();
    vi.spyOn(clock, "now").mockReturnValue(OFFICE_TIME);
    for (const id of PEOPLE) await addPerson(database(), id, { joinedAt: LONG_AGO });
  });
  afterEach(() => vi.restoreAllMocks());

  /** @param step so many transactions more each time @returns how often it was stopped */
  async function runAgainAndAgain(run: () => Promise<unknown>, step = 1): Promise<number> {
    for (let stops = 0; stops < 100; stops++) {
      useDatabase(stopAfter(database(), 1 + stops * step));
      const outcome = await run().then(
        () => "done",
        (error: Error) => error.message,
      );
      useDatabase(database());
      if (outcome === "done") return stops;
      expect(outcome).toMatch(/The server was stopped|could not be made/);
    }
    throw new Error("It never ended.");
  }
  const subjectsOf = async (event: string) =>
    (await database().prisma.evidence.findMany({ where: { event } })).map(({ subject }) => subject).sort();

  it("leaves nobody without a digest, and sends nobody two", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    expect(await runAgainAndAgain(() => makeDigests(OFFICE_TIME, 2))).toBeGreaterThan(1);
    const mails = await database().prisma.mail.findMany({ select: { personId: true } });
    expect(mails.map(({ personId }) => personId).sort()).toEqual(PEOPLE);
  });

  it("marks everybody as having left once", async () => {
    await database().prisma.person.updateMany({ data: { leavesOn: "2026-11-01" } });
    const policy = { policy: "nao", version: "1", hash: "a".repeat(64) };
    const group = { id: "g", reference: "GRP-1", body: "nao", requesterId: "p0", startKey: "key", ...policy };
    const words = { name: "Rotas", purpose: "Rotas", kind: "team" as const, app: "WhatsApp", reviewOn: "2027-01-01" };
    await database().prisma.chatGroup.create({
      data: { ...group, ...words, state: "approved", requestedAt: LONG_AGO, decidedAt: LONG_AGO, decidedById: "p2" },
    });
    await database().prisma.groupMember.create({
      data: { id: "m", groupId: "g", personId: "p1", role: "member", addedAt: LONG_AGO, consentedAt: LONG_AGO },
    });
    expect(await runAgainAndAgain(() => markLeaversAt(OFFICE_TIME, 2))).toBeGreaterThan(1);
    expect(await database().prisma.person.count({ where: { status: "active" } })).toBe(0);
    expect(await subjectsOf("person.left")).toEqual(PEOPLE);
    expect(await subjectsOf("group.removal-wanted")).toEqual(["GRP-1"]);
  });

  it("replaces every leaver's name once", async () => {
    await database().prisma.person.updateMany({ data: { status: "left", updatedAt: LONG_AGO } });
    const question = {
      body: "nao",
      policy: "nao",
      version: "1",
      hash: "a".repeat(64),
      clause: "1.1",
      askedAt: OFFICE_TIME,
    };
    const asks = { personId: "p0", startKey: "key", question: "Does Person p6 know, and person P1?" };
    await database().prisma.clauseQuestion.create({ data: { id: "q", reference: "ASK-1", ...question, ...asks } });
    expect(await runAgainAndAgain(() => applyRetention(OFFICE_TIME, 2), 30)).toBeGreaterThan(1);
    expect(await subjectsOf("person.pseudonymised")).toEqual(PEOPLE);
    const { question: words } = await database().prisma.clauseQuestion.findUniqueOrThrow({ where: { id: "q" } });
    expect(words).toMatch(/^Does Former employee \w{4} know, and Former employee \w{4}\?$/);
  });
});
