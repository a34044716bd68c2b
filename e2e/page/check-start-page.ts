import type { Locator } from "@playwright/test";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

/** Where the check begins: in somebody's own words, or with what it is about. */
export class CheckStartPage extends PortalPage {
  static shown(visit: Visit): Promise<CheckStartPage> {
    return new CheckStartPage(visit, "What is it about?").checked();
  }

  static shownWithWays(visit: Visit): Promise<CheckStartPage> {
    return new CheckStartPage(visit, "What fits your question").checked();
  }

  /** To the first question, without saying what it is about. */
  begin(): Promise<void> {
    return this.followLink("Answer the questions one by one");
  }

  async say(words: string): Promise<CheckStartPage> {
    await this.main.getByRole("searchbox", { name: "Say it in your own words" }).fill(words);
    await this.follow(() => this.main.getByRole("button", { name: "Find" }).click());
    return CheckStartPage.shownWithWays(this.visit);
  }

  /** The best fits, best first. */
  get ways(): Locator {
    return this.main.getByRole("listitem").filter({ has: this.page.getByRole("link") });
  }
}
