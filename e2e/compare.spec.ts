import { expect, test } from "./fixture.ts";
import { ComparePage } from "./page/compare-page.ts";
import { LibraryPage } from "./page/library-page.ts";
import { PolicyPage } from "./page/policy-page.ts";
import { employeeOf } from "./person.ts";
import { NAO, NOTTINGHAM } from "./policy.ts";

test.use({ javaScriptEnabled: false });

const MESSAGE = {
  "Who is it for?": "A customer or resident",
  "What is the message for?": "Arranging a call or a meeting",
  "How sensitive is it?": "Not sensitive",
};

test("without JavaScript: compare three policies for one message, read a clause", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(NOTTINGHAM));
  await (await LibraryPage.open(visit)).followLink("Compare policies");
  const start = await ComparePage.shown(visit);
  await expect(start.disagreements).toBeVisible();
  await start.choosePolicies(["Nottingham"]);
  await start.compare();
  const alone = await ComparePage.shownWithError(visit);
  await expect(alone.errorSummary).toContainText("Choose at least one more policy");
  await expect(alone.policy("Nottingham")).toBeChecked();
  await alone.choosePolicies(["Nottingham", "NAO", "Cleveland OPCC"]);
  await alone.compare();

  const chosen = await ComparePage.shown(visit);
  await chosen.chooseMessage(MESSAGE);
  await chosen.compare();
  const open = await ComparePage.shown(visit);
  await expect(open.opinion("Nottingham")).toContainText("Depends on: “Could an approved channel do it now?”");
  await open.chooseMessage({
    "Could an approved channel do it now?": "Not right now",
    "Which device do you use?": "An NAO device",
  });
  await open.compare();

  const result = await ComparePage.shown(visit);
  await result.expectOpinion("Nottingham", "With care", "Yours");
  await result.expectOpinion("NAO", "Never", "Differs");
  await result.expectOpinion("Cleveland OPCC", "Not covered", "Silent");
  await expect(result.main).toContainText(
    "They differ. The strictest: Never (NAO). The least strict: With care (Nottingham). Not covered by: Cleveland OPCC.",
  );
  await result.follow(() => result.opinion("Nottingham").getByRole("link", { name: "Clause 2.6" }).click());
  await (await PolicyPage.shown(visit, NOTTINGHAM)).expectArrivedAt("2.6", NOTTINGHAM.clause.text);
});

test("without JavaScript: go from where policies disagree to what they say there", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(NAO));
  await visit.page.goto("/policies/compare?policy=nao&policy=nottingham");
  const page = await ComparePage.shown(visit);
  await expect(page.main).toContainText("Of 21,600 possible situations they agree in");
  const { row, verdicts } = await page.line(0);
  expect(verdicts).toEqual(["Never", "Allowed"]); // the furthest apart that verdicts can be
  await page.follow(() => row.getByRole("link", { name: /^See/ }).click());
  const result = await ComparePage.shown(visit);
  await result.expectOpinion("NAO", "Allowed", "Yours");
  await result.expectOpinion("Nottingham", "Never", "Differs");
});

test("policies that nobody may compare, and too many of them, are said to be so", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(NAO));
  await visit.page.goto("/policies/compare?policy=nao&policy=nowhere&audience=child");
  const unknown = await ComparePage.shownWithError(visit);
  await expect(unknown.errorSummary).toContainText("There is no published policy “nowhere”.");
  await expect(unknown.policy("NAO")).toBeChecked();
  await expect(unknown.disagreements).toHaveCount(0);
});
