import { expect, test } from "./fixture.ts";
import { ClauseQuestionPage, ClausesPage } from "./page/clause-question-page.ts";
import { FormPage } from "./page/form-page.ts";
import { PolicyPage } from "./page/policy-page.ts";
import { TasksPage } from "./page/tasks-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { MODEL } from "./policy.ts";

const { slug, title, version } = MODEL;
const WRONG = "“A resident” leaves out people who work here and live elsewhere.";
const INSTEAD = "Say “a member of the public”.";

// Without JavaScript.
test.describe("a suggestion for a clause", () => {
  test.use({ javaScriptEnabled: false });

  test("goes to the policy owner beside the clause, is answered with a reason, and comes back", async ({
    visit,
    signInAs,
  }) => {
    test.slow(); // three visits
    await signInAs(employeeOf(MODEL));
    await (await PolicyPage.open(visit, MODEL)).followLink("About this clause 3.8");
    await (await FormPage.titled(visit, "Clause 3.8", `Clause 3.8: ${title}`)).followLink("Suggest a change to it");
    const heading = "Suggest a change to clause 3.8";
    await (await FormPage.at(visit, heading)).press("Send my suggestion");
    const refused = await FormPage.refused(visit, heading);
    await expect(refused.errorSummary).toContainText("Say what is wrong.");
    await expect(refused.errorSummary).toContainText("Say whether you may be answered.");
    await refused.write({ "What is wrong with it?": WRONG, "What should it say instead?": INSTEAD });
    await refused.choose({ "May we answer you?": "Yes, the policy owner sees my name" });
    await refused.press("Send my suggestion");
    const sent = await ClauseQuestionPage.shown(visit, "You have sent your suggestion");
    const reference = await sent.reference();
    expect(reference).not.toBe("");

    await signInAs(inRole("Policy owner", MODEL));
    await expect((await TasksPage.open(visit)).about(reference)).toContainText("Answer a suggestion for clause 3.8");
    await visit.page.goto(`/policies/${slug}/clauses`);
    const clauses = await ClausesPage.shown(visit, title, version);
    await expect(clauses.main.getByRole("row").filter({ hasText: INSTEAD })).toContainText(WRONG);
    await clauses.followLink(`Answer ${reference}`);
    const toAnswer = await ClauseQuestionPage.shown(visit, "Answer a suggestion for clause 3.8");
    await toAnswer.choose({ "Is it taken up?": "Yes, in the next version" });
    await toAnswer.write({ "Why?": "It is clearer." });
    await toAnswer.button("Send my answer").click();
    await ClauseQuestionPage.shown(visit, "Suggestion for clause 3.8");
    await expect((await TasksPage.open(visit)).about(reference)).toHaveCount(0);

    await signInAs(employeeOf(MODEL));
    const mine = await ClauseQuestionPage.open(visit, reference, "Suggestion for clause 3.8");
    expect(await mine.facts()).toMatchObject({ "Taken up": "Taken up", Why: "It is clearer." });
  });
});
