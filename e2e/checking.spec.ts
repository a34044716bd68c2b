import { expect, test } from "./fixture.ts";
import { CheckStartPage } from "./page/check-start-page.ts";
import { NotFoundPage } from "./page/not-found-page.ts";
import { PolicyPage } from "./page/policy-page.ts";
import { QuestionPage, type Answer } from "./page/question-page.ts";
import { ResultPage } from "./page/result-page.ts";
import { employeeOf, withoutException } from "./person.ts";
import { BROMSGROVE_REDDITCH, CLEVELAND_OPCC, HOME_WORKING_COUNCIL, NAO, NOTTINGHAM, POLICIES } from "./policy.ts";
import type { ExpectedPolicy } from "./policy.ts";
import type { VerdictWord } from "./verdict.ts";

const WIZARD = { tag: "@feature:wizard" };
const EXAMPLES = { tag: "@feature:examples" };

type Path = {
  verdict: VerdictWord;
  policy: ExpectedPolicy;
  answers: readonly Answer[];
  sentence: string;
  because: string;
  clause: string;
};

/** One path to each verdict, as far as the questions go. */
const PATHS: readonly Path[] = [
  {
    verdict: "Never",
    policy: CLEVELAND_OPCC,
    answers: [
      ["Who is it for?", "A colleague"],
      ["What is the message for?", "Times, places or cover"],
      ["In which chat?", "One to one"],
    ],
    sentence: "Do not use WhatsApp for one-to-one work messages.",
    because: "You said: it is for a colleague, it is about times, places or cover and it is a one-to-one chat.",
    clause: "3.2",
  },
  {
    verdict: "Only with an exception",
    policy: NAO,
    answers: [
      ["How sensitive is it?", "Not sensitive"],
      ["Which device do you use?", "My own device"],
      ["What is the message for?", "Arranging a call or a meeting"],
      ["Who is it for?", "An external partner"],
    ],
    sentence: "Not to anyone outside the NAO, unless an exception has been agreed.",
    because: "it is for an external partner",
    clause: "4.3",
  },
  {
    verdict: "Through Communications",
    policy: BROMSGROVE_REDDITCH,
    answers: [
      ["How sensitive is it?", "Not sensitive"],
      ["Who is it for?", "The public"],
      ["What is the message for?", "Pointing to something sent elsewhere"],
    ],
    sentence: "Do not send it yourself. It goes through corporate Communications.",
    because: "it is for the public",
    clause: "3.8",
  },
  {
    verdict: "Not recommended",
    policy: HOME_WORKING_COUNCIL,
    answers: [
      ["How sensitive is it?", "Not sensitive"],
      ["What is the message for?", "Times, places or cover"],
      ["Who is it for?", "A colleague"],
    ],
    sentence: "Use another channel if you can. If you still need to, keep to the points below.",
    because: "it is not sensitive",
    clause: "2.1",
  },
  {
    verdict: "With care",
    policy: NOTTINGHAM,
    answers: [
      ["Who is it for?", "A citizen"],
      ["What is the message for?", "Arranging contact another way"],
      ["How sensitive is it?", "Not sensitive"],
      ["Can you reach the citizen by any other means?", "No, nothing else reaches them"],
    ],
    sentence: "You can send it, if the points below hold.",
    because: "no other means reaches the citizen",
    clause: "2.6",
  },
  {
    verdict: "Allowed",
    policy: NAO,
    answers: [
      ["How sensitive is it?", "Not sensitive"],
      ["Which device do you use?", "An NAO device"],
      ["What is the message for?", "Work with the Public Accounts Committee"],
    ],
    sentence: "You can use WhatsApp on an NAO device to support the Public Accounts Committee.",
    because: "you use an NAO device",
    clause: "4.2",
  },
  {
    verdict: "Not covered",
    policy: NOTTINGHAM,
    answers: [["Who is it for?", "A colleague"]],
    sentence: "This guidance does not cover it. That does not make it allowed.",
    because: "You said: it is for a colleague.",
    clause: "1.3",
  },
];

