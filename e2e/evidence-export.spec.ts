import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { expect, test } from "./fixture.ts";
import { PortalPage } from "./page/portal-page.ts";
import { inRole } from "./person.ts";
import { NAO } from "./policy.ts";

const run = promisify(execFile);

// Issue 7, item 8: an auditor takes a period along, and checks it with Node alone; all of it without JavaScript.
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
  const verify = async () => {
    const options = { cwd: folder, env: { PATH: process.env["PATH"], NODE_ENV: "production" as const } };
    return run(process.execPath, ["verify.mjs", "--key-of", baseURL ?? ""], options).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, said: stdout }),
    );
  };
  const whole = await verify();
  expect(whole.said).toContain("All right.");
  expect(whole.code).toBe(0);
  expect(whole.said).toContain("The portal that has this key made this export.");

  const file = path.join(folder, "evidence", "nao.jsonl");
  const lines = readFileSync(file, "utf8").split("\n");
  const position = /"position":(\d+)/.exec(lines[0] ?? "")?.[1];
  writeFileSync(
    file,
    [(lines[0] ?? "").replace(/"actor":"[^"]*"/, '"actor":"somebody"'), ...lines.slice(1)].join("\n"),
  );
  const changed = await verify();
  expect(changed.code).toBe(1);
  expect(changed.said).toContain(`FAULT: Row ${position} of evidence/nao.jsonl: its content does not match its hash`);
  rmSync(work, { recursive: true });

  await visit.page.goto("/evidence?event=evidence.exported");
  await expect(evidence.main.getByRole("listitem").first()).toContainText(/exported evidence as EXP-/);
});

test("how long things are kept is there to read, and the keys for whoever checks", async ({
  visit,
  signInAs,
  request,
}) => {
  await signInAs(inRole("Administrator", NAO));
  const kept = await PortalPage.openAt(visit, "/governance/retention", "How long things are kept");
  await expect(kept.main.getByRole("row").filter({ hasText: "Names of people who left" })).toContainText("2 years after the day they left"); // prettier-ignore
  const published = await request.get("/.well-known/jwks.json");
  expect(published.status()).toBe(200);
  expect(await published.text()).not.toContain('"d"');
});
