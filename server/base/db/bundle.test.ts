import { AsyncLocalStorage } from "node:async_hooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { shared } from "#server/base/process-shared.mjs";
import type { RequestContext } from "#server/base/request/context.ts";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { startStatementProxy } from "#scripts/test-statements.mjs";
import type { Database } from "./database.ts";
import { openPostgresql } from "./postgresql.ts";

// As in server/shell/http/request-context.mjs.
const requests = new AsyncLocalStorage<RequestContext>();
const asRequest = <Result>(run: () => Promise<Result>): Promise<Result> =>
  requests.run({ id: "test", address: "/", calls: new Set(), hasDatabaseFailed: false, isCommitting: false }, run);

const AT = new Date("2026-11-29T10:20:30.123Z");
const person = (id: string, more: object = {}) => ({
  id,
  body: "nao",
  employer: "NAO",
  name: `Person ${id}`,
  email: `${id}@nao.invalid`,
  roles: ["employee"],
  ...more,
});

describe.runIf(ENGINES.includes("postgresql"))("what a request asks of PostgreSQL at once", () => {
  let database: Database;
  let proxy: Awaited<ReturnType<typeof startStatementProxy>>;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    shared.requests = requests;
    const created = await createPostgresqlDatabase();
    drop = created.drop;
    proxy = await startStatementProxy(created.url);
    database = await openPostgresql(proxy.url, MIGRATIONS);
    const { prisma } = database;
    await prisma.team.create({ data: { id: "t", body: "nao", name: `Team "one", it's $1 (two)` } });
    const roles = ["employee", `a "quoted", {role}`];
    await prisma.person.create({ data: person("a", { name: "Zoë\n\\ 𝒵", roles, teamId: "t", createdAt: AT }) });
    await prisma.person.create({ data: person("b", { isSample: true, startsOn: "2026-01-01", status: "left" }) });
    const session = { id: "s", token: "token", personId: "a", expiresAt: AT, createdAt: AT, provedAt: null };
    await prisma.session.create({ data: session });
    const values = { a: ["x", null, 1.5], "b c": { d: true } };
    await prisma.formInput.create({
      data: { id: "f", personId: "a", path: "/", values, errors: [], createdAt: AT },
    });
    await prisma.rateLimit.create({ data: { key: "k", points: -7, expire: AT } });
  });
  beforeEach(() => void (proxy.statements.length = 0));
  afterAll(async () => {
    await database.close();
    await proxy.close();
    await drop();
    delete shared.requests;
  });

  it("goes to it as one statement, and comes back as it would by itself", async () => {
    const { prisma } = database;
    const questions = [
      () => prisma.person.findMany({ orderBy: { id: "desc" }, include: { team: true, sessions: true } }),
      () => prisma.person.findMany({ where: { name: { contains: "$1" } } }),
      () =>
        prisma.team.findUnique({ where: { id: "t" }, include: { members: { select: { name: true, roles: true } } } }),
      () => prisma.session.findFirst({ where: { person: { body: "nao" }, expiresAt: { lte: AT } } }),
      () => prisma.formInput.findMany(),
      () => prisma.rateLimit.findMany({ where: { expire: AT }, take: 1, skip: 0 }),
      () => prisma.person.count({ where: { status: "active" } }),
      () =>
        prisma.person.groupBy({ by: ["status"], _count: true, _max: { createdAt: true }, orderBy: { status: "asc" } }),
      () => prisma.rateLimit.aggregate({ _sum: { points: true }, _avg: { points: true } }),
      () => prisma.account.findMany({ where: { personId: { in: ["a", "b", "c"] } } }),
    ];
    const alone: unknown[] = [];
    for (const question of questions) alone.push(await question());
    expect(proxy.statements).toHaveLength(questions.length);
    proxy.statements.length = 0;
    const together = await asRequest(() => Promise.all(questions.map((question) => question())));
    expect(proxy.statements).toHaveLength(1);
    expect(together).toEqual(alone);
    expect(together[0]).toMatchObject([{ id: "b" }, { id: "a", name: "Zoë\n\\ 𝒵", sessions: [{ createdAt: AT }] }]);
  });

  it("is never what another request asks", async () => {
    const { prisma } = database;
    const ask = (id: string) =>
      asRequest(() =>
        Promise.all([
          prisma.person.findMany({ where: { id }, select: { name: true } }),
          prisma.session.findMany({ where: { personId: id }, select: { token: true } }),
        ]),
      );
    const answers = await Promise.all(["a", "b", "a", "c"].map(ask));
    const of = { a: [[{ name: "Zoë\n\\ 𝒵" }], [{ token: "token" }]], b: [[{ name: "Person b" }], []], c: [[], []] };
    expect(answers).toEqual([of.a, of.b, of.a, of.c]);
    expect(proxy.statements).toHaveLength(4);
    for (const statement of proxy.statements) expect(statement.match(/ AS r\d/g)).toHaveLength(2);
  });

  it("holds nothing that writes, locks, or belongs to a transaction; what is wrong in one thing leaves the others", async () => {
    const { prisma } = database;
    const outcomes = await asRequest(() =>
      Promise.allSettled([
        prisma.team.count(),
        prisma.person.findFirst({ where: { id: "nul \0" } }),
        prisma.team.findMany({ select: { id: true } }),
        prisma.team.create({ data: { id: "u", body: "nao", name: "Other" } }),
        prisma.$transaction(async (tx) => [await tx.team.count(), await tx.person.count()]),
        prisma.$queryRaw`SELECT id AS "id" FROM "Person" WHERE id = 'a' FOR UPDATE`,
      ]),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "fulfilled",
    ]);
    expect(outcomes[5]).toMatchObject({ value: [{ id: "a" }] });
    expect(
      proxy.statements.filter((text) => / AS r1/.test(text)),
      "tried once",
    ).toHaveLength(1);
    expect(proxy.statements.filter((text) => / AS r/.test(text) && /INSERT|FOR UPDATE/.test(text))).toEqual([]);
  });

  it("outside a request goes by itself", async () => {
    await Promise.all([database.prisma.team.count(), database.prisma.person.count()]);
    expect(proxy.statements).toHaveLength(2);
  });
});
