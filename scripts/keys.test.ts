import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { spokenThumbprint } from "#domain/evidence/journal/signing-key.ts";
import { useDatabase, type Database } from "#server/base/db/database.ts";
import { openEmbedded } from "#server/base/db/embedded.ts";
import { openPostgresql } from "#server/base/db/postgresql.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { carryOutAskedKeyCommand } from "#server/evidence/signing-key/command-service.ts";
import { getJwks } from "#server/evidence/signing-key/queries.ts";
import { takeSigner } from "#server/evidence/signing-key/signer.ts";
import { runCommand } from "#server/testing/command.ts";
import { createPostgresqlDatabase, ENGINES, MIGRATIONS } from "#server/testing/database.ts";
import { putEmbedded } from "#server/testing/embedded.ts";

// keys:rotate and keys:revoke: on a stopped portal's database, beside a running portal, and what they refuse.

const UNSET = { DATABASE_URL: "", AUTH_SECRET: "" };
let settings: Record<string, string>;

const rotate = (...args: string[]) => runCommand("scripts/keys-rotate.ts", args, "", { ...UNSET, ...settings });
const revoke = (...args: string[]) => runCommand("scripts/keys-revoke.ts", args, "", { ...UNSET, ...settings });
/** As people run it, in its own process. */
function apart(file: string, ...args: string[]) {
  const child = spawn(process.execPath, ["scripts/run.mjs", file, ...args], {
    env: { ...process.env, ...UNSET, ...settings },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) =>
    child.once("close", (status) => resolve({ status, stdout, stderr })),
  );
}

const THUMBPRINT = /: ((?:[0-9a-f]{4}-){15}[0-9a-f]{4})$/gm;
const thumbprints = (stdout: string) => [...stdout.matchAll(THUMBPRINT)].map(([, one = ""]) => one);

describe.each(ENGINES)("the commands about keys (%s)", (engine) => {
  let dataDir: string;
  let open: () => Promise<Database>;
  let drop = async () => {};
  beforeAll(async () => {
    dataDir = mkdtempSync(path.join(realpathSync(tmpdir()), "with-care-keys-"));
    settings = { DATA_DIR: dataDir, AUTH_SECRET: readAuthSecret(getEnv()) };
    open = () => openEmbedded(dataDir, MIGRATIONS);
    if (engine === "embedded") putEmbedded(dataDir);
    else {
      const created = await createPostgresqlDatabase();
      settings["DATABASE_URL"] = created.url;
      open = () => openPostgresql(created.url, MIGRATIONS);
      drop = created.drop;
    }
  });
  afterAll(async () => {
    useDatabase(undefined);
    await drop();
    rmSync(dataDir, { recursive: true });
  });

  const look = async <Found>(work: (database: Database) => Promise<Found>): Promise<Found> => {
    const database = await open();
    useDatabase(database);
    return work(database).finally(() => database.close());
  };

  it("rotate the keys of all bodies, or of one, with a row of evidence in each body that it concerns", async () => {
    const all = await rotate();
    expect([all.status, all.stderr]).toEqual([0, ""]);
    const lines = all.stdout.trim().split("\n");
    expect(lines.length).toBeGreaterThan(3);
    expect(thumbprints(all.stdout)).toHaveLength(lines.length);
    const one = await rotate("--body", "nao");
    expect([one.status, one.stderr]).toEqual([0, ""]);
    expect(one.stdout).toMatch(/^nao: a new key signs from now on\. Its thumbprint: /);
    await look(async ({ prisma }) => {
      const keys = await prisma.signingKey.findMany();
      expect(keys).toHaveLength(lines.length + 1);
      expect(keys.filter(({ body }) => body === "nao")).toHaveLength(2);
      // The portal can open it, and so makes no new one.
      expect(spokenThumbprint((await takeSigner("nao")).kid)).toBe(thumbprints(one.stdout)[0]);
      const rows = await prisma.evidence.findMany({
        where: { event: "signing-key.made" },
        orderBy: { position: "asc" },
      });
      expect(rows.filter(({ body }) => body === "nao")).toMatchObject([
        { actor: "portal", data: '{"replaces":null,"by":"command"}' },
        { actor: "portal", data: expect.stringMatching(/^\{"replaces":"[\w-]{43}","by":"command"\}$/) as string },
      ]);
      expect(rows.filter(({ body }) => body === "nottingham")).toHaveLength(1);
    });
  });

  it("revoke a key for good, only when that is said, and have another one sign", async () => {
    const [spoken = ""] = thumbprints((await rotate("--body", "nao")).stdout);
    const warned = await revoke(spoken, "--because", "compromised");
    expect(warned.status).toBe(1);
    expect(warned.stderr).toMatch(/this cannot be undone[^]*add --for-good/);
    const done = await revoke(spoken, "--because", "compromised", "--for-good");
    expect([done.status, done.stderr, done.stdout]).toEqual([0, "", `The key ${spoken} of nao is revoked.\n`]);
    const wide = await look(async ({ prisma }) => {
      const { keys } = await getJwks("nao");
      expect(keys.find(({ kid }) => spokenThumbprint(kid) === spoken)).toMatchObject({
        revoked: { reason: "compromised" },
      });
      const current = await prisma.signingKey.findUniqueOrThrow({ where: { current: "nao" } });
      expect(spokenThumbprint(current.kid)).not.toBe(spoken);
      expect(await prisma.evidence.count({ where: { event: "signing-key.revoked", body: "nao" } })).toBe(1);
      // Keys as they were originally: for the whole portal.
      await prisma.signingKey.update({
        where: { kid: current.kid },
        data: { body: null, current: null, sealed: null, retiredAt: new Date() },
      });
      return current.kid;
    });
    const ofAll = await revoke(wide, "--because", "superseded", "--for-good");
    expect([ofAll.status, ofAll.stderr, ofAll.stdout]).toEqual([
      0,
      "",
      `The key ${spokenThumbprint(wide)} of the whole portal is revoked.\n`,
    ]);
    await look(async ({ prisma }) => {
      const told = await prisma.evidence.findMany({ where: { event: "signing-key.revoked", subject: wide } });
      expect(told.length).toBeGreaterThan(3); // one in each body
    });
    const again = await revoke(spoken, "--because", "superseded", "--for-good");
    expect([again.status, again.stderr]).toEqual([1, "This key is revoked already. That cannot be taken back.\n"]);
  });

  it.each([
    [rotate, ["--body", "nowhere"], /"nowhere" is not a body that this portal serves: choose from .*nao/],
    [rotate, ["--boddy"], /^Unknown option '--boddy'\. Use: npm run keys:rotate/],
    [rotate, ["nao"], /Use: npm run keys:rotate/],
    [revoke, [], /is not a thumbprint of a key\. Use: npm run keys:revoke/],
    [revoke, ["a".repeat(64)], /Say why: --because compromised/],
    [revoke, ["a".repeat(64), "--because", "bored", "--for-good"], /Say why/],
    [revoke, ["a".repeat(64), "b".repeat(64)], /Give one thumbprint/],
    [revoke, ["a".repeat(64), "--because", "superseded", "--for-good"], /No key of this portal has this thumbprint/],
  ])("change nothing where they are typed wrongly: %o %j", async (command, args, words) => {
    const { status, stdout, stderr } = await command(...args);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(words);
  });

  it("make no key that the portal could not open", async () => {
    settings = { ...settings, AUTH_SECRET: "" };
    const { status, stderr } = await rotate();
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /There is no sign-in secret in .*: set the AUTH_SECRET or the DATA_DIR that the portal has\./,
    );
  });
});

