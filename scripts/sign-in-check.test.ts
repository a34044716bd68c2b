import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { checkSignIn } from "#server/access/identity/provider-check.ts";
import { runCommand } from "#server/testing/command.ts";
import { startIdentityProvider, type IdentityProvider, type ProviderFault } from "#server/testing/identity-provider.ts";

// The command, against a real provider that is set up wrongly in one way after the other.

const PORTAL = "http://127.0.0.1:3999";
let folder: string;
let provider: IdentityProvider;
let settings: Record<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(path.join(realpathSync(tmpdir()), "with-care-sign-in-"));
  provider = await startIdentityProvider(PORTAL, []);
  const { issuer, clientId, clientSecret } = provider;
  const client = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret };
  settings = { ...client, APP_URL: PORTAL, DATABASE_URL: "", BODIES: "", DATA_DIR: folder, EVALUATION: "" };
});
afterEach(() => provider.setFault({}));
afterAll(async () => {
  await provider.close();
  rmSync(folder, { recursive: true });
});

const run = (more: Record<string, string> = {}, ...args: string[]) =>
  runCommand("scripts/sign-in-check.ts", args, "", { ...settings, ...more });

it("says line by line that all is well", async () => {
  const { status, stdout, stderr } = await run();
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  for (const part of ["discovery", "clock", "keys", "registration", "secret"])
    expect(stdout).toContain(`ok     ${part}: `);
  expect(stdout).toContain("Nothing stands in the way");
  expect(stdout).not.toContain(provider.clientSecret);
});

it("runs as a process, and says that there is no provider to check", () => {
  const args = ["--conditions=react-server", "--import", "tsx", "scripts/sign-in-check.ts"];
  const env = { ...process.env, ...settings, OIDC_ISSUER: "", OIDC_CLIENT_ID: "", OIDC_CLIENT_SECRET: "" };
  const done = spawnSync(process.execPath, args, { encoding: "utf8", env });
  expect(done.status).toBe(1);
  expect(done.stderr).toContain("No identity provider is set");
});

it.each<[string, ProviderFault, Record<string, string>, string[]]>([
  [
    "a clock",
    { aheadSeconds: 120 },
    {},
    ["FAULT  clock: The provider's clock is 120 seconds ahead", "Two clocks do not agree"],
  ],
  ["a clock behind", { aheadSeconds: -120 }, {}, ["clock is 120 seconds behind"]],
  ["keys", { keys: [] }, {}, ["FAULT  keys: None of the 0 keys", "We could not check the answer"]],
  ["keys for encryption", { keys: [{ kty: "RSA", use: "enc" }] }, {}, ["None of the 1 keys"]],
  ["the secret", {}, { OIDC_CLIENT_SECRET: "another secret" }, ["FAULT  secret: ", "OIDC_CLIENT_SECRET"]],
  ["the application", {}, { OIDC_CLIENT_ID: "nobody" }, ["FAULT  registration: ", "OIDC_CLIENT_ID"]],
  [
    "the address",
    {},
    { APP_URL: "http://127.0.0.1:3998" },
    ["FAULT  registration: ", "Register http://127.0.0.1:3998/sign-in/callback"],
  ],
  [
    "another provider",
    { metadata: { issuer: "https://login.example.gov.uk" } },
    {},
    ["FAULT  discovery: ", "Set OIDC_ISSUER=https://login.example.gov.uk"],
  ],
])("finds that %s is wrong, says what to do and what staff would read", async (_, fault, wrong, words) => {
  provider.setFault(fault);
  const { status, stdout } = await run(wrong);
  expect(status).toBe(1);
  for (const one of words) expect(stdout).toContain(one);
  expect(stdout).toContain("Staff would read: ");
  expect(stdout).toContain("What to do: ");
  expect(stdout).toContain("to put right.");
});

it("finds a name that is a slash off, and one that does not answer", async () => {
  provider.setFault({ metadata: { issuer: `${provider.issuer}/realm` } });
  const slash = await run({ OIDC_ISSUER: `${provider.issuer}/realm/` });
  expect(slash.stdout).toContain(`Set OIDC_ISSUER=${provider.issuer}/realm, to the last slash`);
  expect(slash.status).toBe(1);
  const nobody = await run({ OIDC_ISSUER: "http://127.0.0.1:9" });
  expect(nobody.stdout).toContain("Signing in is not possible just now");
  expect(nobody.status).toBe(1);
});

it("says which claims the provider does not promise, and what comes of it", async () => {
  provider.setFault({ metadata: { claims_supported: ["sub", "email"] } });
  const { status, stdout } = await run({ OIDC_GROUP_ROLES: "ig=auditor", OIDC_REQUIRE: "amr=mfa" });
  expect(status).toBe(0);
  expect(stdout).toContain("ok     claims: The provider gives “email”.");
  for (const name of ["“email_verified” or “xms_edov”", "“groups”", "“amr”", "“auth_time”"])
    expect(stdout).toContain(`?      claims: The provider does not say whether it gives ${name}`);
});

it("says what somebody with these claims would meet", async () => {
  const file = path.join(folder, "claims.json");
  const claims = { iss: provider.issuer, aud: "with-care", sub: "1", auth_time: 1, email: "ann@nao.invalid" };
  const with_ = async (more: object) => {
    writeFileSync(file, JSON.stringify({ ...claims, email_verified: true, groups: ["ig"], ...more }));
    return run({ OIDC_GROUP_ROLES: "ig=auditor" }, "--claims", file);
  };
  const well = await with_({});
  expect(well.status).toBe(0);
  expect(well.stdout).toContain("Their groups give: Employee, Auditor.");
  for (const [more, words] of [
    [{ aud: "another" }, "The answer was meant for another application"],
    [{ iss: `${provider.issuer}/realm` }, "has another name than we expect"],
    [{ email: undefined }, "Your work account has no e-mail address"],
    [{ email_verified: false }, "Your e-mail address is not confirmed"],
    [{ groups: undefined, hasgroups: true }, "Their roles are not said (overage)"],
    [{ groups: undefined }, "Their roles are not said (missing)"],
  ] as const) {
    const { status, stdout } = await with_(more);
    expect([status, stdout]).toEqual([1, expect.stringContaining(words)]);
  }
  writeFileSync(file, "no token");
  expect(await run({}, "--claims", file)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("neither") as string,
  });
});

it("is nothing to look at for others where there is no provider", async () => {
  expect(await checkSignIn({ oidc: null, appUrl: PORTAL })).toEqual([]);
});
