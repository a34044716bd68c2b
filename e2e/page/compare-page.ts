import { expect, type Locator } from "@playwright/test";
import { VERDICT_WORDS, type VerdictWord } from "../verdict.ts";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

export class ComparePage extends PortalPage {
  static shown(visit: Visit): Promise<ComparePage> {
    return new ComparePage(visit, "Compare policies").checked();
  }

  static shownWithError(visit: Visit): Promise<ComparePage> {
    return new ComparePage(visit, "Compare policies", "Error: Compare policies").checked();
  }

  get errorSummary(): Locator {
    return this.main.getByRole("alert");
  }

  /** What each policy says about the chosen message. */
  get opinions(): Locator {
    return this.main.getByRole("table", { name: "What each policy says about this message" });
  }

  /** Where the policies disagree, biggest differences first. */
  get disagreements(): Locator {
    return this.main.getByRole("table", { name: "Where the policies disagree, the furthest apart first" });
  }

  /** The row of one policy, by the body's short name. */
  opinion(name: string): Locator {
    return this.opinions.getByRole("row").filter({ has: this.page.getByRole("rowheader", { name }) });
  }

  async expectOpinion(name: string, verdict: VerdictWord, standing: string): Promise<void> {
    const cells = this.opinion(name).getByRole("cell");
    await expect(cells.first()).toHaveText(verdict);
    await expect(cells.last()).toHaveText(standing);
  }

  policy(name: string): Locator {
    return this.main.getByRole("checkbox", { name, exact: true });
  }

  /** Chooses these policies and no others. */
  async choosePolicies(names: readonly string[]): Promise<void> {
    if (!(await this.main.getByRole("checkbox").first().isVisible())) await this.main.getByText(/^Policies: /).click();
    for (const box of await this.main.getByRole("checkbox").all()) await box.uncheck();
    for (const name of names) await this.policy(name).check();
  }

  /** Chooses a message: question → answer. */
  async chooseMessage(answers: Readonly<Record<string, string>>): Promise<void> {
    for (const [question, answer] of Object.entries(answers))
      await this.main.getByRole("combobox", { name: question, exact: true }).selectOption({ label: answer });
  }

  async compare(): Promise<void> {
    await this.follow(() => this.main.getByRole("button", { name: "Compare" }).click());
  }

  /** The words of a line, and its verdicts, strictest first. */
  async line(at: number): Promise<{ row: Locator; verdicts: VerdictWord[] }> {
    const row = this.disagreements.getByRole("row").nth(at + 1); // the first row contains the headers
    const isThere = await Promise.all(VERDICT_WORDS.map((word) => row.getByText(word, { exact: true }).isVisible()));
    return { row, verdicts: VERDICT_WORDS.filter((_, word) => isThere[word]) };
  }
}