for (const { verdict, policy, answers, sentence, because, clause } of PATHS) {
  test(`the questions lead to “${verdict}” and its reasons`, WIZARD, async ({ visit, signInAs }) => {
    const home = await signInAs(withoutException(policy));
    await home.choose("Check a message");
    await (await CheckStartPage.shown(visit)).begin();
    await QuestionPage.answerAll(visit, answers);
    const result = await ResultPage.shown(visit, sentence);
    await result.expectVerdict(verdict);
    await expect(result.main).toContainText(because);
    expect(Object.keys(await result.facts()).length).toBeGreaterThanOrEqual(answers.length);
    expect(await result.citedClauses()).toContain(clause);
    await result.readClause(clause);
    await (await PolicyPage.shown(visit, policy)).expectArrivedAt(clause);
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("named examples lead straight to the verdict that they promise", EXAMPLES, async ({ visit, signInAs }) => {
    test.slow(); // a page for every verdict that a policy can give
    await signInAs(employeeOf(BROMSGROVE_REDDITCH));
    for (const policy of POLICIES) {
      await test.step(policy.slug, async () => {
        const question = policy.asksFirst;
        const offered = await (await QuestionPage.open(visit, policy.slug, question)).examples();
        expect(offered.length).toBeGreaterThanOrEqual(8);
        const firstOfEach = new Map(offered.toReversed().map((example) => [example.verdict, example]));
        for (const { name, verdict } of firstOfEach.values()) {
          const start = await QuestionPage.open(visit, policy.slug, question);
          await start.followLink(name);
          const result = await ResultPage.shownAnyhow(visit);
          await result.expectVerdict(verdict as VerdictWord);
        }
      });
    }
  });
});

test("every clause that a result cites is there to be read", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  const address = "policy=bromsgrove-redditch&audience=colleague&purpose=logistics&content=unsure";
  const sentence = "Do not send it, unless an exception is approved. Sensitive information stays off WhatsApp.";
  const result = await ResultPage.open(visit, address, sentence);
  const cited = await result.citedClauses();
  expect(cited).toEqual(["3.1", "4.9", "4.8"]);
  for (const clause of cited) {
    await (await ResultPage.open(visit, address, sentence)).readClause(clause);
    const policy = await PolicyPage.shown(visit, BROMSGROVE_REDDITCH);
    await policy.expectArrivedAt(clause);
    await expect(policy.marked).toContainText(`Clause ${clause}`);
  }
});

test("Back shows the question before, with what was answered", async ({ visit, signInAs }) => {
  const home = await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  await home.choose("Check a message");
  await (await CheckStartPage.shown(visit)).begin();
  await QuestionPage.answerAll(visit, [
    ["How sensitive is it?", "Not sensitive"],
    ["Who is it for?", "A colleague"],
  ]);
  const third = await QuestionPage.shown(visit, "What is the message for?");
  await expect(third.soFar("Not sensitive", "A colleague")).toBeVisible();
  await third.goBack();
  const second = await QuestionPage.shown(visit, "Who is it for?");
  await expect(second.option("A colleague")).toBeChecked();
  await second.goBack();
  const first = await QuestionPage.shown(visit, "How sensitive is it?");
  await expect(first.option("Not sensitive")).toBeChecked();
  await first.send();
  // Both answers were kept, so the next that is open is the third again.
  await expect(
    (await QuestionPage.shown(visit, "What is the message for?")).soFar("Not sensitive", "A colleague"),
  ).toBeVisible();
  await visit.page.goBack();
  await QuestionPage.shown(visit, "How sensitive is it?");
});

test("a line says how many questions come, and that one is the last", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(NOTTINGHAM));
  const first = await QuestionPage.open(visit, NOTTINGHAM.slug, NOTTINGHAM.asksFirst);
  await expect(first.main).toContainText(
    /About \d more questions? after this one \(\d to \d\)\.|\d more questions? after/,
  );
  await visit.page.goto("/check?policy=nottingham&audience=citizen&purpose=forward");
  const last = await QuestionPage.shown(visit, "How sensitive is it?");
  await expect(last.main).toContainText("This is the last question.");
});

test("an answer that settles it ends the questions, and its reasons suppose nothing more", async ({
  visit,
  signInAs,
}) => {
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  await QuestionPage.open(visit, BROMSGROVE_REDDITCH.slug, "How sensitive is it?");
  await QuestionPage.answerAll(visit, [["How sensitive is it?", "Sensitive"]]);
  const result = await ResultPage.shown(visit, "Do not send it, unless an exception is approved.");
  await result.expectVerdict("Never");
  await expect(result.main).toContainText("The answer is the same whatever you would say to: Who is it for?");
  expect(await result.citedClauses()).toContain("3.1");
});

test("changing one answer keeps the others", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  const address =
    "policy=bromsgrove-redditch&audience=colleague&purpose=logistics&content=non-sensitive&alternative=no&publishable=yes";
  const result = await ResultPage.open(visit, address, "You can send it, if the points below hold.");
  await result.change("Could an approved channel do it now?");
  const question = await QuestionPage.shown(visit, "Could an approved channel do it now?");
  await expect(question.option("Not right now")).toBeChecked();
  await question.answer("Yes");
  const changed = await ResultPage.shown(visit, "Use the other channel if you can. WhatsApp is a last resort.");
  await changed.expectVerdict("Not recommended");
  expect(await changed.facts()).toMatchObject({
    For: "A colleague",
    About: "Times, places or cover",
    Sensitivity: "Not sensitive",
    "Another channel": "Yes",
    "Approved exception": expect.stringContaining("None that covers this"),
  });
  await changed.change("Who is it for?");
  const again = await QuestionPage.shown(visit, "Who is it for?");
  await again.followLink("Back to the result");
  await ResultPage.shown(visit, "Use the other channel if you can. WhatsApp is a last resort.");
});

