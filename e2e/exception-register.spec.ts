import { approve, makeSent } from "./exception-by-http.ts";
import { HttpVisit } from "./http-visit.ts";
import { expect, test } from "./own-portal.ts";
import { FormPage } from "./page/form-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { TasksPage } from "./page/tasks-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { MODEL } from "./policy.ts";

const TASK = "Look at clause 4.4: 5 exceptions in a year";

// On a portal of its own, because it counts all exceptions of a body.
test("five exceptions from one clause are counted, and its owner looks at it", async ({
  visit,
  signInAs,
  playwright,
  baseURL,
}) => {
  test.slow();
  const as = (person: Parameters<typeof signInAs>[0]) => HttpVisit.as(playwright.request, baseURL ?? "", person);
  const [asking, officer] = [await as(employeeOf(MODEL)), await as(inRole("Governance officer", MODEL))];
  const references: string[] = [];
  for (let count = 0; count < 5; count++) {
    const reference = await makeSent(asking, MODEL.slug, "4.4");
    await approve(officer, reference);
    references.push(reference);
  }
  const waiting = await makeSent(asking, MODEL.slug, "4.4");

  await test.step("the register is sorted, and shows who decided and why", async () => {
    await signInAs(inRole("Governance officer", MODEL));
    await visit.page.goto("/exceptions/register");
    const register = await FormPage.at(visit, "Register of exceptions");
    await register.main.getByRole("combobox", { name: "Order" }).selectOption({ label: "Decided, latest first" });
    await register.press("Apply");
    const sorted = await FormPage.at(visit, "Register of exceptions");
    const rows = sorted.main.getByRole("table", { name: "Requests: decided, latest first" }).getByRole("row");
    await expect(rows).toHaveCount(7);
    await expect(rows.nth(1)).toContainText(references.at(-1) ?? "");
    await expect(rows.nth(1)).toContainText("It is needed.");
    await expect(rows.nth(6)).toContainText(waiting);
  });

  await test.step("its figures count by quarter and clause, and lead back to it", async () => {
    const figures = await PortalPage.openAt(visit, "/exceptions/figures", "Figures of exceptions");
    await expect(figures.main.getByRole("table", { name: /^Requests sent and decided/ })).toContainText("5 (100%)");
    await figures.followLink("Clause 4.4");
    await expect((await FormPage.at(visit, "Register of exceptions")).main).toContainText("6 requests");
  });

  await test.step("the policy owner keeps the policy as it is, with a reason", async () => {
    await signInAs(inRole("Policy owner", MODEL));
    await (await TasksPage.open(visit)).begin(TASK);
    const heading = "Exceptions from clause 4.4";
    await (await FormPage.at(visit, heading)).press("Keep the policy as it is");
    const refused = await FormPage.refused(visit, heading);
    await refused.write({ "Why does the policy stay as it is?": "Partners have no other way." });
    await refused.press("Keep the policy as it is");
    await expect((await FormPage.at(visit, heading)).main).toContainText("Partners have no other way.");
    await expect((await TasksPage.open(visit)).task(TASK)).toHaveCount(0);
  });

  await test.step("a body that publishes its register saves that of last year", async () => {
    const file = await officer.get("/exceptions/register/published.csv");
    expect(file.status).toBe(200);
    expect(file.text).toContain("Year,Policy,Clause,Decision,Requests");
  });
  await Promise.all([asking.dispose(), officer.dispose()]);
});