describe("the commands about keys, beside a portal on the embedded database", () => {
  let dataDir: string;
  let database: Database;
  let server: Server;
  beforeEach(async () => {
    dataDir = mkdtempSync(path.join(realpathSync(tmpdir()), "with-care-keys-"));
    putEmbedded(dataDir);
    database = await openEmbedded(dataDir, MIGRATIONS);
    useDatabase(database);
    settings = { DATA_DIR: dataDir, AUTH_SECRET: readAuthSecret(getEnv()) };
    // What app/api/signing-keys does, without the portal around it.
    server = createServer((request, response) => {
      const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        void carryOutAskedKeyCommand(token, JSON.parse(text)).then((answer) => {
          if (typeof answer === "string") response.writeHead(answer === "refused" ? 401 : 400).end("{}");
          else response.end(JSON.stringify(answer));
        });
      });
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const own = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    writeFileSync(path.join(dataDir, "portal-address.json"), JSON.stringify({ address: own }));
    return async () => {
      await new Promise((resolve) => server.close(resolve));
      useDatabase(undefined);
      await database.close();
      rmSync(dataDir, { recursive: true });
    };
  });

  it("ask it, with a token that its secret makes", async () => {
    const made = await apart("scripts/keys-rotate.ts", "--body", "nao");
    expect([made.status, made.stderr]).toEqual([0, ""]);
    const [spoken = ""] = thumbprints(made.stdout);
    const done = await apart("scripts/keys-revoke.ts", spoken, "--because", "superseded", "--for-good");
    expect([done.status, done.stdout]).toEqual([0, `The key ${spoken} of nao is revoked.\n`]);
    expect(await database.prisma.signingKey.count({ where: { body: "nao" } })).toBe(2);
    settings = { ...settings, AUTH_SECRET: "t".repeat(40) };
    const refused = await apart("scripts/keys-rotate.ts");
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/refused: it has another sign-in secret/),
    ]);
  });

  it("is let in by no token of another command", async () => {
    expect(await carryOutAskedKeyCommand("", { what: "rotate", body: null })).toBe("refused");
    expect(await database.prisma.signingKey.count()).toBe(0);
  });
});
