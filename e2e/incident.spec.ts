import { expect, test } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { timeOfDay } from "#domain/base/calendar/calendar.ts";
import { answerFacts, reportAccident } from "./incident-by-http.ts";
import { FormPage } from "./page/form-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { TasksPage } from "./page/tasks-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { BROMSGROVE_REDDITCH } from "./policy.ts";

const { slug } = BROMSGROVE_REDDITCH;
const VERDICT = `/check?policy=${slug}&audience=colleague&purpose=file&content=sensitive`;

// On a phone, without JavaScript, from a verdict.
test.describe("an accident", () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

  test(
    "is reported from a verdict, step by step, and told at the first",
    { tag: "@feature:incidents" },
    async ({ visit, signInAs, playwright, baseURL }) => {
      test.slow();
      await signInAs(employeeOf(BROMSGROVE_REDDITCH));
      const verdict = await PortalPage.openAt(visit, VERDICT, /./, / – With Care$/);
      await expect(
        visit.page.getByRole("contentinfo").getByRole("link", { name: "I shared something by mistake" }),
      ).toBeVisible();
      await verdict.unfoldAll();
      await verdict.followLink("I shared something by mistake");
      const kind = await FormPage.at(visit, "What happened?");
      await kind.press("Continue");
      const first = await FormPage.at(visit, "What kind of information was it?");
      await first.press("Report it");
      const refused = await FormPage.refused(visit, "What kind of information was it?");
      await expect(refused.errorSummary).toContainText("Choose what kind of information it was");
      await refused.group("What kind of information was it?").getByRole("checkbox", { name: "Health or care" }).check();
      await refused.press("Report it");

      const where = await FormPage.at(visit, "Where was it shared?");
      const reference = /INC-\w{4}-\w{4}/.exec(where.address)?.[0] ?? "";
      const manager = await HttpVisit.as(
        playwright.request,
        baseURL ?? "",
        inRole("Line manager", BROMSGROVE_REDDITCH),
      );
      expect((await manager.get("/tasks")).text, "told at the first step").toContain(reference);
      await manager.dispose();

      await where.choose({ "Where was it shared?": "WhatsApp" });
      await where.write({ "Which chat, group or person?": "Elm team" });
      await where.press("Save and continue");
      const who = await FormPage.at(visit, "How many people could see it?");
      await who.choose({ "How many people could see it?": "A few, up to ten", "Where do they work?": "All work here" });
      await who.press("Save and continue");
      const when = await FormPage.at(visit, "When was it?");
      await when.press("Save and continue");
      const hold = await FormPage.at(visit, "Before you delete anything");
      await hold.choose({ "Has anybody asked for these messages?": "No, not that I know of" });
      await hold.press("Save and continue");
      const message = await FormPage.at(visit, "The message");
      await message.choose({ "Have you deleted the message?": "It is not possible" });
      await message.press("Save and continue");
      const why = await FormPage.refused(visit, "The message");
      await why.write({ "If it is not possible: why?": "I am no longer in the group." });
      await why.press("Save and continue");
      const media = await FormPage.at(visit, "Photos and files on your phone");
      await media.choose({ "Have you deleted the photos and files on your phone?": "There is none to delete" });
      await media.press("Save and continue");
      const backups = await FormPage.at(visit, "Copies in cloud backups");
      await backups.choose({ "Have you deleted the copies in cloud backups?": "Yes, deleted" });
      await backups.press("Save and continue");
      const done = await FormPage.at(visit, "You have reported it");
      await expect(done.main).toContainText(reference);
      const facts = await done.facts();
      expect(facts).toMatchObject({ "Kind of information": "Health or care" });
      expect(facts["The message"]).toContain("I am no longer in the group.");
      expect(facts["Checked before"]).toContain("A colleague");
      await expect((await TasksPage.open(visit)).about(reference)).toHaveCount(0);
    },
  );
});

