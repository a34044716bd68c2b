import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { clock } from "#server/base/clock.ts";
import { useDatabase, type Database } from "#server/base/db/database.ts";
import { openEmbedded } from "#server/base/db/embedded.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { isCommandToken } from "#server/base/secret/command-token.ts";
import { verifyChains, type KnownHead } from "#server/evidence/journal/verification.ts";
import { runCommand } from "#server/testing/command.ts";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { putEmbedded } from "#server/testing/embedded.ts";

// The command, on a stopped portal's database, beside a running portal, and where there is nothing.

const SECRET = "s".repeat(40);
const event = (number: number): EvidenceEvent => ({
  body: "nao",
  event: "policy.declined",
  at: new Date(1_800_000_000_000 + number),
  actor: "person-1",
  subject: `ACK-${number}`,
  detail: { reason: `words ${number}` },
});

const UNSET = { DATABASE_URL: "", AUTH_SECRET: "" };

const run = (settings: Record<string, string>, ...args: string[]) =>
  runCommand("scripts/evidence-verify.ts", args, "", { ...UNSET, ...settings });

/** As people run it, in its own process. */
function runApart(settings: Record<string, string>, ...args: string[]) {
  const env = { ...process.env, ...UNSET, ...settings };
  const child = spawn(process.execPath, ["scripts/run.mjs", "scripts/evidence-verify.ts", ...args], { env });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) =>
    child.once("close", (status) => resolve({ status, stdout, stderr })),
  );
}

describe.each(ENGINES)("evidence:verify (%s)", (engine) => {
  let dataDir: string;
  let settings: Record<string, string>;
  let open: () => Promise<Database>;
  let drop = async () => {};
  let head: string;

  beforeAll(async () => {
    dataDir = mkdtempSync(path.join(realpathSync(tmpdir()), "with-care-verify-"));
    putEmbedded(dataDir);
    settings = { DATA_DIR: dataDir };
    open = () => openEmbedded(dataDir, MIGRATIONS);
    if (engine === "postgresql") {
      const created = await createPostgresqlDatabase();
      settings = { DATA_DIR: dataDir, DATABASE_URL: created.url };
      open = () => openPostgresql(created.url, MIGRATIONS);
      drop = created.drop;
    }
    await change(async ({ prisma }) => {
      for (const number of [1, 2, 3])
        await transact(() => Promise.resolve({ result: null, evidence: [event(number)] }));
      const [report] = await verifyChains(prisma);
      head = `nao:3:${report?.head.hash}`;
    });
  });
  afterAll(async () => {
    useDatabase(undefined);
    await drop();
    rmSync(dataDir, { recursive: true });
  });

  const change = async (work: (database: Database) => Promise<void>) => {
    const database = await open();
    useDatabase(database);
    await work(database).finally(() => database.close());
  };
  const tamper = (...statements: string[]) =>
    change(({ prisma }) =>
      prisma.$transaction(async (tx) => {
        await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
        for (const sql of statements) await tx.$executeRawUnsafe(sql);
      }),
    );

  it("names rows, heads and erased texts, what it shows and what not; and knows a head that was noted", async () => {
    await change(async ({ prisma }) => void (await prisma.evidenceDetail.deleteMany({ where: { position: 1 } })));
    const { status, stdout, stderr } = await runApart(settings, "--known", head);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("nao: 3 rows, all right; 1 with an erased text.");
    expect(stdout).toContain("1 noted head is still in the chain.");
    expect(stdout).toContain(`Head: ${head}\n`);
    expect(stdout).toContain("It does not show that no newest rows were cut off");
  });

  it("names the first bad row, and ends with 1", async () => {
    await tamper(`UPDATE "Evidence" SET actor = 'person-2' WHERE position = 2`);
    const { status, stdout } = await run(settings);
    await tamper(`UPDATE "Evidence" SET actor = 'person-1' WHERE position = 2`);
    expect(status).toBe(1);
    expect(stdout).toContain("nao: FAULT at row 2: its content does not match its hash: it was changed.");
    expect((await run(settings)).status).toBe(0);
  });

  it("notices rows that were cut off by a head that was noted", async () => {
    await tamper(`DELETE FROM "Evidence" WHERE position = 3`, `DELETE FROM "EvidenceDetail" WHERE position = 3`);
    expect((await run(settings)).status).toBe(0);
    const { status, stdout } = await run(settings, "--known", head);
    expect(status).toBe(1);
    expect(stdout).toMatch(/nao: FAULT at row 3: .*the newest rows were cut off/);
  });

  it("does not bring an older database up to date, and says so", async () => {
    await tamper(`DELETE FROM "_prisma_migrations" WHERE migration_name LIKE '%_records'`);
    const { status, stderr } = await run(settings);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^The database is older than this version of With Care \(it lacks .*_records\): start the portal once.*\n$/,
    );
  });
});

