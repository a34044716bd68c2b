import type { Page } from "@playwright/test";
import { expect, test } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { plainText } from "./plain-text.ts";
import { FormPage } from "./page/form-page.ts";
import { NotFoundPage } from "./page/not-found-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { QuestionPage } from "./page/question-page.ts";
import { ReceiptPage } from "./page/receipt-page.ts";
import { ResultPage } from "./page/result-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { BROMSGROVE_REDDITCH, NOTTINGHAM, POLICIES } from "./policy.ts";
import { keepFields, keepResult, makeLink } from "./receipt-by-http.ts";

const KEPT = { tag: "@feature:receipts" };

const BOLD =
  "policy=bromsgrove-redditch&audience=colleague&purpose=logistics&content=non-sensitive&alternative=no&publishable=yes";
const ALLOWED = "You can send it, if the points below hold.";
const FORBIDDEN = "policy=bromsgrove-redditch&audience=partner&purpose=forward&content=sensitive";
const NEVER = "Do not send it, unless an exception is approved. Sensitive information stays off WhatsApp.";

// Pages without a script of their own send none: with and without JavaScript is the same journey.
test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a result is kept with one press or with a note, found again, shared, taken back and deleted", async ({
    visit,
    signInAs,
    expectNotFound,
  }) => {
    test.slow(); // four visits
    await signInAs(employeeOf(BROMSGROVE_REDDITCH));
    const result = await ResultPage.open(visit, BOLD, ALLOWED);
    await result.main.getByRole("textbox", { name: "Your note" }).fill("x".repeat(501));
    await result.follow(() => result.main.getByRole("button", { name: "Keep this result" }).click());
    const refused = await FormPage.refused(visit, ALLOWED);
    await expect(refused.errorSummary).toContainText("Shorten this to 500 characters.");
    await expect(refused.field("Your note")).toHaveValue("x".repeat(501));
    await refused.write({ "Your note": "Cover for the ten o'clock.\nNobody was at a desk." });
    await refused.press("Keep this result");
    const kept = await ReceiptPage.kept(visit);
    const reference = await kept.reference();

    await (await PortalPage.openAt(visit, "/decisions", "Your kept results")).followLink(reference);
    const receipt = await ReceiptPage.shown(visit, ALLOWED);
    expect(await receipt.facts()).toMatchObject({
      Receipt: reference,
      Note: "Cover for the ten o'clock.\nNobody was at a desk.",
      "Who is it for?": "A colleague (answered by you)",
    });
    await expect(receipt.section("Run again just now")).toContainText("The same answer: With care.");
    await expect(receipt.section("Run again just now")).toContainText("The same today, under version 0.2.1.");
    await receipt.press("Make a link");
    const withLink = await ReceiptPage.shown(visit, ALLOWED);
    const link = await withLink.main.getByRole("textbox", { name: "The link, to copy" }).inputValue();
    const { pathname } = new URL(link);

    const colleague = inRole("Auditor", BROMSGROVE_REDDITCH);
    await signInAs(colleague);
    const read = await ReceiptPage.open(visit, pathname, ALLOWED);
    expect(await read.facts()).toMatchObject({ "Who is it for?": "A colleague (answered by the person)" });
    await expect(read.section("Who can read it")).toHaveCount(0);
    expectNotFound(`/decisions/${reference}`);
    await NotFoundPage.open(visit, `/decisions/${reference}`);
    await signInAs(employeeOf(NOTTINGHAM));
    expectNotFound(pathname);
    await NotFoundPage.open(visit, pathname);

    await signInAs(employeeOf(BROMSGROVE_REDDITCH));
    await (await ReceiptPage.open(visit, `/decisions/${reference}`, ALLOWED)).press("Take the link back");
    const shared = await ReceiptPage.shown(visit, ALLOWED);
    await shared.press("Share with my line manager");
    await expect((await ReceiptPage.shown(visit, ALLOWED)).section("Who can read it")).toContainText("can read it");
    await signInAs(colleague);
    await NotFoundPage.open(visit, pathname);
    await signInAs(inRole("Line manager", BROMSGROVE_REDDITCH));
    const list = await PortalPage.openAt(visit, "/decisions", "Your kept results");
    await list.followLink(reference);
    await expect((await ReceiptPage.shown(visit, ALLOWED)).section("Who can read it")).toHaveCount(0);

    await signInAs(employeeOf(BROMSGROVE_REDDITCH));
    const mine = await ReceiptPage.open(visit, `/decisions/${reference}`, ALLOWED);
    await mine.press("Stop sharing with my line manager");
    await (await ReceiptPage.shown(visit, ALLOWED)).followLink("Delete this receipt");
    const deleting = await FormPage.titled(visit, `Delete ${reference}?`, `Delete ${reference}`);
    await deleting.choose({ "Has anybody asked for this result?": "No, not that I know of" });
    await deleting.press("Delete this receipt");
    const after = await PortalPage.openAt(visit, "/decisions?deleted=1", "Your kept results");
    await expect(after.main).toContainText("The receipt is deleted");
    await NotFoundPage.open(visit, `/decisions/${reference}`);
  });
});