test("a case goes from its clock to its closing, and is seen by those whom it concerns", async ({
  visit,
  signInAs,
  playwright,
  baseURL,
  expectNotFound,
}) => {
  test.slow();
  const reporter = await HttpVisit.as(playwright.request, baseURL ?? "", employeeOf(BROMSGROVE_REDDITCH));
  const reference = await reportAccident(reporter);
  await answerFacts(reporter, reference);
  const address = `/incidents/${reference}`;
  const title = `Something shared by mistake, ${reference}`;

  await signInAs(inRole("Auditor", BROMSGROVE_REDDITCH));
  expectNotFound(address);
  await PortalPage.openAt(visit, address, "This page is not here", "Page not found");

  await signInAs(inRole("Governance officer", BROMSGROVE_REDDITCH));
  await (await TasksPage.open(visit)).followLink(`Open the case ${reference}`);
  const open = () => FormPage.titled(visit, "Something shared by mistake", title);
  let page = await open();
  const reporterName = (await page.facts())["Reported by"]?.split(",")[0] ?? "";
  await expect(page.main.getByRole("heading", { name: /^The 72 hours to report it: in 3 days$/ })).toBeVisible();
  const record = async (what: string, fill: (form: FormPage) => Promise<void>, save: string, then = "saved") => {
    await page.main.locator("summary").filter({ hasText: what }).click();
    await fill(page);
    await page.follow(() => page.button(save).click());
    page = then === "saved" ? await open() : await FormPage.refused(visit, "Something shared by mistake", reference);
  };

  await record(
    "Record: Assessment",
    async (form) => {
      await form.write({
        "Which data?": "Health.",
        "Whose data is it? How many people, and what kind?": "Two residents.",
        "How many records?": "2",
        "What could happen to them?": "Distress.",
        "What was done, or will be, to limit it?": "Deleted.",
      });
      await form.choose({ "How likely is harm to them?": "Likely", "How bad would it be?": "Serious" });
    },
    "Save: assessment",
  );
  await expect(page.main).toContainText("High risk: the people concerned must be told");
  await record(
    "Record: Decision to report or not",
    async (form) => {
      await form.choose({ "Is it reported to the regulator?": "Yes, it is reported" });
      await form.write({ "Why, or why not?": "The risk is high." });
    },
    "Save: decision to report or not",
  );
  // It was decided to report it, so the hours count until it is reported.
  await expect(page.main.getByRole("heading", { name: /^The 72 hours to report it: / })).toBeVisible();
  await expect(page.main).toContainText("It was decided to report it.");
  await page.main.locator("summary").filter({ hasText: "Close the case" }).click();
  await page.write({ "How did it end?": "All told." });
  await page.follow(() => page.button("Close it now").click());
  page = await FormPage.refused(visit, "Something shared by mistake", reference);
  await expect(page.errorSummary).toContainText("Record when and how it was reported.");
  await expect(page.field("How did it end?")).toHaveValue("All told.");

  await record(
    "Record: The report to the regulator",
    async (form) => {
      await form.choose({ "How?": "Online form" });
      await form.write({ "The authority's reference": "IC-123", Time: "00:01" });
      await form.writeDay("When was it reported?", inThePast());
    },
    "Save: the report to the regulator",
    "refused",
  );
  await expect(page.errorSummary).toContainText("It was reported then or later. Check the date.");
  await page.writeDay("When was it reported?", { day: "", month: "", year: "" });
  await page.write({ Time: timeOfDay(new Date()) });
  await page.follow(() => page.button("Save: the report to the regulator").click());
  page = await open();
  await expect(page.main.getByRole("heading", { name: "Reported to the regulator", exact: true })).toBeVisible();
  await record(
    "Record: Telling the people concerned",
    async (form) => {
      await form.choose({ "Are the people concerned told?": "Yes, they were told" });
      await form.write({ "When and how were they told, or why not?": "By letter." });
    },
    "Save: telling the people concerned",
  );
  await expect(page.main).not.toContainText("High risk: the people concerned must be told");
  await record(
    "Add an action",
    async (form) => {
      await form.write({ "What has to be done?": "Train the team." });
      await form.write({ "Who does it?": reporterName });
      await form.writeDay("By when?", { day: "1", month: "2", year: "2099" });
    },
    "Add the action",
  );
  // What is open is handed over by name: the action to whom it has, the deletion to the reporter.
  const left = "Open 2 of 2: who will do it?";
  let reportersAddress = "";
  await record(
    "Close the case",
    async (form) => {
      reportersAddress = await form.field(left).inputValue();
      await form.write({ [left]: "" });
    },
    "Close it now",
    "refused",
  );
  await expect(page.errorSummary).toContainText("Say who will do this: Delete what is left of it");
  await page.write({ "How did it end?": "All told.", [left]: reportersAddress });
  await page.follow(() => page.button("Close it now").click());
  page = await open();
  await expect(page.main.getByText("Closed", { exact: true })).toBeVisible();
  await expect(page.main.getByRole("table", { name: "Actions" })).toContainText("Delete what is left of it");
  const tasks = (await reporter.get("/tasks")).text;
  for (const words of ["Train the team.", "Delete what is left of it"]) expect(tasks).toContain(words);
  await page.followLink("Make the report");
  const report = await FormPage.at(visit, `Report of ${reference}`);
  expect(await report.facts()).toMatchObject({ "Authority's reference": "IC-123", "Likely consequences": "Distress." });
  await expect(report.main).toContainText("It was reported in time.");
  const evidence = await PortalPage.openAt(visit, `/evidence?subject=${reference}`, "Evidence");
  for (const words of ["opened the case", "made a report of the case", "closed the case"])
    await expect(evidence.main).toContainText(words);
  expect((await reporter.get(address)).text).toContain("This case is closed");
  await reporter.dispose();
});

/** Yesterday, as a form takes it. */
function inThePast() {
  const at = new Date(Date.now() - 24 * 60 * 60 * 1000);
  return { day: String(at.getUTCDate()), month: String(at.getUTCMonth() + 1), year: String(at.getUTCFullYear()) };
}