test("being unsure counts as sensitive, and the policy's own examples help to tell", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  await visit.page.goto("/check?policy=bromsgrove-redditch&audience=colleague&purpose=logistics");
  const question = await QuestionPage.shown(visit, "How sensitive is it?");
  await expect(question.option("Sensitive")).toHaveAccessibleDescription(/A photo of people without a consent form/);
  await expect(question.option("Not sensitive")).toHaveAccessibleDescription(/Logistics and office administration/);
  await question.answer("I'm not sure");
  const result = await ResultPage.shown(
    visit,
    "Do not send it, unless an exception is approved. Sensitive information stays off WhatsApp.",
  );
  await result.expectVerdict("Never");
  await expect(result.main).toContainText("you are not sure how sensitive it is");
  await expect(result.main.getByRole("heading", { name: "What to use instead" })).toBeVisible();
  await expect(result.main.getByText("Who to ask", { exact: true })).toBeVisible();
});

test("sending no answer says so, in focus, and keeps the earlier answers", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  await QuestionPage.open(visit, BROMSGROVE_REDDITCH.slug, "How sensitive is it?");
  await QuestionPage.answerAll(visit, [
    ["How sensitive is it?", "Not sensitive"],
    ["Who is it for?", "A colleague"],
  ]);
  await (await QuestionPage.shown(visit, "What is the message for?")).send();
  const question = await QuestionPage.shownWithError(visit, "What is the message for?");
  await expect(question.errorSummary).toContainText("There is a problem");
  await expect(question.boxWithFocus).toContainText("There is a problem");
  await expect(question.soFar("Not sensitive", "A colleague")).toBeVisible();
  await question.errorSummary.getByRole("link", { name: "Choose the answer that fits best." }).click();
  await expect(question.option("Times, places or cover")).toBeFocused();
  await question.answer("Times, places or cover");
  await expect(
    (await QuestionPage.shown(visit, "Could an approved channel do it now?")).soFar(
      "Not sensitive",
      "A colleague",
      "Times, places or cover",
    ),
  ).toBeVisible();
});

test("a result has one address that can be refreshed, kept and shared", async ({ visit, signInAs, context }) => {
  await signInAs(employeeOf(NAO));
  const canonical = "/check?policy=nottingham&audience=citizen&purpose=forward&content=non-sensitive";
  const sentence = "Do not forward it if you can avoid that. If you still need to, mind the points below.";
  await visit.page.goto(
    "/check?content=non-sensitive&nonsense=1&purpose=forward&device=work&audience=nobody&audience=citizen&policy=nottingham",
  );
  const result = await ResultPage.shown(visit, sentence);
  expect(result.address).toBe(canonical);
  await visit.page.reload();
  expect((await ResultPage.shown(visit, sentence)).address).toBe(canonical);
  const bookmark = { ...visit, page: await context.newPage() };
  await bookmark.page.goto(canonical);
  await (await ResultPage.shown(bookmark, sentence)).expectVerdict("Not recommended");
});

test("exceptions are looked up on the own body's policy, and asked for on another's", async ({ visit, signInAs }) => {
  const facts = "policy=nao&device=personal&purpose=file&audience=partner&content=non-sensitive";
  const sentence = "Not to anyone outside the NAO, unless an exception has been agreed.";
  await signInAs(withoutException(NAO));
  for (const old of ["", "&exception=no", "&exception=yes", "&change=exception"]) {
    const result = await ResultPage.open(visit, facts + old, sentence);
    expect(result.address).toBe(`/check?${facts}`);
    await expect(result.main).toContainText("The portal looked this up.");
    await expect(result.main.getByRole("link", { name: "Ask for an exception" })).toHaveAttribute(
      "href",
      `/exceptions/new?${facts}`,
    );
  }
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  await visit.page.goto(`/check?${facts}`);
  await (await QuestionPage.shown(visit, "Is there an approved exception that covers it?")).answer("No");
  const foreign = await ResultPage.shown(visit, sentence);
  expect(await foreign.facts()).toMatchObject({ Exception: "No" });
  await expect(foreign.main.getByRole("link", { name: "Ask for an exception" })).toHaveCount(0);
});

test("a policy that does not exist answers 404 with a page that helps", async ({ visit, signInAs, expectNotFound }) => {
  await signInAs(employeeOf(NAO));
  for (const path of ["/check?policy=nowhere", "/matrix?policy=nowhere", "/policies/nowhere", "/nowhere"]) {
    expectNotFound(path);
    const page = await NotFoundPage.open(visit, path);
    await expect(page.main).toContainText("You have done nothing wrong.");
  }
});
