import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { EnvironmentError, readEnvironment, withoutSignIn } from "./environment.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "with-care-env-"));
const file = path.join(folder, "file");
writeFileSync(file, "");
afterAll(() => rmSync(folder, { recursive: true }));

const read = (source: Record<string, string | undefined>) => readEnvironment(source, process.cwd());
const postgresql = "postgresql://portal:hunter2@db.example:5433/portal";

describe("defaults", () => {
  it("is an evaluation on this machine alone, with every body", () => {
    const env = read({});
    expect(env).toMatchObject({ port: 3000, host: "127.0.0.1", evaluation: true, databaseUrl: null, authSecret: null });
    expect(env).toMatchObject({ dataDir: path.resolve(".data"), contentDir: path.resolve("content") });
    expect(env.appUrl).toBe("http://127.0.0.1:3000");
    expect(env.bodies).toEqual([...env.bodies].sort());
    expect(env.bodies).toContain("nao");
  });

  it.each([
    [{ PORT: "8080" }, "http://127.0.0.1:8080"],
    [{ HOST: "0.0.0.0", PORT: "81" }, "http://127.0.0.1:81"],
    [{ HOST: "::1" }, "http://[::1]:3000"],
    [{ HOST: "portal.example" }, "http://portal.example:3000"],
    [{ APP_URL: "https://with-care.example.gov.uk/" }, "https://with-care.example.gov.uk"],
  ])("makes the address from %j", (source, appUrl) => expect(read(source).appUrl).toBe(appUrl));

  it("counts an empty value as not set", () => {
    expect(read({ PORT: "", HOST: " ", BODIES: "", DATABASE_URL: "", EVALUATION: "", APP_URL: "" })).toEqual(read({}));
  });
});

describe("given values", () => {
  it("serves the bodies named", () =>
    expect(read({ BODIES: "nottingham, nao" }).bodies).toEqual(["nao", "nottingham"]));
  it("takes a database server for an evaluation that is asked for", () =>
    expect(read({ DATABASE_URL: postgresql, EVALUATION: "1" }).databaseUrl).toBe(postgresql));

  it("lets events out to the hosts that are named, and to none otherwise", () => {
    const WEBHOOK_HOSTS = "Hooks.slack.com, *.logic.azure.com,events.example.gov.uk:8443, [::1]:9443";
    expect(read({})).toMatchObject({ webhookHosts: [], webhookPrivate: false });
    expect(read({ WEBHOOK_HOSTS, WEBHOOK_PRIVATE: "1" })).toMatchObject({
      webhookHosts: ["hooks.slack.com", "*.logic.azure.com", "events.example.gov.uk:8443", "[::1]:9443"],
      webhookPrivate: true,
    });
    for (const wrong of ["https://hooks.slack.com", "*", "*.com", "a/b", "a b", "user@host", "*.*.example.com"])
      expect(() => read({ WEBHOOK_HOSTS: wrong }), wrong).toThrow("WEBHOOK_HOSTS holds");
    expect(() => read({ WEBHOOK_PRIVATE: "yes" })).toThrow("WEBHOOK_PRIVATE is");
  });

  it("takes the server's own address where DATABASE_URL is a pooler's, and a replica's", () => {
    const alone = { DATABASE_URL: postgresql, EVALUATION: "1" };
    expect(read(alone)).toMatchObject({ databaseSessionUrl: postgresql, databaseReadUrl: null });
    const [direct, replica] = [
      "postgresql://portal:hunter2@direct/portal",
      "postgresql://portal:hunter2@replica/portal",
    ];
    expect(read({ ...alone, DATABASE_SESSION_URL: direct, DATABASE_READ_URL: replica })).toMatchObject({
      databaseUrl: postgresql,
      databaseSessionUrl: direct,
      databaseReadUrl: replica,
    });
  });
});

