import { AsyncLocalStorage } from "node:async_hooks";
import { beforeAll, describe, expect, it } from "vitest";
import { transact } from "#server/evidence/journal/transact.ts";
import { shared } from "#server/base/process-shared.mjs";
import type { RequestContext } from "#server/base/request/context.ts";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { startTcpProxy } from "#scripts/test-tcp-proxy.mjs";
import { useDatabase } from "./database.ts";
import { openPostgresql } from "./postgresql.ts";

// As in server/shell/http/request-context.mjs.
const requests = new AsyncLocalStorage<RequestContext>();
beforeAll(() => void (shared.requests = requests));
const context = (): RequestContext => ({
  id: "test",
  address: "/",
  calls: new Set(),
  hasDatabaseFailed: false,
  isCommitting: false,
});
const giveUp = (request: RequestContext) => [...request.calls].forEach((call) => call.abort());
const failing = (running: Promise<unknown>) =>
  running.then(
    () => "done",
    () => "failed",
  );

describe.runIf(ENGINES.includes("postgresql"))("connections to a PostgreSQL server", () => {
  it("fail at once when it is gone, can be given up when it hangs, and are there again by themselves", async () => {
    const { url, drop } = await createPostgresqlDatabase();
    const proxy = await startTcpProxy(url);
    const database = await openPostgresql(proxy.url, MIGRATIONS);
    const { prisma } = database;
    useDatabase(database);
    const count = () => prisma.team.count();
    const ask = async (what: () => Promise<unknown>) => {
      const request = context();
      const outcome = await requests.run(request, () => failing(what()));
      return { outcome, request };
    };
    expect(await ask(count)).toMatchObject({ outcome: "done", request: { hasDatabaseFailed: false } });

    proxy.cut();
    const started = performance.now();
    expect(await ask(count)).toMatchObject({ outcome: "failed", request: { hasDatabaseFailed: true } });
    expect(performance.now() - started).toBeLessThan(2_000);
    proxy.comeBack();
    expect(await ask(count)).toMatchObject({ outcome: "done" });

    // More at once than there are connections, some of them in the middle of a change.
    let isBegun = () => {};
    const begun = new Promise<void>((resolve) => (isBegun = resolve));
    const change = context();
    const changing = requests.run(change, () =>
      failing(
        transact(async (tx) => {
          await tx.team.create({ data: { id: "t", body: "nao", name: "Team" } });
          isBegun();
          await new Promise((resolve) => setTimeout(resolve, 100));
          await tx.team.create({ data: { id: "u", body: "nao", name: "Other" } });
          return { result: null, evidence: [] };
        }),
      ),
    );
    await begun;
    proxy.hang();
    const waiting = Array.from({ length: 14 }, context);
    const asking = waiting.map((request) => requests.run(request, () => failing(count())));
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const request of [change, ...waiting]) {
      expect(request.calls.size).toBeGreaterThan(0);
      giveUp(request);
    }
    expect(await Promise.all([changing, ...asking])).toEqual(Array(15).fill("failed"));
    for (const request of [change, ...waiting])
      expect(request).toMatchObject({ hasDatabaseFailed: true, isCommitting: false });

    proxy.comeBack();
    expect(await Promise.all(Array.from({ length: 14 }, () => ask(count)))).toEqual(
      Array(14).fill(expect.objectContaining({ outcome: "done" })),
    );
    expect(await count(), "nothing of the change is there").toBe(0);
    await database.close();
    await proxy.close();
    await drop();
  });

  it("do not say that a mistake of the caller's is a fault of the database's", async () => {
    const { url, drop } = await createPostgresqlDatabase();
    const database = await openPostgresql(url, MIGRATIONS);
    const team = { id: "t", body: "nao", name: "Team" };
    await database.prisma.team.create({ data: team });
    const request = context();
    const twice = requests.run(request, () => failing(database.prisma.team.create({ data: team })));
    expect(await twice).toBe("failed");
    expect(request).toMatchObject({ hasDatabaseFailed: false });
    expect(request.calls.size).toBe(0);
    await database.close();
    await drop();
  });
});
