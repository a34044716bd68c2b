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

  /** A gap in document control, as those hear it who only listen. */
  notStated(what: string): Locator {
    return this.main.getByText(`Not stated: ${what}`, { exact: true });
  }

  /** One arrived at the clause: the address says so, it is marked as the target, and it can be seen. */
  async expectArrivedAt(clause: string, text?: string): Promise<void> {
    const target = this.page.locator(":target"); // no role or name tells what the address points at
    await expect(this.page).toHaveURL(new RegExp(`#clause-${clause.replace(".", "\\.")}$`));
    await expect(target).toContainText(new RegExp(`^(Risk, clause|Clause) ${clause.replace(".", "\\.")}`));
    if (text) await expect(target).toContainText(text);
    await expect(target).toBeInViewport();
  }
}