describe("TLS to the database", () => {
  const parametersOf = (parameters: string, settings: Record<string, string> = {}) => {
    const { databaseUrl } = read({ DATABASE_URL: `${postgresql}${parameters}`, EVALUATION: "1", ...settings });
    return Object.fromEntries(new URL(databaseUrl ?? "").searchParams);
  };
  const [strict, libpq] = [{ sslmode: "verify-full" }, { uselibpqcompat: "true" }];

  it.each([
    ["", {}, {}],
    ["?sslmode=disable", {}, { sslmode: "disable", ...libpq }],
    ["?sslmode=require", {}, { sslmode: "require", ...libpq }],
    ["?sslmode=no-verify", { PGSSLROOTCERT: file }, { sslmode: "require", ...libpq }],
    [`?sslmode=verify-ca&sslrootcert=${file}`, {}, { sslmode: "verify-ca", sslrootcert: file, ...libpq }],
    [`?sslrootcert=${file}`, {}, { ...strict, sslrootcert: file, ...libpq }],
    ["?sslmode=require&sslrootcert=system", {}, { ...strict, ...libpq }],
    ["?connect_timeout=3", { PGSSLMODE: "verify-full" }, { ...strict, connect_timeout: "3", ...libpq }],
    ["?sslmode=disable", { PGSSLMODE: "verify-full", PGSSLCERT: file }, { sslmode: "disable", ...libpq }],
    [
      "",
      { PGSSLMODE: "require", PGSSLCERT: file, PGSSLKEY: file },
      { sslmode: "require", sslcert: file, sslkey: file, ...libpq },
    ],
    ["?host=/run/postgresql", { PGSSLMODE: "verify-full" }, { host: "/run/postgresql" }],
  ])("is asked for as with PostgreSQL's own programs: %s %j", (parameters, settings, expected) =>
    expect(parametersOf(parameters, settings)).toEqual(expected),
  );

  it("is the same for each further address of the database", () => {
    const DATABASE_OWNER_URL = "postgresql://owner:hunter2@db.example/portal?sslmode=disable";
    const env = read({ DATABASE_URL: postgresql, DATABASE_OWNER_URL, EVALUATION: "1", PGSSLMODE: "require" });
    expect(env.databaseOwnerUrl).toMatch(/sslmode=disable/);
    expect(env.databaseSessionUrl).toBe(env.databaseUrl);
    expect(env.databaseUrl).toMatch(/sslmode=require/);
  });

  it.each([
    ["?sslmode=prefer", "sslmode=prefer: give verify-full"],
    ["?sslmode=verify-ca", "sslrootcert=/path/to/ca.pem"],
    [`?sslmode=verify-full&sslrootcert=${folder}/none`, 'none" as sslrootcert, which this account cannot read'],
  ])("stops with what to do: %s", (parameters, words) => {
    expect(() => parametersOf(parameters)).toThrow(words);
    expect(() => parametersOf(parameters)).not.toThrow("hunter2");
  });
});

describe("the token of monitoring", () => {
  it("is long, or none", () => {
    expect(read({}).metricsToken).toBeNull();
    expect(read({ METRICS_TOKEN: "m".repeat(32) }).metricsToken).toBe("m".repeat(32));
    for (const wrong of ["m".repeat(31), `${"m".repeat(40)} ${"m".repeat(40)}`, "ü".repeat(40)])
      expect(() => read({ METRICS_TOKEN: wrong })).toThrow(
        /^METRICS_TOKEN is not 32 to 200 .*\(its value is not shown\)/,
      );
  });
});

describe("what holds the portal together under load", () => {
  it("trusts no proxy and limits what is asked, unless it is told", () => {
    expect(read({})).toMatchObject({ trustedProxies: [], logLevel: "info", logFormat: null, isLogLevelGiven: false });
    expect(read({}).limits).toEqual({ signIn: 300, api: 600, scim: 1800, embed: 1800, search: 120, export: 60 });
    expect(read({}).mostConnections).toBe(256);
    expect(read({ LIMIT_CONNECTIONS: "1000" }).mostConnections).toBe(1000);
    expect(read({ LIMIT_SCIM: "5", TRUSTED_PROXIES: "2" })).toMatchObject({ limits: { scim: 5 }, trustedProxies: 2 });
    expect(read({ TRUSTED_PROXIES: "10.0.0.5, fd00::/8" }).trustedProxies).toEqual(["10.0.0.5", "fd00::/8"]);
    expect(read({ LOG_LEVEL: "warn", LOG_FORMAT: "json" })).toMatchObject({ logLevel: "warn", logFormat: "json" });
  });

  it.each([
    [{ TRUSTED_PROXIES: "all" }, 'TRUSTED_PROXIES holds "all"'],
    [{ TRUSTED_PROXIES: "10.0.0.0/33" }, 'TRUSTED_PROXIES holds "10.0.0.0/33"'],
    [{ LIMIT_API: "0" }, 'LIMIT_API is "0"'],
    [{ LIMIT_CONNECTIONS: "7" }, 'LIMIT_CONNECTIONS is "7": give a whole number from 8'],
    [{ LOG_LEVEL: "loud" }, 'LOG_LEVEL is "loud"'],
    [{ LOG_FORMAT: "xml" }, 'LOG_FORMAT is "xml"'],
  ])("refuses %j", (source, message) => expect(() => read(source)).toThrow(message));
});

