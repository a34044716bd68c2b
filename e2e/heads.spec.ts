import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { giveAnswer } from "./acknowledgement-by-http.ts";
import { expect, test } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { PortalPage } from "./page/portal-page.ts";
import { inRole } from "./person.ts";
import { NAO } from "./policy.ts";

const run = promisify(execFile);
const VERIFY = path.resolve("server/evidence/journal/verify.mjs");

test.use({ javaScriptEnabled: false });

test("a certificate is proven alone, and a witness signs the head that proves it", async ({
  visit,
  signInAs,
  playwright,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const work = mkdtempSync(path.join(tmpdir(), "with-care-e2e-heads-"));
  const administrator = await HttpVisit.as(playwright.request, baseURL ?? "", inRole("Administrator", NAO));
  const reference = await giveAnswer(administrator, NAO.slug, "accepted");
  await administrator.send("/admin/jobs/send", { job: "publish-heads" });

  await signInAs(inRole("Auditor", NAO));
  const heads = await PortalPage.openAt(visit, "/evidence/heads", "Published heads");
  await expect(async () => {
    await visit.page.goto("/evidence/heads");
    await expect(heads.main.getByRole("link", { name: /^Save head \d+$/ }).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 90_000 });
  const [download] = await Promise.all([
    visit.page.waitForEvent("download"),
    heads.main
      .getByRole("link", { name: /^Save head \d+$/ })
      .first()
      .click(),
  ]);
  const head = path.join(work, "head.json");
  await download.saveAs(head);

  // The answer is covered by that head, or by the next one if another journey published today's before.
  const page = await administrator.get(`/acknowledgements/${reference}`);
  expect(page.text).toMatch(/Covered by the head of|will cover this row/);

  const key = ["--key-of", baseURL ?? ""];
  const args = [VERIFY, "witness", head, "--as", "An audit firm", "--with", path.join(work, "key.json"), ...key];
  const { stdout } = await run(process.execPath, args);
  expect(stdout).toMatch(/^PROVEN: this head is in the evidence of nao/);
  const statement = /send (\S+\.jws) to the body/.exec(stdout)?.[1] ?? "";
  await heads.main.getByLabel("The file from the witness").setInputFiles(head);
  await heads.main.getByRole("button", { name: "Keep the file" }).click();
  await expect(heads.main).toContainText("This is no statement of a witness, or it was changed.");
  await heads.main.getByLabel("The file from the witness").setInputFiles(statement);
  await heads.main.getByRole("button", { name: "Keep the file" }).click();
  await expect(heads.main).toContainText("The witness’s statement is kept beside its head");
  await expect(heads.main.getByRole("row").filter({ hasText: "An audit firm" })).toBeVisible();
  await administrator.dispose();
  rmSync(work, { recursive: true });
});
