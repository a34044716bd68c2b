import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEnvironment } from "#server/base/environment/environment.mjs";
import { hasPostgresql, startPostgresql } from "../../../scripts/test-postgresql.mjs";
import { connect } from "./postgresql.ts";

const canRun =
  hasPostgresql() && /^OpenSSL [3-9]/.test(spawnSync("openssl", ["version"], { encoding: "utf8" }).stdout ?? "");

describe.skipIf(!canRun)("a connection with TLS to a server whose certificate is from the body's own authority", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "with-care-tls-"));
  const [authority, other] = ["ca.pem", "other.pem"].map((name) => path.join(folder, name));
  let server: Awaited<ReturnType<typeof startPostgresql>>;
  beforeAll(async () => {
    const openssl = (...args: string[]) => void execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
    const key = ["-newkey", "rsa:2048", "-nodes", "-days", "2"];
    for (const name of ["ca", "other"])
      openssl("req", "-x509", ...key, "-subj", `/CN=${name}`, "-keyout", `${name}.key`, "-out", `${name}.pem`);
    const name = ["-subj", "/CN=database", "-addext", "subjectAltName=DNS:localhost"];
    openssl("req", "-x509", ...key, ...name, "-CA", "ca.pem", "-CAkey", "ca.key", "-keyout", "s.key", "-out", "s.pem");
    server = await startPostgresql({ cert: path.join(folder, "s.pem"), key: path.join(folder, "s.key") });
  }, 120_000);
  afterAll(() => {
    server?.stop();
    rmSync(folder, { recursive: true });
  });

  /** Whether a connection is encrypted, or why there is none: the server as `host`, with these parameters and settings. */
  async function reach(host: string, parameters: string, settings: Record<string, string> = {}): Promise<string> {
    const url = new URL(server?.url ?? "");
    url.hostname = host;
    const given = { DATABASE_URL: `${url.href}${parameters}`, EVALUATION: "1", ...settings };
    try {
      const client = await connect(readEnvironment(given, process.cwd()).databaseUrl ?? "");
      const { rows } = await client.query<{ ssl: boolean }>("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
      await client.end();
      return rows[0]?.ssl ? "encrypted" : "in the clear";
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  it.each([
    ["localhost", "", "in the clear"],
    ["localhost", "?sslmode=disable", "in the clear"],
    ["127.0.0.1", "?sslmode=require", "encrypted"],
    ["127.0.0.1", `?sslmode=verify-ca&sslrootcert=${authority}`, "encrypted"],
    ["localhost", `?sslmode=verify-full&sslrootcert=${authority}`, "encrypted"],
    ["127.0.0.1", `?sslmode=verify-full&sslrootcert=${authority}`, "is for another name"],
    ["localhost", `?sslmode=require&sslrootcert=${other}`, "sslrootcert=/path/to/ca.pem to DATABASE_URL"],
    ["localhost", "?sslmode=verify-full", "sslrootcert=/path/to/ca.pem to DATABASE_URL"],
  ])("to %s%s: %s", async (host, parameters, words) => expect(await reach(host, parameters)).toContain(words));

  it("takes the same from the environment", async () => {
    const settings = { PGSSLMODE: "verify-full", PGSSLROOTCERT: String(authority) };
    expect(await reach("localhost", "", settings)).toBe("encrypted");
    expect(await reach("localhost", "", { PGSSLMODE: "verify-full" })).toContain("sslrootcert=/path/to/ca.pem");
  });
});
