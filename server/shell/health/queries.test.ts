import { afterEach, expect, it, vi } from "vitest";
import { forgetProvider } from "#server/access/identity/provider.ts";
import * as environment from "#server/base/environment/env.ts";
import { useDatabase, type Database } from "#server/base/db/database.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { useRunning } from "#server/shell/schedule/running.ts";
import { getHealth, getReadiness } from "./queries.ts";

const { version } = packageJson;

describeOnEachDatabase("getHealth", (database) => {
  it("is ok on a database that answers", async () => {
    expect(await getHealth()).toEqual({ status: "ok", database: "ok", version });
  });

  it("names the database when that fails, and nothing secret", async () => {
    const failing = { $queryRaw: () => Promise.reject(new Error("password=hunter2")) };
    useDatabase({ ...database(), prisma: failing as unknown as Database["prisma"] });
    expect(await getHealth()).toEqual({
      status: "error",
      database: "error: the database does not answer queries",
      version,
    });
  });

  it("answers in bounded time, and asks once, when the database hangs", async () => {
    let asked = 0;
    let answer = () => {};
    const waiting: (() => void)[] = [];
    const hanging = {
      $queryRaw: () => ((asked += 1), new Promise<void>((resolve) => (answer = resolve))),
      $queryRawUnsafe: () => new Promise<unknown[]>((resolve) => waiting.push(() => resolve([]))),
    };
    useDatabase({ ...database(), prisma: hanging as unknown as Database["prisma"] });
    const started = Date.now();
    const [first, second, readiness] = await Promise.all([getHealth(), getHealth(), getReadiness()]);
    expect(Date.now() - started).toBeLessThan(4_000);
    expect(first).toEqual({ status: "error", database: "error: no answer within 3 seconds", version });
    expect(second).toEqual(first);
    expect(readiness).toMatchObject({ status: "error", content: "ok" });
    expect(asked).toBe(1);
    answer();
    for (const answerAlso of waiting) answerAlso();
  });
});

describeOnEachDatabase("getReadiness", (database) => {
  it("is ok where database, migrations and content are there", async () => {
    const well = { status: "ok", database: "ok", migrations: "ok", content: "ok" };
    useRunning({ kind: "running", scheduler: { runNow: async () => {}, stop: async () => {} } });
    expect(await getReadiness()).toEqual({ ...well, timedWork: "ok" });
    useRunning({ kind: "failed", reason: "password=hunter2", tries: 1, nextTryAt: new Date() });
    const readiness = await getReadiness();
    useRunning(undefined);
    expect(readiness).toMatchObject(well);
    expect(readiness.timedWork).toMatch(/^error: .*tried again/);
    expect(JSON.stringify(readiness)).not.toContain("hunter2");
  });

  it("is not where a newer version has brought the database up to date", async () => {
    const { prisma } = database();
    await prisma.$executeRaw`INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name) VALUES ('x', 'x', now(), '29990101000000_newer')`;
    const { status, database: answers, migrations } = await getReadiness();
    await prisma.$executeRaw`DELETE FROM "_prisma_migrations" WHERE id = 'x'`;
    expect({ status, answers }).toEqual({ status: "error", answers: "ok" });
    expect(migrations).toMatch(/^error: the database is not as this version has it/);
  });
});

describeOnEachDatabase("readiness with an identity provider", () => {
  afterEach(() => {
    vi.restoreAllMocks();
    forgetProvider();
  });

  it("says that the provider does not answer, and stays ready for those who are signed in", async () => {
    forgetProvider();
    const names = { emailClaim: "email", groupsClaim: "groups", groupRoles: new Map(), groupBodies: new Map() };
    const client = { issuer: "http://127.0.0.1:9", clientId: "with-care", clientSecret: "a secret of the tests" };
    const oidc = { ...client, ...names, trustsEmail: false, required: [] };
    const usual = environment.getEnv();
    vi.spyOn(environment, "getEnv").mockReturnValue({ ...usual, oidc });
    const { status, signIn } = await getReadiness();
    expect(status).toBe("ok");
    expect(signIn).toMatch(/^error: nobody new can sign in \(unreachable\)/);
    expect(signIn).not.toContain("127.0.0.1");
  });
});
