import { expect, test } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { FormPage } from "./page/form-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { QuestionPage } from "./page/question-page.ts";
import { ReceiptPage } from "./page/receipt-page.ts";
import { ResultPage } from "./page/result-page.ts";
import { TasksPage } from "./page/tasks-page.ts";
import { employeeOf, inRole, withoutException } from "./person.ts";
import { BROMSGROVE_REDDITCH, MODEL } from "./policy.ts";
import { RECORD_FIELDS } from "./record-by-http.ts";

const RECORDS = { tag: "@feature:records" };
const CHECKED =
  "policy=model&app=covered&audience=colleague&purpose=logistics&content=non-sensitive&alternative=no&chat=one-to-one";
const ABOUT = "Closing the town hall early";

test.describe("a captured record", () => {
  test.use({ javaScriptEnabled: false });

  test("from a verdict to its disposal", RECORDS, async ({ visit, signInAs, playwright, baseURL }) => {
    test.slow(); // two visits
    const { page } = visit;
    await signInAs(withoutException(MODEL));
    await page.goto(`/check?${CHECKED}`);
    await (await ResultPage.shownAnyhow(visit)).followLink("Capture the record");
    const form = await FormPage.at(visit, "Capture a record");
    await expect(form.main).toContainText(MODEL.title);
    await form.write({ "What is it about?": ABOUT });
    await form.press("Continue");
    const refused = await FormPage.refused(visit, "Capture a record");
    await expect(refused.errorSummary).toContainText("Enter the day of the message.");
    await expect(refused.field("What is it about?")).toHaveValue(ABOUT);
    await refused.writeDay("When was it said?", { day: "10", month: "1", year: "2020" });
    await refused.write({
      "In which chat?": "A chat of the team",
      "Who took part?": "Somebody and the caretaker",
      "What was said or decided?": "It closes at three.\nThe caretaker locks up.",
      "Which system did you copy it into?": "Case system",
      "How can it be found there?": "C-17",
    });
    await refused.choose({ "Which class of the schedule fits?": "Everyday arrangements, of no lasting value" });
    await refused.press("Continue");
    const check = await FormPage.at(visit, "Check the record before you save it");
    expect(await check.facts()).toMatchObject({
      "What it is about": ABOUT,
      "Said on": "10 January 2020",
      "Kept until": "10 January 2021",
    });
    await check.followLink("Change who took part");
    const changed = await FormPage.at(visit, "Capture a record");
    await changed.write({ "Who took part?": "The manager and the caretaker" });
    await changed.press("Continue");
    await (await FormPage.at(visit, "Check the record before you save it")).press("Save the record");
    const saved = await FormPage.at(visit, "You have captured the record");
    const reference = /REC-\w{4}-\w{4}/.exec(page.url())?.[0] ?? "";
    await expect(saved.main).toContainText(reference);

    await test.step("the copy in the chat goes only where nobody asked for it", async () => {
      const legend = "Has anybody asked for these messages?";
      await saved.choose({ [legend]: "I am not sure" });
      await saved.press("I have deleted it from the chat");
      const stopped = await FormPage.refused(visit, `Record ${reference}`);
      await expect(stopped.errorSummary).toContainText("Do not delete it");
      await stopped.choose({ [legend]: "No, not that I know of" });
      await stopped.press("I have deleted it from the chat");
      const deleted = await FormPage.at(visit, `Record ${reference}`);
      expect((await deleted.facts())["Copy in the chat"]).toContain("Deleted");
    });

    await test.step("an officer finds it, hands it out and corrects it", async () => {
      const officer = inRole("Governance officer", MODEL);
      await signInAs(officer);
      const register = await PortalPage.openAt(visit, "/records?q=caretaker+hall&person=manager", "Captured records");
      await expect(register.main.getByRole("row").filter({ hasText: reference })).toContainText("Disposal is due");
      const none = await PortalPage.openAt(visit, "/records?q=nothing-like-it", "Captured records");
      await expect(none.main).toContainText("Nothing fits.");
      const program = await HttpVisit.as(playwright.request, baseURL ?? "", officer);
      const file = await program.post("/records/export/send", { q: reference });
      expect(file.text).toContain("The caretaker locks up.");
      expect((await program.get("/evidence?event=record.exported")).text).toContain("captured-records-");
      await program.dispose();
      await page.goto(`/records/${reference}/correct`);
      const correct = await FormPage.at(visit, `Correct ${reference}`);
      await correct.write({ "How can it be found there?": "C-18", Reason: "A slip of the pen." });
      await correct.press("Save the correction");
      const record = await FormPage.at(visit, `Record ${reference}`);
      expect((await record.facts())["Found there as"]).toBe("C-18");
      await record.unfoldAll();
      await expect(record.main.getByRole("listitem").filter({ hasText: "A slip of the pen." })).toContainText("C-17");
    });

    await test.step("its time is over: it is a task, and then a line of the log", async () => {
      await expect((await TasksPage.open(visit)).about(reference)).toContainText("Dispose of");
      await page.goto(`/records/${reference}/disposal`);
      const ask = await FormPage.titled(visit, `Dispose of ${reference}?`, `Dispose of ${reference}`);
      await ask.choose({ "Has anybody asked for these messages?": "No, not that I know of" });
      await ask.press("Dispose of it");
      const log = await FormPage.at(visit, `Record ${reference}`);
      await expect(log.main).not.toContainText("caretaker");
      expect(await log.facts()).toMatchObject({ "Kept until": "10 January 2021" });
      await expect((await TasksPage.open(visit)).about(reference)).toHaveCount(0);
    });
  });
});

