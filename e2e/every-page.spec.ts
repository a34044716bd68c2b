import { expectNoAxeViolations, expectNoSidewaysScrolling } from "./accessibility.ts";
import { ADDRESSES, addressesByRole, type Address } from "./address.ts";
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

const WIDE = { colorScheme: "light", viewport: { width: 1280, height: 900 } } as const;
const NARROW = { colorScheme: "dark", viewport: { width: 320, height: 640 } } as const;

// Each page wide and light with everything folded away, then narrow and dark with everything open; those for everybody
// also as a phone without JavaScript gets them.
test.describe("wide and light, narrow and dark", () => {
  test.use(WIDE);

  test("axe finds nothing on any page, and none scrolls sideways", async ({ visit, signInAs, expectNotFound }) => {
    test.slow(); // so many pages
    await signInAs(EMPLOYEE);
    for (const address of ADDRESSES) await lookAt(visit, address);
    expectNotFound(NOWHERE);
    await NotFoundPage.open(visit, NOWHERE);
    await lookNarrow(visit);
  });

  for (const whose of ["an employee", "those with another role"] as const)
    test(`axe finds nothing on the pages of ${whose}, and none scrolls sideways`, async ({
      visit,
      signInAs,
      playwright,
      baseURL,
    }) => {
      const records = await makeExampleRecords((person) => HttpVisit.as(playwright.request, baseURL ?? "", person));
      const walked = addressesByRole(records).filter(({ role }) => (role === "Employee") === (whose === "an employee"));
      expect(walked).not.toEqual([]);
      for (const { role, addresses } of walked) {
        await signInAs(inRole(role, EXAMPLE_POLICY));
        for (const address of addresses) await lookAt(visit, address);
      }
    });
});

test.describe("narrow and dark, without JavaScript", () => {
  test.use({ ...NARROW, javaScriptEnabled: false });

  test("every page is there, and none scrolls sideways", async ({ visit, signInAs, expectNotFound }) => {
    test.slow();
    await signInAs(EMPLOYEE);
    for (const { path, heading, title } of ADDRESSES)
      await test.step(path, async () => {
        const page = await PortalPage.openAt(visit, path, heading, title);
        await page.unfoldAll();
        await expectNoSidewaysScrolling(visit);
      });
    expectNotFound(NOWHERE);
    await NotFoundPage.open(visit, NOWHERE);
    await expectNoSidewaysScrolling(visit);
  });
});

async function lookAt(visit: Visit, { path, heading, title }: Address): Promise<void> {
  await test.step(path, async () => {
    const page = await PortalPage.openAt(visit, path, heading, title);
    await expectNoSidewaysScrolling(visit);
    await page.unfoldAll();
    await lookNarrow(visit);
  });
}

async function lookNarrow(visit: Visit): Promise<void> {
  const { page } = visit;
  await page.emulateMedia({ colorScheme: NARROW.colorScheme });
  await page.setViewportSize(NARROW.viewport);
  await expectNoAxeViolations(visit);
  await expectNoSidewaysScrolling(visit);
  await page.setViewportSize(WIDE.viewport);
  await page.emulateMedia({ colorScheme: WIDE.colorScheme });
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

  await page.emulateMedia({ media: "screen" });
  const sentence = "Do not send it, unless an exception is approved. WhatsApp is never for customers.";
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
