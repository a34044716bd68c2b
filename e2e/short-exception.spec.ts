import { inDays } from "./day.ts";
import { expect, test } from "./fixture.ts";
import { FormPage } from "./page/form-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { RequestPage } from "./page/request-page.ts";
import { ResultPage } from "./page/result-page.ts";
import { TasksPage } from "./page/tasks-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { MODEL } from "./policy.ts";

const ROTA = "policy=model&app=covered&audience=colleague&purpose=file&content=non-sensitive";
const NOT_YET = "Not without an approved exception. Files stay out of messaging apps.";
const CHECK = "Check your request before you send it";
const UNTIL = inDays(60);
const CONDITION = "Tell the others to delete last week's file.";

test.use({ javaScriptEnabled: false });

test(
  "an exception for a rota file: four pages from the answer, a condition, a permit, and one more time",
  { tag: "@feature:exceptions" },
  async ({ visit, signInAs }) => {
    const requester = { ...employeeOf(MODEL), name: "Gwen Madeupfield" };
    const officer = inRole("Governance officer", MODEL);
    const { page } = visit;

    const reference =
      await test.step("ask in short: what is missing is said at once, and nothing is lost", async () => {
        await signInAs(requester);
        await (await ResultPage.open(visit, ROTA, NOT_YET)).followLink("Ask for an exception");
        const form = await FormPage.at(visit, "Ask for an exception");
        await form.write({ "What do you want to do, and why?": "Send the rota each Friday." });
        await form.press("Continue");
        const refused = await FormPage.refused(visit, "Ask for an exception");
        await expect(refused.errorSummary.getByRole("link")).toHaveCount(5);
        await expect(refused.field("What do you want to do, and why?")).toHaveValue("Send the rota each Friday.");
        await refused.write({ "Why will no approved channel do?": "They read no e-mail before Monday." });
        await refused.writeDay("Until when do you need it?", UNTIL);
        await refused.main.getByRole("radio").first().check();
        await refused.main.getByLabel("How likely is it?").selectOption("2");
        await refused.main.getByLabel("How much would it matter?").selectOption("2");
        await refused.press("Continue");
        const found = /EX-\w{4}-\w{4}/.exec(page.url())?.[0] ?? "";
        const check = await FormPage.titled(visit, CHECK, `Check your request, ${found}`);
        await expect(check.main).toContainText("In the last twelve months");
        expect(await check.facts()).toMatchObject({
          Reason: "Send the rota each Friday.",
          "Until the end of": UNTIL.words,
        });
        await check.press("Send the request");
        await FormPage.titled(visit, "You have sent your request", `You have sent ${found}`);
        return found;
      });

    await test.step("it is approved with something to be done by a day, in front of the situations that change", async () => {
      await signInAs(officer);
      const request = await RequestPage.open(visit, reference);
      await request.decide("Approve");
      const form = await FormPage.at(visit, `Approve ${reference}`);
      await form.write({ "Why do you approve it?": "Little can go wrong." });
      await page.locator("[name=condition-1-text]").fill(CONDITION);
      await form.press("Approve");
      const refused = await FormPage.refused(visit, `Approve ${reference}`);
      await expect(refused.errorSummary).toContainText("Give the day by which it has to be done.");
      await refused.group("By when?").first().getByRole("textbox", { name: "Day", exact: true }).fill(inDays(3).day);
      await refused
        .group("By when?")
        .first()
        .getByRole("textbox", { name: "Month", exact: true })
        .fill(inDays(3).month);
      await refused.group("By when?").first().getByRole("textbox", { name: "Year", exact: true }).fill(inDays(3).year);
      await refused.press("Approve");
      await (await RequestPage.shown(visit, reference)).expectState("Approved");
    });

    await test.step("who holds it is told at the start, prints the permit, and meets the condition", async () => {
      await signInAs(requester);
      const home = await PortalPage.openAt(visit, "/", "What do you need to do?");
      await home.followLink(`Your exception ${reference} is approved until ${UNTIL.words}`);
      const own = await RequestPage.shown(visit, reference);
      await own.followLink("Print the permit");
      const permit = await PortalPage.openAt(
        visit,
        `/exceptions/${reference}/permit`,
        reference,
        `Permit ${reference}`,
      );
      await expect(permit.main).toContainText(CONDITION);
      expect(await permit.facts()).toMatchObject({ "Until the end of": UNTIL.words });
      const tasks = await TasksPage.open(visit);
      await expect(tasks.main).toContainText(CONDITION);
      const row = tasks.main.getByRole("listitem").filter({ hasText: reference }).filter({ hasText: CONDITION });
      await row.getByRole("button", { name: "Mark as done" }).click();
      await expect(page.getByRole("main")).toContainText("Done. It is off your list.");
    });

    await test.step("it is extended: the same words, a fresh assessment, from the day after", async () => {
      const own = await RequestPage.open(visit, reference);
      await own.followLink(`Extend ${reference}`);
      const form = await FormPage.at(visit, `Extend ${reference}`);
      await form.press("Copy it and go on");
      await expect(page.getByRole("main")).toContainText("Fill in the parts in any order");
      await expect(page.getByRole("listitem").filter({ hasText: /^Risk assessment/ })).toContainText("Not started");
      await expect(page.getByRole("listitem").filter({ hasText: /^What you want to do/ })).toContainText("Complete");
    });
  },
);