describe("an identity provider", () => {
  const oidc = {
    OIDC_ISSUER: "https://login.example/realms/staff",
    OIDC_CLIENT_ID: "portal",
    OIDC_CLIENT_SECRET: "hunter2",
  };

  it("ends the evaluation, and lets the portal listen for everybody on a database server", () => {
    const env = read({ ...oidc, DATABASE_URL: postgresql });
    expect(env.appUrl).toBe("http://127.0.0.1:3000");
    expect(env).toMatchObject({ evaluation: false, host: "0.0.0.0", databaseUrl: postgresql });
    expect(env.oidc).toMatchObject({ issuer: oidc.OIDC_ISSUER, emailClaim: "email", groupsClaim: "groups" });
    expect(read({ ...oidc, EVALUATION: "0" }).evaluation).toBe(false);
    expect(read(withoutSignIn(oidc)).oidc).toBeNull();
  });

  it.each([
    "https://care.example.gov.uk",
    "https://10.0.0.5:8443",
    "http://localhost:3000",
    "http://LOCALHOST.",
    "http://127.0.0.1:81",
    "http://[::1]:3000",
    "http://a.localhost",
  ])("lets people sign in at %s", (APP_URL) => expect(read({ ...oidc, APP_URL }).appUrl).toBe(new URL(APP_URL).origin));

  it.each([
    { APP_URL: "http://care.example.gov.uk" },
    { APP_URL: "http://10.0.0.5:3000" },
    { APP_URL: "http://localhost.example.gov.uk" },
    { APP_URL: "http://[fd00::1]:3000" },
    { HOST: "care.example.gov.uk" },
    { HOST: "10.0.0.5", PORT: "80" },
  ])("does not let sessions go over the network in the clear: %j", (source) => {
    const refused = () => read({ ...oidc, ...source });
    expect(refused).toThrow(EnvironmentError);
    expect(refused).toThrow(/^APP_URL is http:.* put TLS in front and give the https:\/\/ address that people type/);
    expect(read(source).evaluation, "an evaluation may").toBe(true);
    expect(read(withoutSignIn({ ...oidc, ...source })).oidc, "commands may").toBeNull();
  });

  it("reads which roles groups of the directory give, or that they are called like them", () => {
    expect(read({}).scimGroupRoles).toBeNull();
    const { scimGroupRoles } = read({ SCIM_GROUP_ROLES: "Portal admins = administrator; a=b=auditor" });
    expect([...(scimGroupRoles ?? [])]).toEqual([
      ["Portal admins", "administrator"],
      ["a=b", "auditor"],
    ]);
  });

  it("reads what its groups mean", () => {
    const groups = {
      OIDC_GROUP_ROLES: "cn=ig,ou=x=governance-officer; /wc/audit = auditor;",
      OIDC_GROUP_BODIES: "s=nao",
    };
    const env = read({ ...oidc, ...groups, OIDC_EMAIL_CLAIM: "upn", OIDC_TRUST_EMAIL: "1" });
    expect([...(env.oidc?.groupRoles ?? [])]).toEqual([
      ["cn=ig,ou=x", "governance-officer"],
      ["/wc/audit", "auditor"],
    ]);
    expect([...(env.oidc?.groupBodies ?? [])]).toEqual([["s", "nao"]]);
    expect(env.oidc).toMatchObject({ emailClaim: "upn", trustsEmail: true });
    expect(read(oidc).oidc).toMatchObject({ trustsEmail: false, required: [] });
  });

  it("reads how strong a sign-in has to be", () => {
    const required = read({ ...oidc, OIDC_REQUIRE: "amr=mfa; acr = urn:a=b:strong;" }).oidc?.required;
    expect(required).toEqual([
      { claim: "amr", value: "mfa" },
      { claim: "acr", value: "urn:a=b:strong" },
    ]);
    expect(read(withoutSignIn({ ...oidc, OIDC_REQUIRE: "mfa" })).oidc).toBeNull();
  });

  it.each([
    [{ ...oidc, EVALUATION: "1" }, "EVALUATION is 1, but"],
    [{ ...oidc, OIDC_CLIENT_SECRET: "" }, "OIDC_CLIENT_SECRET is missing"],
    [{ OIDC_CLIENT_ID: "x" }, "OIDC_ISSUER and OIDC_CLIENT_SECRET is missing"],
    [{ ...oidc, OIDC_ISSUER: "http://login.example" }, "OIDC_ISSUER is not"],
    [{ ...oidc, OIDC_ISSUER: "login" }, "OIDC_ISSUER is not"],
    [{ ...oidc, OIDC_GROUP_ROLES: "ig" }, 'OIDC_GROUP_ROLES holds "ig"'],
    [{ SCIM_GROUP_ROLES: "Auditors" }, 'SCIM_GROUP_ROLES holds "Auditors"'],
    [{ ...oidc, OIDC_GROUP_BODIES: "a=nowhere" }, 'OIDC_GROUP_BODIES names "nowhere"'],
    [{ OIDC_REQUIRE: "amr=mfa" }, "OIDC_REQUIRE is set, but no identity provider is"],
    [{ OIDC_TRUST_EMAIL: "1" }, "OIDC_TRUST_EMAIL is set"],
    [{ ...oidc, OIDC_REQUIRE: "mfa" }, 'OIDC_REQUIRE is "mfa"'],
    [{ ...oidc, OIDC_REQUIRE: "amr=" }, "OIDC_REQUIRE is"],
    [{ ...oidc, OIDC_REQUIRE: "amr=mfa acr=2" }, "OIDC_REQUIRE is"],
    [{ ...oidc, OIDC_REQUIRE: "AMR=mfa" }, "OIDC_REQUIRE is"],
    [{ ...oidc, OIDC_REQUIRE: ";" }, "OIDC_REQUIRE is"],
    [{ ...oidc, OIDC_REQUIRE: "amr=mfa;loa=2" }, "OIDC_REQUIRE is"],
    [{ ...oidc, OIDC_TRUST_EMAIL: "yes" }, 'OIDC_TRUST_EMAIL is "yes"'],
    [{ ...oidc, OIDC_EMAIL_CLAIM: "upn" }, 'OIDC_EMAIL_CLAIM is "upn"'],
    [{ ...oidc, OIDC_EMAIL_CLAIM: "upn", OIDC_TRUST_EMAIL: "0" }, 'OIDC_EMAIL_CLAIM is "upn"'],
    [{ SESSION_HOURS: "13" }, 'SESSION_HOURS is "13"'],
    [{ SESSION_IDLE_MINUTES: "0" }, 'SESSION_IDLE_MINUTES is "0"'],
  ])("refuses %j", (source, message) => {
    const refused = () => read(source);
    expect(refused).toThrow(EnvironmentError);
    expect(refused).toThrow(message);
    expect(refused).not.toThrow("hunter2");
  });
});

