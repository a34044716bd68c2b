import { expect, type Locator } from "@playwright/test";
import type { VerdictWord } from "../verdict.ts";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

/** The wizard's answer, with everything unfolded; what is on its first screen is tested in first-screen.spec.ts. */
export class ResultPage extends PortalPage {
  static async open(visit: Visit, query: string, sentence: string): Promise<ResultPage> {
    await visit.page.goto(`/check?${query}`);
    return ResultPage.shown(visit, sentence);
  }

  static shown(visit: Visit, sentence: string): Promise<ResultPage> {
    return new ResultPage(visit, sentence).unfolded();
  }

  /** Any result: if its verdict matters, but not its words. */
  static shownAnyhow(visit: Visit): Promise<ResultPage> {
    return new ResultPage(visit, /\.$/, /\. – With Care$/).unfolded();
  }

  private async unfolded(): Promise<this> {
    await this.checked();
    await this.unfoldAll();
    return this;
  }

  async expectVerdict(word: VerdictWord): Promise<void> {
    await expect(this.verdict(word)).toBeVisible();
  }

  /** The word above the answer; the path to it, further down, repeats it. */
  verdict(word: VerdictWord): Locator {
    return this.main.getByText(word, { exact: true }).first();
  }

  /** Numbers of the clauses that the verdict is based on. */
  async citedClauses(): Promise<string[]> {
    const links = await this.main.getByRole("link", { name: /^Read clause / }).allTextContents();
    return links.map((words) => words.replace("Read clause ", ""));
  }

  async readClause(id: string): Promise<void> {
    await this.followLink(`Read clause ${id}`);
  }

  async change(question: string): Promise<void> {
    await this.followLink(`Change the answer to: ${question}`);
  }
}