test("one press is enough, and pressing twice keeps one", KEPT, async ({ visit, signInAs, playwright, baseURL }) => {
  await signInAs(inRole("Administrator", NOTTINGHAM));
  const query = "policy=nottingham&audience=child";
  const result = await ResultPage.open(
    visit,
    query,
    "Do not send it. WhatsApp is not for contact with children under 13.",
  );
  await result.follow(() => result.main.getByRole("button", { name: "Keep this result" }).click());
  await ReceiptPage.kept(visit);
  const program = await HttpVisit.as(playwright.request, baseURL ?? "", inRole("Administrator", NOTTINGHAM));
  const fields = { ...(await keepFields(program, query)), words: "" };
  const [one, two] = await Promise.all([1, 2].map(() => program.send("/decisions/send", fields)));
  expect(one).toBe(two);
  await program.dispose();
});

test("what was not shown is not kept, and what was typed comes back with what holds now", async ({
  visit,
  signInAs,
  playwright,
  baseURL,
}) => {
  await signInAs(employeeOf(NOTTINGHAM));
  const program = await HttpVisit.as(playwright.request, baseURL ?? "", employeeOf(NOTTINGHAM));
  const fields = await keepFields(program, "policy=nottingham&audience=child");
  const forged = { ...fields, fingerprint: "0".repeat(64), words: "Typed with care.", verdict: "allowed" };
  const answer = await program.post("/decisions/send", forged);
  expect(answer.location).toMatch(/^\/check\?kept=/);
  await visit.page.goto(answer.location);
  const page = await FormPage.refused(visit, "Do not send it. WhatsApp is not for contact with children under 13.");
  await expect(page.errorSummary).toContainText("was not kept: what it rests on has changed");
  await expect(page.field("Your note")).toHaveValue("Typed with care.");
  await page.press("Keep this result");
  expect(await (await ReceiptPage.kept(visit)).facts()).toMatchObject({ Note: "Typed with care." });

  // Rules that ask for more by now: the question, and the note goes along to the result.
  const more = await program.post("/decisions/send", {
    ...forged,
    startKey: "another",
    situation: "policy=nottingham&audience=citizen",
  });
  await visit.page.goto(more.location);
  const question = await QuestionPage.shown(visit, "What is the message for?");
  await expect(question.main).toContainText("Your result was not kept");
  await expect(question.main).toContainText("Typed with care.");
  await question.answer("Forwarding a message");
  await (await QuestionPage.shown(visit, "How sensitive is it?")).answer("Not sensitive");
  const forward = "Do not forward it if you can avoid that. If you still need to, mind the points below.";
  const result = await FormPage.titled(visit, forward, `Error: ${forward}`);
  await expect(result.field("Your note")).toHaveValue("Typed with care.");
  await program.dispose();
});

test("a message to the contact is prepared, with nothing to type but the question", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(POLICIES[0] ?? BROMSGROVE_REDDITCH));
  const query = "policy=model&app=covered&audience=child";
  await visit.page.goto(`/check?${query}`);
  const result = await ResultPage.shownAnyhow(visit);
  await result.followLink("Prepare a message about this");
  const page = await FormPage.at(visit, "Prepare a message");
  const link = page.main.getByRole("link", { name: "Write to governance@example-borough.example.invalid" });
  const href = (await link.getAttribute("href")) ?? "";
  expect(href).toMatch(/^mailto:governance@example-borough\.example\.invalid\?subject=/);
  expect(href.length).toBeLessThan(2000);
  const body = decodeURIComponent(/&body=(.*)$/.exec(href)?.[1] ?? "");
  const copied = await page.field("Message").inputValue();
  for (const part of ["My question:", "Never. ", "Clause", `/check?${query}`, "- Who is it for? A child under 13"]) {
    expect(body).toContain(part);
    expect(copied).toContain(part);
  }
  expect(body).toContain("\r\n");
  await expect(page.field("Message")).not.toBeEditable();
});

