import { expect, test } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { AboutPage } from "./page/about-page.ts";
import { ClauseQuestionPage, ClausesPage } from "./page/clause-question-page.ts";
import { FormPage } from "./page/form-page.ts";
import { PolicyPage } from "./page/policy-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { TasksPage } from "./page/tasks-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { MODEL } from "./policy.ts";

const QUESTION = "Does “a resident” include somebody's parent?\n\nIt does not say.";
const ANSWER = "Yes. A parent who writes for their child is a resident.";
const NOTE = "A parent who writes for their child counts as a resident.";
const { slug, title, version } = MODEL;

// Without JavaScript.
test.describe("a question about a clause", () => {
  test.use({ javaScriptEnabled: false });

  test("goes to the policy owner as a task, is answered, and becomes a note under the clause", async ({
    visit,
    signInAs,
  }) => {
    test.slow(); // three visits
    await signInAs(employeeOf(MODEL));
    await (await PolicyPage.open(visit, MODEL)).followLink("About this clause 3.7");
    await (await FormPage.titled(visit, "Clause 3.7", `Clause 3.7: ${title}`)).followLink("Ask about this clause");
    const ask = await FormPage.at(visit, "Ask about clause 3.7");
    await ask.press("Send my question");
    const refused = await FormPage.refused(visit, "Ask about clause 3.7");
    await expect(refused.errorSummary).toContainText("Write your question.");
    await refused.write({ "Your question": QUESTION });
    await refused.press("Send my question");
    const sent = await ClauseQuestionPage.shown(visit, "You have sent your question");
    const reference = await sent.reference();
    expect(reference).not.toBe("");
    await sent.followLink("your questions");
    const waiting = await FormPage.at(visit, "Your questions");
    await expect(waiting.main.getByRole("row").filter({ hasText: reference })).toContainText("Not yet");

    await signInAs(inRole("Policy owner", MODEL));
    const task = (await TasksPage.open(visit)).about(reference);
    await expect(task).toContainText(`Answer a question about clause 3.7 of “${title}”`);
    const toAnswer = await ClauseQuestionPage.open(visit, reference, "Answer a question about clause 3.7");
    await expect(toAnswer.main).toContainText("It does not say.");
    await toAnswer.write({ "Your answer": ANSWER });
    await toAnswer.button("Send my answer").click();
    const answered = await ClauseQuestionPage.shown(visit, "Question about clause 3.7");
    expect(await answered.facts()).toMatchObject({ Answer: ANSWER, "Answered by": "You" });
    await expect((await TasksPage.open(visit)).about(reference)).toHaveCount(0);

    // Emptied, it is not filled with the answer again.
    const toNote = await ClauseQuestionPage.open(visit, reference, "Question about clause 3.7");
    await expect(toNote.field("The note")).toHaveValue(ANSWER);
    await toNote.write({ "The note": "" });
    await toNote.press("Publish the note");
    const emptied = await FormPage.refused(visit, "Question about clause 3.7");
    await expect(emptied.field("The note")).toHaveValue("");
    await emptied.write({ "The note": NOTE });
    await emptied.press("Publish the note");
    const noted = await ClauseQuestionPage.shown(visit, "Question about clause 3.7");
    expect(await noted.facts()).toMatchObject({ "Note under the clause": NOTE, "Published by": "You" });

    await signInAs(employeeOf(MODEL));
    const policy = await PolicyPage.open(visit, MODEL);
    const note = policy.main.getByRole("complementary", { name: "Note on clause 3.7", exact: true });
    await expect(note.filter({ hasText: NOTE })).toBeVisible();
    const about = await AboutPage.open(visit, MODEL);
    await expect(about.main.getByRole("link", { name: "See which clauses cause trouble" })).toHaveCount(0);
    const own = await PortalPage.openAt(visit, "/questions", "Your questions");
    await own.followLink(reference);
    const mine = await ClauseQuestionPage.shown(visit, "Question about clause 3.7");
    expect(await mine.facts()).toMatchObject({ Answer: ANSWER });
    expect(await mine.facts()).not.toHaveProperty("Answered by");
  });
});

test("“not sure” counts at the clauses of the result, once for each time that somebody sees it", async ({
  visit,
  signInAs,
  playwright,
  baseURL,
}) => {
  await signInAs(inRole("Policy owner", MODEL));
  const count = async () => {
    await (await AboutPage.open(visit, MODEL)).followLink("See which clauses cause trouble");
    return (await ClausesPage.shown(visit, title, version)).count("3.6", "“Not sure” answers");
  };
  const before = await count();
  const result = `/check?policy=${slug}&app=covered&audience=public&purpose=signpost&content=unsure`;
  const shown = await PortalPage.openAt(visit, result, /^Do not send it/, / – With Care$/);
  expect(shown.address, "nothing led elsewhere").toBe(result);
  expect(await count()).toBe(before + 1);

  const program = await HttpVisit.as(playwright.request, baseURL ?? "", employeeOf(MODEL));
  await program.head(result);
  await program.get(result, { "sec-purpose": "prefetch;prerender" });
  expect(await count()).toBe(before + 1);
  await program.get(result);
  expect(await count()).toBe(before + 2);
  await program.dispose();
});
