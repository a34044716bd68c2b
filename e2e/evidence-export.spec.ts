import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { expect, test } from "./fixture.ts";
import { PortalPage } from "./page/portal-page.ts";
import { inRole } from "./person.ts";
import { MODEL, NAO } from "./policy.ts";

const run = promisify(execFile);

// An auditor takes a period along, and checks it with Node alone; all of it without JavaScript.
test.use({ javaScriptEnabled: false });

test("an auditor exports a period, checks it without the portal, and sees what was tampered with", async ({
  visit,
  signInAs,
  baseURL,
}) => {
  const work = mkdtempSync(path.join(tmpdir(), "with-care-e2e-export-"));
  await signInAs(inRole("Auditor", NAO));
  const evidence = await PortalPage.openAt(visit, "/evidence?actor=the+auditor", "Evidence");
  await evidence.followLink("Export a period");
  const form = await PortalPage.openAt(visit, new URL(visit.page.url()).pathname, "Export the evidence");
  await form.main.getByRole("group", { name: "First day" }).getByLabel("Day").fill("31");
  await form.main.getByRole("group", { name: "First day" }).getByLabel("Month").fill("2");
  await form.main.getByRole("button", { name: "Save the ZIP file" }).click();
  await expect(form.main).toContainText("The first day must be a day that exists");
  await form.main.getByRole("group", { name: "First day" }).getByLabel("Day").fill("1");
  await form.main.getByLabel("Yes: with names and texts").check();
  const downloading = visit.page.waitForEvent("download");
  await form.main.getByRole("button", { name: "Save the ZIP file" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^evidence-nao-20\d\d-02-01-to-20\d\d-\d\d-\d\d-EXP-\w{4}-\w{4}\.zip$/);

  const files = unzipSync(readFileSync(await download.path()));
  let folder = "";
  for (const [name, bytes] of Object.entries(files)) {
    folder = path.join(work, name.split("/")[0] ?? "");
    mkdirSync(path.dirname(path.join(work, name)), { recursive: true });
    writeFileSync(path.join(work, name), bytes);
  }
  // As somebody does who has nothing but Node: no settings, no modules of ours.
  const verify = async (...args: string[]) => {
    const options = { cwd: folder, env: { PATH: process.env["PATH"], NODE_ENV: "production" as const } };
    return run(process.execPath, ["verify.mjs", ...args], options).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, said: stdout }),
    );
  };
  // The thumbprint is read out from the page; the keys of the portal and those of the export come next.
  await visit.page.goto("/evidence/export");
  const spoken = /(?:[0-9a-f]{4}-){15}[0-9a-f]{4}/.exec(await form.main.innerText())?.[0] ?? "";
  await visit.page.goto("/evidence");
  await expect(evidence.main).toContainText(spoken);
  for (const way of [
    ["--key", spoken],
    ["--key-of", baseURL ?? ""],
  ]) {
    const whole = await verify(...way);
    expect(whole.said).toMatch(/^PROVEN: /);
    expect(whole.code).toBe(0);
  }
  for (const way of [[], ["--keys", "jwks.json"]]) {
    const alone = await verify(...way);
    expect(alone.said).toMatch(/^NOT PROVEN: /);
    expect(alone.code).toBe(2);
  }

  const file = path.join(folder, "evidence", "nao.jsonl");
  const lines = readFileSync(file, "utf8").split("\n");
  const position = /"position":(\d+)/.exec(lines[0] ?? "")?.[1];
  writeFileSync(
    file,
    [(lines[0] ?? "").replace(/"actor":"[^"]*"/, '"actor":"somebody"'), ...lines.slice(1)].join("\n"),
  );
  const changed = await verify("--key", spoken);
  expect(changed.code).toBe(1);
  expect(changed.said).toContain(`FAULT: Row ${position} of evidence/nao.jsonl: its content does not match its hash`);
  rmSync(work, { recursive: true });

  await visit.page.goto("/evidence?event=evidence.exported");
  const newest = evidence.main.getByRole("listitem").first();
  await expect(newest).toContainText(/exported evidence as EXP-/);
  const [list] = await Promise.all([
    visit.page.waitForEvent("download"),
    evidence.main.getByRole("button", { name: "Save this list as a file (CSV)" }).click(),
  ]);
  expect(list.suggestedFilename()).toMatch(/^evidence-nao-20\d\d-\d\d-\d\d\.csv$/);
  expect(readFileSync(await list.path(), "utf8")).toContain("Evidence exported");
  await visit.page.goto("/evidence?event=evidence.exported");
  await expect(newest).toContainText(/exported evidence as evidence-nao-/);
});

test("an administrator replaces the key of the body, and revokes the earlier one for good", async ({
  visit,
  signInAs,
}) => {
  await signInAs(inRole("Administrator", MODEL));
  const keys = await PortalPage.openAt(visit, "/admin/signing-keys", "Signing keys");
  const spoken = keys.main.getByText(/^(?:[0-9a-f]{4}-){15}[0-9a-f]{4}$/);
  await keys.main.getByRole("button", { name: /Make (the first|a new) key/ }).click();
  await expect(keys.main).toContainText("There is a new key");
  const first = (await spoken.first().innerText()).replaceAll("\n", "");
  await keys.main.getByRole("button", { name: "Make a new key" }).click();
  expect((await spoken.first().innerText()).replaceAll("\n", "")).not.toBe(first);
  await keys.main.getByRole("link", { name: "Revoke a key" }).click();
  const revoke = await PortalPage.openAt(visit, new URL(visit.page.url()).pathname, "Revoke a key");
  await expect(revoke.main).toContainText("This cannot be undone");
  await revoke.main.getByRole("button", { name: "Revoke the key for good" }).click();
  await expect(revoke.main).toContainText("Choose the key.");
  await revoke.main.getByLabel(first).check();
  await revoke.main.getByLabel("Somebody else may have its private half").check();
  await revoke.main.getByRole("button", { name: "Revoke the key for good" }).click();
  await expect(keys.main.getByRole("row").filter({ hasText: first })).toContainText("Proves nothing any more.");
});

test("how long things are kept is there to read, and the keys for whoever checks", async ({
  visit,
  signInAs,
  request,
}) => {
  await signInAs(inRole("Administrator", NAO));
  const kept = await PortalPage.openAt(visit, "/governance/retention", "How long things are kept");
  await expect(kept.main.getByRole("row").filter({ hasText: "Names of people who left" })).toContainText(
    "2 years after the day they left",
  );
  const published = await request.get("/.well-known/jwks.json");
  expect(published.status()).toBe(200);
  expect(await published.text()).not.toContain('"d"');
});
