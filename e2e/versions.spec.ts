import { expect, test } from "./fixture.ts";
import { ChangesPage } from "./page/changes-page.ts";
import { PolicyPage } from "./page/policy-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { employeeOf } from "./person.ts";
import { MODEL } from "./policy.ts";

const VERSIONS = { tag: "@feature:versions" };

test.use({ javaScriptEnabled: false });

test("an old version says so, and leads to the one that holds and to what changed", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(MODEL));
  const title = new RegExp(`^${MODEL.title}, .+, version 1.0 – With Care$`);
  const old = await PortalPage.openAt(visit, "/policies/model/versions/1.0", MODEL.title, title);
  await expect(old.main.getByText("Old version", { exact: true }).first()).toBeVisible();
  await expect(
    old.main.getByRole("heading", { name: "This is an old version. Version 3.0 applies now." }),
  ).toBeVisible();
  await expect(old.main.getByRole("link", { name: "Check what you may do" })).toHaveCount(0);
  await old.followLink("See what changed");
  const changes = await ChangesPage.shown(visit, "What changed from version 1.0 to 3.0");
  await changes.followLink("The policy");
  await PolicyPage.shown(visit, MODEL);
});

test("what changed: for people first, then the text word by word", VERSIONS, async ({ visit, signInAs }) => {
  await signInAs(employeeOf(MODEL));
  const material = await ChangesPage.open(visit, "model", "1.1", "2.0");
  await expect(material.main).toContainText("91 of 8,100 situations have a different answer.");
  const people = material.section("What changes for you").getByRole("listitem");
  await expect(people.first()).toContainText("was “Never”, now “With care”.");
  await expect(people.filter({ hasText: "Sending a photo to a colleague" }).first()).toContainText("now “Never”.");
  await material.unfoldAll();
  await expect(material.main).toContainText("everybody is asked to answer again");
  const answers = material.section("Answers that change");
  await expect(answers.getByRole("heading", { level: 3 })).toHaveText([
    /^Never.*With care/,
    /^Not recommended.*Never/,
    /^With care.*Never/,
    /^Only with an exception.*With care/,
  ]);
  await expect(material.removed.filter({ hasText: "ten" })).not.toHaveCount(0);
  await expect(material.added.filter({ hasText: "five" })).not.toHaveCount(0);

  await test.step("a minor change leaves every answer as it was", async () => {
    await visit.page.getByLabel("From version").selectOption("1.0");
    await visit.page.getByLabel("To version").selectOption("1.1");
    await material.follow(() => visit.page.getByRole("button", { name: "Apply" }).click());
    const minor = await ChangesPage.shown(visit, "What changed from version 1.0 to 1.1");
    await expect(minor.main).toContainText("The answer is the same in all 8,100 situations.");
    await expect(minor.main).toContainText("do not need to answer again");
    await minor.unfoldAll();
    await expect(minor.main.getByText("Moved", { exact: true })).toBeVisible();
  });

  await test.step("a version that is not there", async () => {
    await PortalPage.openAt(visit, "/policies/model/changes?from=9.9", "What changed", /^Error: What changed: /);
    await expect(visit.page.getByRole("alert")).toContainText("There is no version 9.9 of this policy.");
  });
});