test("a photo consent answers the question about people, until it is withdrawn", async ({
  visit,
  signInAs,
  playwright,
  baseURL,
}) => {
  test.slow(); // two people
  const { page } = visit;
  const question = "Are there people in the photo?";
  const asks =
    "policy=bromsgrove-redditch&audience=colleague&purpose=photo&content=non-sensitive&alternative=no&publishable=yes";
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  await page.goto("/photos/new");
  const form = await FormPage.at(visit, "Record a photo consent");
  await expect(form.main.getByRole("link", { name: /^(bromsgrove|redditchbc)\.gov\.uk\/photo$/ })).toHaveCount(1);
  await form.press("Record the consent");
  const refused = await FormPage.refused(visit, "Record a photo consent");
  await refused.write({
    "Who is in the picture?": "Xavia Example",
    "Who agreed on the child’s behalf?": "A parent of Xavia",
    "What may the picture be used for?": "The newsletter",
    "Where is the form?": "Folder 7",
  });
  await refused.choose({ "Is it a child?": "Yes" });
  await refused.writeDay("Day on the form", { day: "10", month: "1", year: "2026" });
  await refused.writeDay("Last day of the consent", { day: "10", month: "1", year: "2031" });
  await refused.press("Record the consent");
  const recorded = await FormPage.at(visit, "You have recorded the consent");
  const reference = /PHO-\w{4}-\w{4}/.exec(page.url())?.[0] ?? "";
  expect(await recorded.facts()).toMatchObject({
    "Agreed on the child’s behalf": "A parent of Xavia",
    Until: "10 January 2031",
  });

  await page.goto(`/check?${asks}`);
  const people = await QuestionPage.shown(visit, question);
  await people.main.getByRole("checkbox", { name: `Xavia Example, ${reference}` }).check();
  await people.send();
  const result = await ResultPage.shownAnyhow(visit);
  await result.expectVerdict("With care");
  expect(result.address).toContain(`photo=${reference}`);
  expect((await result.facts())["People in it"]).toContain(`From your photo consents: ${reference} (Xavia Example`);
  await result.change("Who is it for?");
  expect(new URL(page.url()).searchParams.get("photo")).toBe(reference);
  await page.goBack();
  await result.unfoldAll();
  await result.follow(() => result.main.getByRole("button", { name: "Keep this result" }).click());
  const receipt = await ReceiptPage.kept(visit);
  expect((await receipt.facts())[question]).toContain(`from the photo consent ${reference}`);

  const officer = await HttpVisit.as(
    playwright.request,
    baseURL ?? "",
    inRole("Governance officer", BROMSGROVE_REDDITCH),
  );
  await officer.send(`/photos/${reference}/send`, { do: "withdraw", reason: "A letter." });
  await officer.dispose();
  await page.goto(`/check?${asks}&people=consented&photo=${reference}`);
  const again = await QuestionPage.shown(visit, question);
  await expect(again.main).toContainText("A photo consent was left out");
  await expect(again.main.getByRole("checkbox", { name: new RegExp(reference) })).toHaveCount(0);
});

test("a captured record is seen by nobody whom it does not concern", async ({ playwright, baseURL }) => {
  const as = (role: "Employee" | "Line manager" | "Administrator") =>
    HttpVisit.as(playwright.request, baseURL ?? "", inRole(role, BROMSGROVE_REDDITCH));
  const employee = await as("Employee");
  const location = await employee.send("/records/new/send", RECORD_FIELDS);
  const reference = /REC-\w{4}-\w{4}/.exec(location)?.[0] ?? "";
  expect((await employee.get(`/records/${reference}`)).status).toBe(200);
  for (const role of ["Line manager", "Administrator"] as const) {
    const visit = await as(role);
    for (const path of ["", "/correct", "/disposal"])
      expect((await visit.get(`/records/${reference}${path}`)).status, `${role}${path}`).toBe(404);
    expect((await visit.post("/records/export/send", {})).status, role).toBe(404);
    await visit.dispose();
  }
  await employee.dispose();
});
