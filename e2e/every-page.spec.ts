import { expectNoAxeViolations, expectNoSidewaysScrolling } from "./accessibility.ts";
import { ADDRESSES, addressesByRole } from "./address.ts";
import { EXAMPLE_POLICY, makeExampleRecords } from "./example-records.ts";
import { expect, test } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { MatrixPage } from "./page/matrix-page.ts";
import { NotFoundPage } from "./page/not-found-page.ts";
import { PolicyPage } from "./page/policy-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { QuestionPage } from "./page/question-page.ts";
import { ResultPage } from "./page/result-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { BROMSGROVE_REDDITCH } from "./policy.ts";
import type { Visit } from "./visit.ts";

const EMPLOYEE = employeeOf(BROMSGROVE_REDDITCH);
const NOWHERE = "/policies/nowhere";

/** The text and the matrix of the other policies: the same page with other words, looked at wide and without JavaScript. */
const REPEATED = /^\/(policies\/|matrix\?policy=)(nao|nottingham|home-working-council|cleveland-opcc)$/;

// Each page wide and light, and narrow and dark; those for everybody also without JavaScript. The portal's scripts change
// nothing of how a page looks: wide they run, narrow they come empty, and axe alone works there.
const NARROW = { colorScheme: "dark", viewport: { width: 320, height: 640 } } as const;
for (const { name, use } of [
  { name: "wide and light", use: { colorScheme: "light", viewport: { width: 1280, height: 900 } } },
  { name: "narrow and dark", use: NARROW },
  { name: "narrow and dark, without JavaScript", use: { ...NARROW, javaScriptEnabled: false } },
] as const) {
  test.describe(name, () => {
    test.use(use);

    test("axe finds nothing on any page, and none scrolls sideways", async ({ visit, signInAs, expectNotFound }) => {
      test.slow(); // so many pages
      if (name === "narrow and dark") await sendEmptyScripts(visit);
      await signInAs(EMPLOYEE);
      const addresses = name === "narrow and dark" ? ADDRESSES.filter(({ path }) => !REPEATED.test(path)) : ADDRESSES;
      for (const { path, heading, title } of addresses) {
        await test.step(path, async () => {
          const page = await PortalPage.openAt(visit, path, heading, title);
          await page.unfoldAll();
          await expectNoSidewaysScrolling(visit);
        });
      }
      expectNotFound(NOWHERE);
      await NotFoundPage.open(visit, NOWHERE);
      await expectNoSidewaysScrolling(visit);
    });

    if ("javaScriptEnabled" in use) return;

    test("axe finds nothing on the pages of a role, and none scrolls sideways", async ({
      visit,
      signInAs,
      playwright,
      baseURL,
    }) => {
      test.slow();
      if (name === "narrow and dark") await sendEmptyScripts(visit);
      const records = await makeExampleRecords((person) => HttpVisit.as(playwright.request, baseURL ?? "", person));
      for (const { role, addresses } of addressesByRole(records)) {
        await signInAs(inRole(role, EXAMPLE_POLICY));
        for (const { path, heading, title } of addresses) {
          await test.step(`${role} ${path}`, async () => {
            const page = await PortalPage.openAt(visit, path, heading, title);
            await page.unfoldAll();
            await expectNoSidewaysScrolling(visit);
          });
        }
      }
    });
  });
}

test("on paper there is the text, all of it, and nothing to press", async ({ visit, signInAs }) => {
  await signInAs(EMPLOYEE);
  const { page } = visit;
  const policy = await PolicyPage.open(visit, BROMSGROVE_REDDITCH);
  await page.emulateMedia({ media: "print" });
  await expect(policy.main).toBeVisible();
  await expect(policy.mainNavigation).toBeHidden();
  await expect(policy.contents).toBeHidden();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeHidden();
  await expect(policy.main.getByText(BROMSGROVE_REDDITCH.clause.text, { exact: true })).toBeVisible();
  await expect(policy.main.getByText("I have read draft 0.2 of this policy.")).toBeVisible();

  await page.emulateMedia({ media: "screen" });
  const sentence = "Do not send it. WhatsApp is never for customers.";
  const result = await ResultPage.open(visit, "policy=bromsgrove-redditch&audience=citizen", sentence);
  await page.emulateMedia({ media: "print" });
  await expect(result.verdict("Never")).toBeVisible();
  await expect(result.mainNavigation).toBeHidden();
  await expect(result.main.getByRole("link", { name: "Check something else" })).toBeHidden();
  await expect(result.main.getByRole("link", { name: /^Change/ })).toHaveCount(0);
});

test.describe("in forced colours", () => {
  test.use({ forcedColors: "active" });

  test("words still tell verdicts, choices and the focus", async ({ visit, signInAs }) => {
    await signInAs(EMPLOYEE);
    const matrix = await MatrixPage.open(visit, BROMSGROVE_REDDITCH);
    expect(await matrix.verdictsIn("The public", "Not sensitive")).toEqual(["Through Communications"]);
    await matrix.openCell("The public", "Not sensitive");
    await expect(await matrix.cell("The public", "Not sensitive")).toContainText("Selected");
    await expectNoAxeViolations(visit);
    const question = await QuestionPage.open(visit, BROMSGROVE_REDDITCH.slug, "How sensitive is it?");
    await question.option("Not sensitive").focus();
    await visit.page.keyboard.press("Space");
    await expect(question.option("Not sensitive")).toBeChecked();
    await question.send();
    await (await QuestionPage.shown(visit, "Who is it for?")).send();
    await QuestionPage.shownWithError(visit, "Who is it for?");
  });
});

async function sendEmptyScripts({ page }: Visit): Promise<void> {
  await page.route("**/_next/static/**/*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
}
