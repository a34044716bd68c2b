import type { Locator } from "@playwright/test";
import type { ExpectedPolicy } from "../policy.ts";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

/** A policy as a document: its control, versions, rules and gaps. */
export class AboutPage extends PortalPage {
  static async open(visit: Visit, policy: ExpectedPolicy): Promise<AboutPage> {
    await visit.page.goto(`/policies/${policy.slug}/about`);
    return AboutPage.shown(visit, policy);
  }

  static shown(visit: Visit, { title, version }: ExpectedPolicy): Promise<AboutPage> {
    const heading = "About this document";
    return new AboutPage(visit, heading, `${heading}: ${title}, version ${version}`).checked();
  }

  heading(name: string): Locator {
    return this.main.getByRole("heading", { level: 2, name, exact: true });
  }

  /** A gap in document control, as a screen reader announces it; in a restated document, one that its source leaves. */
  notStated(what: string): Locator {
    return this.main.getByText(new RegExp(`^(Not stated|Not given in the source): ${what}$`));
  }
}
