import type { Locator } from "@playwright/test";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

/** What changed between two versions of a policy. */
export class ChangesPage extends PortalPage {
  static async open(visit: Visit, slug: string, from: string, to: string): Promise<ChangesPage> {
    await visit.page.goto(`/policies/${slug}/changes?from=${from}&to=${to}`);
    return ChangesPage.shown(visit, `What changed from version ${from} to ${to}`);
  }

  static shown(visit: Visit, heading: string): Promise<ChangesPage> {
    return new ChangesPage(visit, heading, new RegExp(`^${heading}: .+ – With Care$`)).checked();
  }

  /** The part below a heading of the second level. */
  section(name: string): Locator {
    const heading = this.page.getByRole("heading", { level: 2, name, exact: true });
    return this.main.locator("section, div").filter({ has: heading }).last();
  }

  /** Words added, and words removed. */
  get added(): Locator {
    return this.main.getByRole("insertion");
  }
  get removed(): Locator {
    return this.main.getByRole("deletion");
  }
}