describe("mail", () => {
  it("is not sent where no server is named, and comes from the portal", () =>
    expect(read({ APP_URL: "https://care.example.gov.uk" })).toMatchObject({
      smtpUrl: null,
      mailFrom: "with-care@care.example.gov.uk",
    }));
  it.each(["smtp://mail.example", "smtp://a%40b:secret@mail.example:587/", "smtps://mail.example:465?pool=true"])(
    "goes through %s",
    (url) => expect(read({ SMTP_URL: url }).smtpUrl).toBe(url),
  );
  it.each(["care@example.gov.uk", "With Care <care@example.gov.uk>"])("comes from %s", (sender) =>
    expect(read({ MAIL_FROM: sender }).mailFrom).toBe(sender),
  );
});

describe("wrong values stop with one sentence that names the setting", () => {
  it.each([
    [{ PORT: "abc" }, 'PORT is "abc"'],
    [{ SMTP_URL: "mail.example:25" }, "SMTP_URL is not the address of a mail server"],
    [{ SMTP_URL: "http://user:hunter2@mail.example" }, "SMTP_URL"],
    [{ SMTP_URL: "smtp://" }, "SMTP_URL"],
    [{ SMTP_URL: "smtp://mail.example/path" }, "SMTP_URL"],
    [{ MAIL_FROM: "nobody" }, 'MAIL_FROM is "nobody"'],
    [{ MAIL_FROM: "A <a@b> <c@d>" }, "MAIL_FROM"],
    [{ PORT: "0" }, 'PORT is "0"'],
    [{ PORT: "65536" }, 'PORT is "65536"'],
    [{ PORT: "3000.5" }, "PORT"],
    [{ PORT: "-1" }, "PORT"],
    [{ HOST: "a b" }, 'HOST is "a b"'],
    [{ HOST: "1.2.3" }, 'HOST is "1.2.3"'],
    [{ HOST: "http://x" }, "HOST"],
    [{ EVALUATION: "yes" }, 'EVALUATION is "yes"'],
    [{ EVALUATION: "0" }, "EVALUATION is 0"],
    [{ BODIES: "nao,foo" }, 'BODIES names "foo"'],
    [{ BODIES: "NAO" }, "choose from"],
    [{ DATA_DIR: file }, `DATA_DIR is "${file}"`],
    [{ DATA_DIR: path.join(file, "below") }, "DATA_DIR"],
    [{ CONTENT_DIR: path.join(folder, "none") }, "CONTENT_DIR is"],
    [{ CONTENT_DIR: folder }, "CONTENT_DIR is"],
    [{ APP_URL: "portal" }, 'APP_URL ("portal")'],
    [{ APP_URL: "ftp://portal" }, "APP_URL"],
    [{ APP_URL: "https://portal/below" }, "APP_URL"],
    [{ APP_URL: "https://u:hunter2@portal" }, "APP_URL"],
    [{ AUTH_SECRET: "hunter2" }, "AUTH_SECRET"],
    [{ DATABASE_URL: postgresql }, "EVALUATION=1"],
    [{ EVALUATION: "0", DATABASE_URL: postgresql }, "EVALUATION is 0"],
    [{ DATABASE_URL: "mysql://u:hunter2@h/d", EVALUATION: "1" }, "DATABASE_URL"],
    [{ DATABASE_OWNER_URL: "postgresql://owner:hunter2@h/d" }, "DATABASE_URL is not"],
    [{ DATABASE_OWNER_URL: "owner:hunter2@h/d", DATABASE_URL: postgresql, EVALUATION: "1" }, "is not an address"],
    [{ DATABASE_OWNER_URL: postgresql, DATABASE_URL: postgresql, EVALUATION: "1" }, "name the same account"],
    [{ DATABASE_SESSION_URL: postgresql }, "DATABASE_URL is not: give both, that of the pooler"],
    [{ DATABASE_SESSION_URL: "u:hunter2@h/d", DATABASE_URL: postgresql, EVALUATION: "1" }, "is not an address"],
    [{ DATABASE_READ_URL: postgresql }, "DATABASE_URL is not: give both, that of the primary"],
    [{ DATABASE_READ_URL: "http://u:hunter2@h/d", DATABASE_URL: postgresql, EVALUATION: "1" }, "is not an address"],
    [{ DATABASE_URL: "postgresql://u:hun#ter2@h/d", EVALUATION: "1" }, "DATABASE_URL"],
    [{ DATABASE_URL: "postgresql://u:hunter2@h", EVALUATION: "1" }, "DATABASE_URL"],
    [{ DATABASE_URL: `${postgresql}?schema=other`, EVALUATION: "1" }, 'schema "other"'],
  ])("%j", (source, part) => {
    const message = messageOf(() => read(source));
    expect(message).toContain(part);
    expect(message).toContain(Object.keys(source)[0]);
    expect(message).not.toMatch(/\n|hunter2|ter2/);
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  throw new Error("No EnvironmentError.");
}
