import { expect, type Locator } from "@playwright/test";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

export class SearchPage extends PortalPage {
  static async open(visit: Visit, query = ""): Promise<SearchPage> {
    await visit.page.goto(query === "" ? "/search" : `/search?${query}`);
    return SearchPage.shown(visit);
  }

  static shown(visit: Visit): Promise<SearchPage> {
    return new SearchPage(visit, "Search the policies", /^(Error: )?Search(: .*)? – With Care$/).checked();
  }

  get field(): Locator {
    return this.main.getByRole("searchbox", { name: "What are you looking for?" });
  }

  /** What is announced about the results. */
  get status(): Locator {
    return this.main.getByRole("status");
  }

  get results(): Locator {
    return this.main.getByRole("listitem").filter({ has: this.page.getByRole("heading", { level: 2 }) });
  }

  result(clause: string): Locator {
    return this.results.filter({ has: this.page.getByRole("link", { name: new RegExp(`^Clause ${clause}(:|$)`) }) });
  }

  /** Sends the form with its button. */
  async search(): Promise<SearchPage> {
    await this.follow(() => this.main.getByRole("button", { name: "Search" }).click());
    return SearchPage.shown(this.visit);
  }

  async narrow(choices: Record<"Policy" | "Version", string> | { Policy: string }): Promise<void> {
    for (const [label, option] of Object.entries(choices))
      await this.main.getByLabel(label, { exact: true }).selectOption({ label: option });
  }

  async followResult(clause: string): Promise<void> {
    await this.follow(() => this.result(clause).first().getByRole("link").click());
    await expect(this.page).toHaveURL(new RegExp(`#clause-${clause.replaceAll(".", "\\.")}$`));
  }
}
