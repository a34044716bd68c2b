import type { Page } from "@playwright/test";
import { askForGroup, namesOf } from "./group-by-http.ts";
import { HttpVisit } from "./http-visit.ts";
import { expect, test } from "./own-portal.ts";
import { FormPage } from "./page/form-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { QuestionPage } from "./page/question-page.ts";
import { ResultPage } from "./page/result-page.ts";
import { TasksPage } from "./page/tasks-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { MODEL } from "./policy.ts";

const { body: BODY } = MODEL;
const TO_THE_CHAT =
  "policy=model&app=covered&audience=colleague&purpose=logistics&content=non-sensitive&alternative=no";

/** The reference in the address of a page. */
const referenceOf = (page: Page) => /GRP-\w{4}-\w{4}/.exec(page.url())?.[0] ?? "";
const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();

test(
  "a group is registered from a verdict, approved once two have agreed, answers the wizard, and loses a leaver",
  { tag: "@feature:groups" },
  async ({ visit, signInAs, playwright, baseURL }) => {
    const { page } = visit;
    const http = await HttpVisit.as(playwright.request, baseURL ?? "", employeeOf(MODEL));
    const [[own = "", second = ""], [manager = ""]] = await Promise.all([
      namesOf(http, "Employee", BODY),
      namesOf(http, "Line manager", BODY),
    ]);
    await http.dispose();

    await test.step("from the verdict, one thing a page", async () => {
      await signInAs({ ...employeeOf(MODEL), name: own });
      await page.goto(
        "/check?policy=model&app=covered&audience=partner&purpose=logistics&content=non-sensitive&alternative=no&chat=other-group",
      );
      await (await ResultPage.shownAnyhow(visit)).followLink("Register a chat group");
      const kind = await FormPage.at(visit, "What kind of group is it?");
      await expect(kind.option("What kind of group is it?", "A group with partners")).toBeChecked();
      await kind.press("Continue");
      const about = await FormPage.at(visit, "What the group is for");
      await about.write({ "Name of the group": "Depot rota", "What is it for?": "Shifts. Ring 07700 900123." });
      await about.choose({ "Does the group carry your employer's logo?": "No" });
      await about.press("Continue");
      const refused = await FormPage.refused(visit, "What the group is for");
      await expect(refused.errorSummary).toContainText("Take out the phone number");
      await expect(refused.field("Name of the group")).toHaveValue("Depot rota");
      await refused.write({ "What is it for?": "Who covers which shift." });
      await refused.press("Continue");
      const who = await FormPage.at(visit, "Who looks after it, and who is in it");
      await who.write({
        "Another administrator (optional)": second,
        Deputy: manager,
        Members: second,
        "Which body is responsible for the group?": BODY,
        "Under which agreement do the bodies share information in it?": "Sharing protocol 7",
      });
      await who.press("Continue");
      const messages = await FormPage.at(visit, "Its messages, and its review");
      await messages.choose({
        "How long are messages kept?": "Deleted after a set number of days",
        "Do messages disappear by themselves?": "On, after 7 days",
        "Who can change that?": "Administrators only",
        "Can messages be exported from the chat?": "Yes",
        "Is the app’s assistant kept out?": "Off in this chat",
      });
      await messages.write({ "How many days, or years?": "7" });
      await messages.press("Continue");
      const check = await FormPage.at(visit, "Check the group before you send it");
      expect(await check.facts()).toMatchObject({
        Administrators: `${own}, ${second}`,
        Deputy: manager,
        Name: "Depot rota",
      });
      await expect(check.main).toContainText("This does not guarantee anything");
      await check.press("Send it for approval");
      await PortalPage.openAt(visit, page.url(), "You have asked for the group");
    });
    const reference = referenceOf(page);

    await test.step("the officer can't approve it before an administrator has agreed", async () => {
      await signInAs(inRole("Governance officer", MODEL));
      await (await TasksPage.open(visit)).begin("Decide on the group “Depot rota”");
      const decide = await FormPage.at(visit, "Decide on this group", reference);
      await decide.choose({ "What do you decide?": "Approve it" });
      await decide.press("Send my decision");
      await expect((await FormPage.refused(visit, "Decide on this group", reference)).errorSummary).toContainText(
        second,
      );
      await signInAs({ ...employeeOf(MODEL), name: second });
      await (await TasksPage.open(visit)).begin("Say whether you agree to share your number in “Depot rota”");
      await press(page, "I agree to share my number");
      await expect(main(page)).toContainText("You agreed to share your number with its members.");
      await signInAs(inRole("Governance officer", MODEL));
      await page.goto(`/groups/${reference}/decide`);
      await main(page).getByRole("radio", { name: "Approve it" }).check();
      await press(page, "Send my decision");
      await expect(main(page).getByText("Registered", { exact: true }).first()).toBeVisible();
    });

    await test.step("the wizard offers it by name, and the kept result says where the answer came from", async () => {
      await signInAs({ ...employeeOf(MODEL), name: second });
      await page.goto(`/check?${TO_THE_CHAT}`);
      const question = await QuestionPage.shown(visit, "In which chat?");
      await expect(main(page).getByRole("radio")).toHaveCount(3);
      await question.answer("Depot rota");
      const result = await ResultPage.shownAnyhow(visit);
      await result.expectVerdict("With care");
      expect(result.address).toContain(`chat=approved-group&group=${reference}`);
      await expect(main(page)).toContainText(`The portal looked this up: approved group ${reference}`);
      const shared = result.address;
      await press(page, "Keep this result");
      await expect(main(page)).toContainText("You have kept this result");
      await page.goto(page.url().replace("?done=1", ""));
      await expect(main(page)).toContainText(`from the approved group ${reference}`);
      await signInAs(inRole("Auditor", MODEL));
      await page.goto(shared);
      await QuestionPage.shown(visit, "In which chat?");
      await expect(main(page)).toContainText("The group was left out");
      await expect(main(page).getByRole("radio")).toHaveCount(2);
    });

    await test.step("a leaver becomes a task, until an administrator has confirmed", async () => {
      await signInAs(inRole("Administrator", MODEL));
      await PortalPage.openAt(visit, `/admin/people?q=${encodeURIComponent(second)}`, "People");
      await main(page).getByRole("link", { name: second }).click();
      const person = await FormPage.at(visit, second);
      await person.choose({ "What happened?": "Has left" });
      await person.press("Save");
      await signInAs({ ...employeeOf(MODEL), name: own });
      await (await TasksPage.open(visit)).begin(`Take ${second} out of “Depot rota”`);
      await PortalPage.openAt(visit, `/groups/${reference}`, "Depot rota", `Depot rota, ${reference}`);
      await press(page, `Out of the chat: confirm for ${second}`);
      await expect(main(page).getByText("Taken out: 1")).toBeVisible();
      const tasks = await TasksPage.open(visit);
      await expect(tasks.task(`Take ${second} out of “Depot rota”`)).toHaveCount(0);
    });
  },
);

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a partner agrees by a link that works once, and an emergency group logs whom somebody phoned", async ({
    visit,
    signInAs,
    playwright,
    baseURL,
  }) => {
    const { page } = visit;
    const http = await HttpVisit.as(playwright.request, baseURL ?? "", inRole("Line manager", MODEL));
    const [deputy = ""] = await namesOf(http, "Auditor", BODY);
    const [manager = ""] = await namesOf(http, "Line manager", BODY);
    const reference = await askForGroup(http, BODY, {
      kind: "emergency",
      name: "Civil emergencies",
      retention: "years",
      retentionCount: "3",
      administrator1: manager,
      administrator2: "",
      deputy,
      agrees: "yes",
      partnerName: "Pat Invented",
      partnerOrganisation: "Riverside Resilience",
    });
    await http.dispose();
    await signInAs({ ...inRole("Line manager", MODEL), name: manager });
    await page.goto(`/groups/${reference}`);
    await press(page, "Make a new link for Pat Invented");
    const link = (await main(page).getByLabel("Link", { exact: true }).inputValue()).replace(/^https?:\/\/[^/]+/, "");
    await page.context().clearCookies();
    await PortalPage.openAt(visit, link, "Do you agree to share your number?");
    await expect(main(page)).toContainText("Pat Invented, Riverside Resilience");
    await press(page, "I agree to share my number");
    await page.waitForURL("**/groups/join/done?*");
    await PortalPage.openAt(visit, page.url(), "You have agreed");
    expect((await page.request.get(link)).status()).toBe(404);

    await signInAs(inRole("Governance officer", MODEL));
    await page.goto(`/groups/${reference}/decide`);
    await main(page).getByRole("radio", { name: "Approve it" }).check();
    await press(page, "Send my decision");
    await expect(main(page).getByText("Approved", { exact: true }).first()).toBeVisible();
    await signInAs({ ...inRole("Line manager", MODEL), name: manager });
    const alerts = await PortalPage.openAt(
      visit,
      `/groups/${reference}/alerts`,
      "First notifications",
      `First notifications, ${reference}`,
    );
    await alerts.main.getByLabel("Day it was posted").fill(new Date().toISOString().slice(0, 10));
    await alerts.main.getByLabel("Time, such as 14:05").fill("00:00");
    await alerts.main.getByLabel("What it said").fill("First alert: flood, north bank.");
    await press(page, "Log it");
    await expect(main(page).getByText("Not phoned yet")).toHaveCount(2);
    await press(page, "Phoned, and confirmed for Pat Invented");
    await expect(main(page).getByText("Not phoned yet")).toHaveCount(1);
  });
});
