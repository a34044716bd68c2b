import { expect } from "@playwright/test";
import type { Visit } from "../visit.ts";
import { PortalPage } from "./portal-page.ts";

/** What people see where nothing exists, or nothing that they may see. */
export class NotFoundPage extends PortalPage {
  static async open(visit: Visit, path: string): Promise<NotFoundPage> {
    const response = await visit.page.goto(path);
    expect(response?.status(), `status of ${path}`).toBe(404);
    return new NotFoundPage(visit, "This page is not here", "Page not found").checked();
  }

  async goHome(): Promise<void> {
    await this.followLink("Go to the start page");
  }
}
