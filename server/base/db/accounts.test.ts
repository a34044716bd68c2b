import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "#server/base/db/database.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { startScheduler } from "#server/shell/schedule/scheduler.ts";
import { runCommand } from "#server/testing/command.ts";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { ownsTables } from "./accounts.ts";
import { openPostgresql } from "./postgresql.ts";

const serverUrl = process.env["TEST_DATABASE_URL"] ?? "";

async function run(connectionString: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const sql of statements) await client.query(sql);
  } finally {
    await client.end();
  }
}

describe.runIf(ENGINES.includes("postgresql"))("two accounts of a database", () => {
  let count = 0;
  let owner: string;
  let portal: string;
  let name: string;
  let admin: string;
  let ownerUrl: string;
  let portalUrl: string;
  let drop: () => Promise<void>;
  let folder: string;

  beforeEach(async () => {
    const created = await createPostgresqlDatabase();
    await created.drop(); // and recreated as in the guide
    admin = created.url;
    name = new URL(admin).pathname.slice(1);
    [owner, portal] = [`owner_${process.pid}_${++count}`, `portal_${process.pid}_${count}`];
    const as = (user: string, password: string) => Object.assign(new URL(admin), { username: user, password }).href;
    [ownerUrl, portalUrl] = [as(owner, "one long secret"), as(portal, "another long secret")];
    await run(serverUrl, ...guide(0));
    folder = mkdtempSync(path.join(tmpdir(), "with-care-accounts-"));
    drop = async () => {
      await created.drop();
      await run(serverUrl, `DROP ROLE ${owner}`, `DROP ROLE ${portal}`);
    };
  });
  afterEach(async () => {
    useDatabase(undefined);
    await drop();
    rmSync(folder, { recursive: true });
  });
  /** The guide's commands, with these names. @param number of the block */
  const guide = (number: number) => {
    const blocks = [...readFileSync("docs/operating.md", "utf8").matchAll(/^```sql\n([^`]*)```/gm)];
    const names = { with_care_owner: owner, with_care_portal: portal, with_care: name };
    const text = (blocks[number]?.[1] ?? "").replace(
      /\bwith_care(_owner|_portal)?\b/g,
      (word) => names[word as keyof typeof names],
    );
    return text.split("\n").filter((line) => line !== "");
  };
  const open = () => openPostgresql(portalUrl, MIGRATIONS, { ownerUrl });
  const note = () =>
    transact(async (tx) => {
      await tx.team.create({ data: { id: crypto.randomUUID(), body: "nao", name: crypto.randomUUID() } });
      return {
        result: null,
        evidence: [
          {
            body: "nao",
            event: "policy.declined",
            at: new Date(),
            actor: "ann",
            subject: "ACK-1",
            detail: { reason: "No." },
          },
        ],
      };
    });

  it("lets the portal read and write, erase a text, and run its timed work; several servers may start at once", async () => {
    const databases = await Promise.all([open(), open(), open()]);
    const [database] = databases;
    useDatabase(database);
    await note();
    expect(await database.prisma.team.count()).toBe(1);
    await database.prisma.team.deleteMany();
    await database.prisma.evidenceDetail.deleteMany();
    const scheduler = await startScheduler(database, [
      { name: "job", title: "Job", cron: "0 3 * * *", run: () => Promise.resolve("") },
    ]);
    await scheduler.stop();
    for (const one of databases) await one.close();
    const again = await openPostgresql(portalUrl, MIGRATIONS); // up to date, so no owner is needed
    expect(await ownsTables(again.prisma)).toBe(false);
    const { prisma } = again;
    const [found] = await prisma.$queryRaw<{ owner: string; canCreate: boolean }[]>`
      SELECT pg_get_userbyid(nspowner) AS owner, has_database_privilege(current_database(), 'CREATE') AS "canCreate"
        FROM pg_namespace WHERE nspname = 'pgboss'`;
    expect(found).toEqual({ owner: portal, canCreate: false });
    await again.close();
  });

  it("lets it change no table, no trigger and no evidence, by whatever way", async () => {
    const database = await open();
    useDatabase(database);
    await note();
    await database.close();
    for (const sql of [
      `ALTER TABLE "Evidence" DISABLE TRIGGER ALL`,
      `ALTER TABLE "Evidence" DISABLE TRIGGER "Evidence_row"`,
      `ALTER TABLE "Team" ADD COLUMN x text`,
      `ALTER TABLE "Evidence" OWNER TO ${portal}`,
      `DROP TRIGGER "Evidence_row" ON "Evidence"`,
      `CREATE TRIGGER t BEFORE INSERT ON "Team" FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
      `CREATE RULE r AS ON INSERT TO "Evidence" DO INSTEAD NOTHING`,
      `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'`,
      `DROP FUNCTION refuse_change() CASCADE`,
      `TRUNCATE "Evidence"`,
      `TRUNCATE "EvidenceDetail"`,
      `TRUNCATE "Team" CASCADE`,
      `DROP TABLE "Evidence"`,
      `DROP TABLE "Team" CASCADE`,
      `DROP SCHEMA public CASCADE`,
      `UPDATE "Evidence" SET actor = 'other'`,
      `DELETE FROM "Evidence"`,
      `UPDATE "EvidenceDetail" SET detail = '{}'`,
      `UPDATE "_prisma_migrations" SET checksum = 'x'`,
      `SET session_replication_role = replica`,
      `CREATE TABLE public.mine (x int)`,
      `CREATE TABLE mine (x int)`,
      `CREATE TABLE pg_temp.child () INHERITS (public."Evidence")`,
      `CREATE SCHEMA mine`,
      `SET ROLE ${owner}`,
      `ALTER DATABASE ${name} SET session_replication_role = replica`,
      `ALTER ROLE ${portal} SET session_replication_role = replica`,
      `ALTER ROLE ${portal} SUPERUSER`,
      `COPY "Evidence" TO PROGRAM 'cat'`,
    ])
      await expect(run(portalUrl, sql), sql).rejects.toThrow(/permission denied|must be|must have|not allowed/);
    const after = await open();
    expect(await after.prisma.evidence.count()).toBe(1);
    await after.close();
  });

  it("covers what a later migration makes, and takes back what somebody granted by hand", async () => {
    await (await open()).close();
    await run(
      ownerUrl,
      "CREATE TABLE later (x int)",
      `GRANT ALL ON "Evidence" TO PUBLIC`,
      `GRANT TRUNCATE ON "Team" TO ${portal}`,
    );
    await expect(run(portalUrl, "INSERT INTO later VALUES (1)")).rejects.toThrow(/permission denied/);
    await (await open()).close();
    await run(portalUrl, "INSERT INTO later VALUES (1)");
    await expect(run(portalUrl, `DELETE FROM "Evidence"`)).rejects.toThrow(/permission denied/);
    await expect(run(portalUrl, `TRUNCATE "Team"`)).rejects.toThrow(/permission denied/);
  });

  it.each<[string, (other: string) => string[], RegExp]>([
    ["a superuser", () => [`ALTER ROLE ${portal} SUPERUSER`], /is a superuser/],
    ["one that makes accounts", () => [`ALTER ROLE ${portal} CREATEROLE`], /may make accounts/],
    ["a member of the owner", () => [`GRANT ${owner} TO ${portal}`], /or a member of it/],
    ["one that may become the owner", () => [`ALTER ROLE ${portal} NOINHERIT`, `GRANT ${owner} TO ${portal}`], /or a member of it/], // prettier-ignore
    ["one that switches triggers off", () => [`GRANT SET ON PARAMETER session_replication_role TO ${portal}`], /may switch triggers off/], // prettier-ignore
    ["one that writes everything", () => [`GRANT pg_write_all_data TO ${portal}`], /may UPDATE on "Evidence(Detail)?" by|may DELETE on "Evidence" by/], // prettier-ignore
  ])("is refused where the portal's account is %s", async (_, statements, message) => {
    await run(admin, ...statements(portal));
    const refused = await open().then(
      (database) => database.close().then(() => "started"),
      (error: Error) => error.message,
    );
    await run(admin, `DROP OWNED BY ${portal}`).catch(() => {});
    expect(refused).toMatch(message);
    expect(refused).toMatch(/docs\/operating\.md/);
    expect(refused).not.toContain("secret");
  });

  it("is refused where the owner does not own the database, and where the tables are another's", async () => {
    await run(
      admin,
      `ALTER DATABASE ${name} OWNER TO ${new URL(admin).username}`,
      `GRANT CONNECT ON DATABASE ${name} TO ${owner}`,
    );
    await expect(open()).rejects.toThrow(/does not own the database/);
    await run(admin, `ALTER DATABASE ${name} OWNER TO ${owner}`);
    await (await openPostgresql(admin, MIGRATIONS)).close();
    await expect(open()).rejects.toThrow(/^The table .* belongs to the account .*: hand the tables over/);
    await expect(openPostgresql(ownerUrl, MIGRATIONS, { ownerUrl })).rejects.toThrow(/is the account/);
  });

  it("is refused where the two addresses name different databases, or the same name on another one", async () => {
    const other = await createPostgresqlDatabase();
    const otherUrl = Object.assign(new URL(ownerUrl), { pathname: new URL(other.url).pathname }).href;
    await expect(openPostgresql(portalUrl, MIGRATIONS, { ownerUrl: otherUrl })).rejects.toThrow(
      /name different databases/,
    );
    await other.drop();
  });

  it("has an older portal's tables and queue handed over with the lines of the guide", async () => {
    await run(admin, `ALTER DATABASE ${name} OWNER TO ${portal}`);
    const database = await openPostgresql(portalUrl, MIGRATIONS);
    useDatabase(database);
    expect(await ownsTables(database.prisma)).toBe(true);
    await note();
    const scheduler = await startScheduler(database, [
      { name: "job", title: "Job", cron: "0 3 * * *", run: () => Promise.resolve("") },
    ]);
    await scheduler.stop();
    await database.close();
    await run(admin, ...guide(1));
    const after = await open();
    useDatabase(after);
    expect(await after.prisma.evidence.count()).toBe(1);
    const again = await startScheduler(after, []);
    await again.stop();
    await after.close();
  });

  it("is backed up, checked and restored by the commands, each with the account that it needs", async () => {
    const database = await open();
    useDatabase(database);
    await note();
    await database.close();
    useDatabase(undefined);
    const settings = { DATABASE_URL: portalUrl, DATABASE_OWNER_URL: ownerUrl, DATA_DIR: folder, INIT_CWD: folder };
    const command = async (file: string, ...args: string[]) => {
      const { status, stdout, stderr } = await runCommand(`scripts/${file}`, args, "", settings);
      expect([status, stderr], stdout).toEqual([0, ""]);
      return stdout;
    };
    await command("backup.ts", "a.backup");
    await command("people-grant.ts", "ann@nao.invalid", "administrator", "--body", "nao", "--name", "Ann");
    expect(await command("evidence-verify.ts")).toContain("nao: 2 rows, all right");
    await command("people-remove-samples.ts", "--check");
    await command("people-remove-samples.ts");
    expect(await command("restore.ts", "a.backup", "--replace")).toContain("Evidence of nao: 1 row, all right.");
    await expect(run(portalUrl, `DELETE FROM "Evidence"`)).rejects.toThrow(/permission denied/);
    await expect(run(portalUrl, `TRUNCATE "Evidence"`)).rejects.toThrow(/permission denied/);
    const again = await open();
    useDatabase(again);
    await note();
    await again.close();
  });
});
