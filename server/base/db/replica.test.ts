import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getReadiness } from "#server/shell/health/queries.ts";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { startPostgresql } from "../../../scripts/test-postgresql.mjs";
import { useDatabase, type Database } from "./database.ts";
import { openPostgresql } from "./postgresql.ts";
import { readFromReplica } from "./replica.ts";

/** Where a read took place, and the names that it found. */
const look = () =>
  readFromReplica(async (tx) => {
    const [place] = await tx.$queryRaw<{ isReplica: boolean }[]>`SELECT pg_is_in_recovery() AS "isReplica"`;
    const teams = await tx.team.findMany({ orderBy: { name: "asc" } });
    return { isReplica: place?.isReplica, names: teams.map(({ name }) => name) };
  });
const write = async ({ prisma }: Database, name: string) =>
  void (await prisma.team.create({ data: { id: name, body: "nao", name } }));
const untilAtReplica = (names: string[]) =>
  expect.poll(look, { timeout: 60_000, interval: 200 }).toEqual({ isReplica: true, names });

describe.runIf(ENGINES.includes("postgresql"))("a replica", () => {
  let server: NonNullable<Awaited<ReturnType<typeof startPostgresql>>>;
  let replica: pg.Client;
  let database: Database;
  beforeAll(async () => {
    const started = await startPostgresql();
    if (!started) throw new Error("There is no PostgreSQL here.");
    server = started;
    const readUrl = await server.startReplica();
    replica = new pg.Client({ connectionString: readUrl });
    replica.on("error", () => {}); // it ends before this connection
    await replica.connect();
    database = await openPostgresql(server.url, MIGRATIONS, { readUrl });
    useDatabase(database);
  }, 120_000);
  afterAll(async () => {
    useDatabase(undefined);
    await replica.end().catch(() => {});
    await database.close();
    server.stop();
  });

  it("is read where it holds all that was written, and never before", async () => {
    await untilAtReplica([]);
    for (let at = 0; at < 20; at++) {
      const name = `a${String(at).padStart(2, "0")}`;
      await write(database, name);
      expect((await look()).names.at(-1)).toBe(name);
    }
    await replica.query("SELECT pg_wal_replay_pause()");
    await write(database, "b");
    const { isReplica, names } = await look();
    expect([isReplica, names.at(-1)]).toEqual([false, "b"]);
    expect(await getReadiness()).toMatchObject({ status: "ok", replica: "ok" });
    await replica.query("SELECT pg_wal_replay_resume()");
    await untilAtReplica(names);
  });

  it("does not keep what somebody has to do on the primary from being done", async () => {
    const before = await look();
    const failing = readFromReplica(() => Promise.reject(new Error("nothing can be read")));
    await expect(failing).rejects.toThrow("nothing can be read");
    expect(await look()).toEqual({ ...before, isReplica: false });
  });

  it("is not one where its address leads to another database", async () => {
    const { url, drop } = await createPostgresqlDatabase();
    const other = await openPostgresql(server.url, MIGRATIONS, { readUrl: url });
    try {
      useDatabase(other);
      expect((await look()).isReplica).toBe(false);
      expect((await getReadiness()).replica).toMatch("does not lead to a replica of this database");
    } finally {
      useDatabase(database);
      await other.close();
      await drop();
    }
  });

  it("may be away: everything is read where it is written, and readiness says so", async () => {
    const away = await openPostgresql(server.url, MIGRATIONS, { readUrl: "postgresql://nobody@127.0.0.1:1/postgres" });
    try {
      useDatabase(away);
      expect((await look()).isReplica).toBe(false);
      expect(await getReadiness()).toMatchObject({
        status: "ok",
        replica: expect.stringContaining("does not answer") as string,
      });
    } finally {
      useDatabase(database);
      await away.close();
    }
  });
});
