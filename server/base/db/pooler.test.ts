import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { transact } from "#server/evidence/journal/transact.ts";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { hasPgbouncer, startPgbouncer } from "../../../scripts/test-pgbouncer.mjs";
import { useDatabase } from "./database.ts";
import { openPostgresql, openPostgresqlToRestore } from "./postgresql.ts";

type Closing = { url: string; close(): unknown };

describe.runIf(ENGINES.includes("postgresql") && hasPgbouncer())("a pooler that keeps no sessions", () => {
  let [direct, other, pooled]: (Closing | undefined)[] = [];
  beforeAll(async () => {
    const make = async () => {
      const { url, drop } = await createPostgresqlDatabase();
      return { url, close: drop };
    };
    [direct, other] = [await make(), await make()];
    const { url, stop } = await startPgbouncer(direct.url);
    pooled = { url, close: stop };
  });
  afterAll(async () => {
    for (const one of [pooled, direct, other]) await one?.close();
  });
  const open = (sessionUrl?: string) =>
    openPostgresql(pooled?.url ?? "", MIGRATIONS, sessionUrl === undefined ? {} : { sessionUrl });

  it("serves the portal with what it sets for its own connections, many at once", async () => {
    const database = await open(direct?.url);
    try {
      useDatabase(database);
      const shown = await database.prisma.$queryRaw`SELECT current_setting('jit') AS jit,
        current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('application_name') AS name`;
      expect(shown).toEqual([{ jit: "off", idle: "2min", name: "pooled with-care" }]);
      const event = { body: "nao", event: "mail.tested" as const, at: new Date(), actor: "a" };
      const all = Array.from({ length: 50 }, (_, at) =>
        transact(() => Promise.resolve({ result: at, evidence: [{ ...event, subject: `M${at}` }] })),
      );
      expect(await Promise.all(all)).toHaveLength(50);
      const { _max: last } = await database.prisma.evidence.aggregate({ _max: { position: true } });
      expect(last.position).toBe(50);
    } finally {
      useDatabase(undefined);
      await database.close();
    }
  });

  it("needs the server's own address beside it", async () => {
    await expect(open()).rejects.toThrow(/^DATABASE_URL names a pooler .*: set DATABASE_SESSION_URL to/);
    await expect(openPostgresqlToRestore(pooled?.url ?? "")).rejects.toThrow("set DATABASE_SESSION_URL");
    await expect(open(`${pooled?.url}?application_name=other`)).rejects.toThrow(/^DATABASE_SESSION_URL names a pooler/);
  });

  it("has to lead to the same database", async () => {
    await expect(open(other?.url)).rejects.toThrow("DATABASE_SESSION_URL and DATABASE_URL name different databases");
  });
});
