import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "./own-portal.ts";
import { AcknowledgePage } from "./page/acknowledge-page.ts";
import { CertificatePage } from "./page/certificate-page.ts";
import { ChangesPage } from "./page/changes-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { TasksPage } from "./page/tasks-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { plainText } from "./plain-text.ts";
import { MODEL } from "./policy.ts";

type Lock = Record<string, Record<string, unknown>>;

const readLock = (folder: string) => JSON.parse(readFileSync(path.join(folder, "content.lock.json"), "utf8")) as Lock;
/** Written as publishing writes it: beside it, then in its place. */
const writeLock = (folder: string, lock: Lock) => {
  writeFileSync(path.join(folder, "lock.new"), JSON.stringify(lock));
  renameSync(path.join(folder, "lock.new"), path.join(folder, "content.lock.json"));
};

test("a version that is published while the portal runs asks those again who accepted the one before, and says what changed", async ({
  visit,
  signInAs,
  portal: { content },
}) => {
  const folder = path.join(content, "policies/model/3.0");
  const { model = {}, ...others } = readLock("content");
  const { "3.0": newest, ...older } = model;

  await test.step("without version 3.0, version 2.1 holds", async () => {
    // Publishing cannot be undone in a running portal, so what was served stays until the lock no longer names it.
    writeLock(content, { ...others, model: older });
    rmSync(folder, { recursive: true });
    await signInAs(employeeOf(MODEL));
    // Asked for without a page: one of version 3.0 would miss its style sheet when that version goes.
    const read = async () => plainText(await (await visit.page.request.get("/policies/model/acknowledge")).text());
    await expect.poll(read).toContain("I have read version 2.1 of this policy");
    await (await AcknowledgePage.open(visit, MODEL)).answer("I accept");
    await CertificatePage.confirmed(visit, "accepted");
  });

  await test.step("version 3.0 comes: a task, and first of all what changed", async () => {
    cpSync("content/policies/model/3.0", folder, { recursive: true });
    writeLock(content, { ...others, model: { ...older, "3.0": newest } });
    const task = `Accept or decline “${MODEL.title}”, version 3.0`;
    await expect(async () => {
      await visit.page.goto("/tasks");
      await expect(visit.page.getByRole("link", { name: task })).toBeVisible({ timeout: 500 });
    }).toPass();
    await (await TasksPage.shown(visit)).begin(task);
    const asked = await AcknowledgePage.shown(visit, MODEL);
    await expect(asked.main.getByRole("heading", { level: 2 }).first()).toHaveText(
      "What changed since you accepted version 2.1",
    );
    await expect(asked.main).toContainText("19,560 of 40,500 situations have a different answer.");
    await asked.followLink("See every change");
    await ChangesPage.shown(visit, "What changed since you accepted version 2.1");
  });

  await test.step("a published file that is changed changes nothing for staff, and its owner is told", async () => {
    const file = path.join(folder, "policy.mdx");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("must not", "may"));
    await signInAs(inRole("Policy owner", MODEL));
    const task = "Correct policies/model/3.0/policy.mdx";
    await expect(async () => {
      await visit.page.goto("/tasks");
      await expect(visit.page.getByRole("link", { name: task })).toBeVisible({ timeout: 500 });
    }).toPass();
    await (await TasksPage.shown(visit)).begin(task);
    const files = await PortalPage.openAt(visit, "/content", "Policy files");
    await expect(files.main).toContainText("This file was changed after the version was published");
    writeFileSync(file, text);
    await expect(async () => {
      await visit.page.goto("/content");
      await expect(visit.page.getByRole("main")).toContainText("Everything is in order.", { timeout: 500 });
    }).toPass();
  });
});