describe("evidence:verify", () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(realpathSync(tmpdir()), "with-care-verify-"));
    return () => {
      chmodSync(dataDir, 0o700);
      rmSync(dataDir, { recursive: true });
    };
  });

  it.each([
    [["--known", "nao:3"], /^"nao:3" is no head such as .* Use: npm run evidence:verify/],
    [["--known", `nao:0:${"a".repeat(64)}`], /is no head/],
    [["--knwon"], /^Unknown option '--knwon'\. Use: npm run evidence:verify/],
    [["extra"], /Use: npm run evidence:verify/],
  ])("answers %j with one sentence", async (args, message) => {
    const { status, stderr } = await run({ DATA_DIR: dataDir }, ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  it("says where there is no database, and makes none", async () => {
    for (const folder of [dataDir, path.join(dataDir, "nowhere")]) {
      const { status, stderr } = await run({ DATA_DIR: folder });
      expect(status).toBe(2);
      expect(stderr).toMatch(/^There is no With Care database in the data folder .*\n$/);
    }
    expect(existsSync(path.join(dataDir, "database"))).toBe(false);
    const unreachable = await run({ DATABASE_URL: "postgresql://nobody:secret@127.0.0.1:1/none" });
    expect(unreachable.status).toBe(2);
    expect(unreachable.stderr).toMatch(/^The database at 127\.0\.0\.1:1 cannot be used/);
    expect(unreachable.stderr).not.toContain("secret");
  });

  describe("beside a running portal", () => {
    let database: Database;
    let server: Server;
    let known: unknown;
    beforeEach(async () => {
      database = await openEmbedded(dataDir, MIGRATIONS);
      useDatabase(database);
      await transact(() => Promise.resolve({ result: null, evidence: [event(1)] }));
      // What app/api/evidence/verify does, without the portal around it.
      server = createServer((request, response) => {
        const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
        if (!isCommandToken("evidence-verification", SECRET, token, clock.now()))
          return response.writeHead(401).end("{}");
        let text = "";
        request.on("data", (chunk: Buffer) => (text += chunk.toString()));
        request.on("end", () => {
          known = (JSON.parse(text) as { known: KnownHead[] }).known;
          void verifyChains(database.prisma, known as KnownHead[]).then((chains) =>
            response.end(JSON.stringify({ chains })),
          );
        });
      }).listen(0, "127.0.0.1");
      await new Promise((resolve) => server.once("listening", resolve));
      return async () => {
        await new Promise((resolve) => server.close(resolve));
        useDatabase(undefined);
        await database.close();
      };
    });

    const leave = (address: string) =>
      writeFileSync(path.join(dataDir, "portal-address.json"), JSON.stringify({ address }));
    const ownAddress = () => {
      const address = server.address();
      return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    };

    it("asks it, with a token that its secret makes", async () => {
      leave(ownAddress());
      writeFileSync(path.join(dataDir, "auth-secret"), SECRET);
      const { status, stdout } = await runApart({ DATA_DIR: dataDir });
      expect(status).toBe(0);
      expect(stdout).toContain("nao: 1 row, all right");
      const gone = await run({ DATA_DIR: dataDir }, "--known", `nao:7:${"a".repeat(64)}`);
      expect(gone.status).toBe(1);
      expect(known).toEqual([{ body: "nao", position: 7, hash: "a".repeat(64) }]);
    });

    it("says so where the portal has another secret, or one that is not in the folder", async () => {
      leave(ownAddress());
      expect((await run({ DATA_DIR: dataDir })).stderr).toMatch(/AUTH_SECRET from its settings/);
      expect(existsSync(path.join(dataDir, "auth-secret"))).toBe(false);
      const { status, stderr } = await run({ DATA_DIR: dataDir, AUTH_SECRET: "t".repeat(40) });
      expect(status).toBe(2);
      expect(stderr).toMatch(/refused: it has another sign-in secret/);
    });

    it("says so where nobody can be asked: no address, a stale one, one that cannot be read", async () => {
      writeFileSync(path.join(dataDir, "auth-secret"), SECRET);
      const messages: Record<string, RegExp> = {
        "": /there is no portal to ask: it may be starting/,
        "http://127.0.0.1:1": /nothing answers there/,
        "no address": /cannot be read/,
      };
      for (const [address, message] of Object.entries(messages)) {
        if (address) leave(address);
        const { status, stderr } = await run({ DATA_DIR: dataDir });
        expect(status).toBe(2);
        expect(stderr).toMatch(message);
      }
      expect(readFileSync(path.join(dataDir, "portal-address.json"), "utf8")).toContain("no address");
    });
  });
});
