import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useDatabase, type Database } from "#server/base/db/database.ts";
import { openEmbedded } from "#server/base/db/embedded.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { verifyChains } from "#server/evidence/journal/verification.ts";
import { seedSamplePeople } from "#server/access/identity/seed.ts";
import { checkSamples } from "#server/gather/retention/sample-queries.ts";
import { runCommand } from "#server/testing/command.ts";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { putEmbedded } from "#server/testing/embedded.ts";
import { startProcess } from "#server/testing/process.ts";
import { addPerson } from "#server/testing/people.ts";
import { makeSampleDirectory } from "../prisma/seed/sample-people.ts";

// The command, on a database that an evaluation left, stopped half-way, and after a restore of the pilot's backup.

const BODIES = [{ slug: "nao", employers: ["National Audit Office"] }];
const FILE = "scripts/people-remove-samples.ts";

describe.each(ENGINES)("people:remove-samples (%s)", (engine) => {
  let folder: string;
  let settings: Record<string, string>;
  let open: () => Promise<Database>;
  let drop = async () => {};
  let url = "";

  beforeEach(async () => {
    folder = mkdtempSync(path.join(realpathSync(tmpdir()), "with-care-samples-"));
    settings = { DATA_DIR: folder, DATABASE_URL: "", INIT_CWD: folder, AUTH_SECRET: "s".repeat(40) };
    if (engine === "postgresql") {
      const created = await createPostgresqlDatabase();
      ({ url, drop } = created);
      settings["DATABASE_URL"] = url;
      open = () => openPostgresql(url, MIGRATIONS);
    } else {
      putEmbedded(folder);
      open = () => openEmbedded(folder, MIGRATIONS);
    }
    await look(async (database) => {
      const { prisma } = database;
      await seedSamplePeople(prisma, BODIES);
      const [administrator] = makeSampleDirectory(BODIES).people.filter(({ roles }) => roles.includes("administrator"));
      const id = administrator?.id ?? "";
      await addPerson(database, "real");
      await prisma.session.create({
        data: { id: "s", token: "t", personId: id, expiresAt: new Date(Date.now() + 1e7) },
      });
      await transact(() =>
        Promise.resolve({
          result: null,
          evidence: [
            { body: "nao", event: "person.added", at: new Date(), actor: id, subject: "real", detail: { name: "R" } },
          ],
        }),
      );
    });
  });
  afterEach(async () => {
    await drop();
    rmSync(folder, { recursive: true });
  });

  const look = async <Result>(work: (database: Database) => Promise<Result>): Promise<Result> => {
    const database = await open();
    useDatabase(database);
    return work(database).finally(async () => {
      useDatabase(undefined);
      await database.close();
    });
  };
  const run = (...args: string[]) => runCommand(FILE, args, "", settings);
  const count = () => look(({ prisma }) => prisma.person.count({ where: { isSample: true, pseudonymisedAt: null } }));
  const mayStart = () =>
    look(({ prisma }) =>
      checkSamples(prisma, false, new Date()).then(
        () => true,
        (error: Error) => error.message,
      ),
    );

  it("says first what it would do, does it, and finds nothing more the second time", async () => {
    expect(await mayStart()).toMatch(/12 invented people of an evaluation and 1 session, token or link/);
    const check = await run("--check");
    expect([check.status, check.stderr]).toEqual([0, ""]);
    expect(check.stdout).toContain("nao:\n  1 session: ended\n");
    expect(check.stdout).toContain("  11 invented people without a trace: deleted\n");
    expect(check.stdout).toMatch(
      /Nobody real has the role Administrator: npm run people:grant -- EMAIL administrator\n/,
    );
    expect(check.stdout).toMatch(/This was a check: nothing was written\.\n$/);
    expect(await count()).toBe(12);
    const done = await run();
    expect([done.status, done.stderr]).toEqual([0, ""]);
    expect(done.stdout.split("\n").slice(1, -2)).toEqual(check.stdout.split("\n").slice(1, -2));
    expect(await mayStart()).toBe(true);
    expect(await look(({ prisma }) => verifyChains(prisma))).toMatchObject([{ body: "nao", fault: null }]);
    expect((await run()).stdout).toContain("There are no invented people, and nothing of theirs is left.\n");
    for (const wrong of [["--now"], ["extra"]]) {
      const { status, stderr } = await run(...wrong);
      expect([status, stderr]).toEqual([1, expect.stringMatching(/Use: npm run people:remove-samples/)]);
    }
  });

  it("is what a portal with a provider asks for at its start, and a portal in evaluation refuses afterwards", async () => {
    const provider = {
      OIDC_ISSUER: "http://127.0.0.1:1/nobody",
      OIDC_CLIENT_ID: "c",
      OIDC_CLIENT_SECRET: "s".repeat(20),
    };
    const start = async (more: Record<string, string>) => {
      const portal = startProcess("start-portal.ts", [], { ...settings, BODIES: "nao", ...more });
      return { code: await portal.ended, said: portal.output() };
    };
    const live = { ...provider, EVALUATION: "", APP_URL: "http://127.0.0.1:3000" };
    const refused = await start(live);
    expect(refused.code).toBe(1);
    expect(refused.said).toMatch(/^The database holds 12 invented people .*npm run people:remove-samples -- --check/m);
    expect(await start({ EVALUATION: "1" })).toMatchObject({ code: 0 });
    expect((await run()).status).toBe(0);
    expect((await start(live)).said).toMatch(/^started$/m);
    const back = await start({ EVALUATION: "1" });
    expect(back.code).toBe(1);
    expect(back.said).toMatch(/^Real people have worked with this database/m);
  });

  it("killed half-way it has done nothing, and the next time all of it", async () => {
    const lock = engine === "postgresql" ? new pg.Client({ connectionString: url }) : null;
    await lock?.connect();
    await lock?.query(`BEGIN; LOCK TABLE "EvidenceDetail" IN ACCESS EXCLUSIVE MODE`); // which it reaches late
    const args = ["--conditions=react-server", "--import", "tsx", FILE];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...settings },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    const ended = new Promise((resolve) => child.once("close", resolve));
    while (!printed.includes("Removing")) await pause(5);
    const isWaiting = async () => {
      await lock?.query("SELECT pg_stat_clear_snapshot()"); // otherwise a transaction keeps seeing its first snapshot
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return ((await lock?.query(waiting))?.rowCount ?? 0) > 0;
    };
    while (lock && !(await isWaiting())) await pause(20);
    if (!lock) await pause(30);
    child.kill("SIGKILL");
    await ended;
    await lock?.query("ROLLBACK");
    await lock?.end();
    expect([0, 12]).toContain(await count()); // on the embedded database it may just have finished
    if (lock) expect(await count()).toBe(12);
    expect((await run()).status).toBe(0);
    expect(await mayStart()).toBe(true);
    expect(await look(({ prisma }) => verifyChains(prisma))).toMatchObject([{ body: "nao", fault: null }]);
  });

  it("is asked for again after a restore of the pilot's backup, which says so", async () => {
    expect((await runCommand("scripts/backup.ts", ["pilot.backup"], "", settings)).status).toBe(0);
    await run();
    expect(await mayStart()).toBe(true);
    const restored = await runCommand("scripts/restore.ts", ["pilot.backup", "--replace"], "", settings);
    expect(restored.status).toBe(0);
    expect(restored.stdout).toMatch(
      /There are 12 invented people of an evaluation in it\. .* npm run people:remove-samples/,
    );
    expect(await mayStart()).toMatch(/npm run people:remove-samples/);
    await run();
    expect(await mayStart()).toBe(true);
  });

  it.runIf(engine === "embedded")("says that a portal on the embedded database has to be stopped", async () => {
    const database = await open();
    for (const args of [[], ["--check"]]) {
      const { status, stderr } = await run(...args);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^A portal is running on the embedded database in .*: stop it first\.\n$/);
    }
    await database.close();
  });

  it.runIf(engine === "postgresql")("works beside a running portal", async () => {
    const database = await open();
    await database.prisma.person.count();
    expect((await run()).status).toBe(0);
    expect(await database.prisma.session.count()).toBe(0);
    await database.close();
  });
});
