import { expect, test } from "./fixture.ts";
import { Keyboard } from "./keyboard.ts";
import { inDays } from "./day.ts";
import { CheckStartPage } from "./page/check-start-page.ts";
import { DraftPage } from "./page/draft-page.ts";
import { FormPage } from "./page/form-page.ts";
import { HomePage } from "./page/home-page.ts";
import { QuestionPage } from "./page/question-page.ts";
import { ResultPage } from "./page/result-page.ts";
import { SignInPage } from "./page/sign-in-page.ts";
import { employeeOf } from "./person.ts";
import { NOTTINGHAM } from "./policy.ts";
import type { Answer } from "./page/question-page.ts";

const ANSWERS: readonly Answer[] = [
  ["Who is it for?", "A citizen"],
  ["What is the message for?", "Forwarding a message"],
  ["How sensitive is it?", "Not sensitive"],
];

const WHY = "What you want to do, and why";
const WHO = "For whom, and for how long";

const WINDOWS = [
  { name: "a desk", viewport: { width: 1280, height: 800 } },
  { name: "a phone, whose navigation lies at the lower edge", viewport: { width: 390, height: 700 } },
];

for (const { name, viewport } of WINDOWS) {
  test.describe(`on ${name}`, () => {
    test.use({ viewport });

    test("by keyboard alone: sign in, answer the questions, reach the clause", async ({ visit }) => {
      const { page } = visit;
      const keyboard = new Keyboard(page);
      const signIn = await SignInPage.open(visit);
      await keyboard.tabTo(signIn.buttonFor(employeeOf(NOTTINGHAM)));
      await signIn.follow(() => keyboard.press("Enter"));

      const home = await HomePage.shown(visit);
      await keyboard.tabTo(home.main.getByRole("link", { name: "Check a message" }));
      await home.follow(() => keyboard.press("Enter"));

      const start = await CheckStartPage.shown(visit);
      await keyboard.tabTo(start.main.getByRole("link", { name: "Answer the questions one by one" }));
      await start.follow(() => keyboard.press("Enter"));

      for (const [question, answer] of ANSWERS) {
        const shown = await QuestionPage.shown(visit, question);
        await keyboard.choose(shown.main.getByRole("radio").first(), shown.option(answer));
        await keyboard.tabTo(shown.main.getByRole("button", { name: "Continue" }));
        await shown.follow(() => keyboard.press("Enter"));
      }

      const result = await ResultPage.shown(
        visit,
        "Do not forward it if you can avoid that. If you still need to, mind the points below.",
      );
      await result.expectVerdict("Not recommended");
      await keyboard.tabTo(result.main.getByRole("link", { name: "Read clause 3.1" }));
      await result.follow(() => keyboard.press("Enter"));
      await expect(page).toHaveURL(/#clause-3\.1$/);
    });

    test("the first stop of every page leads past the navigation", async ({ visit, signInAs }) => {
      await signInAs(employeeOf(NOTTINGHAM));
      await visit.page.goto("/policies");
      await visit.page.keyboard.press("Tab");
      const skip = visit.page.getByRole("link", { name: "Skip to the main content" });
      await expect(skip).toBeFocused();
      await expect(skip).toBeInViewport();
      await visit.page.keyboard.press("Enter");
      await visit.page.keyboard.press("Tab");
      await expect(visit.page.getByRole("main").getByRole("link").first()).toBeFocused();
    });
  });
}

test("by keyboard alone: ask for an exception, put right what is wrong, send it", async ({ visit, signInAs }) => {
  test.slow(); // a stop at everything that can have the focus
  const { page } = visit;
  const keyboard = new Keyboard(page);
  const until = inDays(30);
  const press = async (form: FormPage, button: string) => {
    await keyboard.tabTo(form.button(button));
    await form.follow(() => keyboard.press("Enter"));
  };
  const type = async (form: FormPage, texts: Readonly<Record<string, string>>) => {
    for (const [label, text] of Object.entries(texts)) {
      await keyboard.tabTo(form.field(label));
      await page.keyboard.type(text);
    }
  };
  const goTo = async (draft: DraftPage, part: Parameters<DraftPage["part"]>[0]) => {
    await keyboard.tabTo(draft.part(part).getByRole("link"));
    await draft.follow(() => keyboard.press("Enter"));
  };

  await signInAs(employeeOf(NOTTINGHAM));
  await page.goto("/exceptions/new?policy=nottingham&clause=3.1");
  await press(await FormPage.at(visit, "Ask for an exception"), "Use the long form");
  const draft = await DraftPage.begun(visit);
  const { reference } = draft;

  await goTo(draft, WHY);
  const why = await FormPage.at(visit, WHY, reference);
  await press(why, "Save and continue");
  const refused = await FormPage.refused(visit, WHY, reference); // the summary has the focus
  await keyboard.tabTo(refused.errorSummary.getByRole("link", { name: "Say what you want to do, and why." }));
  await keyboard.press("Enter");
  await expect(refused.field("What do you want to do, and why?")).toBeFocused();
  await page.keyboard.type("Forward the times of a visit.");
  await type(refused, {
    "Why will no approved channel do?": "They have no e-mail.",
    "What information is involved?": "Times.",
  });
  const more = refused.main.getByRole("checkbox", { name: "Clause 3.1", exact: true });
  await expect(more).toBeChecked();
  await keyboard.tabTo(more);
  await keyboard.press("Space");
  await expect(more).not.toBeChecked();
  await keyboard.press("Space");
  await press(refused, "Save and continue");

  await goTo(await DraftPage.begun(visit), WHO);
  const who = await FormPage.at(visit, WHO, reference);
  await keyboard.choose(who.main.getByRole("radio").first(), who.option("Who is it for?", "Only me"));
  for (const [label, text] of Object.entries({ Day: until.day, Month: until.month, Year: until.year })) {
    await keyboard.tabTo(who.group("Last day").getByRole("textbox", { name: label, exact: true }));
    await page.keyboard.type(text);
  }
  await press(who, "Save and continue");

  await goTo(await DraftPage.begun(visit), "Risk assessment");
  const risks = await FormPage.at(visit, "Risk assessment", reference);
  await keyboard.tabTo(risks.main.getByRole("link", { name: "Add a risk" }));
  await risks.follow(() => keyboard.press("Enter"));
  const risk = await FormPage.at(visit, "Add a risk", reference);
  const choose = (legend: string, label: string) =>
    keyboard.choose(risk.group(legend).getByRole("radio").first(), risk.option(legend, label));
  await keyboard.tabTo(risk.group("Does the policy name this risk?").getByRole("radio").first());
  await keyboard.press("Space");
  await choose("How likely is it?", "3 Possible");
  await choose("How much would it matter?", "3 Moderate");
  await type(risk, { "What will be done?": "Read each message before it goes." });
  await choose("How likely is it then?", "2 Unlikely");
  await choose("How much would it matter then?", "2 Small");
  await press(risk, "Save and continue");
  const added = await FormPage.at(visit, "Risk assessment", reference);
  await expect(added.main).toContainText("Breach of licence");
  await keyboard.tabTo(added.main.getByRole("link", { name: "Continue", exact: true }));
  await added.follow(() => keyboard.press("Enter"));

  await goTo(await DraftPage.begun(visit), "Check and send");
  const [heading, title] = ["Check your request before you send it", `Check your request, ${reference}`];
  await press(await FormPage.titled(visit, heading, title), "Send the request");
  await FormPage.titled(visit, "You have sent your request", `You have sent ${reference}`);
});
