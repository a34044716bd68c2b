import type { Locator } from "@playwright/test";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

/** Every outcome of a version. */
export class OutcomesPage extends PortalPage {
  static async open(visit: Visit, slug: string, query = ""): Promise<OutcomesPage> {
    await visit.page.goto(`/policies/${slug}/outcomes${query}`);
    return OutcomesPage.shown(visit);
  }

  static shown(visit: Visit): Promise<OutcomesPage> {
    return new OutcomesPage(visit, "Every outcome", /^Every outcome: /).checked();
  }

  get rows(): Locator {
    return this.main
      .getByRole("table")
      .getByRole("row")
      .filter({ has: this.page.getByRole("rowheader") });
  }

  /** The situations of all visible rows, added up. */
  async situations(): Promise<number> {
    const counts = await this.rows.evaluateAll((rows) => rows.map((row) => row.lastElementChild?.textContent ?? ""));
    return counts.reduce((sum, count) => sum + Number(count.replace(/[^0-9]/g, "")), 0);
  }

  get count(): Locator {
    return this.main.getByRole("status");
  }

  async filter(choices: Readonly<Record<string, string>>): Promise<OutcomesPage> {
    const form = this.main.getByRole("button", { name: "Apply" });
    if (!(await form.isVisible())) await this.main.getByText("Show only some answers").click();
    for (const [label, answer] of Object.entries(choices)) await this.main.getByLabel(label).selectOption(answer);
    await this.follow(() => form.click());
    return OutcomesPage.shown(this.visit);
  }

  async choose(answer: string): Promise<OutcomesPage> {
    await this.follow(() =>
      this.main.getByRole("list", { name: "Answer" }).getByRole("link", { name: answer, exact: true }).click(),
    );
    return OutcomesPage.shown(this.visit);
  }
}
