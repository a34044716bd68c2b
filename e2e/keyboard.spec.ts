import { expect, test } from "./fixture.ts";
import { Keyboard } from "./keyboard.ts";
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

      for (const [question, answer] of ANSWERS) {
        const shown = await QuestionPage.shown(visit, question);
        await keyboard.choose(shown.main.getByRole("radio").first(), shown.option(answer));
        await keyboard.tabTo(shown.main.getByRole("button", { name: "Continue" }));
        await shown.follow(() => keyboard.press("Enter"));
      }

      const result = await ResultPage.shown(
        visit,
        "Better not. If you forward it all the same, mind the points below.",
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
