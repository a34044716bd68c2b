import type { Browser } from "@playwright/test";
import { inDays } from "./day.ts";
import { expect, test } from "./fixture.ts";
import { CheckStartPage } from "./page/check-start-page.ts";
import { DraftPage } from "./page/draft-page.ts";
import { FormPage } from "./page/form-page.ts";
import { NotFoundPage } from "./page/not-found-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { QuestionPage, type Answer } from "./page/question-page.ts";
import { RequestPage } from "./page/request-page.ts";
import { ResultPage } from "./page/result-page.ts";
import { SignInPage } from "./page/sign-in-page.ts";
import { TasksPage } from "./page/tasks-page.ts";
import { employeeOf, inRole, type Person } from "./person.ts";
import { BROMSGROVE_REDDITCH as POLICY } from "./policy.ts";
import type { Visit } from "./visit.ts";

interface Run {
  javaScriptEnabled: boolean;
  requester: Person;
  /** In the same team, and not covered. */
  colleague: Person;
  decider: Person;
  deciderIs: string;
  answers: readonly Answer[];
  situation: string;
  clauses: readonly string[];
  /** What the policy says without the exception; and to another situation, which the exception leaves as it is. */
  sentence: string;
  other: { situation: string; sentence: string };
}

// The other journeys of this body sign in as its first employee, whom nothing here covers.
const RUNS: readonly Run[] = [
  {
    javaScriptEnabled: true,
    requester: { ...employeeOf(POLICY), name: "Dilys Inventedfield" },
    colleague: { ...employeeOf(POLICY), name: "Ewan Fictionfield" },
    decider: { ...inRole("Line manager", POLICY), name: "Chidi Mockfield" },
    deciderIs: "the line manager",
    answers: [
      ["How sensitive is it?", "Not sensitive"],
      ["Who is it for?", "A customer or resident"],
    ],
    situation: "policy=bromsgrove-redditch&audience=citizen&content=non-sensitive",
    clauses: ["3.5", "3.6"],
    sentence: "Do not send it, unless an exception is approved. WhatsApp is never for customers.",
    other: {
      situation: "policy=bromsgrove-redditch&audience=child&content=non-sensitive",
      sentence: "Do not send it, unless an exception is approved. WhatsApp is never for customers.",
    },
  },
  {
    javaScriptEnabled: false,
    requester: { ...employeeOf(POLICY), name: "Bryn Pretendfield" },
    colleague: employeeOf(POLICY),
    decider: inRole("Governance officer", POLICY),
    deciderIs: "a governance officer",
    answers: [
      ["How sensitive is it?", "Not sensitive"],
      ["Who is it for?", "A colleague"],
      ["What is the message for?", "Sending a photo"],
      ["Are there people in the photo?", "Yes, and not everyone has agreed"],
    ],
    situation: "policy=bromsgrove-redditch&audience=colleague&purpose=photo&content=non-sensitive&people=not-consented",
    clauses: ["9.3"],
    sentence: "Do not send the photo, unless an exception is approved. Somebody in it has not given consent.",
    other: {
      situation: "policy=bromsgrove-redditch&audience=partner&purpose=photo&content=non-sensitive&people=not-consented",
      sentence: "Do not send the photo, unless an exception is approved. Somebody in it has not given consent.",
    },
  },
];

const WHY = "What you want to do, and why";
const WHO = "For whom, and for how long";
const CHECK = "Check your request before you send it";
const WANTED = inDays(90);
const GRANTED = inDays(20);
const REASONS = {
  "What do you want to do, and why?": "Agree the hour of a visit.\nPeople miss visits otherwise.",
  "Why will no approved channel do?": "They have no e-mail, and do not pick up the phone.",
  "What information is involved?": "The hour and the street. No names.",
};
const COMMENT = "Name the street only if it is needed.";
const CHANGED = "The hour only.";
const CONDITIONS = ["Only on working days.", "Delete each message after the visit."];
const REVOKED = "The phone line is mended.";

