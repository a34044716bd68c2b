import { expect, test } from "./own-portal.ts";
import { HttpVisit } from "./http-visit.ts";
import { FormPage } from "./page/form-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { QuestionPage } from "./page/question-page.ts";
import { ReceiptPage } from "./page/receipt-page.ts";
import { ResultPage } from "./page/result-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { MODEL } from "./policy.ts";

const DURING =
  "policy=model&app=covered&audience=colleague&purpose=continuity&content=non-sensitive&alternative=no&chat=one-to-one";
const LABEL = "A declared business continuity activity";
const TITLE = "E-mail and Teams are down";

// On a portal of its own, because every page of the body says so while it lasts.
test("an activity is declared, counts while it lasts, and ends", async ({ visit, signInAs, playwright, baseURL }) => {
  test.slow();
  const { page } = visit;
  const notices = page.getByRole("region", { name: "Notices" });
  const question = "What is the message for?";

  await test.step("before, the answer is offered nowhere", async () => {
    await signInAs(employeeOf(MODEL));
    const first = await QuestionPage.open(visit, MODEL.slug, MODEL.asksFirst);
    expect((await first.examples()).map(({ name }) => name).join()).not.toContain("business continuity");
    await first.answer("WhatsApp, or an app like it");
    await (await QuestionPage.shown(visit, "Who is it for?")).answer("A colleague");
    await expect((await QuestionPage.shown(visit, question)).option(LABEL)).toHaveCount(0);
    await page.goto(`/check?${DURING}`);
    const dropped = await QuestionPage.shown(visit, question);
    await expect(dropped.main).toContainText("No business continuity activity is declared now");
    await expect(notices).not.toContainText("Business continuity");
    await PortalPage.openAt(visit, "/continuity", "Business continuity");
  });

  await signInAs(inRole("Governance officer", MODEL));
  await page.goto("/continuity");
  const form = await FormPage.at(visit, "Business continuity");
  await form.press("Declare it now");
  const empty = await FormPage.refused(visit, "Business continuity");
  await empty.write({ "What is it?": TITLE, "Why is it declared?": "A cable was cut.\nRepair tonight." });

  const other = { ...visit, page: await page.context().newPage() };
  await other.page.goto("/continuity");
  const late = await FormPage.at(other, "Business continuity");
  await empty.press("Declare it now");
  const reference = /CON-\w{4}-\w{4}/.exec(page.url())?.[0] ?? "";
  await FormPage.titled(visit, TITLE, `Business continuity ${reference}`);

  await test.step("of two officers one wins, and the other is told and sees what was not sent", async () => {
    await late.write({ "What is it?": "All is down", "Why is it declared?": "Fire." });
    await late.press("Declare it now");
    const told = await FormPage.refused(other, "Business continuity");
    await expect(told.errorSummary).toContainText(`has declared ${reference} already`);
    await expect(told.main).toContainText("All is down");
    await other.page.close();
  });

  await test.step("every page says so, and the answer is offered", async () => {
    await signInAs(employeeOf(MODEL));
    for (const path of ["/", "/policies", "/me", "/decisions"]) {
      await page.goto(path);
      await expect(notices).toContainText(`Business continuity since`);
      await expect(notices.getByRole("link", { name: TITLE })).toHaveAttribute("href", `/continuity/${reference}`);
    }
    const about = await PortalPage.openAt(visit, `/continuity/${reference}`, TITLE, / – With Care$/);
    await expect(about.main).not.toContainText("A cable was cut");
    await page.goto(`/check?${DURING}`);
    const result = await ResultPage.shownAnyhow(visit);
    await result.expectVerdict("With care");
    expect((await result.facts())["About"]).toContain(`The portal looked this up: ${reference}, declared since`);
    await result.follow(() => result.main.getByRole("button", { name: "Keep this result" }).click());
    const receipt = await ReceiptPage.kept(visit);
    expect((await receipt.facts())[question]).toContain(`(from the declared activity ${reference})`);
  });
  const kept = page.url().replace(/\?.*/, "");

  await test.step("it is ended, and no longer counts", async () => {
    await signInAs(inRole("Governance officer", MODEL));
    await page.goto(`/continuity/${reference}`);
    const ending = await FormPage.titled(visit, TITLE, `Business continuity ${reference}`);
    await ending.write({ "Why does it end?": "Repaired." });
    await ending.button("End it now").click();
    await expect(ending.main).toContainText("Repaired.");
    const ended = await FormPage.titled(visit, TITLE, `Business continuity ${reference}`);
    expect(await ended.facts()).toMatchObject({ "Why it ended": "Repaired.", "Ended by": "You" });
    await expect(notices).not.toContainText("Business continuity");
    await signInAs(inRole("Auditor", MODEL));
    const history = await PortalPage.openAt(visit, "/continuity", "Business continuity");
    await expect(history.main.getByRole("row").filter({ hasText: reference })).toContainText(TITLE);
    await expect(history.main.getByRole("button", { name: "Declare it now" })).toHaveCount(0);
    await signInAs(employeeOf(MODEL));
    await page.goto(kept);
    const section = page.getByRole("region", { name: "Run again just now" });
    await expect(section).toContainText("The same answer: With care.");
    await expect(section).toContainText("no business continuity activity is declared");
  });

  await test.step("its forms fail on nothing", async () => {
    const officer = await HttpVisit.as(playwright.request, baseURL ?? "", inRole("Governance officer", MODEL));
    for (const text of ["", " ", "<script>alert(1)</script>", "\u0000", "%00", "مرحبا", "x".repeat(20_000)]) {
      const declared = await officer.post("/continuity/send", { title: text, reason: text, startKey: text });
      expect(declared.status).toBe(303);
      expect((await officer.follow(declared.location)).status).toBe(200);
      const current = /CON-\w{4}-\w{4}/.exec(declared.location)?.[0];
      if (current) await officer.send(`/continuity/${current}/send`, { do: "end", endReason: "Over." });
      const ended = await officer.post(`/continuity/${reference}/send`, { do: "end", endReason: text });
      expect(ended.status).toBe(303);
      expect((await officer.follow(ended.location)).status).toBe(200);
    }
    await officer.dispose();
  });
});
