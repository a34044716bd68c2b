import { readFile } from "node:fs/promises";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "./fixture.ts";
import { PortalPage } from "./page/portal-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { MODEL } from "./policy.ts";

const PACK = { tag: "@feature:foi-pack" };

const { slug, title } = MODEL;

// What was in force on a past day, and the pack for a freedom of information request about it.
// Pages without a script of their own send none: with and without JavaScript is the same journey.
test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a governance officer looks up a past day and saves the FOI pack for it", PACK, async ({ visit, signInAs }) => {
    await signInAs(inRole("Governance officer", MODEL));
    const ask = await PortalPage.openAt(
      visit,
      `/policies/${slug}/on`,
      "Which day do you want to see?",
      `What applied on a day, ${title}`,
    );
    await ask.main.getByLabel("Day").fill("30");
    await ask.main.getByLabel("Month").fill("2");
    await ask.main.getByLabel("Year").fill("2026");
    await ask.follow(() => ask.main.getByRole("button", { name: "Show what applied" }).click());
    await expect(ask.main.getByRole("alert")).toContainText("The day must be a day that exists");
    await expect(ask.main.getByLabel("Day")).toHaveValue("30");
    await ask.main.getByLabel("Day").fill("3");
    await ask.main.getByLabel("Month").fill("March");
    await ask.follow(() => ask.main.getByRole("button", { name: "Show what applied" }).click());
    await expect(visit.page).toHaveURL(new RegExp(`/policies/${slug}/on/2026-03-03$`));
    await expect(ask.main.getByRole("heading", { name: "This applied on 3 March 2026: version 1.0" })).toBeVisible();
    await expect(ask.main.getByRole("link", { name: "What applies now: version 3.0" })).toBeVisible();

    await ask.followLink("FOI pack for this day");
    const [download] = await Promise.all([
      visit.page.waitForEvent("download"),
      visit.page.getByRole("button", { name: "Save as a file (ZIP)" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`foi-pack-${slug}-2026-03-03.zip`);
    const files = unzipSync(new Uint8Array(await readFile(await download.path())));
    const text = strFromU8(files["policy.html"] ?? new Uint8Array());
    expect(text).toContain("This applied on 3 March 2026: version 1.0");
    expect(text).toContain('id="clause-3.9"');
    expect(text).not.toContain("<script");
    expect(Object.keys(files)).toContain("original/rules.yaml");
    const evidence = await PortalPage.openAt(visit, "/evidence", "Evidence");
    await expect(evidence.main.getByText(`foi-pack-${slug}-2026-03-03.zip`).first()).toBeVisible();
  });
});

test("an employee sees what held on a past day, and finds no pack", async ({ visit, signInAs, expectNotFound }) => {
  await signInAs(employeeOf(MODEL));
  const path = `/policies/${slug}/on/2026-03-03`;
  const page = await PortalPage.openAt(visit, path, title, `${title} on 3 March 2026, version 1.0`);
  await expect(page.main.getByRole("link", { name: "FOI pack for this day" })).toHaveCount(0);
  expectNotFound(`${path}/foi-pack`);
  const answer = await visit.page.goto(`${path}/foi-pack`);
  expect(answer?.status()).toBe(404);
});

test("a day before the first version says so, and since when one holds", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(MODEL));
  const page = await PortalPage.openAt(
    visit,
    `/policies/${slug}/on/2026-01-04`,
    "No version applied on 4 January 2026",
    `${title} on 4 January 2026`,
  );
  await page.followLink("version 1.0");
  await expect(page.main.getByRole("heading", { name: "This applied on 5 January 2026: version 1.0" })).toBeVisible();
});
