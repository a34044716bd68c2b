import { expect, type Locator } from "@playwright/test";
import type { ExpectedPolicy } from "../policy.ts";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

export class PolicyPage extends PortalPage {
  static async open(visit: Visit, policy: ExpectedPolicy): Promise<PolicyPage> {
    await visit.page.goto(`/policies/${policy.slug}`);
    return PolicyPage.shown(visit, policy);
  }

  static shown(visit: Visit, { title }: ExpectedPolicy): Promise<PolicyPage> {
    return new PolicyPage(visit, title, new RegExp(`^${title}, .+ – With Care$`)).checked();
  }

  get contents(): Locator {
    return this.page.getByRole("navigation", { name: "Contents" });
  }

  heading(name: string): Locator {
    return this.main.getByRole("heading", { level: 2, name, exact: true });
  }

  permalink(clause: string): Locator {
    return this.main.getByRole("link", { name: new RegExp(`^(Risk, clause|Clause) ${clause.replace(".", "\\.")}$`) });
  }

  /** Checks that a link to the clause worked: the address says so, and the clause is visible. */
  async expectArrivedAt(clause: string, text?: string): Promise<void> {
    await expect(this.page).toHaveURL(new RegExp(`#clause-${clause.replace(".", "\\.")}$`));
    await expect(this.permalink(clause)).toBeInViewport();
    if (text) await expect(this.main.getByText(text, { exact: true })).toBeInViewport();
  }

  /**
   * The clause that the address leads to, which the page highlights. No role or name identifies the target of an
   * address.
   */
  get marked(): Locator {
    return this.page.locator(":target");
  }
}