for (const run of RUNS) {
  test.describe(`JavaScript ${run.javaScriptEnabled ? "on" : "off"}`, () => {
    test.use({ javaScriptEnabled: run.javaScriptEnabled });

    test(
      "an exception: from the verdict to its approval, what it changes, and its end",
      { tag: "@feature:exceptions" },
      async ({ visit, signInAs, browser, expectNotFound }) => {
        const { requester, colleague, decider, situation, sentence, other } = run;

        const reference = await test.step("ask, from the verdict", async () => {
          const home = await signInAs(requester);
          await home.choose("Check a message");
          await (await CheckStartPage.shown(visit)).begin();
          await QuestionPage.answerAll(visit, run.answers);
          const result = await ResultPage.shown(visit, sentence);
          await result.expectVerdict("Never");
          await result.followLink("Ask for an exception");
          const begin = await FormPage.at(visit, "Ask for an exception");
          await expect(begin.main).toContainText(sentence);
          for (const [, answer] of run.answers) await expect(begin.main).toContainText(answer);
          await begin.press("Use the long form");
          return (await DraftPage.begun(visit)).reference;
        });

        await test.step("the first part, interrupted and gone on with in another browser", async () => {
          const draft = await DraftPage.open(visit, reference);
          await expect(draft.part("Check and send")).toContainText("Complete the parts first");
          await draft.go(WHY);
          const why = await FormPage.at(visit, WHY, reference);
          for (const clause of run.clauses)
            await expect(why.main.getByRole("checkbox", { name: `Clause ${clause}`, exact: true })).toBeChecked();
          await why.write({ "What do you want to do, and why?": REASONS["What do you want to do, and why?"] });
          await why.press("Save and continue");
          const refused = await FormPage.refused(visit, WHY, reference);
          await expect(refused.errorSummary).toContainText("Say why no approved channel will do.");
          await expect(refused.field("What do you want to do, and why?")).toHaveValue(/^Agree the hour/);
          await refused.press("Save and come back later");
          await PortalPage.openAt(visit, "/exceptions", "Exceptions");
          await elsewhere(browser, run, visit, async (second) => {
            const list = await PortalPage.openAt(second, "/exceptions", "Exceptions");
            await list.followLink(reference);
            const found = await DraftPage.open(second, reference);
            await expect(found.part(WHY)).toContainText("Not complete");
            await found.go(WHY);
            const there = await FormPage.at(second, WHY, reference);
            await expect(there.field("What do you want to do, and why?")).toHaveValue(/^Agree the hour/);
            await there.write(REASONS);
            await there.press("Save and continue");
            await expect((await DraftPage.open(second, reference)).part(WHY)).toContainText("Complete");
          });
        });

        await test.step("the other parts", async () => {
          await (await DraftPage.open(visit, reference)).go(WHO);
          const who = await FormPage.at(visit, WHO, reference);
          await who.choose({ "Who is it for?": "Only me" });
          await who.writeDay("Last day", WANTED);
          await who.press("Save and continue");
          await (await DraftPage.open(visit, reference)).go("Risk assessment");
          const risks = await FormPage.at(visit, "Risk assessment", reference);
          await risks.followLink("Add a risk");
          await addRisk(visit, reference);
          await expect((await DraftPage.open(visit, reference)).part("Check and send")).toContainText("Ready");
        });

        await test.step("check the answers, change one, send", async () => {
          await (await DraftPage.open(visit, reference)).go("Check and send");
          const check = await checkPage(visit, reference);
          expect(await check.facts()).toMatchObject({
            Reason: REASONS["What do you want to do, and why?"],
            "Until the end of": WANTED.words,
          });
          await check.follow(() => check.main.getByRole("link", { name: "Change the information involved" }).click());
          const why = await FormPage.at(visit, WHY, reference);
          await why.write({ "What information is involved?": "The hour and the street." });
          await why.press("Save and continue");
          const checked = await checkPage(visit, reference);
          await expect(checked.main.getByText("The hour and the street.", { exact: true })).toBeVisible();
          await checked.press("Send the request");
          const sent = await sentPage(visit, reference);
          await expect(sent.main).toContainText(reference);
          await expect(sent.main.getByRole("heading", { name: "What happens next" })).toBeVisible();
        });

        await test.step("somebody else asks for changes", async () => {
          await signInAs(decider);
          await (await TasksPage.open(visit)).begin(`Decide on ${reference}`);
          const request = await RequestPage.shown(visit, reference);
          await request.expectState("Waiting for a decision");
          await expect(request.main).toContainText("They have no e-mail");
          await request.decide("Ask for changes");
          const form = await FormPage.at(visit, `Ask for changes to ${reference}`);
          await form.write({ [WHY]: COMMENT });
          await form.press("Ask for changes");
          const refused = await FormPage.refused(visit, `Ask for changes to ${reference}`);
          await expect(refused.field(WHY)).toHaveValue(COMMENT);
          await refused.write({ "What has to change, and why?": "Say less." });
          await refused.press("Ask for changes");
          await expect((await RequestPage.shown(visit, reference)).main).toContainText("You have asked for changes");
        });

        await test.step("the requester changes it and sends it again", async () => {
          await signInAs(requester);
          const tasks = await TasksPage.open(visit);
          await expect(tasks.main).toContainText(`Change your request ${reference}`); // among the news, too
          await tasks.begin(`Change ${reference} and send it again`);
          const draft = await DraftPage.sentBack(visit, reference);
          await expect(draft.part(WHY)).toContainText(COMMENT);
          await draft.go(WHY);
          const why = await FormPage.at(visit, WHY, reference);
          await expect(why.main).toContainText(COMMENT);
          await why.write({ "What information is involved?": CHANGED });
          await why.press("Save and continue");
          await (await DraftPage.sentBack(visit, reference)).go("Check and send");
          await (await checkPage(visit, reference)).press("Send the request again");
          await sentPage(visit, reference);
          const own = await RequestPage.open(visit, reference);
          await expect(own.main.getByRole("link", { name: "Approve", exact: true })).toHaveCount(0);
          expectNotFound(`/exceptions/${reference}/approve`);
          await NotFoundPage.open(visit, `/exceptions/${reference}/approve`);
          expectNotFound("/exceptions/queue");
          await NotFoundPage.open(visit, "/exceptions/queue");
        });

        await test.step("from the queue it is approved, with conditions and for less long", async () => {
          await signInAs(decider);
          const queue = await PortalPage.openAt(visit, "/exceptions/queue", "Exceptions to decide");
          await queue.followLink(reference);
          const request = await RequestPage.shown(visit, reference);
          await expect(request.main).toContainText(CHANGED);
          await expect(request.main.getByText("Information involved Changed")).toBeVisible();
          await request.decide("Approve");
          const form = await FormPage.at(visit, `Approve ${reference}`);
          await form.write({ "Why do you approve it?": "Visits matter.", Conditions: CONDITIONS.join("\n") });
          await form.writeDay("Last day", inDays(91));
          await form.press("Approve");
          const refused = await FormPage.refused(visit, `Approve ${reference}`);
          await expect(refused.errorSummary).toContainText(`The last day must be ${WANTED.words} or earlier`);
          await expect(refused.field("Conditions")).toHaveValue(CONDITIONS.join("\n"));
          await refused.writeDay("Last day", GRANTED);
          await refused.press("Approve");
          const approved = await RequestPage.shown(visit, reference);
          await approved.expectState("Approved");
          await expect(approved.main).toContainText(run.deciderIs);
          await expect(visit.page.getByText("The answer changes in these situations:").first()).toBeVisible();
        });

        await test.step("the wizard knows it, for this person and this situation only", async () => {
          await signInAs(requester);
          await (await QuestionPage.open(visit, POLICY.slug, POLICY.asksFirst)).goBack();
          await QuestionPage.open(visit, POLICY.slug, POLICY.asksFirst);
          await QuestionPage.answerAll(visit, run.answers); // and no question about an exception
          const allowed = await ResultPage.shown(visit, `Allowed under ${reference} until ${GRANTED.words}.`);
          expect(allowed.address).toBe(`/check?${situation}`);
          await allowed.expectVerdict("With care");
          for (const condition of CONDITIONS)
            await expect(allowed.main.getByRole("listitem").getByText(condition, { exact: true })).toBeVisible();
          expect((await allowed.facts())["Approved exception"]).toContain(reference);
          await (await ResultPage.open(visit, other.situation, other.sentence)).expectVerdict("Never");
          await signInAs(colleague);
          const unchanged = await ResultPage.open(visit, situation, sentence);
          await unchanged.expectVerdict("Never");
          expect((await unchanged.facts())["Approved exception"]).toContain("None that covers this");
          expectNotFound(`/exceptions/${reference}`);
          await NotFoundPage.open(visit, `/exceptions/${reference}`);
        });

        await test.step("it stands in the register, the file and the evidence; then it is revoked", async () => {
          await signInAs(inRole("Governance officer", POLICY));
          await expectInRegister(visit, reference);
          const toRevoke = await RequestPage.open(visit, reference);
          await toRevoke.followLink(`Revoke ${reference}`);
          const form = await FormPage.at(visit, `Revoke ${reference}`);
          await form.press("Revoke");
          const refused = await FormPage.refused(visit, `Revoke ${reference}`);
          await refused.write({ "Why do you revoke it?": REVOKED });
          await refused.press("Revoke");
          await (await RequestPage.shown(visit, reference)).expectState("Revoked");
          const evidence = await PortalPage.openAt(visit, `/evidence?subject=${reference}`, "Evidence");
          const rows = await evidence.main.getByRole("listitem").allInnerTexts();
          const verbs = [
            "revoked",
            "approved",
            "asked for the exception",
            "asked for changes to",
            "asked for the exception",
          ];
          expect(rows.length).toBe(verbs.length);
          verbs.forEach((verb, at) => expect(rows[at]).toContain(verb));
        });

        await test.step("the verdict is back at once, and its history can be read", async () => {
          await signInAs(requester);
          await (await ResultPage.open(visit, situation, sentence)).expectVerdict("Never");
          const own = await RequestPage.open(visit, reference);
          await own.expectState("Revoked");
          await expect(own.main).toContainText(REVOKED);
          const steps = ["Sent for a decision", "Changes asked for", "Sent again", "Approved", "Revoked"];
          expect(await own.steps()).toEqual(steps);
        });
      },
    );
  });
}

