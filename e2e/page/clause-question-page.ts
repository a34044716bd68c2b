import type { Locator } from "@playwright/test";
import type { Visit } from "../visit.ts";
import { FormPage } from "./form-page.ts";

/** A question about a clause: for who asked it, and for the policy owner. */
export class ClauseQuestionPage extends FormPage {
  static shown(visit: Visit, heading: string): Promise<ClauseQuestionPage> {
    return new ClauseQuestionPage(visit, heading, heading).checked();
  }

  static open(visit: Visit, reference: string, heading: string): Promise<ClauseQuestionPage> {
    return visit.page.goto(`/questions/${reference}`).then(() => ClauseQuestionPage.shown(visit, heading));
  }

  async reference(): Promise<string> {
    return /ASK-\w{4}-\w{4}/.exec(await this.main.innerText())?.[0] ?? "";
  }
}

/** "Clauses that cause trouble", for policy owners and governance officers. */
export class ClausesPage extends FormPage {
  static shown(visit: Visit, title: string, version: string): Promise<ClausesPage> {
    const heading = "Clauses that cause trouble";
    return new ClausesPage(visit, heading, `${heading}: ${title}, version ${version}`).checked();
  }

  /** One count of a clause, by its column heading; 0 if the clause is not in the table. */
  async count(clause: string, column: string): Promise<number> {
    const headers = await this.main.getByRole("columnheader").allInnerTexts();
    const row = this.row(clause);
    if ((await row.count()) === 0) return 0;
    const cells = await row.getByRole("cell").allInnerTexts();
    return Number(cells[headers.indexOf(column) - 1]);
  }

  private row(clause: string): Locator {
    const link = this.page.getByRole("link", { name: clause, exact: true });
    return this.main.getByRole("row").filter({ has: link });
  }
}
