import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

export class LibraryPage extends PortalPage {
  static async open(visit: Visit): Promise<LibraryPage> {
    await visit.page.goto("/policies");
    return LibraryPage.shown(visit);
  }

  static shown(visit: Visit): Promise<LibraryPage> {
    return new LibraryPage(visit, "Policies").checked();
  }

  /** All headings below the page's own, in order: "Yours", its policies, "Other bodies", theirs. */
  outline(): Promise<string[]> {
    return this.main
      .getByRole("heading")
      .filter({ hasNotText: /^Policies$/ })
      .allTextContents();
  }
}
