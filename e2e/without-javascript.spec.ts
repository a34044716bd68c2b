import { expect, test } from "./fixture.ts";
import { CheckStartPage } from "./page/check-start-page.ts";
import { HomePage } from "./page/home-page.ts";
import { LibraryPage } from "./page/library-page.ts";
import { MatrixPage } from "./page/matrix-page.ts";
import { NotFoundPage } from "./page/not-found-page.ts";
import { PolicyPage } from "./page/policy-page.ts";
import { QuestionPage } from "./page/question-page.ts";
import { ResultPage } from "./page/result-page.ts";
import { SignInPage } from "./page/sign-in-page.ts";
import { employeeOf } from "./person.ts";
import { BROMSGROVE_REDDITCH } from "./policy.ts";

test.use({ javaScriptEnabled: false });

const EMPLOYEE = employeeOf(BROMSGROVE_REDDITCH);

test("without JavaScript: sign in, answer the questions, correct a mistake, read the clause", async ({ visit }) => {
  await visit.page.goto("/check");
  await (await SignInPage.shown(visit)).signIn(EMPLOYEE);
  await (await CheckStartPage.shown(visit)).begin();
  const first = await QuestionPage.shown(visit, "How sensitive is it?");
  await first.send();
  const unanswered = await QuestionPage.shownWithError(visit, "How sensitive is it?");
  await expect(unanswered.errorSummary).toContainText("There is a problem");
  await expect(unanswered.boxWithFocus).toContainText("There is a problem");
  await unanswered.answer("Not sensitive");
  await QuestionPage.answerAll(visit, [["Who is it for?", "The public"]]);
  await (await QuestionPage.shown(visit, "What is the message for?")).goBack();
  const second = await QuestionPage.shown(visit, "Who is it for?");
  await expect(second.option("The public")).toBeChecked();
  await second.send();
  await QuestionPage.answerAll(visit, [["What is the message for?", "Pointing to something sent elsewhere"]]);
  const result = await ResultPage.shown(visit, "Do not send it yourself. It goes through corporate Communications.");
  await result.expectVerdict("Through Communications");
  await result.readClause("3.8");
  const policy = await PolicyPage.shown(visit, BROMSGROVE_REDDITCH);
  await policy.expectArrivedAt("3.8");
  await expect(policy.marked).toContainText("Clause 3.8");
  await policy.signOut();
  await SignInPage.shown(visit);
});

test("without JavaScript: read the policy, then the matrix under other assumptions", async ({ visit, signInAs }) => {
  const home = await signInAs(EMPLOYEE);
  await home.goTo("Policies");
  await (await LibraryPage.shown(visit)).followLink(BROMSGROVE_REDDITCH.title);
  const policy = await PolicyPage.shown(visit, BROMSGROVE_REDDITCH);
  await policy.followLink("See the matrix");
  const matrix = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  expect(await matrix.verdictsIn("A colleague", "Not sensitive")).toEqual(["With care"]);
  await matrix.assume({ "Could an approved channel do it now?": "Yes" });
  const changed = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  expect(await changed.verdictsIn("A colleague", "Not sensitive")).toEqual(["Not recommended"]);
  await changed.openCell("A colleague", "Not sensitive");
  const opened = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  await opened.followLink("Go on with these answers");
  const result = await ResultPage.shown(visit, "Use the other channel if you can. WhatsApp is a last resort.");
  await result.expectVerdict("Not recommended");
});

test("without JavaScript: a page that is not there, and a leaver, are told so", async ({
  visit,
  signInAs,
  expectNotFound,
}) => {
  const signIn = await SignInPage.open(visit);
  await signIn.signIn({ role: "Leaver", body: BROMSGROVE_REDDITCH.body });
  await expect((await SignInPage.shown(visit)).refusal("This person has left")).toBeVisible();
  await signInAs(EMPLOYEE);
  for (const path of ["/policies/nowhere", "/check?policy=nowhere", "/nowhere"]) {
    expectNotFound(path);
    const notFound = await NotFoundPage.open(visit, path);
    await expect(notFound.main).toContainText("You have done nothing wrong.");
    await notFound.goHome();
    await HomePage.shown(visit);
  }
});