async function addRisk(visit: Visit, reference: string): Promise<void> {
  const risk = await FormPage.at(visit, "Add a risk", reference);
  await risk.write({ "What could go wrong?": "A message reaches the wrong person." });
  await risk.choose({
    "How likely is it?": "4 Likely",
    "How much would it matter?": "3 Moderate",
    "How likely is it then?": "2 Unlikely",
    "How much would it matter then?": "3 Moderate",
  });
  await risk.writeDay("By when? (only if it is a task)", { day: "31", month: "2", year: WANTED.year });
  await risk.write({ "What will be done?": "Check each number by phone first." });
  await risk.press("Save and continue");
  const refused = await FormPage.refused(visit, "Add a risk", reference);
  await expect(refused.errorSummary).toContainText("a day that exists");
  await expect(refused.option("How likely is it?", "4 Likely")).toBeChecked();
  await refused.writeDay("By when? (only if it is a task)", inDays(10));
  const source = refused.group("Does the policy name this risk?");
  if (await source.isVisible()) await source.getByRole("radio").last().check();
  await refused.press("Save and continue");
  const risks = await FormPage.at(visit, "Risk assessment", reference);
  await expect(risks.main).toContainText("The remaining risk is medium");
  await expect(risks.main.getByText("After", { exact: true })).toBeVisible();
}

