import { expect, type Locator } from "@playwright/test";
import type { ExpectedPolicy } from "../policy.ts";
import { VERDICT_WORDS, type VerdictWord } from "../verdict.ts";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

const SUMMARY = "Change rows, columns and what is assumed";

export class MatrixPage extends PortalPage {
  /** @param state further parameters of the address, such as "content=any" */
  static async open(visit: Visit, policy: ExpectedPolicy, state = "", heading?: string): Promise<MatrixPage> {
    await visit.page.goto(`/matrix?policy=${policy.slug}${state && `&${state}`}`);
    return MatrixPage.shown(visit, policy, heading);
  }

  /** @param heading if the axes are not the policy's own: the questions of rows and columns */
  static shown(
    visit: Visit,
    { matrix }: ExpectedPolicy,
    heading = `${matrix} How sensitive is it?`,
  ): Promise<MatrixPage> {
    return new MatrixPage(visit, heading, "Matrix").checked();
  }

  get table(): Locator {
    return this.main.getByRole("table");
  }

  /** What was announced about the last change. */
  get status(): Locator {
    return this.main.getByRole("status");
  }

  /** The cell where a row and a column meet, found as with a screen reader: by their headers. */
  async cell(row: string, column: string): Promise<Locator> {
    const columns = await this.table.getByRole("columnheader").allTextContents();
    const at = columns.indexOf(column) - 1; // the corner heads the row headers
    expect(at, `column “${column}” among ${columns.join(", ")}`).toBeGreaterThanOrEqual(0);
    const header = this.page.getByRole("rowheader", { name: row, exact: true });
    return this.table.getByRole("row").filter({ has: header }).getByRole("cell").nth(at);
  }

  /** The verdict words in a cell: exactly one, or the cell is wrong. */
  async verdictsIn(row: string, column: string): Promise<VerdictWord[]> {
    const cell = await this.cell(row, column);
    const isThere = await Promise.all(VERDICT_WORDS.map((word) => cell.getByText(word, { exact: true }).isVisible()));
    return VERDICT_WORDS.filter((_, at) => isThere[at]);
  }

  async openCell(row: string, column: string): Promise<void> {
    const cell = await this.cell(row, column);
    await this.follow(() => cell.getByRole("link").first().click());
  }

  /** Why the chosen cell says what it says. */
  reason(sentence: string): Locator {
    return this.main.getByRole("region", { name: sentence });
  }

  /**
   * Replaces assumptions or axes: question (or "Rows", "Columns") → answer. If scripts run, each takes effect at once.
   */
  async assume(answers: Readonly<Record<string, string>>): Promise<void> {
    const [first = ""] = Object.keys(answers);
    if (!(await this.field("Rows").isVisible())) await this.main.getByText(SUMMARY, { exact: true }).click();
    await expect(this.field(first)).toBeVisible();
    const choose = (question: string, answer: string) => this.field(question).selectOption({ label: answer });
    if (this.visit.hasJavaScript) {
      for (const [question, answer] of Object.entries(answers))
        await this.follow(async () => void (await choose(question, answer)));
      return;
    }
    for (const [question, answer] of Object.entries(answers)) await choose(question, answer);
    await this.follow(() => this.main.getByRole("button", { name: "Show the matrix" }).click());
  }

  field(question: string): Locator {
    return this.main.getByRole("combobox", { name: question, exact: true });
  }
}
