import { expect, test } from "./fixture.ts";
import { AboutPage } from "./page/about-page.ts";
import { LibraryPage } from "./page/library-page.ts";
import { PolicyPage } from "./page/policy-page.ts";
import { employeeOf } from "./person.ts";
import { NOTTINGHAM, POLICIES } from "./policy.ts";

const OF_TEXT = { tag: ["@feature:policy-page", "@feature:banners", "@feature:document-control"] };

test("the library lists my employer's policy first, and the others as not binding", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(NOTTINGHAM));
  const library = await LibraryPage.open(visit);
  const outline = await library.outline();
  expect(outline.slice(0, 3)).toEqual(["Yours", NOTTINGHAM.title, "Other bodies"]);
  const others = POLICIES.filter((policy) => policy !== NOTTINGHAM).map(({ title }) => title);
  expect(outline.slice(3)).toEqual(expect.arrayContaining(others));
  for (const { body, version } of POLICIES) await expect(library.main).toContainText(`${body}, version ${version}`);
  await expect(library.main).toContainText("They do not bind you.");
  await library.followLink(NOTTINGHAM.title);
  await PolicyPage.shown(visit, NOTTINGHAM);
});

for (const policy of POLICIES) {
  test(
    `the policy of ${policy.body} shows its state, its gaps and its clauses`,
    OF_TEXT,
    async ({ visit, signInAs }) => {
      await signInAs(employeeOf(policy));
      const page = await PolicyPage.open(visit, policy);

      await test.step("what one must know before relying on it", async () => {
        await expect(page.main.getByText(policy.status, { exact: true }).first()).toBeVisible();
        const warnings = page.main.getByRole("heading", {
          level: 2,
          name: /^This (is|policy)|^The review|^Not published/,
        });
        await expect(warnings).toHaveText([...policy.banners]);
        await expect(page.heading("In short")).toBeVisible();
      });

      await test.step("gaps are shown as gaps", async () => {
        if (policy.gap !== null) await expect(page.main.getByText(policy.gap, { exact: true })).toBeVisible();
        const link = page.main.getByRole("link", { name: /^What it leaves open \(\d+\)$/ });
        await expect(link).toHaveCount(policy.gap === null ? 0 : 1);
      });

      await test.step("every entry of the contents leads to its heading", async () => {
        const links = page.contents.getByRole("link");
        const names = (await links.allInnerTexts()).map((name) => name.replace(/\s+/g, " "));
        expect(names).toEqual(expect.arrayContaining(["In short", ...policy.sections, "About this document"]));
        for (const name of names) {
          await page.contents.getByRole("link", { name, exact: true }).click();
          await expect(page.heading(name)).toBeInViewport();
        }
      });

      await test.step("a clause has an address of its own", async () => {
        const { id, text } = policy.clause;
        await page.permalink(id).click();
        await page.expectArrivedAt(id, text);
        await visit.page.goto("/policies");
        await visit.page.goto(`/policies/${policy.slug}#clause-${id}`);
        await (await PolicyPage.shown(visit, policy)).expectArrivedAt(id, text);
      });

      await test.step("what its owner needs is on a page of its own", async () => {
        await page.followLink("See its dates, versions and rules");
        const about = await AboutPage.shown(visit, policy);
        await expect(about.heading("Document control")).toBeVisible();
        expect(await about.facts()).toMatchObject({ Body: policy.body, ...policy.control });
        await expect(about.heading("What it leaves open")).toHaveCount(policy.gap === null ? 0 : 1);
        for (const what of policy.notStated) await expect(about.notStated(what).first()).toBeVisible();
      });
    },
  );
}

test("another employer's policy says that it is not mine", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(NOTTINGHAM));
  for (const policy of POLICIES.filter((one) => one !== NOTTINGHAM)) {
    const page = await PolicyPage.open(visit, policy);
    await expect(page.heading("This is not your employer's policy")).toBeVisible();
    await expect(page.main).toContainText(`It belongs to ${policy.body} and does not bind you.`);
  }
});
