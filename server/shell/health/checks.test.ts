import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { clock } from "#server/base/clock.ts";
import { copyContent } from "#server/testing/copy-content.ts";
import { createPostgresqlDatabase, describeOnEachDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { readEnvironment, type Env } from "#server/base/environment/environment.mjs";
import { transact } from "#server/evidence/journal/transact.ts";
import { addPerson } from "#server/testing/people.ts";
import { startIdentityProvider, type IdentityProvider, type ProviderFault } from "#server/testing/identity-provider.ts";
import { startSmtp } from "#server/testing/smtp.ts";
import { findFreePort } from "../../../scripts/test-postgresql.mjs";
import { examine, HEALTH_CHECKS, type HealthLine, type Patient } from "./checks.ts";

// Each check in good health and in the states that it is there to find.

const folder = mkdtempSync(path.join(tmpdir(), "with-care-health-"));
const [dataDir, contentDir, backupDir] = ["data", "content", "backups"].map((name) => path.join(folder, name)) as [
  string,
  string,
  string,
];
const MINUTE_MS = 60_000;

const PORTAL = "http://127.0.0.1:3997";
let provider: IdentityProvider;
beforeAll(async () => {
  copyContent(contentDir);
  provider = await startIdentityProvider(PORTAL, []);
});
beforeEach(() => {
  for (const one of [dataDir, backupDir]) {
    rmSync(one, { recursive: true, force: true });
    mkdirSync(one, { mode: 0o700 });
  }
  provider.setFault({});
});
afterAll(async () => {
  await provider.close();
  rmSync(folder, { recursive: true });
});

describeOnEachDatabase("the health of a portal", (database) => {
  const patient = (env: Partial<Env> = {}, more: Partial<Patient> = {}): Patient => ({
    env: { ...readEnvironment({ DATA_DIR: dataDir, CONTENT_DIR: contentDir, BACKUP_DIR: backupDir }, "/"), ...env },
    settingsProblem: null,
    database: database(),
    databaseProblem: null,
    now: clock.now(),
    node: "24.1.0",
    ...more,
  });
  const look = async (name: string, env: Partial<Env> = {}, more: Partial<Patient> = {}): Promise<HealthLine> => {
    const check = HEALTH_CHECKS.find((one) => one.name === name);
    const lines = await examine(patient(env, more), { isWhole: check?.isLong === true });
    const line = lines.find((one) => one.name === name);
    if (!line) throw new Error(`There is no check "${name}".`);
    expect(line.state === "ok", "what is not well says what to do").toBe(line.todo === "");
    return line;
  };
  /** The settings of a portal that people sign in to at the provider. */
  const signedIn = (more: Record<string, string> = {}): Partial<Env> => {
    const { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET } = provider;
    const { oidc, appUrl } = readEnvironment(
      {
        APP_URL: PORTAL,
        DATA_DIR: dataDir,
        CONTENT_DIR: contentDir,
        OIDC_ISSUER,
        OIDC_CLIENT_ID,
        OIDC_CLIENT_SECRET,
        ...more,
      },
      "/",
    );
    return { oidc, appUrl, evaluation: false };
  };
  const minutesAgo = (count: number) => new Date(clock.now().getTime() - count * MINUTE_MS);
  const run = (job: string, before: number, failure: string | null) => {
    const at = minutesAgo(before);
    const data = {
      id: `${job} ${before}`,
      job,
      dueAt: at,
      attempt: 1,
      startedAt: at,
      endedAt: at,
      failure,
      result: failure === null ? "done" : null,
    };
    return database().prisma.jobRun.create({ data });
  };

  it("has a line for each check, also where the database cannot be reached", async () => {
    const away = await examine(patient({}, { database: null, databaseProblem: "It is away: start it." }), {
      isWhole: true,
    });
    expect(away.map(({ name }) => name)).toEqual(HEALTH_CHECKS.map(({ name }) => name));
    const states = Object.fromEntries(away.map(({ name, state }) => [name, state]));
    expect(states).toMatchObject({
      database: "fault",
      migrations: "warning",
      evidence: "warning",
      content: "ok",
      disk: "ok",
    });
    expect(away.find(({ name }) => name === "database")?.says).toBe("It is away: start it.");
    const short = await examine(patient(), { isWhole: false });
    expect(short.map(({ name }) => name)).not.toContain("evidence");
  });

  it("says which setting the portal would not start with", async () => {
    expect(await look("settings")).toMatchObject({ state: "ok" });
    expect(await look("settings", {}, { settingsProblem: 'PORT is "x".' })).toMatchObject({
      state: "fault",
      says: 'PORT is "x".',
    });
  });

  it.each([
    ["24.1.0", "2026-11-30", "ok"],
    ["20.20.2", "2026-11-30", "warning"],
    ["20.20.2", "2026-04-30", "ok"],
    ["23.1.0", "2026-11-30", "warning"],
  ])("finds a Node without security fixes: %s on %s is %s", async (node, day, state) =>
    expect((await look("versions", {}, { node, now: new Date(`${day}T12:00:00Z`) })).state).toBe(state),
  );

  it("says what is amiss with the database", async () => {
    if (database().kind === "embedded") {
      expect((await look("database")).state).toBe("ok");
      expect(await look("database", { evaluation: false })).toMatchObject({ state: "warning" });
      return;
    }
    const at = (url: string) => ({ databaseUrl: url, databaseSessionUrl: url });
    expect((await look("database", at("postgresql://localhost/x"))).state).toBe("ok");
    expect((await look("database", at("postgresql://db.example/x"))).says).toMatch(/in the clear/);
    expect((await look("database", at("postgresql://db.example/x?sslmode=require"))).says).toMatch(/encrypted, but/);
    expect((await look("database", at("postgresql://db.example/x?sslmode=verify-full"))).state).toBe("ok");
    expect((await look("database", { ...at("postgresql://localhost/x"), evaluation: false })).says).toMatch(
      /owns the tables/,
    );
  });

  it("finds a database of another version", async () => {
    expect((await look("migrations")).state).toBe("ok");
    const { prisma } = database();
    await prisma.$executeRaw`INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name) VALUES ('x', 'x', now(), '29990101000000_newer')`;
    const line = await look("migrations");
    await prisma.$executeRaw`DELETE FROM "_prisma_migrations" WHERE id = 'x'`;
    expect(line).toMatchObject({ state: "fault", says: expect.stringMatching(/newer than this version/) as string });
  });

  it("finds timed work that stands still, or fails", async () => {
    await database().prisma.$executeRaw`UPDATE "_prisma_migrations" SET finished_at = ${minutesAgo(9)}`;
    expect(await look("timed-work")).toMatchObject({ state: "ok" });
    await database().prisma.$executeRaw`UPDATE "_prisma_migrations" SET finished_at = ${minutesAgo(11)}`;
    expect(await look("timed-work")).toMatchObject({ state: "fault", says: "None was ever done." });
    await run("send-mail", 30, null);
    expect((await look("timed-work")).says).toMatch(/^None was done since /);
    await run("send-mail", 1, null);
    expect((await look("timed-work")).state).toBe("ok");
    await run("apply-retention", 2, "no");
    expect(await look("timed-work")).toMatchObject({ state: "fault", says: "Failed the last time: apply-retention." });
  });

  it("finds who cannot be real in a live portal, and that nobody administers it", async () => {
    const live = { evaluation: false };
    expect((await look("people")).state).toBe("ok");
    expect(await look("people", live)).toMatchObject({ state: "fault", says: "There is no administrator." });
    const real = { email: "ada@council.gov.uk" };
    await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    await database().prisma.person.update({ where: { id: "ada" }, data: real });
    expect((await look("people", live)).state).toBe("ok");
    await addPerson(database(), "emma");
    expect((await look("people", live)).state).toBe("warning");
    await database().prisma.person.update({ where: { id: "emma" }, data: { isSample: true } });
    expect((await look("people", live)).says).toMatch(/invented people of an evaluation/);
  });

  it("finds a mail server that is not there, mail that waits, and mail that was given up", async () => {
    expect((await look("mail")).state).toBe("warning");
    expect(await look("mail", { smtpUrl: "smtp://127.0.0.1:1" })).toMatchObject({ state: "fault" });
    const smtp = await startSmtp();
    const env = { smtpUrl: smtp.url };
    expect((await look("mail", env)).state).toBe("ok");
    await addPerson(database(), "ann");
    const mail = (id: string, state: "waiting" | "dead") => {
      const data = {
        id,
        body: "nao",
        personId: "ann",
        subject: "s",
        content: {},
        state,
        messageId: id,
        digestDay: state === "dead" ? "2026-11-23" : "2026-11-24",
      };
      return database().prisma.mail.create({ data: { ...data, createdAt: new Date(0), nextTryAt: new Date(0) } });
    };
    await mail("dead", "dead");
    expect((await look("mail", env)).state).toBe("warning");
    await mail("waiting", "waiting");
    expect(await look("mail", env)).toMatchObject({
      state: "fault",
      says: "A mail has waited since 1970-01-01 00:00 UTC.",
    });
    await smtp.stop();
  });

  it("finds addresses for events that are gone, barred, or did not take some", async () => {
    const { prisma } = database();
    const env = { webhookHosts: ["*.hooks.test"] };
    expect(await look("webhooks", env)).toMatchObject({ state: "ok", says: "No address is sent events." });
    const base = {
      body: "nao",
      kind: "webhook" as const,
      name: "Secret name",
      sealed: "s",
      events: [],
      hasNames: false,
    };
    const at = clock.now();
    const make = (reference: string, host: string) =>
      prisma.webhook.create({ data: { ...base, reference, host, startHash: reference, madeAt: at } });
    await make("HOK-1", "a.hooks.test");
    expect(await look("webhooks", env)).toMatchObject({ state: "ok", says: "1 sent events, and none was given up." });
    const message = { id: "m", webhookId: "HOK-1", body: "nao", position: 1, state: "dead" } as const;
    await prisma.webhookMessage.create({ data: { ...message, nextTryAt: at, queuedAt: at } });
    expect(await look("webhooks", env)).toMatchObject({
      state: "warning",
      says: expect.stringMatching(/^Events of nao were not taken/) as string,
    });
    await prisma.webhook.update({ where: { reference: "HOK-1" }, data: { isOn: false } });
    await prisma.webhookMessage.deleteMany();
    expect((await look("webhooks", env)).says).toMatch(/1 switched off by administrators/);
    await prisma.webhook.update({ where: { reference: "HOK-1" }, data: { offReason: "It answered 410." } });
    const gone = await look("webhooks", env);
    expect(gone).toMatchObject({ state: "fault", says: expect.stringMatching(/switched off/) as string });
    expect(JSON.stringify(gone)).not.toContain("Secret name");
    await make("HOK-2", "b.hooks.test:8443");
    expect(await look("webhooks", env)).toMatchObject({
      state: "fault",
      says: expect.stringMatching(/b\.hooks\.test:8443.*WEBHOOK_HOSTS/) as string,
    });
    expect((await look("webhooks", { webhookHosts: [] })).says).toContain("b.hooks.test:8443");
    expect((await look("webhooks", { webhookHosts: ["b.hooks.test:8443"] })).says).toMatch(/nobody is there any more/);
  });

  it("finds whatever stands in the way of signing in, as sign-in:check does", async () => {
    expect((await look("sign-in")).state).toBe("warning");
    expect((await look("sign-in", { evaluation: false })).state).toBe("fault");
    expect(await look("sign-in", signedIn())).toMatchObject({
      state: "ok",
      says: expect.stringMatching(/answers, knows this portal/) as string,
    });
    const faults: [ProviderFault, Record<string, string>, RegExp][] = [
      [{ metadata: { issuer: "https://login.example.gov.uk" } }, {}, /calls itself/],
      [{ aheadSeconds: -300 }, {}, /clock is 300 seconds behind/],
      [{ keys: [] }, {}, /None of the 0 keys/],
      [{}, { OIDC_CLIENT_SECRET: "another secret" }, /^This failed/],
      [{}, { OIDC_ISSUER: `http://127.0.0.1:${await findFreePort()}` }, /cannot be used/],
      [{ aheadSeconds: 120, keys: [] }, {}, /2 things in all: npm run sign-in:check/],
    ];
    for (const [fault, settings, says] of faults) {
      provider.setFault(fault);
      expect(await look("sign-in", signedIn(settings))).toMatchObject({ state: "fault", says });
    }
  });

  it("finds a clock that differs from the database's", async () => {
    expect((await look("clock")).state).toBe("ok");
    for (const [seconds, state] of [
      [12, "warning"],
      [-300, "fault"],
    ] as const) {
      const at = new Date(Date.now() + seconds * 1000);
      const prisma = { $queryRaw: () => Promise.resolve([{ at }]) };
      const off = { ...database(), prisma: prisma as unknown as ReturnType<typeof database>["prisma"] };
      expect((await look("clock", {}, { database: off })).state, String(seconds)).toBe(state);
    }
    expect((await look("clock", {}, { database: null })).state).toBe("warning");
  });

  it.skipIf(process.platform === "win32")(
    "finds secrets that others can read, and content that others can change",
    async () => {
      const settingsFile = path.join(folder, "environment");
      writeFileSync(settingsFile, "");
      chmodSync(settingsFile, 0o640);
      expect(await look("files", { settingsFile })).toMatchObject({ state: "ok" });
      chmodSync(settingsFile, 0o644);
      expect((await look("files", { settingsFile })).says).toContain(settingsFile);
      writeFileSync(path.join(dataDir, "auth-secret"), "s");
      chmodSync(path.join(dataDir, "auth-secret"), 0o640);
      expect((await look("files")).says).toContain("auth-secret");
      chmodSync(path.join(dataDir, "auth-secret"), 0o600);
      const questions = path.join(contentDir, "questions.yaml");
      chmodSync(questions, 0o666);
      expect((await look("files")).says).toContain(questions);
      chmodSync(questions, 0o644);
      writeFileSync(path.join(backupDir, "one.backup"), "b");
      chmodSync(path.join(backupDir, "one.backup"), 0o644);
      expect((await look("files")).says).toContain("one.backup");
    },
  );

  it("finds backups that are missing, old or empty", async () => {
    const file = path.join(backupDir, "one.backup");
    expect((await look("backups", { backupDir: null })).state).toBe("warning");
    expect((await look("backups")).says).toMatch(/^There is none/);
    expect((await look("backups", { backupDir: path.join(folder, "none") })).state).toBe("fault");
    writeFileSync(file, "b");
    expect((await look("backups")).state).toBe("ok");
    for (const [hours, state] of [
      [30, "warning"],
      [200, "fault"],
    ] as const) {
      const at = new Date(clock.now().getTime() - hours * 60 * MINUTE_MS);
      utimesSync(file, at, at);
      expect((await look("backups")).state).toBe(state);
    }
    writeFileSync(file, "");
    expect(await look("backups")).toMatchObject({ state: "fault", says: expect.stringMatching(/empty/) as string });
  });

  it("finds a fault in the content", async () => {
    const rules = path.join(contentDir, "policies", "model", "2.0", "rules.yaml");
    const before = readFileSync(rules);
    writeFileSync(rules, "rules: [");
    const line = await look("content");
    writeFileSync(rules, before);
    expect(line).toMatchObject({ state: "fault", says: expect.stringMatching(/model\/2\.0/) as string });
  });

  it("only counts drafts that are unfinished, whatever stands in them", async () => {
    const folder = path.join(contentDir, "policies", "model", "9.0");
    cpSync(path.join(contentDir, "policies", "model", "2.0"), folder, { recursive: true });
    writeFileSync(path.join(folder, "rules.yaml"), "rules: [secret-rule");
    const line = await look("content");
    const questions = path.join(contentDir, "questions.yaml");
    const before = readFileSync(questions);
    writeFileSync(questions, "a: [");
    const shared = await look("content");
    writeFileSync(questions, before);
    rmSync(folder, { recursive: true });
    expect(line.state).toBe("ok");
    expect(line.says).toMatch(/^\d+ published versions hold\. 1 draft is unfinished\.$/);
    expect(shared).toMatchObject({
      state: "fault",
      says: expect.stringMatching(/^\d+ faults?, the first in questions/) as string,
    });
    expect((await look("content")).says).toMatch(/^\d+ published versions hold\.$/);
  });

  it("finds evidence that was changed", async () => {
    const event = {
      body: "nao",
      event: "policy.declined",
      actor: "p",
      subject: "ACK-1",
      detail: { reason: "r" },
    } as const;
    await transact(() => Promise.resolve({ result: null, evidence: [{ ...event, at: clock.now() }] }));
    expect(await look("evidence")).toMatchObject({ state: "ok", says: "1 rows of 1 bodies are chained." });
    await database().prisma.$executeRawUnsafe(
      `DO $$ BEGIN SET LOCAL session_replication_role = replica; UPDATE "Evidence" SET subject = 'ACK-2'; END $$`,
    );
    expect(await look("evidence")).toMatchObject({
      state: "fault",
      says: expect.stringMatching(/broken at row/) as string,
    });
  });

  it("finds a disk without room", async () => {
    expect((await look("disk")).says).toMatch(/^[\d.]+ GB are free/);
    const line = await look("disk", { dataDir: "/proc/none" });
    expect(["fault", "warning"]).toContain(line.state);
  });
});

it.runIf(ENGINES.includes("postgresql"))("finds a statement that waits for somebody's lock", async () => {
  const created = await createPostgresqlDatabase();
  const database = await openPostgresql(created.url, MIGRATIONS);
  const [holder, waiter] = [new pg.Client(created.url), new pg.Client(created.url)];
  await Promise.all([holder.connect(), waiter.connect()]);
  await holder.query("SELECT pg_advisory_lock(1)");
  const waiting = waiter.query("SELECT pg_advisory_lock(1)");
  const check = HEALTH_CHECKS.find(({ name }) => name === "locks");
  const look = () => check?.look({ database } as unknown as Patient);
  expect(await look()).toMatchObject({ state: "ok" });
  await pause(2_500);
  expect(await look()).toMatchObject({ state: "fault", says: "1 statement waits for somebody else's lock." });
  await holder.query("SELECT pg_advisory_unlock(1)");
  await waiting;
  await Promise.all([holder.end(), waiter.end()]);
  await database.close();
  await created.drop();
});