function checkPage(visit: Visit, reference: string): Promise<FormPage> {
  return FormPage.titled(visit, CHECK, `Check your request, ${reference}`);
}

function sentPage(visit: Visit, reference: string): Promise<FormPage> {
  return FormPage.titled(visit, "You have sent your request", `You have sent ${reference}`);
}

/** The same person, in another browser with nothing of the first in it. */
async function elsewhere(
  browser: Browser,
  { javaScriptEnabled, requester }: Run,
  { page }: Visit,
  visitIt: (second: Visit) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    javaScriptEnabled,
    baseURL: new URL(page.url()).origin,
    reducedMotion: "reduce",
  });
  const second: Visit = { page: await context.newPage(), hasJavaScript: javaScriptEnabled };
  await (await SignInPage.open(second)).signInToHome(requester);
  await visitIt(second);
  await context.close();
}

const HEADING = "Register of exceptions";

async function openRegister(visit: Visit, query = ""): Promise<FormPage> {
  await visit.page.goto(`/exceptions/register${query}`);
  return FormPage.at(visit, HEADING);
}

async function expectInRegister(visit: Visit, reference: string): Promise<void> {
  const all = await openRegister(visit);
  await all.main.getByRole("combobox", { name: "State", exact: true }).selectOption({ label: "Approved" });
  await all.main.getByRole("searchbox", { name: "Reference or words" }).fill(reference);
  await all.press("Apply");
  const found = await FormPage.at(visit, HEADING);
  await expect(found.main.getByRole("heading", { name: "1 request" })).toBeVisible();
  await expect(found.main.getByRole("row").filter({ hasText: reference })).toContainText("Medium");
  await expect(found.main.getByRole("table", { name: /^Remaining risk: approved, 1/ })).toContainText("1");
  const href = await found.main.getByRole("link", { name: "Save this list as a file (CSV)" }).getAttribute("href");
  const file = await visit.page.request.get(href ?? "");
  expect(file.headers()["content-type"]).toContain("text/csv");
  const lines = (await file.text()).trim().split("\r\n");
  expect(lines[0]).toContain("Reference,State,Policy");
  expect(lines[1]).toContain(`${reference},Approved,bromsgrove-redditch`);
  const none = await openRegister(visit, `?state=declined&q=${reference}`);
  await expect(none.main).toContainText("Nothing fits.");
}
