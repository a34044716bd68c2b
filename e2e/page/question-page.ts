import type { Locator } from "@playwright/test";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

export type Answer = readonly [question: string, answer: string];

/** One question of the wizard. */
export class QuestionPage extends PortalPage {
  static async open(visit: Visit, policy: string, question: string): Promise<QuestionPage> {
    await visit.page.goto(`/check?policy=${policy}`);
    return QuestionPage.shown(visit, question);
  }

  static shown(visit: Visit, question: string): Promise<QuestionPage> {
    return new QuestionPage(visit, question).checked();
  }

  /** The same question, sent without an answer. */
  static shownWithError(visit: Visit, question: string): Promise<QuestionPage> {
    return new QuestionPage(visit, question, `Error: ${question}`).checked();
  }

  /** Answers a series of questions, each of which must be the next. */
  static async answerAll(visit: Visit, answers: readonly Answer[]): Promise<void> {
    for (const [question, answer] of answers) await (await QuestionPage.shown(visit, question)).answer(answer);
  }

  async answer(label: string): Promise<void> {
    await this.option(label).check();
    await this.send();
  }

  async send(): Promise<void> {
    await this.follow(() => this.main.getByRole("button", { name: "Continue" }).click());
  }

  async goBack(): Promise<void> {
    await this.followLink("Back");
  }

  option(label: string): Locator {
    return this.main.getByRole("radio", { name: label, exact: true });
  }

  /** Whatever has the focus. */
  get boxWithFocus(): Locator {
    return this.page.locator(":focus");
  }

  get errorSummary(): Locator {
    return this.main.getByRole("alert");
  }

  /** The answers given before this question, in one line. */
  soFar(...answers: string[]): Locator {
    return this.main.getByText(`So far: ${answers.join(" · ")}`, { exact: true });
  }

  /** The named examples and the verdict that each promises, in order. */
  examples(): Promise<{ name: string; verdict: string }[]> {
    return this.main
      .getByRole("listitem")
      .filter({ has: this.page.getByRole("link") })
      .evaluateAll((items) =>
        items.map((item) => {
          const name = item.querySelector("a")?.textContent ?? "";
          return { name, verdict: item.textContent.slice(name.length).trim() };
        }),
      );
  }
}