test("the text that points to something sent elsewhere is there where the policy permits it, with its warning", async ({
  visit,
  signInAs,
}) => {
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  const forbidden = await ResultPage.open(visit, FORBIDDEN, NEVER);
  await expect(forbidden.main.getByText("Or tell them where it is", { exact: true })).toBeVisible();
  await expect(forbidden.main).toContainText("nothing from the e-mail itself");
  await forbidden.followLink("check it");
  await QuestionPage.answerAll(visit, [
    ["Could an approved channel do it now?", "Not right now"],
    ["Would you be content to see it made public?", "Yes"],
  ]);
  const permitted = await ResultPage.shown(visit, ALLOWED);
  await expect(permitted.main.getByRole("textbox", { name: "To copy, 1 of 2" })).toHaveValue(/sent you an e-mail/);
  const customer = "policy=bromsgrove-redditch&audience=citizen&purpose=forward&content=sensitive";
  const never = await ResultPage.open(
    visit,
    customer,
    "Do not send it, unless an exception is approved. WhatsApp is never for customers.",
  );
  await expect(never.main.getByText("Or tell them where it is", { exact: true })).toHaveCount(0);
});

/** How many sheets a page makes, in the size that it asks for. */
async function sheetsOf(page: Page): Promise<number> {
  const file = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  return file.toString("latin1").match(/\/Type\s*\/Page(?![a-z])/g)?.length ?? 0;
}

test("a receipt is one page of paper, however much stands on it", async ({ page, signInAs, playwright, baseURL }) => {
  test.slow();
  await signInAs(inRole("Auditor", BROMSGROVE_REDDITCH));
  const visit = await HttpVisit.as(playwright.request, baseURL ?? "", inRole("Auditor", BROMSGROVE_REDDITCH));
  const queries = [
    BOLD,
    "policy=bromsgrove-redditch&audience=partner&purpose=photo&content=non-sensitive&alternative=yes&publishable=no&people=consented&exception=no",
    "policy=model&app=covered&audience=colleague&purpose=photo&content=non-sensitive&alternative=no&chat=other-group&consent=yes&people=consented&exception=no",
    "policy=nao&device=personal&purpose=logistics&audience=colleague&content=non-sensitive&alternative=yes&publishable=yes&chat=approved-group&consent=yes&exception=no",
    "policy=cleveland-opcc&audience=colleague&purpose=decision&content=non-sensitive&chat=approved-group",
    "policy=home-working-council&audience=colleague&content=non-sensitive&purpose=call",
  ];
  for (const query of queries)
    await test.step(query, async () => {
      const reference = await keepResult(visit, query, "Lines\nof words. ".repeat(33).slice(0, 490));
      await page.goto(`/decisions/${reference}`);
      await expect(page.getByRole("main")).toContainText(reference);
      expect(await sheetsOf(page)).toBe(1);
    });
  await visit.dispose();
});

test("an exception is asked for from a verdict without being asked anything again", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  const result = await ResultPage.open(visit, FORBIDDEN, NEVER);
  await result.followLink("Ask for an exception");
  const begin = await FormPage.at(visit, "Ask for an exception");
  const facts = await begin.facts();
  expect(facts["For"]).toContain("partner");
  expect(facts).toMatchObject({ Sensitivity: "Sensitive" });
  await begin.press("Use the long form");
  await expect(visit.page.getByRole("main")).toContainText("Fill in the parts in any order");
  await visit.page.getByRole("link", { name: /^What you want to do, and why/ }).click();
  await expect(visit.page.getByRole("checkbox", { name: /3\.3/ })).toBeChecked();
});

test("officers see how many were kept from five on, and the journal says nothing of what", async ({
  playwright,
  baseURL,
}) => {
  const as = (role: Parameters<typeof inRole>[0]) =>
    HttpVisit.as(playwright.request, baseURL ?? "", inRole(role, { body: "A council" }));
  const [employee, officer, auditor] = await Promise.all([as("Employee"), as("Governance officer"), as("Auditor")]);
  const query = "policy=home-working-council&audience=colleague&content=sensitive";
  const references: string[] = [];
  for (let count = 0; count < 4; count++) references.push(await keepResult(employee, query, "Hushhush."));
  const counts = async () => plainText((await officer.get("/governance")).text);
  expect(await counts()).toMatch(/Never\s*fewer than 5/);
  references.push(await keepResult(employee, query));
  expect(await counts()).toMatch(/Never\s*5/);
  const journal = (await auditor.get("/evidence")).text;
  expect(journal).toContain(references[0]);
  expect(journal).not.toContain("Hushhush");
  expect(await makeLink(employee, references[0] ?? "")).toContain("/decisions/shared/");
  await Promise.all([employee, officer, auditor].map((visit) => visit.dispose()));
});
